import type { metrics as contract } from '@tongshang/contract';
import { addDays } from '../../platform/time.ts';
import { addParts, type Parts } from './definition.ts';

type Moving = Exclude<contract.MetricWindow, 'none'>;

/** The first day that the window of `day` reaches back to. */
export function windowStart(window: Moving, day: string): string {
  if (window === 'month_to_date') return `${day.slice(0, 7)}-01`;
  if (window === 'year_to_date') return `${day.slice(0, 4)}-01-01`;
  return addDays(day, -(daysIn[window] - 1));
}

const daysIn = { moving_7: 7, moving_28: 28 } as const;

/**
 * The figure of each day over its window, by the calendar: a day without rows is in it as its definition says. Cumulative windows are sums;
 * a moving sum is the mean of its known days, so that it can stand beside the days themselves; a ratio is one of the window's sums.
 */
export function windowed(window: Moving, days: readonly string[], partsOn: (day: string) => Parts): Map<string, Parts> {
  return new Map(days.map((day) => [day, over(window, day, partsOn)]));
}

function over(window: Moving, day: string, partsOn: (day: string) => Parts): Parts {
  const parts: Parts[] = [];
  for (let at = windowStart(window, day); at <= day; at = addDays(at, 1)) parts.push(partsOn(at));
  const sum = addParts(parts);
  const isMean = window === 'moving_7' || window === 'moving_28';
  if (!isMean || sum.bottom !== undefined || sum.top === null) return sum;
  return { top: sum.top, bottom: parts.filter(({ top }) => top !== null).length };
}
