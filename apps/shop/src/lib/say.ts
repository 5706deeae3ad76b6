import type { Language } from '@tongshang/ui/format/language';
import type { Word } from '@tongshang/ui/words/terms';

export type { Word } from '@tongshang/ui/words/terms';

export type Values = Readonly<Record<string, string | number>>;

/**
 * A word in one language with its places filled. English words that count carry both forms, `{count} item|{count} items`.
 */
export function fill(word: Word, language: Language, values: Values = {}): string {
  const text = language === 'en' ? formOf(word.en, values['count']) : word.zh;
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

function formOf(text: string, count: string | number | undefined): string {
  const [one = text, other] = text.split('|');
  return other === undefined || Number(count) === 1 ? one : other;
}
