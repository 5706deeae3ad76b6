import type { Language, Status, Word } from '@tongshang/ui';
import { actorName, say } from '@tongshang/ui';
import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Wing, WordKey } from '../words/keys.ts';
import { pseudo } from './pseudo.ts';

type Values = Readonly<Record<string, string | number>>;
export type Say = (key: WordKey, values?: Values) => string;

const bundles = import.meta.glob<{ words: Record<string, string> }>('../words/*/*.ts');
const loaded = new Set<Wing>();

/** Starts the language of this person; nothing is drawn before its words are here. */
export async function startLanguage(): Promise<void> {
  const language: Language = document.documentElement.lang === 'en' ? 'en' : 'zh-CN';
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ['words'],
    defaultNS: 'words',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: {},
  });
  await loadWords('shell');
}

/** The words of one wing, fetched with its first page. */
export async function loadWords(wing: Wing, language: string = i18next.language): Promise<void> {
  loaded.add(wing);
  if (i18next.hasResourceBundle(language, 'words') && i18next.exists(`@${wing}`, { lng: language })) return;
  const bundle = await bundles[`../words/${language}/${wing}.ts`]?.();
  if (!bundle) return;
  const words = isPseudo()
    ? Object.fromEntries(Object.entries(bundle.words).map(([key, text]) => [key, pseudo(text)]))
    : bundle.words;
  i18next.addResourceBundle(language, 'words', { ...words, [`@${wing}`]: wing }, true, true);
}

/** Whether texts are lengthened, to see what is cut: `localStorage['ts.pseudo'] = 'on'`. */
const isPseudo = (): boolean => localStorage.getItem('ts.pseudo') === 'on';

export async function setLanguage(language: Language): Promise<void> {
  await Promise.all([...loaded].map((wing) => loadWords(wing, language)));
  document.documentElement.lang = language;
  localStorage.setItem('ts.language', language);
  await i18next.changeLanguage(language);
}

/** The words of this page, by key. */
export function useWords(): Say {
  const { t } = useTranslation('words');
  return useCallback((key, values) => t(key, { ...values }), [t]);
}

export function useLanguage(): Language {
  const { i18n } = useTranslation('words');
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}

/** A term of the shared list in the viewer's language; an unknown code shows itself. */
export function useTerm(): <Code extends string>(terms: Readonly<Record<Code, Word | Status>>, code: string) => string {
  const language = useLanguage();
  return (terms, code) => {
    const word = (terms as Readonly<Record<string, Word | undefined>>)[code];
    return word ? say(word, language) : code;
  };
}

/** The name of a thing that carries both languages. */
export function useName(): (thing: { name: string; nameEn?: string | null }) => string {
  const language = useLanguage();
  return ({ name, nameEn }) => (language === 'en' && nameEn ? nameEn : name);
}

/** Who or which rule did something, in the viewer's language. */
export function useActor(): (actor: string) => string {
  const language = useLanguage();
  return (actor) => actorName(actor, language);
}
