import { expect, test } from 'vitest';
import { monthAfter, monthEnds, monthFrom, weeksOf } from './month.ts';

test('a month is laid out in whole weeks from Monday on, each of its days once', () => {
  const weeks = weeksOf('2026-11'); // begins on a Sunday
  expect(weeks).toHaveLength(6);
  expect(weeks[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, '2026-11-01']);
  expect(weeks.flat().filter((day) => day !== undefined)).toHaveLength(30);
  expect(weeksOf('2027-02')).toHaveLength(4); // Monday the first, 28 days
  expect(weeksOf('2027-02').flat()).not.toContain(undefined);
});

test('months are counted over the turn of the year', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-11', 14)]).toEqual([
    '2027-01',
    '2025-12',
    '2028-01',
  ]);
  expect(monthEnds('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
});

test('an address that names no month, or one far away, shows this month', () => {
  const today = '2026-11-22';
  expect(['2027-01', null, '2027-13', 'x', '1999-01', '2028-12'].map((text) => monthFrom(text, today))).toEqual([
    '2027-01', '2026-11', '2026-11', '2026-11', '2026-11', '2026-11',
  ]); // prettier-ignore
});
