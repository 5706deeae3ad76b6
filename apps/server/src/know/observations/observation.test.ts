import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../platform/time.ts';
import { dayParts, decide, judge, type Known } from './observation.ts';

const brought = {
  name: 'exposure' as const,
  from: '2026-11-01',
  to: '2026-11-01',
  channel: '',
  campaign: '',
  value: 5,
  source: 'tool',
};

test('the days of a flow add up to it exactly, and the cases of a mean to its cases', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 366 }),
      fc.integer({ min: 0, max: 1e12 }),
      fc.integer({ min: 1, max: 1e6 }),
      (days, value, cases) => {
        const over = { from: '2026-01-01', to: addDays('2026-01-01', days - 1), cases };
        const flow = dayParts({ combines: 'flow', value, ...over });
        expect(flow.reduce((sum, { amount }) => sum + amount, 0)).toBe(value);
        expect(flow.every(({ amount }) => Number.isInteger(amount))).toBe(true);
        expect(flow.map(({ day }) => day)).toEqual(flow.map((_, index) => addDays('2026-01-01', index)));
        const mean = dayParts({ combines: 'mean', value: 4.6, ...over });
        expect(mean.reduce((sum, one) => sum + one.cases, 0)).toBe(cases);
        expect(mean.reduce((sum, one) => sum + one.amount, 0) / cases).toBeCloseTo(4.6, 8);
      },
    ),
    { numRuns: 60 },
  );
});

test('a mean that nobody counted weighs one a day; a level holds on each day it covers', () => {
  const over = { from: '2026-11-01', to: '2026-11-03', cases: null };
  expect(dayParts({ combines: 'mean', value: 0.183, ...over }).map(({ amount, cases }) => [amount, cases])).toEqual([
    [0.183, 1],
    [0.183, 1],
    [0.183, 1],
  ]);
  expect(dayParts({ combines: 'level', value: 900, ...over }).map(({ amount }) => amount)).toEqual([900, 900, 900]);
});

test('a figure that cannot be is told with every reason', () => {
  const codes = (over: object) => judge({ ...brought, ...over }, '2026-11-22').map(({ code }) => code);
  expect(codes({})).toEqual([]);
  expect(codes({ value: 1.5 })).toEqual(['number.not_whole']);
  expect(codes({ value: -1 })).toEqual(['number.out_of_range']);
  expect(codes({ name: 'share_of_voice', value: 18.3 })).toEqual(['number.out_of_range']);
  expect(codes({ name: 'share_of_voice', value: 0.18345 })).toEqual(['number.too_precise']);
  expect(codes({ name: 'share_of_voice', value: 0.1834 })).toEqual([]);
  expect(codes({ to: '2026-10-31' })).toEqual(['period.backwards']);
  expect(codes({ from: '2025-11-01', to: '2026-11-02' })).toEqual(['period.too_long']);
  expect(codes({ to: '2026-11-23' })).toEqual(['date.in_future']);
  expect(codes({ name: 'campaign_spend', source: '' })).toEqual(['cell.missing', 'cell.missing']);
});

test('days never count twice: an overlap is refused, the same days are a newer version, a withdrawn figure gives its days back', () => {
  const known = (over: Partial<Known> = {}): Known => ({
    id: 'k', from: '2026-11-01', to: '2026-11-07', version: 2, value: 5, cases: null, source: 'tool', note: null, isWithdrawn: false, ...over,
  }); // prettier-ignore
  const week = { ...brought, to: '2026-11-07' };
  const kinds = (rows: (typeof brought)[], there: Known[]) => decide(rows, there).map((one) => one.kind);
  expect(kinds([week], [known()])).toEqual(['unchanged']);
  expect(kinds([{ ...week, value: 6 }], [known()])).toEqual(['newer']);
  expect(kinds([{ ...week, source: 'other' }], [known()])).toEqual(['newer']);
  expect(kinds([brought], [known()])).toEqual(['bad']);
  expect(kinds([brought], [known({ isWithdrawn: true })])).toEqual(['new']);
  expect(kinds([brought, week], [])).toEqual(['new', 'bad']);
  expect(decide([brought, brought], [])[1]).toEqual({ kind: 'bad', fault: { code: 'row.repeated', field: 'from', value: '0' } });
});
