// How long a warranty runs, pure.
import { daysBetween } from '../../../platform/time.ts';

/** The same day so many months later; where the month is shorter, its last day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const count = year * 12 + (month - 1) + months;
  const [first, next] = [firstOf(count), firstOf(count + 1)];
  return `${first.slice(0, 8)}${String(Math.min(date, daysBetween(first, next))).padStart(2, '0')}`;
}

/** The first day of a month, counted from year 0. */
const firstOf = (count: number): string =>
  `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}-01`;

/** Whether it is still under warranty on a day; the last day counts. */
export const isUnderWarranty = (warrantyUntil: string | null, day: string): boolean =>
  warrantyUntil !== null && day <= warrantyUntil;
