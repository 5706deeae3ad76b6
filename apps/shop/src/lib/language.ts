import type { Language } from '@tongshang/ui/format/language';

export type { Language } from '@tongshang/ui/format/language';

/** Chinese lives at `/`, English at `/en`. */
export const prefixOf = (language: Language): string => (language === 'en' ? '/en' : '');

/** The language of a path and the path without its prefix: `/en/cart` → en, `/cart`. */
export function splitPath(path: string): { language: Language; path: string } {
  if (path === '/en') return { language: 'en', path: '/' };
  return path.startsWith('/en/') ? { language: 'en', path: path.slice(3) } : { language: 'zh-CN', path };
}

/** The name of something in the page's language; the other one where this one is empty. */
export function nameIn(language: Language, thing: { name: string; nameEn: string }): string {
  return language === 'en' ? thing.nameEn || thing.name : thing.name || thing.nameEn;
}

/** A run of the other language says so: `lang` for an element that shows `text` on a page in `language`. */
export function langOf(language: Language, text: string): 'zh-CN' | 'en' | undefined {
  const isHan = /\p{Script=Han}/u.test(text);
  if (language === 'en') return isHan ? 'zh-CN' : undefined;
  return isHan || !/[a-z]{3}/i.test(text) ? undefined : 'en';
}
