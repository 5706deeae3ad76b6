import { addDays, say, type Language } from '@tongshang/ui';

type Words = { zh: string; en: string } | null | undefined;

/** How a point of a dimension is called: by its name where the house gave one, hours and weeks as people write them. */
export function keyLabel(dimension: string | undefined, key: string, name: Words, language: Language): string {
  if (name) return say(name, language);
  if (dimension === 'hour' && /^\d{2}$/.test(key)) return `${key}:00`;
  if (dimension === 'week' && /^\d{4}-\d{2}-\d{2}$/.test(key)) return `${key}—${addDays(key, 6).slice(5)}`;
  return key;
}
