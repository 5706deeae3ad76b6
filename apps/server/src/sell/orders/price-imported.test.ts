import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineAmounts, orderAmounts } from './order.ts';
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

test('an imported order costs, to the fen, what its file says: line by line, discounts, tax, freight and total', () => {
  fc.assert(
    fc.property(order, (given) => {
      const priced = price(given);
      const plain = given.lines.map((one) => ({ ...one, ...lineAmounts(one) }));
      expect(priced.lines.map(({ amountFen, taxFen, discountFen }) => ({ amountFen, taxFen, discountFen }))).toEqual(
        plain.map(({ amountFen, taxFen, discountFen }) => ({ amountFen, taxFen, discountFen })),
      );
      expect(priced).toMatchObject(orderAmounts(plain, given.freightFen));
    }),
  );
});

test('one SKU at two prices in one order keeps both, and nothing of today takes part', () => {
  const lines = [100, 80].map((unitFen) => ({ quantity: 2, unitFen, discountFen: 0, taxRateBp: 1300 }));
  expect(price({ lines, freightFen: 0 })).toMatchObject({ totalFen: 360, applied: [], missed: [] });
});
