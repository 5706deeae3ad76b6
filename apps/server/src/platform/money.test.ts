import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, exponentOf, portionOf, roundHalfUp, shareOf, taxWithin } from './money.ts';

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

test('a portion is rounded half away from zero, exactly, however large the amounts are', () => {
  const any = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(any, fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 1_000_000 }), (amount, part, whole) => {
      const [product, twice] = [BigInt(amount) * BigInt(part), BigInt(whole) * 2n];
      const size = product < 0n ? -product : product;
      const rounded = (size * 2n + BigInt(whole)) / twice;
      if (rounded > BigInt(Number.MAX_SAFE_INTEGER)) return;
      expect(portionOf(amount, part, whole)).toBe(Number(product < 0n ? -rounded : rounded));
    }),
  );
  expect([portionOf(5, 1, 2), portionOf(-5, 1, 2), portionOf(0, 1, 3)]).toEqual([3, -3, 0]);
});

test('an allocation of amounts past 2^53 is still exact, and never says −0', () => {
  expect(allocate(9_007_199_254_740_991, [1, 1, 1])).toEqual([
    3_002_399_751_580_331, 3_002_399_751_580_330, 3_002_399_751_580_330,
  ]);
  expect(allocate(-1, [1, 1])).toEqual([-1, 0]);
});

test('amounts of yen, yuan and dinars differ in their decimals only', () => {
  expect(['JPY', 'CNY', 'KWD'].map(exponentOf)).toEqual([0, 2, 3]);
});
