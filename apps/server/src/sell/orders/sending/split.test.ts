import { randomUUID } from 'node:crypto';
import { orders as contract, warehouse } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { closeDb, inTx, openDb } from '../../../platform/db.ts';
import { system } from '../../../platform/ctx.ts';
import { findDrift, stockLevelsOf } from '../../../supply/inventory/index.ts';
import { aStock } from '../../../supply/inventory/testing.ts';
import { deliverFulfilments, shipFulfilments } from '../../../supply/warehouse/index.ts';
import { aSender } from '../../../supply/routing/testing.ts';
import { placeOrders } from '../place-orders.ts';
import { anOrder, aRecipient, aSaleable, kindsOf, ordersOf, payFor } from '../testing.ts';

const world = useWorld();
const staff = aStaff('admin');
const { get } = ordersOf(world, staff);
const levels = async (sku: string) =>
  (await world.inTx((tx) => stockLevelsOf(tx, [sku]))).map(({ location, onHand, promised }) => [location, onHand, promised]);
/** Each buyer lives elsewhere: no parcel of one test joins that of another. */
const buyer = () => ({ ...aRecipient, address: `人民大道 ${randomUUID()} 号` });

beforeAll(() =>
  world.run(async (ctx) => {
    await aStock(ctx, 'opening', 0);
    await aSender(ctx, 'S01');
  }),
);

/** Tea is in the warehouse, cups are in the store. */
async function aSplitOrder() {
  const [tea, cup] = [`tea-${randomUUID()}`, `cup-${randomUUID()}`];
  await world.run(async (ctx) => {
    await aSaleable(ctx, tea, 5);
    await aSaleable(ctx, cup, 5, 3000, 'S01');
  });
  const lines = [{ sku: tea, quantity: 2 }, { sku: cup, quantity: 1 }]; // prettier-ignore
  const order = await world.run((ctx) => anOrder(ctx, lines, { recipient: buyer() }));
  return { ...order, tea, cup, params: { orderId: order.orderId } };
}
async function aReleasedSplit() {
  const order = await aSplitOrder();
  await payFor(world, order);
  await world.drain();
  return order;
}
const send = (fulfilmentId: string) =>
  world.run(async (ctx) => {
    await shipFulfilments(ctx, [{ fulfilmentId, carrier: 'SF', trackingNumber: 'SF1' }]);
  });

test('an order goes out from two places when no one has it all; the promise is pinned where it leaves, with the ranking kept', async () => {
  const order = await aSplitOrder();
  expect(await levels(order.tea)).toEqual([['WH1', 5, 2]]);
  expect(await levels(order.cup)).toEqual([['S01', 5, 1]]);
  expect((await get(order.orderId)).lines.map(({ location }) => location)).toEqual(['WH1', 'S01']);
  await payFor(world, order);
  await world.drain();
  const released = await get(order.orderId);
  expect(released).toMatchObject({ state: 'released', attention: null });
  expect(released.routes).toMatchObject([
    { origin: 'rules', parcels: [{ location: 'S01' }, { location: 'WH1' }], ranking: [{ place: 1 }] },
  ]);
  const parcels = released.fulfilments.map(({ location, state, lines }) => ({ location, state, lines }));
  expect(parcels.toSorted((a, b) => (a.location < b.location ? -1 : 1))).toEqual([
    { location: 'S01', state: 'open', lines: [{ lineNo: 2, sku: order.cup, quantity: 1 }] },
    { location: 'WH1', state: 'open', lines: [{ lineNo: 1, sku: order.tea, quantity: 2 }] },
  ]);
});

test('what the first location has goes out from it, and nobody else is asked', async () => {
  const sku = `plain-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, 5));
  const order = await world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }], { recipient: buyer() }));
  await payFor(world, order);
  await world.drain();
  expect((await get(order.orderId)).routes).toMatchObject([
    { origin: 'first_location', decidedBy: null, parcels: [{ location: 'WH1' }] },
  ]);
});

test('partly shipped when the first parcel leaves, shipped with the last, delivered when all have arrived', async () => {
  const order = await aReleasedSplit();
  const [first, second] = (await get(order.orderId)).fulfilments;
  await send(first!.id);
  await world.drain();
  const partly = await get(order.orderId);
  expect(partly).toMatchObject({ state: 'partly_shipped', moves: ['shipped'], steps: ['reroute', 'cancel_lines', 'ship'] });

  const cancel = world.call(contract.cancelOrder, { params: order.params, body: { reason: 'too late' } }, staff);
  await expect(cancel).rejects.toMatchObject({
    code: 'order.wrong_state',
    details: { state: 'partly_shipped', moves: ['shipped'], steps: ['reroute', 'cancel_lines', 'ship'] },
  });
  await send(second!.id);
  await world.drain();
  await world.drain();
  expect(await get(order.orderId)).toMatchObject({ state: 'shipped', carrier: 'SF', trackingNumber: 'SF1', steps: ['deliver'] });
  expect(await levels(order.tea)).toEqual([['WH1', 3, 0]]);
  await world.run(async (ctx) => {
    await deliverFulfilments(ctx, [{ fulfilmentId: first!.id }]);
  });
  await world.drain();
  expect((await get(order.orderId)).state).toBe('shipped');
  await world.run(async (ctx) => {
    await deliverFulfilments(ctx, [{ fulfilmentId: second!.id }]);
  });
  await world.drain();
  const done = await get(order.orderId);
  expect(done.state).toBe('delivered');
  expect(kindsOf(done)).toEqual(['placed', 'paid', 'released', 'partly_shipped', 'shipped', 'delivered']);
});

test('what has not left of a partly shipped order is called off once; then it is shipped, and all shares together are what was paid', async () => {
  const order = await aReleasedSplit();
  const wh = (await get(order.orderId)).fulfilments.find(({ location }) => location === 'WH1')!;
  await send(wh.id);
  await world.drain();
  const off = (lineNo: number) =>
    world.call(contract.cancelLines, { params: order.params, body: { lines: [{ lineNo, quantity: 1 }], reason: 'x' } }, staff);
  await expect(off(1)).rejects.toMatchObject({ code: 'order.exceeds_line', details: { lineNo: 1, open: 0 } });
  expect(await off(2)).toMatchObject({ state: 'shipped', cancelledFen: 3000 });
  await expect(off(2)).rejects.toMatchObject({ code: 'order.wrong_state', details: { state: 'shipped' } });
  expect(await levels(order.cup)).toEqual([['S01', 5, 0]]);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('an order is called off while it is packed; twice, or after it left, it is not', async () => {
  const order = await aReleasedSplit();
  const { fulfilments } = await get(order.orderId);
  await world.db.pool.query(`update warehouse.fulfilment set state = 'packed' where id = $1`, [fulfilments[0]!.id]);
  const cancel = () => world.call(contract.cancelOrder, { params: order.params, body: { reason: 'x' } }, staff);
  expect(await cancel()).toMatchObject({ state: 'cancelled', fulfilments: [{ state: 'cancelled' }, { state: 'cancelled' }] });
  await expect(cancel()).rejects.toMatchObject({ code: 'order.wrong_state', details: { state: 'cancelled', steps: [] } });
  const { rows } = await world.db.pool.query('select sum(amount_fen)::int as fen from payments.refund where order_id = $1', [
    order.orderId,
  ]);
  expect(rows).toEqual([{ fen: order.totalFen }]);
  await expect(send(fulfilments[1]!.id)).rejects.toMatchObject({ code: 'fulfilment.wrong_state' });
  expect([await levels(order.tea), await levels(order.cup)]).toEqual([[['WH1', 5, 0]], [['S01', 5, 0]]]);
});

test('two orders of one buyer to one door travel in one parcel until somebody picks it; each is called off by itself', async () => {
  const sku = `merge-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, 9));
  const recipient = buyer();
  const place = () => world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }], { recipient, visitorId: 'same' }));
  const [one, two] = [await place(), await place()];
  for (const order of [one, two]) await payFor(world, order);
  await world.drain();
  const [first, second] = [await get(one.orderId), await get(two.orderId)];
  expect(second.fulfilments[0]!.id).toBe(first.fulfilments[0]!.id);
  expect(first.fulfilments[0]!.isMerged).toBe(true);
  expect([...kindsOf(first), ...kindsOf(second)].filter((what) => what === 'merged').length).toBeGreaterThanOrEqual(1);
  await world.call(contract.cancelOrder, { params: { orderId: one.orderId }, body: { reason: 'x' } }, staff);
  expect(await get(two.orderId)).toMatchObject({ state: 'released', fulfilments: [{ state: 'open', isMerged: false }] });

  const { id: fulfilmentId, location } = second.fulfilments[0]!;
  await world.call(warehouse.startPicking, { body: { location, fulfilmentIds: [fulfilmentId], maximum: 1 } }, staff);
  const late = await place();
  await payFor(world, late);
  await world.drain();
  expect((await get(late.orderId)).fulfilments[0]!.id).not.toBe(fulfilmentId);
});

test('an order that is shipped takes the orders in its parcel with it: theirs are shipped too, off the stock, and cannot be called off', async () => {
  const [sku, other] = [`with-${randomUUID()}`, `with-${randomUUID()}`];
  await world.run(async (ctx) => {
    await aSaleable(ctx, sku, 9);
    await aSaleable(ctx, other, 9, 3000, 'S01');
  });
  const recipient = buyer();
  const place = (...skus: string[]) =>
    world.run((ctx) => anOrder(ctx, skus.map((one) => ({ sku: one, quantity: 1 })), { recipient, visitorId: 'with' })); // prettier-ignore
  const [one, two] = [await place(sku), await place(sku, other)]; // the second leaves from two places
  for (const order of [one, two]) await payFor(world, order);
  await world.drain();
  expect((await get(one.orderId)).fulfilments).toMatchObject([{ isMerged: true, location: 'WH1' }]);

  const body = { carrier: 'SF', trackingNumber: 'SF9' };
  await world.call(contract.shipOrder, { params: { orderId: one.orderId }, body }, staff);
  await world.drain();
  expect(await levels(sku)).toEqual([['WH1', 7, 0]]);
  const [first, second] = [await get(one.orderId), await get(two.orderId)];
  expect(first).toMatchObject({ state: 'shipped', trackingNumber: 'SF9' });
  expect(second).toMatchObject({ state: 'partly_shipped', trackingNumber: 'SF9' });
  expect(new Map(second.fulfilments.map(({ location, state }) => [location, state]))).toEqual(new Map([['S01', 'open'], ['WH1', 'handed_over']])); // prettier-ignore
  const cancel = world.call(contract.cancelOrder, { params: { orderId: two.orderId }, body: { reason: 'x' } }, staff);
  await expect(cancel).rejects.toMatchObject({ code: 'order.wrong_state', details: { state: 'partly_shipped' } });
  await world.call(contract.shipOrder, { params: { orderId: two.orderId }, body }, staff);
  await world.drain();
  expect(await levels(other)).toEqual([['S01', 8, 0]]);
  expect(kindsOf(await get(two.orderId)).filter((what) => what.endsWith('shipped'))).toEqual(['partly_shipped', 'shipped']);
});

test('goods that are kept differently leave in parcels of their own', async () => {
  const [dry, cold] = [`dry-${randomUUID()}`, `cold-${randomUUID()}`];
  await world.run(async (ctx) => {
    for (const sku of [dry, cold]) await aSaleable(ctx, sku, 5);
  });
  await world.db.pool.query(`update catalog.product set storage = 'chilled' where code = $1`, [cold]);
  const lines = [{ sku: dry, quantity: 1 }, { sku: cold, quantity: 1 }]; // prettier-ignore
  const order = await world.run((ctx) => anOrder(ctx, lines, { recipient: buyer() }));
  await payFor(world, order);
  await world.drain();
  const { fulfilments } = await get(order.orderId);
  expect(fulfilments.map(({ storage }) => storage).toSorted()).toEqual(['ambient', 'chilled']);
});

test('200 orders from two servers, their lines in opposite order, at two places: none is oversold, none is stuck', async () => {
  const [a, b] = [`a-${randomUUID()}`, `b-${randomUUID()}`];
  await world.run(async (ctx) => {
    for (const sku of [a, b]) {
      await aSaleable(ctx, sku, 60);
      await aStock(ctx, sku, 60, 'S01');
    }
  });
  const other = openDb(world.db.url, { connectionsMax: 5 });
  const place = (index: number) => {
    const lines = [{ sku: a, quantity: 1 }, { sku: b, quantity: 1 }]; // prettier-ignore
    const own = { channel: 'shop', location: 'WH1', provider: 'sandbox', recipient: buyer(), actor: system('test') };
    const input = { ...own, lines: index % 2 === 0 ? lines : lines.toReversed() };
    const who = { actor: system('test'), now: world.clock.now() };
    return inTx(index % 4 < 2 ? world.db : other, who, (ctx) => placeOrders(ctx, [input]));
  };
  const answers = (await Promise.all(Array.from({ length: 200 }, (_, index) => place(index)))).flat();
  await closeDb(other);
  const placed = answers.filter((answer) => 'placed' in answer);
  const refused = answers.flatMap((answer) => ('refusal' in answer ? [answer.refusal.code] : []));
  expect(placed).toHaveLength(120); // no order fails for stock that exists elsewhere
  expect(new Set(refused)).toEqual(new Set(['stock.insufficient']));
  for (const sku of [a, b]) expect(await levels(sku)).toEqual([['S01', 60, 60], ['WH1', 60, 60]]); // prettier-ignore
  expect(await world.inTx(findDrift)).toEqual([]);
}, 90_000); // a busy machine
