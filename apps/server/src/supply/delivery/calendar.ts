// When a parcel leaves and when it is there. Pure: days of the business zone, `HH:MM` of the same.
import { addDays, addMs, dayOf, daysBetween, startOfDay } from '../../platform/time.ts';

export interface DayRule {
  dispatches: boolean;
  delivers: boolean;
}

/** Days that are not as their weekday says. */
export type Calendar = ReadonlyMap<string, DayRule>;

export interface Leaving {
  /** Released until then, a parcel leaves the same working day. */
  cutOff: string;
  /** 1 = Monday … 7 = Sunday. */
  weekdays: readonly number[];
  /** The place's own days: whether parcels leave then, whatever the house's calendar and the weekday say. */
  ownDays?: ReadonlyMap<string, boolean>;
}

/** What says whether parcels leave a place on a day. */
export type DecidedBy = 'place' | 'house' | 'weekday';

const minuteMs = 60_000;
/** What is released at the cut-off still has to be picked and packed. */
const handlingMs = 120 * minuteMs;
/** Nobody closes longer; a calendar that says so is taken as a mistake, and the day after is as its weekday. */
const closedDaysMax = 60;

const monday = '1970-01-05';
export const weekdayOf = (day: string): number => ((((daysBetween(monday, day) % 7) + 7) % 7) + 1) | 0;

/** The instant of a time of day. */
export function instantOf(day: string, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return addMs(startOfDay(day), (hours * 60 + minutes) * minuteMs);
}

/** Whether parcels leave on a day: the place's own word, else the house's calendar, else the weekday. */
export function leavesOn(calendar: Calendar, place: Leaving, day: string): { dispatches: boolean; decidedBy: DecidedBy } {
  const own = place.ownDays?.get(day);
  if (own !== undefined) return { dispatches: own, decidedBy: 'place' };
  const house = calendar.get(day)?.dispatches;
  if (house !== undefined) return { dispatches: house, decidedBy: 'house' };
  return { dispatches: place.weekdays.includes(weekdayOf(day)), decidedBy: 'weekday' };
}

/** The day on which a parcel that may leave from `readyAt` on leaves: the same working day until the cut-off, else the next one. */
export function dispatchDay(calendar: Calendar, leaving: Leaving, readyAt: Date): string {
  const today = dayOf(readyAt);
  const first = readyAt <= instantOf(today, leaving.cutOff) ? today : addDays(today, 1);
  for (let ahead = 0; ahead < closedDaysMax; ahead += 1)
    if (leavesOn(calendar, leaving, addDays(first, ahead)).dispatches) return addDays(first, ahead);
  return first;
}

/** The instant by which it has to be in the carrier's hands. */
export const dispatchBy = (leaving: Leaving, day: string): Date => addMs(instantOf(day, leaving.cutOff), handlingMs);

/** The day it is there: so many days on which carriers deliver after it left; at least the first such day. */
export function arrivalDay(calendar: Calendar, dispatchedOn: string, days: number): string {
  let day = dispatchedOn;
  let left = days;
  for (let ahead = 0; ahead < closedDaysMax + days; ahead += 1) {
    const isOpen = calendar.get(day)?.delivers ?? true;
    if (isOpen && left <= 0) return day;
    day = addDays(day, 1);
    if (calendar.get(day)?.delivers ?? true) left -= 1;
  }
  return day;
}
