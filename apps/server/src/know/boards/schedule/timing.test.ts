import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMs, inBusinessZone } from '../../../platform/time.ts';
import { dueAt, nextAfter } from './timing.ts';

const written = (at: Date) => inBusinessZone(at).slice(0, 16);
const at = (text: string) => new Date(`${text}:00+08:00`);
const following = (timing: Parameters<typeof nextAfter>[0], from: string, count: number): string[] => {
  const times: string[] = [];
  let last = at(from);
  for (let index = 0; index < count; index += 1) {
    last = nextAfter(timing, last);
    times.push(written(last));
  }
  return times;
};

test('daily, weekly and monthly mails are due on their business days; a short month has its last day', () => {
  expect(following({ cadence: 'daily', at: '08:00' }, '2026-11-22T08:00', 2)).toEqual(['2026-11-23T08:00', '2026-11-24T08:00']);
  expect(following({ cadence: 'daily', at: '08:00' }, '2026-11-22T07:59', 1)).toEqual(['2026-11-22T08:00']);
  expect(following({ cadence: 'weekly', at: '00:30', weekday: 1 }, '2026-12-25T12:00', 2)).toEqual([
    '2026-12-28T00:30',
    '2027-01-04T00:30',
  ]);
  expect(following({ cadence: 'weekly', at: '23:59', weekday: 7 }, '2026-11-22T23:00', 1)).toEqual(['2026-11-22T23:59']);
  expect(following({ cadence: 'monthly', at: '09:00', monthDay: 31 }, '2027-12-31T09:00', 4)).toEqual([
    '2028-01-31T09:00',
    '2028-02-29T09:00',
    '2028-03-31T09:00',
    '2028-04-30T09:00',
  ]);
});

test('a house that was off sends the latest one once and names the ones it missed', () => {
  const timing = { cadence: 'daily', at: '08:00' } as const;
  const due = dueAt(timing, at('2026-11-20T08:00'), at('2026-11-22T09:00'));
  expect(written(due.at)).toBe('2026-11-22T08:00');
  expect(due.missed.map(written)).toEqual(['2026-11-20T08:00', '2026-11-21T08:00']);
  expect(written(due.next)).toBe('2026-11-23T08:00');
  const long = dueAt(timing, at('2025-11-22T08:00'), at('2026-11-22T09:00'));
  expect([long.missedCount, long.missed.length]).toEqual([365, 10]);
  expect(dueAt(timing, at('2026-11-22T08:00'), at('2026-11-22T08:00'))).toMatchObject({ missedCount: 0, missed: [] });
});

const anyTiming = fc
  .record({ minute: fc.nat(1439), cadence: fc.constantFrom('daily', 'weekly', 'monthly'), weekday: fc.integer({ min: 1, max: 7 }), monthDay: fc.integer({ min: 1, max: 31 }) })
  .map(({ minute, cadence, weekday, monthDay }) => {
    const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    if (cadence === 'weekly') return { cadence, at: time, weekday } as const;
    return cadence === 'monthly' ? ({ cadence, at: time, monthDay } as const) : ({ cadence: 'daily', at: time } as const);
  }); // prettier-ignore
const anyInstant = fc.date({ min: new Date('2024-01-01Z'), max: new Date('2032-01-01Z'), noInvalidDate: true });

test('the next time is after the last, at the time of day that was chosen, and nothing due lies between', () => {
  const span = { daily: 1, weekly: 7, monthly: 31 };
  fc.assert(
    fc.property(anyTiming, anyInstant, (timing, from) => {
      const next = nextAfter(timing, from);
      expect(next > from).toBe(true);
      expect(next.getTime() - from.getTime()).toBeLessThanOrEqual(span[timing.cadence] * 86_400_000);
      expect(written(next).slice(11)).toBe(timing.at);
      expect(nextAfter(timing, addMs(next, -1))).toEqual(next);
    }),
  );
});
