import { randomUUID } from 'node:crypto';
import { orders as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { findDrift, heldBy } from '../../supply/inventory/index.ts';
import { anOrder, aSaleable, kindsOf, markOrderPaid, ordersOf } from './testing.ts';

const world = useWorld();
const staff = aStaff('operations');
const { get } = ordersOf(world, staff);

/** A paid and released order of 3 × ¥33.33 and 2 × ¥50.00, freight free. */
async function anOpenOrder() {
  const [tea, shirt] = [`tea-${randomUUID()}`, `shirt-${randomUUID()}`];
  await world.run(async (ctx) => {
    await aSaleable(ctx, tea, 20, 3333);
    await aSaleable(ctx, shirt, 20, 5000);
  });
  const order = await world.run((ctx) => anOrder(ctx, [{ sku: tea, quantity: 3 }, { sku: shirt, quantity: 2 }])); // prettier-ignore
  const paymentId = order.paymentId!;
  await world.db.pool.query(
    `update payments.payment set state = 'captured', received_fen = amount_fen, captured_at = now() where id = $1`,
    [paymentId],
  );
  await world.run((ctx) => markOrderPaid(ctx, { orderId: order.orderId, paymentId, amountFen: order.totalFen }));
  await world.drain();
  return { ...order, tea, shirt };
}

const cancel = (orderId: string, lines: { lineNo: number; quantity: number }[], version?: number) =>
  world.call(contract.cancelLines, { params: { orderId }, body: { lines, reason: 'too many', version } }, staff);
const refunded = async (orderId: string): Promise<number> => {
  const { rows } = await world.db.pool.query(
    'select coalesce(sum(amount_fen), 0)::int as fen from payments.refund where order_id = $1',
    [orderId],
  );
  return rows[0].fen as number;
};
const held = (orderId: string) => world.inTx(async (tx) => (await heldBy(tx, [orderId])).get(orderId));

test('units called off give back their frozen share and their stock; what is left ships, and all shares together are what was paid', async () => {
  const { orderId, totalFen, tea, shirt } = await anOpenOrder();
  expect(totalFen).toBe(19_999);
  const after = await cancel(orderId, [{ lineNo: 1, quantity: 1 }]);
  expect(after).toMatchObject({
    state: 'released',
    cancelledFen: 3333,
    lines: [{ cancelledQuantity: 1, cancelledFen: 3333 }, {}],
  });
  expect(kindsOf(after)).toContain('lines_cancelled');
  expect(await held(orderId)).toEqual(new Map([[tea, 2], [shirt, 2]])); // prettier-ignore

  await cancel(orderId, [{ lineNo: 2, quantity: 2 }]);
  expect(await refunded(orderId)).toBe(13_333);
  const off = await cancel(orderId, [{ lineNo: 1, quantity: 2 }]);
  expect(off.state).toBe('cancelled'); // nothing was left: the order is called off, and the rest of the money goes back
  expect(await refunded(orderId)).toBe(totalFen);
  expect(await held(orderId)).toBeUndefined();
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('the same unit called off twenty times at once is called off once', async () => {
  const { orderId } = await anOpenOrder();
  const { version } = await get(orderId);
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, () => cancel(orderId, [{ lineNo: 1, quantity: 1 }], version)),
  );
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  expect(await refunded(orderId)).toBe(3333);
  expect((await get(orderId)).lines[0]).toMatchObject({ cancelledQuantity: 1 });
});

test('what is not there cannot be called off, nor what is on its way', async () => {
  const { orderId } = await anOpenOrder();
  await expect(cancel(orderId, [{ lineNo: 9, quantity: 1 }])).rejects.toMatchObject({ code: 'order.line_not_found' });
  await expect(
    cancel(orderId, [{ lineNo: 1, quantity: 2 }, { lineNo: 1, quantity: 2 }]), // prettier-ignore
  ).rejects.toMatchObject({ code: 'order.exceeds_line', details: { lineNo: 1, wanted: 4, open: 3 } });
  await expect(cancel(randomUUID(), [{ lineNo: 1, quantity: 1 }])).rejects.toMatchObject({ code: 'order.not_found' });
  const ship = { carrier: 'SF', trackingNumber: 'SF1' };
  await world.call(contract.shipOrder, { params: { orderId }, body: ship }, staff);
  await expect(cancel(orderId, [{ lineNo: 1, quantity: 1 }])).rejects.toMatchObject({ code: 'order.wrong_state' });
});

test('many orders are acted on at once, each by itself, and say why not', async () => {
  const [first, second] = [await anOpenOrder(), await anOpenOrder()];
  const orderIds = [first.orderId, second.orderId, randomUUID()];
  const act = (action: 'release' | 'cancel', by = staff) =>
    world.call(contract.actOnOrders, { body: { action, orderIds, reason: 'bulk' } }, by);
  expect((await act('release')).results.map(({ problem }) => problem)).toEqual([
    'order.wrong_state',
    'order.wrong_state',
    'order.not_found',
  ]);
  expect((await act('cancel')).results.map(({ problem }) => problem)).toEqual([null, null, 'order.not_found']);
  await expect(act('cancel', aStaff('analyst'))).rejects.toMatchObject({ code: 'auth.forbidden' });
  expect(await refunded(first.orderId)).toBe(first.totalFen);
});
