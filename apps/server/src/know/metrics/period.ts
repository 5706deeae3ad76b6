import type { metrics as contract } from '@tongshang/contract';
import { addDays, addMs, daysBetween, startOfDay } from '../../platform/time.ts';

/** Whole business days, both ends included; `until` cuts the last one at an instant. */
export interface Period {
  from: string;
  to: string;
  until: Date | undefined;
}

type CompareKind = contract.CompareKind;

export const lengthOf = ({ from, to }: Period): number => daysBetween(from, to) + 1;

/** The earlier period to hold this one against; a cut stays at the same time of day. */
export function comparedPeriod(period: Period, kind: CompareKind): Period {
  const days = lengthOf(period);
  const back = kind === 'year' ? undefined : kind === 'previous' ? days : Math.ceil(days / 7) * 7;
  const move = (day: string): string => (back === undefined ? yearBefore(day) : addDays(day, -back));
  const to = move(period.to);
  const until = period.until && addMs(startOfDay(to), period.until.getTime() - startOfDay(period.to).getTime());
  return { from: move(period.from), to, until };
}

/** 29 February falls back to the 28th. */
function yearBefore(day: string): string {
  const [year = '', ...rest] = day.split('-');
  const moved = [String(Number(year) - 1).padStart(4, '0'), ...rest].join('-');
  return rest.join('-') === '02-29' ? moved.replace('02-29', '02-28') : moved;
}

/** Where a key of the compared period stands in the asked one: calendar keys move by the same distance, others stay. */
export function alignedKey(dimension: contract.Dimension, key: string, compared: Period, period: Period): string {
  if (dimension === 'day') return addDays(key, daysBetween(compared.from, period.from));
  if (dimension !== 'month') return key;
  return monthAt(monthNumber(key) + monthNumber(period.from) - monthNumber(compared.from));
}

export interface Bucket {
  key: string;
  start: string;
  end: string;
}

/** What a level is read at the end of: each day, each month as far as it lies in the period, or the whole period. */
export function bucketsOf(period: Period, by: readonly contract.Dimension[]): Bucket[] {
  if (by.includes('day')) return daysOf(period).map((day) => ({ key: day, start: day, end: day }));
  if (!by.includes('month')) return [{ key: '', start: period.from, end: period.to }];
  return monthsOf(period).map((month) => {
    const first = `${month}-01`;
    const last = addDays(`${monthAt(monthNumber(month) + 1)}-01`, -1);
    return { key: month, start: first > period.from ? first : period.from, end: last < period.to ? last : period.to };
  });
}

/** Every key a calendar dimension has in the period, so that nothing sold shows as zero and not as a hole. */
export function calendarKeys(period: Period, dimension: contract.Dimension): string[] | undefined {
  if (dimension === 'day') return daysOf(period);
  if (dimension === 'month') return monthsOf(period);
  return dimension === 'hour' ? Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')) : undefined;
}

const daysOf = (period: Period): string[] => Array.from({ length: lengthOf(period) }, (_, index) => addDays(period.from, index));

const monthsOf = ({ from, to }: Period): string[] =>
  Array.from({ length: monthNumber(to) - monthNumber(from) + 1 }, (_, index) => monthAt(monthNumber(from) + index));

const monthNumber = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

const monthAt = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
