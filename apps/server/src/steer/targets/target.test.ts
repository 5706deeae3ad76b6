import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOfMonth, expectedByNow, progressOf, scopeKey, splitMonth, weekdayOf } from './target.ts';

const aMonth = fc
  .record({ year: fc.integer({ min: 2000, max: 2099 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}`);
const weights = fc.array(fc.nat(1000), { minLength: 7, maxLength: 7 }).filter((all) => all.some((weight) => weight > 0));

test('the days of a month add up to its target exactly, whatever the weights', () => {
  fc.assert(
    fc.property(aMonth, fc.nat(10 ** 12), weights, (month, value, shares) => {
      const days = [...splitMonth(month, value, shares, true).values()];
      expect(days.reduce((a, b) => a + b, 0)).toBe(value);
      expect(days.every((day) => Number.isInteger(day) && day >= 0)).toBe(true);
      expect(days).toHaveLength(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate());
    }),
  );
});

test('equal weekdays get equal shares, to one unit', () => {
  fc.assert(
    fc.property(aMonth, fc.nat(10 ** 9), weights, (month, value, shares) => {
      const byWeekday = Map.groupBy(splitMonth(month, value, shares, true), ([day]) => weekdayOf(day));
      for (const days of byWeekday.values()) {
        const values = days.map(([, amount]) => amount);
        expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('a day gets its weight over the weights of the month', () => {
  const days = splitMonth('2027-02', 36, [1, 1, 1, 1, 1, 2, 2], true); // four whole weeks of 9
  expect([...days.values()].slice(0, 7)).toEqual([1, 1, 1, 1, 1, 2, 2]); // 1 February 2027 is a Monday
});

test('a ratio is the same target every day', () => {
  expect([...new Set(splitMonth('2026-11', 0.12, [1, 1, 1, 1, 1, 3, 3], false).values())]).toEqual([0.12]);
});

test('the plan by now is the past days plus the passed share of today', () => {
  const days = splitMonth('2026-11', 3000, [1, 1, 1, 1, 1, 1, 1], true); // 100 a day
  expect(expectedByNow(days, new Date('2026-11-03T04:00:00Z'), true)).toBeCloseTo(250, 9); // noon of the 3rd in Shanghai
  expect(expectedByNow(days, new Date('2026-10-31T15:59:00Z'), true)).toBe(0);
  expect(expectedByNow(days, new Date('2026-12-05T00:00:00Z'), true)).toBe(3000);
});

test('behind, on track, ahead and unknown follow the polarity of the metric', () => {
  const plan = { days: new Map([['2026-11-22', 100]]), value: 100 };
  const now = new Date('2026-11-22T15:59:59.999Z');
  const state = (actual: number | null, polarity: 'more_is_better' | 'less_is_better') =>
    progressOf(plan, actual, now, { isAdditive: false, polarity }).state;
  expect([94, 96, 100].map((actual) => state(actual, 'more_is_better'))).toEqual(['behind', 'on_track', 'ahead']);
  expect([94, 104, 106].map((actual) => state(actual, 'less_is_better'))).toEqual(['ahead', 'on_track', 'behind']);
  expect(state(null, 'more_is_better')).toBe('unknown');
});

test('one scope has one key, however it was written', () => {
  expect(scopeKey({ store: 'S01', channel: 'store' })).toBe(scopeKey({ channel: 'store', store: 'S01', category: undefined }));
  expect(daysOfMonth('2028-02')).toHaveLength(29);
});
