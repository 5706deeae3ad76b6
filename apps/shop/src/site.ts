import type { Language } from './lib/language.ts';
import { nameIn, prefixOf } from './lib/language.ts';
import { fill, type Values, type Word } from './lib/say.ts';
import { common } from './words/common.ts';

export interface Assets {
  /** The address of a built file by its source name: `main`, `style`. */
  urlOf: (name: string) => string;
  /** Chunks that a page may fetch early, by island. */
  preloadsOf: (island: string) => readonly string[];
}

/** What every page knows about where it stands: language, addresses, words. */
export interface Site {
  language: Language;
  origin: string;
  brand: string;
  assets: Assets;
  writeKey: string | undefined;
  /** The path of this page without language and with its query: `/c/apparel?page=2`. */
  path: string;
  now: Date;
  say: (word: Word, values?: Values) => string;
  /** An address of the shop in this page's language. */
  href: (path: string) => string;
  nameOf: (thing: { name: string; nameEn: string }) => string;
  valueOf: (choice: { value: string; valueEn: string }) => string;
}

export interface SiteInput {
  language: Language;
  path: string;
  origin: string;
  assets: Assets;
  now: Date;
  writeKey?: string | undefined;
  brand?: { name: string; nameEn: string } | undefined;
}

export function makeSite({ language, brand, writeKey, ...rest }: SiteInput): Site {
  return {
    ...rest,
    language,
    writeKey,
    brand: brand ? nameIn(language, brand) : fill(common.brandName, language),
    say: (word, values) => fill(word, language, values),
    href: (path) => hrefIn(language, path),
    nameOf: (thing) => nameIn(language, thing),
    valueOf: ({ value, valueEn }) => nameIn(language, { name: value, nameEn: valueEn }),
  };
}

export const hrefIn = (language: Language, path: string): string =>
  path === '/' ? prefixOf(language) || '/' : prefixOf(language) + path;
