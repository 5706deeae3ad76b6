import { randomUUID } from 'node:crypto';
import { orders as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aMemberWithPoints } from '../../base/membership/testing.ts';
import { findDrift, heldBy } from '../../supply/inventory/index.ts';
import { aPromotion } from '../promotions/testing.ts';
import { anOrder, aSaleable, kindsOf, markOrderPaid, ordersOf } from './testing.ts';

const world = useWorld();
const staff = aStaff('operations');
const { get } = ordersOf(world, staff);
const cancel = (orderId: string, ...lines: [lineNo: number, quantity: number][]) =>
  world.call(
    contract.cancelLines,
    { params: { orderId }, body: { lines: lines.map(([lineNo, quantity]) => ({ lineNo, quantity })), reason: 'changed mind' } },
    staff,
  );
const paymentsOf = async (orderId: string) =>
  (
    await world.db.pool.query<{ id: string; state: string; fen: number }>(
      'select id, state, amount_fen::int as fen from payments.payment where order_id = $1 order by id',
      [orderId],
    )
  ).rows;
const refunded = async (orderId: string) =>
  (await world.db.pool.query('select coalesce(sum(amount_fen), 0)::int as fen from payments.refund where order_id = $1', [orderId])).rows[0].fen as number; // prettier-ignore
const capture = async (orderId: string, payment: { id: string; fen: number }) => {
  await world.db.pool.query(
    `update payments.payment set state = 'captured', received_fen = amount_fen, captured_at = now() where id = $1`,
    [payment.id],
  );
  await world.run((ctx) => markOrderPaid(ctx, { orderId, paymentId: payment.id, amountFen: payment.fen }));
};

/** An unpaid order of 3 × ¥33.33 and 2 × ¥50.00, ¥20.00 off all of it. */
async function anUnpaidOrder(over: Parameters<typeof anOrder>[2] = {}) {
  const [tea, shirt] = [`tea-${randomUUID()}`, `shirt-${randomUUID()}`];
  await world.run(async (ctx) => {
    await aSaleable(ctx, tea, 20, 3333);
    await aSaleable(ctx, shirt, 20, 5000);
    await aPromotion(ctx, { then: { gives: 'amount', of: { skus: [tea, shirt] }, fen: 2000 } });
  });
  const order = await world.run((ctx) => anOrder(ctx, [{ sku: tea, quantity: 3 }, { sku: shirt, quantity: 2 }], over)); // prettier-ignore
  return { ...order, tea, shirt };
}

test('a line called off before payment takes its frozen share off what is asked for; nothing is refunded, its stock is free', async () => {
  const { orderId, totalFen, tea, shirt } = await anUnpaidOrder();
  expect(totalFen).toBe(17_999);
  const after = await cancel(orderId, [2, 1]);
  const share = after.lines[1]!.cancelledFen;
  expect(after).toMatchObject({ state: 'placed', cancelledFen: share });
  expect(share).toBe(4500); // ¥50.00 less its part of the ¥20.00
  expect(await paymentsOf(orderId)).toMatchObject([{ state: 'closed', fen: 17_999 }, { state: 'pending', fen: 17_999 - share }]); // prettier-ignore
  expect(await refunded(orderId)).toBe(0);
  const held = await world.inTx(async (tx) => (await heldBy(tx, [orderId])).get(orderId));
  expect(held).toEqual(new Map([[tea, 3], [shirt, 1]])); // prettier-ignore

  const [, open] = await paymentsOf(orderId);
  await capture(orderId, open!);
  const paid = await get(orderId);
  expect(paid.state).not.toBe('placed');
  expect(kindsOf(paid)).toContain('paid');
  const off = await cancel(orderId, [1, 3], [2, 1]);
  expect(off.state).toBe('cancelled');
  expect(await refunded(orderId)).toBe(17_999 - share); // all that was paid, and no fen more
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('who pays the old amount in the same moment gets the difference back; called off whole, the order is cancelled', async () => {
  const { orderId } = await anUnpaidOrder();
  const [old] = await paymentsOf(orderId);
  await cancel(orderId, [1, 1]);
  await capture(orderId, old!);
  const paid = await get(orderId);
  expect(paid.state).not.toBe('placed');
  expect(await refunded(orderId)).toBe(paid.cancelledFen);

  const other = await anUnpaidOrder();
  await cancel(other.orderId, [1, 3]);
  expect((await cancel(other.orderId, [2, 2])).state).toBe('cancelled');
  expect((await paymentsOf(other.orderId)).every(({ state }) => state === 'closed')).toBe(true);
});

test('points of the lines called off come back; an order that owes nothing any more is paid', async () => {
  const customerId = await world.run((ctx) => aMemberWithPoints(ctx, randomUUID(), 8000));
  const { orderId } = await anUnpaidOrder({ customerId, pointsWanted: 8000 });
  const before = await get(orderId);
  const after = await cancel(orderId, [2, 2]);
  const points = (await world.db.pool.query('select points from membership.standing where customer_id = $1', [customerId])).rows[0].points; // prettier-ignore
  const ofLine = before.lines[1]!.adjustments.reduce((sum, one) => sum + (one.points ?? 0), 0);
  expect(points).toBe(ofLine);
  expect(ofLine).toBeGreaterThan(0);
  expect(after.state).toBe('placed');
});
