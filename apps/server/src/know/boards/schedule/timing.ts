// When a scheduled mail is due, pure: whole days of Asia/Shanghai at a time of day, whatever zone the machine stands in.
import type { schedules as contract } from '@tongshang/contract';
import { addDays, addMs, dayOf, startOfDay } from '../../../platform/time.ts';

type Timing = contract.Timing;

const minuteMs = 60_000;
/** Times that passed while nobody looked are named up to so many; beyond they are counted. */
const namedMax = 10;
const longestGapDays = 31;

const minutesOf = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));

/** Whether a mail goes on this business day. A month without the day has it on its last. */
function isOn(timing: Timing, day: string): boolean {
  switch (timing.cadence) {
    case 'daily':
      return true;
    case 'weekly':
      return weekdayOf(day) === timing.weekday;
    case 'monthly':
      return Number(day.slice(8)) === Math.min(timing.monthDay, lastDayOf(day));
  }
}

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
const lastDayOf = (day: string): number => new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();

/** The first time it is due after an instant. */
export function nextAfter(timing: Timing, after: Date): Date {
  let day = dayOf(after);
  for (let looked = 0; looked <= longestGapDays + 1; looked += 1) {
    const at = addMs(startOfDay(day), minutesOf(timing.at) * minuteMs);
    if (isOn(timing, day) && at > after) return at;
    day = addDays(day, 1);
  }
  throw new Error(`no day for ${JSON.stringify(timing)}`);
}

export interface Due {
  /** The one to send now. */
  at: Date;
  /** Earlier ones that nobody sent, oldest first, as far as they are named. */
  missed: Date[];
  missedCount: number;
  next: Date;
}

/** What is due when somebody looks at `now`, and `first` was the next time: the latest is sent, those before it are missed. */
export function dueAt(timing: Timing, first: Date, now: Date): Due {
  const missed: Date[] = [];
  let missedCount = 0;
  let at = first;
  for (;;) {
    const next = nextAfter(timing, at);
    if (next > now) return { at, missed, missedCount, next };
    if (missed.length < namedMax) missed.push(at);
    missedCount += 1;
    at = next;
  }
}
