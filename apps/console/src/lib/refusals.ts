import type { ErrorCode } from '@tongshang/contract';
import type { Language } from '@tongshang/ui';
import { useEffect, useSyncExternalStore } from 'react';
import { useLanguage, useWords } from './language.ts';
import type * as refusalWords from './refusal-words.ts';

type Sentences = typeof refusalWords;
let sentences: Sentences | undefined;
const listeners = new Set<() => void>();

/** Fetches the sentences of all refusals. Nobody needs these 7 kB before something is refused, so they come when the first page rests. */
export async function loadRefusals(): Promise<void> {
  if (sentences !== undefined) return;
  sentences = await import('./refusal-words.ts').catch(() => undefined); // offline: asked again with the next refusal
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export interface Refusals {
  sentence: (code: ErrorCode, details: Readonly<Record<string, unknown>>) => string;
  isKnown: (code: string) => code is ErrorCode;
}

/** What to say for a refusal: a short "that did not work" until the sentences are here. */
export function useRefusals(): Refusals {
  const words = useWords();
  const language: Language = useLanguage();
  const loaded = useSyncExternalStore(subscribe, () => sentences);
  // What was not fetched while the page rested is fetched now.
  useEffect(() => void loadRefusals(), []);
  return {
    sentence: (code, details) => loaded?.errorSentence(code, details, language) ?? words('error.short'),
    isKnown: (code): code is ErrorCode => loaded === undefined || Object.hasOwn(loaded.errorWords, code),
  };
}
