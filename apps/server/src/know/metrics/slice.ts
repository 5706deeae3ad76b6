import type { metrics as contract } from '@tongshang/contract';
import type { Period } from './period.ts';

type Dimension = contract.Dimension;

/** What a family of metrics is asked: a period, what to split by, what to keep. */
export interface Slice extends Period {
  by: readonly Dimension[];
  filters: Filters;
}

type FilterName = 'channel' | 'category' | 'sku' | 'store';
export type Filters = Readonly<Partial<Record<FilterName, readonly string[] | undefined>>>;

/** One row of a family: its keys in the order of `by`, its figures, and how many cases stand behind them. */
export interface FamilyRow {
  keys: string[];
  values: Partial<Record<contract.MetricName, number | null>>;
  n: number;
}

/** Values travel as bound parameters; the SQL around them is ours alone. */
export type Parameters = Record<string, unknown>;

/** The SQL of each dimension in a family; one that is missing is not a dimension of it. */
export type Columns = Readonly<Partial<Record<Dimension, string>>>;

/** `k0`, `k1`: the keys a row is grouped by. */
export const keyList = (by: readonly Dimension[], columns: Columns): string =>
  by.map((dimension, index) => `toString(${columns[dimension] ?? "''"}) as k${index}, `).join('');

export const groupBy = (by: readonly Dimension[]): string =>
  by.length === 0 ? '' : `group by ${by.map((_, index) => `k${index}`).join(', ')}`;

export const keysOf = (row: Readonly<Record<string, unknown>>, by: readonly Dimension[]): string[] =>
  by.map((_, index) => String(row[`k${index}`]));

/** `and …` for every filter; a category keeps everything below it. */
export function filterSql(filters: Filters, columns: Columns, parameters: Parameters): string {
  const parts: string[] = [];
  for (const name of ['channel', 'category', 'sku', 'store'] as const) {
    const values = filters[name];
    const column = columns[name];
    if (values === undefined || values.length === 0 || column === undefined) continue;
    parameters[name] = values;
    const list = `{${name}:Array(String)}`;
    const below = name === 'category' ? ` or arrayExists(c -> startsWith(${column}, concat(c, '/')), ${list})` : '';
    parts.push(`and (${column} in ${list}${below})`);
  }
  return parts.join(' ');
}

/** `fromUnixTimestamp64Milli` of a bound instant: no zone can be mistaken on the way. */
export function instantSql(name: string, at: Date, parameters: Parameters): string {
  parameters[name] = at.getTime();
  return `fromUnixTimestamp64Milli({${name}:Int64}, 'Asia/Shanghai')`;
}

/** A part over a whole; undefined, not zero, when there is no whole. */
export const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
