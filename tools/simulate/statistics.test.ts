import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../apps/server/src/demo/random.ts';
import { differenceOf, quantile, type Ratio } from './statistics.ts';

test('a quantile is one of the numbers: the nearest rank', () => {
  expect(quantile([], 0.5)).toBeUndefined();
  expect(quantile([5], 0.99)).toBe(5);
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2);
  expect(quantile(Array.from({ length: 100 }, (_, i) => i + 1), 0.99)).toBe(99); // prettier-ignore
});

const daysOf = (seed: number, days: number, level: number): Ratio[] => {
  const random = createRandom(seed);
  return Array.from({ length: days }, () => ({ part: level + random.poisson(20) - 20, of: 1 }));
};

test('equal runs differ by exactly nothing, and so does their interval', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 40 }), (seed, days) => {
      const run = daysOf(seed, days, 100);
      expect(differenceOf(run, run)).toEqual({ difference: 0, interval: { low: 0, high: 0 } });
    }),
    { numRuns: 20 },
  );
});

test('what both runs share cancels out: a small constant gain on wildly varying days is certain', () => {
  const before = daysOf(3, 30, 100);
  const after = before.map(({ part, of }) => ({ part: part + 1, of }));
  const { difference, interval } = differenceOf(before, after);
  expect(difference).toBeCloseTo(1);
  expect(interval.low).toBeCloseTo(1);
  expect(interval.high).toBeCloseTo(1);
});

test('the interval holds the true difference in about 95 of 100 runs whose days scatter by chance', () => {
  const runs = 80;
  const hits = Array.from({ length: runs }, (_, run) => {
    const { interval } = differenceOf(daysOf(run * 2 + 1, 40, 100), daysOf(run * 2 + 2, 40, 103), run);
    return interval.low <= 3 && interval.high >= 3;
  }).filter(Boolean).length;
  expect(hits / runs).toBeGreaterThan(0.85);
  expect(hits / runs).toBeLessThan(0.99);
});

test('a ratio is a ratio of sums, not a mean of ratios: quiet days do not weigh like busy ones', () => {
  const before = [{ part: 1, of: 1 }, { part: 50, of: 100 }]; // prettier-ignore
  const after = [{ part: 0, of: 1 }, { part: 50, of: 100 }]; // prettier-ignore
  expect(differenceOf(before, after).difference).toBeCloseTo(-1 / 101);
});
