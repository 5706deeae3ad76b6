import { expect, test } from 'vitest';
import { leftOf, refundFor } from './refund-share.ts';

test('whatever parts a line is called off in, together they give back exactly what it cost', () => {
  for (const amountFen of [0, 1, 100, 9_999, 10_001]) {
    for (const quantity of [1, 3, 7]) {
      for (let first = 0; first <= quantity; first += 1) {
        const line = { amountFen, quantity, cancelledQuantity: 0 };
        const rest = { ...line, cancelledQuantity: first };
        expect(refundFor(line, first) + refundFor(rest, leftOf(rest))).toBe(amountFen);
      }
    }
  }
});

test('a third of ¥1.00 is 33, then 34, then 33 fen', () => {
  const parts = [0, 1, 2].map((cancelledQuantity) => refundFor({ amountFen: 100, quantity: 3, cancelledQuantity }, 1));
  expect(parts).toEqual([33, 34, 33]);
});
