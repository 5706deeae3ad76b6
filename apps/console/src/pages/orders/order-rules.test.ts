import { orders } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { leftToRefund } from './left-to-refund.ts';
import { whyNot } from './why-not.ts';

test('what failed to go back may be refunded again, what is on its way may not', () => {
  const refund = { id: '', paymentId: '', orderId: '', reason: '', failure: null, requestedAt: '', doneAt: null };
  expect(
    leftToRefund({
      receivedFen: 10_000,
      refunds: [
        { ...refund, amountFen: 3_000, state: 'done' },
        { ...refund, amountFen: 2_000, state: 'sent' },
        { ...refund, amountFen: 5_000, state: 'failed' },
      ],
    }),
  ).toBe(5_000);
});

test('a step that is not open names every state it starts from, by the contract', () => {
  const words = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
    key === 'list.or' ? '|' : `${values['from']} not ${values['now']}`;
  expect(whyNot('shipped', 'placed', words, (state) => state)).toBe('released|partly_shipped not placed');
  expect(whyNot('cancelled', 'shipped', words, (state) => state)).toBe('placed|paid|released not shipped');
  expect(orders.orderMoves.released).toContain('shipped');
});
