import { addDays, formatInstantExact, parseDay } from '@tongshang/ui';

/** The business zone keeps one offset all year. */
const offset = '+08:00';

export interface BusinessTime {
  /** `2026-11-22`, or empty. */
  day: string;
  /** `14:05`, with seconds only where there are any; or empty. */
  time: string;
}

/** An instant as the business clock shows it, whatever the browser's zone. */
export function readInstant(instant: string | null): BusinessTime {
  if (instant === null || instant === '') return { day: '', time: '' };
  const exact = formatInstantExact(instant);
  const time = exact.slice(11);
  return { day: exact.slice(0, 10), time: time.endsWith(':00') ? time.slice(0, 5) : time };
}

/** A time of day as people type it: `9`, `930`, `9:30`, `09：30`, `24:00` → `09:30`. */
export function parseTime(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replaceAll(/[\p{Script=Han}.]/gu, ':')
    .replace(/:$/, '');
  const match = /^(\d{1,2})(?::(\d{1,2})(?::(\d{2}))?)?$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain);
  if (!match) return undefined;
  const [hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second > 0)) return undefined;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(hour)}:${two(minute)}${second > 0 ? `:${two(second)}` : ''}`;
}

/** The instant of a day and time on the business clock; 24:00 is the next day's beginning. undefined: not readable. */
export function instantOf({ day, time }: BusinessTime): string | undefined {
  const date = parseDay(day);
  const clock = parseTime(time);
  if (date === undefined || clock === undefined) return undefined;
  if (clock === '24:00') return `${addDays(date, 1)}T00:00:00${offset}`;
  return `${date}T${clock.length === 5 ? `${clock}:00` : clock}${offset}`;
}
