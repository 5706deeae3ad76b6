import { randomUUID } from 'node:crypto';
import { orders as ordersContract, returns as contract } from '@tongshang/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { findDrift, stockLevelsOf } from '../../supply/inventory/index.ts';
import { aStock } from '../../supply/inventory/testing.ts';
import { aSender } from '../../supply/routing/testing.ts';
import { shipFulfilments } from '../../supply/warehouse/index.ts';
import { shipOrder } from '../orders/index.ts';
import { anOrder, aSaleable, kindsOf, markOrderPaid, ordersOf, payFor } from '../orders/testing.ts';
import { paymentsOf } from '../payments/index.ts';
import { factsOf } from './queries.ts';
import { recordReturn } from './record-return.ts';

const world = useWorld();
const staff = aStaff('operations');

async function shipped(quantity: number, priceFen = 3333) {
  const sku = `sku-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, quantity + 5, priceFen));
  const { orderId, paymentId, totalFen } = await world.run((ctx) => anOrder(ctx, [{ sku, quantity }]));
  await world.db.pool.query(
    `update payments.payment set state = 'captured', received_fen = amount_fen, provider = 'till_card', captured_at = now() where order_id = $1`,
    [orderId],
  );
  await world.run((ctx) => markOrderPaid(ctx, { orderId, paymentId: paymentId!, amountFen: totalFen }));
  await world.drain();
  await world.run((ctx) => shipOrder(ctx, { orderId, carrier: 'x', trackingNumber: 'y' }));
  const onHand = async () => (await world.inTx((tx) => stockLevelsOf(tx, [sku], 'WH1')))[0]!.onHand;
  const giveBack = (units: number, isSellable = true) =>
    world.run((ctx) =>
      recordReturn(ctx, { orderId, reason: 'unwanted', location: 'WH1', lines: [{ lineNo: 1, quantity: units, isSellable }] }),
    );
  return { orderId, sku, onHand, giveBack, goodsFen: quantity * priceFen };
}
const refundedOf = async (orderId: string) =>
  (await world.inTx((tx) => paymentsOf(tx, orderId))).flatMap((one) => one.refunds).reduce((sum, one) => sum + one.amountFen, 0);

test('a return refunds the frozen share, puts sellable units back, and is seen on the order', async () => {
  const order = await shipped(3, 1001);
  const body = {
    reason: 'defective' as const, note: 'torn', location: 'WH1',
    lines: [{ lineNo: 1, quantity: 1, isSellable: true }, { lineNo: 1, quantity: 1, isSellable: false }],
  }; // prettier-ignore
  const answer = await world.call(contract.recordReturn, { params: order, body }, staff);
  expect(answer).toMatchObject({
    orderId: order.orderId,
    refundFen: 2002,
    reason: 'defective',
    note: 'torn',
    actor: 'Test operations',
    source: 'live',
  });
  expect(answer.lines).toMatchObject([
    { quantity: 1, amountFen: 1001, isRestocked: true },
    { quantity: 1, amountFen: 1001, isRestocked: false },
  ]);
  expect(await order.onHand()).toBe(6);
  expect(await refundedOf(order.orderId)).toBe(2002);
  await world.drain();
  expect(kindsOf(await ordersOf(world, staff).get(order.orderId))).toEqual([
    'placed',
    'paid',
    'released',
    'shipped',
    'return_recorded',
    'refund_done',
  ]);
  expect(await world.call(contract.getReturnable, { params: order }, staff)).toMatchObject({
    lines: [{ lineNo: 1, bought: 3, returned: 2, returnable: 1 }],
  });
  expect((await world.call(contract.listReturns, { query: { orderId: order.orderId } }, staff)).items).toEqual([answer]);
  expect(await world.call(contract.getReturn, { params: { returnId: answer.id } }, staff)).toEqual(answer);
  const [facts] = await world.inTx((tx) => factsOf(tx, [answer.id]));
  expect(facts).toMatchObject({
    returnId: answer.id,
    channel: 'shop',
    refundFen: 2002,
    lines: [{ orderLineNo: 1, taxFen: 115, unitCostFen: 0 }, { orderLineNo: 1 }],
  });
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('never more comes back than was bought, however many returns are recorded at once', async () => {
  const order = await shipped(4);
  const answers = await Promise.allSettled(Array.from({ length: 12 }, () => order.giveBack(1)));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(4);
  const codes = new Set(answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : [])));
  expect(codes).toEqual(new Set(['return.exceeds_order']));
  expect(await refundedOf(order.orderId)).toBe(order.goodsFen);
  expect(await order.onHand()).toBe(9);
});

test('any partition of an order, in any sequence, refunds exactly what was paid for the goods', async () => {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 99_999 }),
    fc.infiniteStream(fc.integer({ min: 1, max: 4 })),
    async (quantity, priceFen, parts) => {
      const order = await shipped(quantity, priceFen);
      let left = quantity;
      for (const part of parts) {
        if (left === 0) break;
        await order.giveBack(Math.min(part, left));
        left -= Math.min(part, left);
      }
      expect(await refundedOf(order.orderId)).toBe(order.goodsFen);
    },
  );
  await fc.assert(property, { numRuns: 6 });
});

test('of a partly shipped order comes back what has left, and no more; with what is called off later it is what was paid', async () => {
  const [tea, cup] = [`tea-${randomUUID()}`, `cup-${randomUUID()}`];
  await world.run(async (ctx) => {
    await aSaleable(ctx, tea, 2, 1001); // the third lies in the store
    await aSaleable(ctx, cup, 5, 3000, 'S01');
    await aStock(ctx, tea, 1, 'S01');
    await aSender(ctx, 'S01');
  });
  const lines = [{ sku: tea, quantity: 3 }, { sku: cup, quantity: 1 }]; // prettier-ignore
  const order = await world.run((ctx) => anOrder(ctx, lines, { provider: 'till_card' }));
  await payFor(world, order);
  await world.drain();
  const { get } = ordersOf(world, aStaff('admin'));
  const parcel = (await get(order.orderId)).fulfilments.find(({ location }) => location === 'WH1')!;
  await world.run((ctx) => shipFulfilments(ctx, [{ fulfilmentId: parcel.id, carrier: 'SF', trackingNumber: 'SF1' }]));
  await world.drain();
  expect(await get(order.orderId)).toMatchObject({ state: 'partly_shipped' });
  const params = { orderId: order.orderId };
  const giveBack = (lineNo: number, quantity: number) =>
    world.call(contract.recordReturn, { params, body: { reason: 'unwanted', location: 'WH1', lines: [{ lineNo, quantity, isSellable: true }] } }, staff); // prettier-ignore
  expect((await world.call(contract.getReturnable, { params }, staff)).lines.map(({ returnable }) => returnable)).toEqual([2, 0]);
  await expect(giveBack(2, 1)).rejects.toMatchObject({ code: 'return.exceeds_order', details: { lines: [{ returnable: 0 }] } });
  await expect(giveBack(1, 3)).rejects.toMatchObject({ code: 'return.exceeds_order', details: { lines: [{ returnable: 2 }] } });
  expect(await giveBack(1, 1)).toMatchObject({ refundFen: 1001 });
  const rest = [{ lineNo: 1, quantity: 1 }, { lineNo: 2, quantity: 1 }]; // prettier-ignore
  await world.call(ordersContract.cancelLines, { params, body: { lines: rest, reason: 'x' } }, aStaff('admin'));
  expect((await get(order.orderId)).state).toBe('shipped');
  await giveBack(1, 1);
  await expect(giveBack(1, 1)).rejects.toMatchObject({ code: 'return.exceeds_order' });
  expect(await refundedOf(order.orderId)).toBe(3 * 1001 + 3000);
  expect(await world.inTx((tx) => findDrift(tx))).toEqual([]);
});

test('what cannot come back is refused, and nothing changes', async () => {
  const order = await shipped(2);
  const call = (over: object, params: object = order) =>
    world.call(
      contract.recordReturn,
      {
        params,
        body: { reason: 'other', location: 'WH1', lines: [{ lineNo: 1, quantity: 1, isSellable: true }], ...over },
      } as never,
      staff,
    );
  await expect(call({ lines: [{ lineNo: 1, quantity: 3, isSellable: true }] })).rejects.toMatchObject({
    code: 'return.exceeds_order',
    details: { lines: [{ lineNo: 1, wanted: 3, returnable: 2 }] },
  });
  await expect(call({ lines: [{ lineNo: 9, quantity: 1, isSellable: true }] })).rejects.toMatchObject({
    code: 'return.exceeds_order',
  });
  await expect(call({ location: 'S99' })).rejects.toMatchObject({ code: 'location.not_found' });
  await expect(call({}, { orderId: randomUUID() })).rejects.toMatchObject({ code: 'order.not_found' });
  await world.run((ctx) => aSaleable(ctx, 'unshipped', 1));
  const placed = await world.run((ctx) => anOrder(ctx, [{ sku: 'unshipped', quantity: 1 }]));
  await expect(call({}, placed)).rejects.toMatchObject({ code: 'order.wrong_state', details: { state: 'placed' } });
  await expect(world.call(contract.getReturn, { params: { returnId: randomUUID() } }, staff)).rejects.toMatchObject({
    code: 'return.not_found',
  });
  await expect(world.call(contract.getReturnable, { params: { orderId: randomUUID() } }, staff)).rejects.toMatchObject({
    code: 'order.not_found',
  });
  const clerk = world.call(
    contract.recordReturn,
    { params: order, body: { reason: 'other', location: 'S01', lines: [{ lineNo: 1, quantity: 1, isSellable: true }] } },
    aStaff('clerk', { location: 'S01' }),
  );
  await expect(clerk).rejects.toMatchObject({ code: 'order.not_found' });
  expect([await refundedOf(order.orderId), await order.onHand()]).toEqual([0, 5]);
});
