import type { metrics as contract } from '@tongshang/contract';
import { addDays } from '../../platform/time.ts';
import { firstDayOf, keyOfDay, type Period } from './period.ts';

/**
 * A period named relative to now, in days of `zone`, whatever zone the machine is in. last_N_days are N full days before today; this_…
 * runs to this instant; last_week and the like are whole.
 */
export function relativePeriod(name: contract.Period, now: Date, zone: string): Period {
  const today = dayIn(now, zone);
  const yesterday = addDays(today, -1);
  const full = (from: string, to = yesterday): Period => ({ from, to, until: undefined });
  const soFar = (from: string): Period => ({ from, to: today, until: now });
  const startOf = (of: 'week' | 'month' | 'quarter' | 'year', day: string): string => firstDayOf(of, keyOfDay(of, day));
  const wholeBefore = (of: 'week' | 'month' | 'quarter' | 'year'): Period => {
    const last = addDays(startOf(of, today), -1);
    return full(startOf(of, last), last);
  };
  switch (name) {
    case 'today':
      return soFar(today);
    case 'yesterday':
      return full(yesterday);
    case 'last_7_days':
      return full(addDays(today, -7));
    case 'last_28_days':
      return full(addDays(today, -28));
    case 'last_90_days':
      return full(addDays(today, -90));
    case 'last_365_days':
      return full(addDays(today, -365));
    case 'this_week':
      return soFar(startOf('week', today));
    case 'last_week':
      return wholeBefore('week');
    case 'this_month':
      return soFar(startOf('month', today));
    case 'last_month':
      return wholeBefore('month');
    case 'this_quarter':
      return soFar(startOf('quarter', today));
    case 'last_quarter':
      return wholeBefore('quarter');
    case 'this_year':
      return soFar(startOf('year', today));
    case 'last_year':
      return wholeBefore('year');
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in a zone: `2026-11-22`. */
export function dayIn(instant: Date, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', calendar: 'gregory' });
  formats.set(zone, format);
  return format.format(instant);
}
