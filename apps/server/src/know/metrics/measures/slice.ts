import type { metrics as contract } from '@tongshang/contract';
import { businessZone } from '../../../platform/time.ts';
import type { Period } from '../period.ts';

type Dimension = contract.Dimension;

/** What a family of measures is asked: a period, the zone its days are of, what to split by, what to keep. */
export interface Slice extends Period {
  zone: string;
  by: readonly Dimension[];
  filters: Filters;
}

type FilterName = (typeof contract.filterDimensions)[number];
const filterNames: readonly FilterName[] = ['channel', 'category', 'sku', 'store', 'campaign'];
export type Filters = Readonly<Partial<Record<FilterName, readonly string[] | undefined>>>;

export const usedFilters = (filters: Filters): FilterName[] => filterNames.filter((name) => (filters[name]?.length ?? 0) > 0);

/** Values travel as bound parameters; the SQL around them is ours alone. */
export type Parameters = Record<string, unknown>;

/** Asks ClickHouse; refuses `analytics.unavailable`, and `metric.too_much` before more is read than one answer may cost. */
export type Read = <Row>(query: string, parameters?: Parameters) => Promise<Row[]>;

/** The SQL of each dimension in a family; one that is missing is not a dimension of it. */
export type Columns = Readonly<Partial<Record<Dimension, string>>>;

/** Calendar keys of rows that have a business day `day` and, for hours and other zones, their instant `at`. */
export function calendarColumns(zone: string, { hour = `formatDateTime(at, '%H', '${zone}')` } = {}): Columns {
  const day = daySql(zone);
  return {
    day,
    hour,
    week: `toMonday(${day})`,
    month: `formatDateTime(${day}, '%Y-%m')`,
    quarter: `concat(toString(toYear(${day})), '-Q', toString(toQuarter(${day})))`,
    year: `toString(toYear(${day}))`,
  };
}

/** The stored day is the house's; the day of another zone follows from the instant, summer time and all. */
const daySql = (zone: string): string => (isBusinessZone(zone) ? 'day' : `toDate(toTimeZone(at, '${zone}'))`);

export const isBusinessZone = (zone: string): boolean => zone === businessZone;

/** The rows of the period; the day before and after are looked at where another zone's days begin elsewhere. */
export function periodSql({ zone, from, to }: Slice, parameters: Parameters): string {
  Object.assign(parameters, { from, to });
  if (isBusinessZone(zone)) return 'day between {from:Date} and {to:Date}';
  return `day between {from:Date} - 1 and {to:Date} + 1 and ${daySql(zone)} between {from:Date} and {to:Date}`;
}

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
  for (const name of filterNames) {
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

export const endOfTime = new Date('2290-01-01T00:00:00Z');
