import type { schedules } from '@tongshang/contract';
import type { Say } from '../../lib/language.ts';

/** When it goes, in words; times are those of Asia/Shanghai. */
export function timingText(timing: schedules.Timing, words: Say): string {
  const { at } = timing;
  switch (timing.cadence) {
    case 'daily':
      return words('schedules.everyDay', { at });
    case 'weekly':
      return words('schedules.everyWeek', { at, day: weekdayText(timing.weekday, words) });
    case 'monthly':
      return words('schedules.everyMonth', { at, day: timing.monthDay });
  }
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
type Weekday = (typeof weekdays)[number];
const isWeekday = (day: number): day is Weekday => weekdays.some((one) => one === day);

const weekdayText = (day: number, words: Say): string => (isWeekday(day) ? words(`schedules.weekday${day}`) : String(day));
export const weekdayOptions = (words: Say) => weekdays.map((value) => ({ value, label: weekdayText(value, words) }));

const order = ['failed', 'kept', 'waiting', 'skipped', 'sent'] as const satisfies readonly schedules.DeliveryState[];

/** How the last sending went, what needs somebody first: `1 failed · 4 sent`. */
export const countsText = (counts: Readonly<Record<schedules.DeliveryState, number>>, words: Say): string =>
  order.flatMap((state) => (counts[state] > 0 ? [words(`schedules.${state}`, { count: counts[state] })] : [])).join(' · ');

export const tones = { waiting: 'active', sent: 'good', failed: 'bad', skipped: 'neutral', kept: 'attention' } as const;

/** The worst of a sending gives it its colour. */
export const toneOf = (counts: Readonly<Record<schedules.DeliveryState, number>>): (typeof tones)[schedules.DeliveryState] =>
  tones[order.find((state) => counts[state] > 0) ?? 'sent'];

export const subjectKey = ({ kind, id }: schedules.Subject): string => `${kind}:${id}`;

/** `board:executive`, `question:…` as an address or a choice names it; undefined for anything else. */
export function readSubject(text: string | null): schedules.Subject | undefined {
  const [, kind, id] = /^(board|question):([\w-]{1,40})$/.exec(text ?? '') ?? [];
  if (id === undefined) return undefined;
  return kind === 'board' ? { kind, id } : { kind: 'question', id };
}
