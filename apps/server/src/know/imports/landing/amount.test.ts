import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fenOf, unitFenOf } from './amount.ts';

test('amounts round once, half away from zero, also below a fen and in other currencies', () => {
  expect(fenOf(6, 2_550_000, '1')).toBe(1530);
  expect(fenOf(-1, 11_062_060_000, '1')).toBe(-1_106_206);
  expect(fenOf(1, 1_000, '1')).toBe(0);
  expect(fenOf(1, 5_000, '1')).toBe(1);
  expect(fenOf(-1, 5_000, '1')).toBe(-1);
  expect(fenOf(3, 2_550_000, '9.2')).toBe(7038);
  expect(fenOf(10_000_000, 9_000_000_000_000_000, '1')).toBe(9_000_000_000_000_000_000);
});

test('a line reaches its exact amount from its whole-fen unit price by a discount that is never negative', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 0, max: 10_000_000_000 }),
      fc.constantFrom('1', '9.2', '0.05123'),
      (quantity, price, rate) => {
        const discount = quantity * unitFenOf(price, rate) - fenOf(quantity, price, rate);
        expect(discount).toBeGreaterThanOrEqual(0);
        expect(discount).toBeLessThanOrEqual(quantity);
      },
    ),
  );
});
