import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refundShare } from './refund-share.ts';

test('refunds of any partition of a line, in any sequence, sum to what was paid for it', () => {
  const line = fc.record({
    amountFen: fc.integer({ min: 0, max: 1_000_000_000 }),
    quantity: fc.integer({ min: 1, max: 10_000 }),
  });
  fc.assert(
    fc.property(
      line,
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 }),
      ({ amountFen, quantity }, counts) => {
        let [before, refunded] = [0, 0];
        for (const count of [...counts, quantity]) {
          const units = Math.min(count, quantity - before);
          const share = refundShare(amountFen, quantity, before, units);
          expect(Math.abs(share - (amountFen * units) / quantity)).toBeLessThanOrEqual(1);
          expect(share).toBeGreaterThanOrEqual(0);
          before += units;
          refunded += share;
        }
        expect(refunded).toBe(amountFen);
      },
    ),
  );
});

test('three units for ¥1.00 come back as 33, 34 and 33 fen; a free unit as nothing', () => {
  expect([0, 1, 2].map((before) => refundShare(100, 3, before, 1))).toEqual([33, 34, 33]);
  expect(refundShare(0, 3, 0, 3)).toBe(0);
});
