import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { type Analytics, ask } from '../stream/index.ts';
import type { Book } from './book.ts';
import type { Parameters, Read } from './measures/slice.ts';
import { readBook } from './read-book.ts';

/** What every question about figures is asked of: the analytics, the definitions as they stand, and the time it is. */
export interface Figures {
  analytics: Analytics;
  book: Book;
  now: Date;
  /** Rows that one reading may touch at most; `readableRows` unless told. */
  rowsMax?: number;
}

/** A reading of more rows takes seconds even of sums; whoever needs it asks for less at a time. */
const readableRows = 200_000_000;

/** Opens the figures at this moment: reads the definitions in a transaction of its own, which is over when it answers. */
export const openFigures = (
  analytics: Analytics,
  inTx: <T>(work: (ctx: { tx: Tx; now: Date }) => Promise<T>) => Promise<T>,
): Promise<Figures> => inTx(async ({ tx, now }) => ({ analytics, book: await readBook(tx, now), now }));

/**
 * Asks ClickHouse for one family of measures. ClickHouse plans first and stops before it reads when the plan touches more rows than allowed:
 * refuses `metric.too_much {rows, rowsMax}`, and `analytics.unavailable`.
 */
export const readerOf = ({ analytics, rowsMax = readableRows }: Figures): Read =>
  async function read<Row>(query: string, parameters: Parameters = {}): Promise<Row[]> {
    try {
      return await ask<Row>(analytics, query, parameters, { max_rows_to_read: String(rowsMax) });
    } catch (error) {
      const rows = rowsTooMany(error);
      if (rows !== undefined) return refuse('metric.too_much', { rows, rowsMax });
      throw error;
    }
  };

/** ClickHouse's code for a plan beyond `max_rows_to_read`, and how many rows it planned. */
function rowsTooMany(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '158') return undefined;
  return Number(/current rows: (\d+(?:\.\d+)?)/.exec(error.message)?.[1] ?? 0) * scaleIn(error.message);
}

/** It writes long numbers short: `12.50 million`. */
function scaleIn(message: string): number {
  const word = /current rows: [\d.]+ (thousand|million|billion)/.exec(message)?.[1];
  return word === 'billion' ? 1e9 : word === 'million' ? 1e6 : word === 'thousand' ? 1e3 : 1;
}
