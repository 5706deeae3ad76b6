import { RefusedError } from '@tongshang/contract';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import {
  type InputOf,
  type OutputOf,
  readQuestion,
  type ReadQuestion,
  type Schema,
  writeQuestion,
} from '../../lib/question-url.ts';

/** One kind of question: how an address is read, and what an empty one asks. */
export interface Kind<S extends Schema> {
  schema: S;
  usual: InputOf<S>;
  /** What goes without saying in an address. */
  defaults?: Readonly<Record<string, unknown>>;
}

/** Parameters of the page around the question: the chart wished for, the cell whose rows are shown, the saved question it came from. */
const pageOnly = ['chart', 'cell', 'at', 'after', 'segment', 'show'];
/** Of these only a wish for a chart outlives another question. */
const kept = ['chart', 'show'];

export const readKind = <S extends Schema>(kind: Kind<S>, url: URLSearchParams): ReadQuestion<OutputOf<S>> =>
  readQuestion(kind.schema, url, kind.usual, pageOnly);

export interface Asked<Question> extends ReadQuestion<Question> {
  url: URLSearchParams;
  /** Asks the same with some things changed; what was shown for one cell is closed. */
  ask: (changes: Partial<Question>) => void;
  /** Asks something else altogether. */
  askAnew: (question: Question) => void;
  /** Changes what belongs to the page alone. */
  show: (changes: Readonly<Record<string, string | readonly string[] | undefined>>) => void;
  /** The address of the same page with other page parameters. */
  linkTo: (changes: Readonly<Record<string, string | readonly string[] | undefined>>) => string;
  /** The address of the same page with other things asked. */
  linkAsking: (changes: Partial<Question>) => string;
}

export function useQuestion<S extends Schema>(kind: Kind<S>): Asked<OutputOf<S>> {
  const [url, setUrl] = useSearchParams();
  const { question, dropped } = useMemo(() => readKind(kind, url), [kind, url]);
  const written = (whole: object): URLSearchParams => {
    const next = writeQuestion(whole, kind.defaults);
    for (const name of kept) for (const value of url.getAll(name)) next.append(name, value);
    return next;
  };
  const asking = (changes: object): URLSearchParams => written({ ...question, ...changes });
  const showing = (changes: Parameters<Asked<object>['show']>[0]): URLSearchParams => {
    const next = new URLSearchParams(url);
    for (const [name, value] of Object.entries(changes)) {
      next.delete(name);
      for (const one of typeof value === 'string' ? [value] : (value ?? [])) next.append(name, one);
    }
    return next;
  };
  return {
    question,
    dropped,
    url,
    ask: (changes) => setUrl(asking(changes), { preventScrollReset: true }),
    askAnew: (whole) => setUrl(written(whole), { preventScrollReset: true }),
    show: (changes) => setUrl(showing(changes), { preventScrollReset: true }),
    linkTo: (changes) => `?${showing(changes)}`,
    linkAsking: (changes) => `?${asking(changes)}`,
  };
}

/**
 * Reads what a page will show before it is drawn. A refusal (too much, no such metric) is told in the answer's place, with the question
 * still there to be mended; only a session that ended goes further.
 */
export async function readForPage(...reads: readonly Promise<unknown>[]): Promise<null> {
  for (const read of await Promise.allSettled(reads))
    if (read.status === 'rejected' && read.reason instanceof RefusedError && read.reason.code === 'auth.required')
      throw read.reason;
  return null;
}
