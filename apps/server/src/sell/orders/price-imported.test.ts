import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taxWithin } from '../../platform/money.ts';
import { priceImported } from './price-imported.ts';

const line = fc
  .record({
    quantity: fc.integer({ min: 1, max: 500 }),
    unitFen: fc.integer({ min: 0, max: 500_000 }),
    share: fc.constantFrom(0, 0, 0.1, 0.5, 1),
    taxRateBp: fc.constantFrom(0, 600, 900, 1300),
  })
  .map(({ share, ...one }) => ({ ...one, discountFen: Math.floor(one.quantity * one.unitFen * share) }));
const order = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 30 }),
  freightFen: fc.integer({ min: 0, max: 5000 }),
});
const price = (one: { lines: Parameters<typeof priceImported>[0]['lines']; freightFen: number }) =>
  priceImported({ currency: 'CNY', channel: 'tmall', at: new Date(0), ...one });

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

test('an imported order costs, to the fen, what its file says: line by line, discounts, tax, freight and total', () => {
  fc.assert(
    fc.property(order, (given) => {
      const priced = price(given);
      const plain = given.lines.map(({ quantity, unitFen, discountFen, taxRateBp }) => {
        const amountFen = quantity * unitFen - discountFen;
        return { amountFen, taxFen: taxWithin(amountFen, taxRateBp), discountFen };
      });
      expect(priced.lines.map(({ amountFen, taxFen, discountFen }) => ({ amountFen, taxFen, discountFen }))).toEqual(plain);
      expect(priced).toMatchObject({
        goodsFen: sum(given.lines.map(({ quantity, unitFen }) => quantity * unitFen)),
        discountFen: sum(plain.map(({ discountFen }) => discountFen)),
        freightFen: given.freightFen,
        taxFen: sum(plain.map(({ taxFen }) => taxFen)),
        totalFen: sum(plain.map(({ amountFen }) => amountFen)) + given.freightFen,
      });
    }),
  );
});

test('one SKU at two prices in one order keeps both, and nothing of today takes part', () => {
  const lines = [100, 80].map((unitFen) => ({ quantity: 2, unitFen, discountFen: 0, taxRateBp: 1300 }));
  expect(price({ lines, freightFen: 0 })).toMatchObject({ totalFen: 360, applied: [], missed: [] });
});
