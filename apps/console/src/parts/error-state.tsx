import { RefusedError } from '@tongshang/contract';
import { permissionWords, type Language, say } from '@tongshang/ui';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { type Say, useLanguage, useWords } from '../lib/language.ts';
import { type Refusals, useRefusals } from '../lib/refusals.ts';

interface Told {
  sentence: string;
  /** What to give the administrator. */
  id: string | undefined;
  canRetry: boolean;
}

/** What went wrong, in words: a refusal by its code, a lost connection as such, anything else as a bug. */
function tellError(error: unknown, words: Say, { sentence }: Refusals, language: Language): Told {
  if (error instanceof RefusedError) {
    const { code, details, requestId, status } = error.problem;
    const right = typeof details['permission'] === 'string' ? details['permission'] : undefined;
    const named = right === undefined ? details : { ...details, permission: rightName(right, language) };
    return {
      sentence: sentence(code, named),
      id: status >= 500 ? requestId : undefined,
      canRetry: status >= 500 || status === 429,
    };
  }
  if (error instanceof TypeError) return { sentence: words('error.offline'), id: undefined, canRetry: true };
  return { sentence: sentence('server.bug', {}), id: undefined, canRetry: true };
}

const rightName = (right: string, language: Language): string => {
  const word = (permissionWords as Readonly<Record<string, { zh: string; en: string } | undefined>>)[right];
  return word ? say(word, language) : right;
};

/** Says what failed and gives a way out. */
export function ErrorState({ error, retry, children }: { error: unknown; retry?: () => void; children?: ReactNode }) {
  const words = useWords();
  const told = tellError(error, words, useRefusals(), useLanguage());
  return (
    <div className="error-state" role="alert">
      <p className="error-sentence">{told.sentence}</p>
      {told.id && (
        <p className="second">
          {words('error.id')} <code>{told.id}</code>
        </p>
      )}
      <div className="row">
        {retry && told.canRetry && <Button onClick={retry}>{words('act.retry')}</Button>}
        {children}
      </div>
    </div>
  );
}

/** An error beside the button or field that caused it. */
export function ErrorNote({ error }: { error: unknown }) {
  const words = useWords();
  const language = useLanguage();
  const refusals = useRefusals();
  if (!error) return null;
  const told = tellError(error, words, refusals, language);
  return (
    <p className="error-note" role="alert">
      {told.sentence}
      {told.id && ` (${told.id})`}
    </p>
  );
}

/** The sentence for a refusal code that a button would give; a code nobody knows is shown as it is. */
export function useRefusal(): (code: string | null, details?: Readonly<Record<string, unknown>>) => string {
  const { sentence, isKnown } = useRefusals();
  return (code, details = {}) => (code !== null && isKnown(code) ? sentence(code, details) : (code ?? '—'));
}
