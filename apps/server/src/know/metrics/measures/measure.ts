import type { metrics as contract } from '@tongshang/contract';
import type { Read, Slice } from './slice.ts';

export type Measure = contract.Measure;

/** One row of a family: its keys in the order of `by`, its measures (null: known to be undefined), and how many cases stand behind them. */
export interface MeasureRow {
  keys: string[];
  values: Readonly<Record<string, number | null>>;
  n: number;
}

/** Measures that are read together, from the same rows. A file in this folder makes one and names it in `index.ts`. */
export interface Family {
  name: string;
  measures: readonly Measure[];
  /** A row for each key that has something; for no `by`, one row or none. */
  read: (read: Read, slice: Slice) => Promise<MeasureRow[]>;
  /** Which of its measures have ever been fed; asked only where a measure says `hasSource: false`, as outside figures do until some come. */
  findFed?: (read: Read) => Promise<ReadonlySet<string>>;
}

type Common = Pick<Measure, 'dimensions' | 'events'> &
  Partial<Pick<Measure, 'overlaps' | 'isZoned' | 'hasSource' | 'additivity' | 'unit'>>;
type Own = Pick<Measure, 'name' | 'title' | 'columns'> & Partial<Measure>;

/** Measures of one family: what they share is written once, what differs stands with each. Sums of counts with a source unless told otherwise. */
export const measuresOf = (common: Common, own: readonly Own[]): Measure[] =>
  own.map((one) => ({ overlaps: [], isZoned: false, hasSource: true, additivity: 'sum', unit: 'count', ...common, ...one }));
