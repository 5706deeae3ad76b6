import type { metrics as contract } from '@tongshang/contract';
import { addDays, addMs, daysBetween, startOfDay } from '../../platform/time.ts';
import { springFestivalNear } from './lunar-calendar.ts';

/** Whole days of a zone, both ends included; `until` cuts the last one at an instant. */
export interface Period {
  from: string;
  to: string;
  until: Date | undefined;
}

type CompareKind = contract.CompareKind;
type Dimension = contract.Dimension;
type BucketDimension = 'day' | 'week' | 'month' | 'quarter' | 'year';

export const lengthOf = ({ from, to }: Pick<Period, 'from' | 'to'>): number => daysBetween(from, to) + 1;

/** The earlier period to hold this one against; a cut stays at the same time of day. */
export function comparedPeriod(period: Period, kind: CompareKind): Period {
  const move = moverOf(period, kind);
  const to = move(period.to);
  const until = period.until && addMs(startOfDay(to), period.until.getTime() - startOfDay(period.to).getTime());
  return { from: move(period.from), to, until };
}

function moverOf(period: Period, kind: CompareKind): (day: string) => string {
  const days = lengthOf(period);
  if (kind === 'year') return yearBefore;
  const back = kind === 'previous' ? days : kind === 'same_weekday' ? Math.ceil(days / 7) * 7 : lunarYear(period);
  return (day) => addDays(day, -back);
}

/** Days from the Spring Festival before the one nearest to the period, to that one: 354, 355, or 383 to 385 days. */
function lunarYear({ from, to }: Period): number {
  const festival = springFestivalNear(from, to);
  return daysBetween(springFestivalNear(addDays(festival, -380), addDays(festival, -340)), festival);
}

/** 29 February falls back to the 28th. */
function yearBefore(day: string): string {
  const [year = '', ...rest] = day.split('-');
  const moved = [String(Number(year) - 1).padStart(4, '0'), ...rest].join('-');
  return rest.join('-') === '02-29' ? moved.replace('02-29', '02-28') : moved;
}

/** Where a key of the compared period stands in the asked one: the nth day, week, month … beside the nth; other keys stay. */
export function alignedKey(dimension: Dimension, key: string, compared: Period, period: Period): string {
  if (dimension === 'day') return addDays(key, daysBetween(compared.from, period.from));
  if (!isBucket(dimension)) return key;
  return step(dimension, key, distance(dimension, keyOfDay(dimension, compared.from), keyOfDay(dimension, period.from)));
}

export interface Bucket {
  key: string;
  start: string;
  end: string;
}

/** What a level is read at the end of: each day, week, month … as far as it lies in the period, or the whole period. */
export function bucketsOf(period: Period, by: readonly Dimension[]): Bucket[] {
  const dimension = by.find(isBucket);
  if (dimension === undefined) return [{ key: '', start: period.from, end: period.to }];
  return bucketKeys(period, dimension).map((key) => {
    const start = firstDayOf(dimension, key);
    const end = addDays(firstDayOf(dimension, step(dimension, key, 1)), -1);
    return { key, start: start > period.from ? start : period.from, end: end < period.to ? end : period.to };
  });
}

/** Every key a calendar dimension has in the period, so that nothing sold shows as zero and not as a hole. */
export function calendarKeys(period: Period, dimension: Dimension): string[] | undefined {
  if (dimension === 'hour') return Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  return isBucket(dimension) ? bucketKeys(period, dimension) : undefined;
}

export const isCalendar = (dimension: Dimension): boolean => dimension === 'hour' || isBucket(dimension);
export const isBucket = (dimension: Dimension): dimension is BucketDimension =>
  dimension === 'day' || dimension === 'week' || dimension === 'month' || dimension === 'quarter' || dimension === 'year';

function bucketKeys({ from, to }: Period, dimension: BucketDimension): string[] {
  const first = keyOfDay(dimension, from);
  const length = distance(dimension, first, keyOfDay(dimension, to)) + 1;
  return Array.from({ length }, (_, index) => step(dimension, first, index));
}

/** The key of the bucket that holds a day; a week is named by its Monday. */
export function keyOfDay(dimension: BucketDimension, day: string): string {
  if (dimension === 'day') return day;
  if (dimension === 'week') return mondayOf(day);
  if (dimension === 'month') return day.slice(0, 7);
  if (dimension === 'year') return day.slice(0, 4);
  return `${day.slice(0, 4)}-Q${Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1}`;
}

const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

export function firstDayOf(dimension: BucketDimension, key: string): string {
  if (dimension === 'day' || dimension === 'week') return key;
  if (dimension === 'year') return `${key}-01-01`;
  return dimension === 'month' ? `${key}-01` : `${monthAt(monthsOf(dimension, key))}-01`;
}

/** The key `count` buckets on. */
function step(dimension: BucketDimension, key: string, count: number): string {
  if (dimension === 'day') return addDays(key, count);
  if (dimension === 'week') return addDays(key, count * 7);
  return keyOfDay(dimension, `${monthAt(monthsOf(dimension, key) + count * monthsIn[dimension])}-01`);
}

function distance(dimension: BucketDimension, from: string, to: string): number {
  if (dimension === 'day') return daysBetween(from, to);
  if (dimension === 'week') return Math.round(daysBetween(from, to) / 7);
  return (monthsOf(dimension, to) - monthsOf(dimension, from)) / monthsIn[dimension];
}

const monthsIn = { month: 1, quarter: 3, year: 12 } as const;

/** Months since year 0 of a month's, quarter's or year's first. */
function monthsOf(dimension: keyof typeof monthsIn, key: string): number {
  const year = Number(key.slice(0, 4)) * 12;
  if (dimension === 'year') return year;
  return dimension === 'month' ? year + Number(key.slice(5, 7)) - 1 : year + (Number(key.slice(6)) - 1) * 3;
}

const monthAt = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
