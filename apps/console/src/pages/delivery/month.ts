import { addDays, weekday } from '@tongshang/ui';

/** The days of a month (`2026-11`) in weeks from Monday to Sunday; undefined where a week reaches into another month. */
export function weeksOf(month: string): (string | undefined)[][] {
  const first = `${month}-01`;
  const days: (string | undefined)[] = Array.from({ length: weekday(first) - 1 }, () => undefined);
  for (let day = first; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  while (days.length % 7 !== 0) days.push(undefined);
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}

/** The month so many months after another. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const at = year * 12 + number - 1 + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** First and last day of a month. */
export const monthEnds = (month: string): { from: string; to: string } => ({
  from: `${month}-01`,
  to: addDays(`${monthAfter(month, 1)}-01`, -1),
});

/** The month that an address names, if it names one within two years of today's; else today's. */
export function monthFrom(text: string | null, today: string): string {
  const now = today.slice(0, 7);
  if (text === null || !/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return now;
  return text >= monthAfter(now, -24) && text <= monthAfter(now, 24) ? text : now;
}
