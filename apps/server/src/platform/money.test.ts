import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, roundHalfUp, shareOf, taxWithin } from './money.ts';

test('an allocation sums to the total to the fen, and each part is within one fen of its exact share', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), weights, (total, given) => {
      const parts = allocate(total, given);
      expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
      const sum = given.reduce((a, b) => a + b, 0);
      if (sum > 0)
        for (const [index, part] of parts.entries()) expect(Math.abs(part - (total * given[index]!) / sum)).toBeLessThan(1);
    }),
  );
});

test('equal remainders go to the earlier part, and nothing goes to nobody', () => {
  expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(allocate(5, [0, 0])).toEqual([5, 0]);
  expect(allocate(5, [])).toEqual([]);
});

test('halves round away from zero; tax is what the price includes', () => {
  expect([roundHalfUp(2.5), roundHalfUp(-2.5), roundHalfUp(2.4)]).toEqual([3, -3, 2]);
  expect(taxWithin(11_300, 1300)).toBe(1300);
  expect(shareOf(9999, 1500)).toBe(1500);
});
