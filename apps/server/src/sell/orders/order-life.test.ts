import { randomUUID } from 'node:crypto';
import { orders as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { emit, reactOnce } from '../../platform/events.ts';
import { inTx } from '../../platform/db.ts';
import { system } from '../../platform/ctx.ts';
import { enqueue } from '../../platform/jobs.ts';
import { findDrift, stockLevelsOf } from '../../supply/inventory/index.ts';
import { someSkus } from '../../base/catalog/testing.ts';
import { aStock } from '../../supply/inventory/testing.ts';
import { cancelOrder, expireOrder } from './cancel-order.ts';
import { paymentCaptured } from '../payments/index.ts';
import { expireOrders } from './expire-orders.ts';
import { markAllPaid } from './mark-paid.ts';
import { orderReactions } from './reactions.ts';
import { shipOrder } from './ship-order.ts';
import { anOrder, aRecipient, aSaleable, kindsOf, ordersOf } from './testing.ts';

const world = useWorld();
const staff = aStaff('operations');
const clerk = aStaff('clerk', { location: 'S01' });
const get = (orderId: string, actor = staff) => ordersOf(world, actor).get(orderId);
const codesOf = (answers: PromiseSettledResult<unknown>[]) =>
  answers.map((answer) => (answer.status === 'fulfilled' ? 'done' : (answer.reason as { code: string }).code)).toSorted();

async function placed(over: Parameters<typeof anOrder>[2] = {}) {
  const sku = `sku-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, 5));
  const order = await world.run((ctx) => anOrder(ctx, [{ sku, quantity: 2 }], over));
  const level = async () => (await world.inTx((tx) => stockLevelsOf(tx, [sku], 'WH1')))[0]!;
  const pay = () =>
    world.run(async (ctx) => {
      await world.db.pool.query(
        `update payments.payment set state = 'captured', received_fen = amount_fen, captured_at = now() where order_id = $1`,
        [order.orderId],
      );
      await markAllPaid(ctx, [{ orderId: order.orderId, paymentId: order.paymentId!, amountFen: order.totalFen }]);
    });
  return { ...order, sku, level, pay };
}
async function released() {
  const order = await placed();
  await order.pay();
  await world.drain();
  return order;
}

test('from paid to delivered: released by rule, shipped off the stock, every step with actor and time', async () => {
  const order = await released();
  world.clock.advance(60_000);
  const ship = { carrier: '顺丰', trackingNumber: 'SF1' };
  await world.call(
    contract.shipOrder,
    { params: order, body: { ...ship, version: (await get(order.orderId)).version } },
    aStaff('warehouse'),
  );
  const done = await world.call(contract.deliverOrder, { params: order, body: {} }, aStaff('warehouse'));
  expect(done).toMatchObject({ state: 'delivered', moves: [], ...ship, attention: null });
  expect(done.timeline.map((one) => [one.what, one.actorKind, one.actor])).toEqual([
    ['placed', 'system', 'test'],
    ['paid', 'system', 'test'],
    ['released', 'system', 'orders.review'],
    ['shipped', 'staff', 'Test warehouse'],
    ['delivered', 'staff', 'Test warehouse'],
  ]);
  expect(await order.level()).toMatchObject({ onHand: 3, promised: 0 });
  expect(Date.parse(done.shippedAt!) - Date.parse(done.releasedAt!)).toBe(60_000);
});

test('an incomplete address holds a paid order back, with the reason; a mended one lets it go on', async () => {
  const order = await placed({ recipient: { ...aRecipient, address: '?' } });
  await order.pay();
  await world.drain();
  expect(await get(order.orderId)).toMatchObject({ state: 'paid', attention: 'address_incomplete' });
  const { items } = await world.call(contract.listOrders, { query: { attention: 'address_incomplete' } }, staff);
  expect(items.map((one) => one.id)).toContain(order.orderId);
  const mended = await world.call(contract.changeRecipient, { params: order, body: aRecipient }, staff);
  expect(mended).toMatchObject({ state: 'released', attention: null, recipient: aRecipient });
  expect(kindsOf(mended)).toEqual(['placed', 'paid', 'held', 'recipient_changed', 'hold_released', 'released']);
});

test('a person may release what the rule holds back', async () => {
  const order = await placed({ recipient: { ...aRecipient, phone: '1' } });
  await order.pay();
  await world.drain();
  expect(await world.call(contract.releaseOrder, { params: order, body: {} }, staff)).toMatchObject({
    state: 'released',
    attention: null,
  });
});

test('cancelling and shipping at once: one wins, stock and state agree', async () => {
  for (let round = 0; round < 5; round++) {
    const order = await released();
    const answers = await Promise.allSettled([
      world.run((ctx) => cancelOrder(ctx, { orderId: order.orderId, reason: 'race' })),
      world.run((ctx) => shipOrder(ctx, { orderId: order.orderId, carrier: 'x', trackingNumber: 'y' })),
    ]);
    expect(codesOf(answers)).toEqual(['done', 'order.wrong_state']);
    const { state } = await get(order.orderId);
    const level = await order.level();
    expect([state, level.onHand, level.promised]).toEqual(state === 'shipped' ? ['shipped', 3, 0] : ['cancelled', 5, 0]);
  }
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('an unpaid order expires after 30 minutes and gives its stock back exactly once, also with two workers', async () => {
  const order = await placed();
  expect(await world.run((ctx) => expireOrder(ctx, order.orderId))).toBe(false);
  world.clock.advance(30 * 60_000);
  const answers = await Promise.all(Array.from({ length: 6 }, () => world.run((ctx) => expireOrder(ctx, order.orderId))));
  expect(answers.filter(Boolean)).toHaveLength(1);
  await world.run((ctx) => enqueue(ctx.tx, expireOrders, {}));
  await world.drain();
  expect(await order.level()).toMatchObject({ onHand: 5, promised: 0 });
  const after = await get(order.orderId);
  expect(after).toMatchObject({ state: 'cancelled', cancelReason: 'unpaid', payments: [{ state: 'closed' }] });
  expect(kindsOf(after)).toEqual(['placed', 'expired']);
});

test('an order whose money is in, but not yet booked, does not expire', async () => {
  const order = await placed();
  world.clock.advance(30 * 60_000);
  await world.db.pool.query(`update payments.payment set state = 'captured', received_fen = amount_fen where order_id = $1`, [
    order.orderId,
  ]);
  expect(await world.run((ctx) => expireOrder(ctx, order.orderId))).toBe(false);
  await order.pay();
  await world.drain();
  expect((await get(order.orderId)).state).toBe('released');
});

test('expiry and payment at once: the order is paid or cancelled, its money never lost', async () => {
  for (let round = 0; round < 5; round++) {
    const order = await placed();
    world.clock.advance(30 * 60_000);
    await Promise.all([order.pay(), world.run((ctx) => expireOrder(ctx, order.orderId))]);
    await world.drain();
    const { state, payments } = await get(order.orderId);
    const refunded = payments.flatMap((one) => one.refunds).reduce((sum, one) => sum + one.amountFen, 0);
    expect([state, refunded]).toEqual(state === 'cancelled' ? ['cancelled', order.totalFen] : ['released', 0]);
    expect((await order.level()).promised).toBe(state === 'cancelled' ? 0 : 2);
  }
});

test('a reaction that is killed half-way starts again and takes effect once, however often it is delivered', async () => {
  const order = await placed();
  await world.run(async (ctx) => {
    await world.db.pool.query(
      `update payments.payment set state = 'captured', received_fen = amount_fen, captured_at = now() where order_id = $1`,
      [order.orderId],
    );
    await emit(ctx, paymentCaptured, { paymentId: order.paymentId!, orderId: order.orderId, amountFen: order.totalFen });
  });
  const { rows } = await world.db.pool.query(`select id from platform.event where name = $1 and payload->>'orderId' = $2`, [
    paymentCaptured.name,
    order.orderId,
  ]);
  const eventId = rows[0].id as string;
  const reaction = orderReactions.find((one) => one.name === 'orders.mark-paid')!;
  const dying = {
    ...reaction,
    react: async (...given: Parameters<typeof reaction.react>) => {
      await reaction.react(...given);
      throw new Error('killed');
    },
  };
  const asWorker = (one: typeof reaction) =>
    inTx(world.db, { actor: system(one.name), now: world.clock.now() }, (ctx) => reactOnce(ctx, one, [eventId]));
  await expect(asWorker(dying)).rejects.toThrow('killed');
  expect(await get(order.orderId)).toMatchObject({ state: 'placed' });
  await Promise.all([asWorker(reaction), asWorker(reaction), world.drain()]);
  await world.drain();
  expect(kindsOf(await get(order.orderId)).filter((what) => what !== 'merged')).toEqual(['placed', 'paid', 'released']);
});

test('a screen that is out of date, and a move that does not exist, are refused with the state as it is', async () => {
  const order = await released();
  const cancel = (version?: number) =>
    world.call(
      contract.cancelOrder,
      { params: order, body: { reason: 'x', ...(version === undefined ? {} : { version }) } },
      staff,
    );
  await expect(cancel(1)).rejects.toMatchObject({
    code: 'order.wrong_state',
    details: { state: 'released', moves: ['shipped', 'partly_shipped', 'cancelled'], isStale: true },
  });
  await cancel();
  const details = { state: 'cancelled', moves: [] };
  await expect(cancel()).rejects.toMatchObject({ code: 'order.wrong_state', details });
  await expect(world.call(contract.releaseOrder, { params: order, body: {} }, staff)).rejects.toMatchObject({
    code: 'order.wrong_state',
    details,
  });
  const ship = world.call(contract.shipOrder, { params: order, body: { carrier: 'x', trackingNumber: 'y' } }, staff);
  await expect(ship).rejects.toMatchObject({ code: 'order.wrong_state', details });
  await expect(world.call(contract.deliverOrder, { params: order, body: {} }, staff)).rejects.toMatchObject({
    code: 'order.wrong_state',
    details,
  });
  await expect(world.call(contract.changeRecipient, { params: order, body: aRecipient }, staff)).rejects.toMatchObject({
    code: 'order.wrong_state',
    details,
  });
  const mine = { params: { number: order.number }, body: {} };
  await world.db.pool.query(`update orders."order" set visitor_id = 'me' where id = $1`, [order.orderId]);
  const me = aShopper({ visitorId: 'me' });
  await expect(world.call(contract.cancelMyOrder, mine, me)).rejects.toMatchObject({ code: 'order.wrong_state' });
  await expect(world.call(contract.payMyOrder, mine, me)).rejects.toMatchObject({ code: 'order.wrong_state' });
});

test('an order that does not exist is not found, by any door', async () => {
  const params = { orderId: randomUUID() };
  const body = { reason: 'x', carrier: 'x', trackingNumber: 'y', ...aRecipient };
  for (const endpoint of [
    contract.getOrder,
    contract.cancelOrder,
    contract.releaseOrder,
    contract.changeRecipient,
    contract.shipOrder,
    contract.deliverOrder,
  ])
    await expect(world.call(endpoint, { params, body } as never, staff)).rejects.toMatchObject({ code: 'order.not_found' });
  for (const endpoint of [contract.getMyOrder, contract.cancelMyOrder, contract.payMyOrder])
    await expect(world.call(endpoint, { params: { number: 'none' }, body: {} } as never, aShopper())).rejects.toMatchObject({
      code: 'order.not_found',
    });
});

test('a buyer cancels an unpaid order; the stock is there again', async () => {
  const order = await placed({ visitorId: 'buyer' });
  const answer = await world.call(
    contract.cancelMyOrder,
    { params: { number: order.number }, body: {} },
    aShopper({ visitorId: 'buyer' }),
  );
  expect(answer).toMatchObject({ state: 'cancelled', cancelReason: 'buyer' });
  expect((await order.level()).promised).toBe(0);
});

test('a sale at the till is paid, handed over and off the stock at once; a clerk sells and sees only in the own store', async () => {
  const sku = `till-${randomUUID()}`;
  await world.run(async (ctx) => {
    await aSaleable(ctx, sku, 5, 3000, 'S01');
    await aStock(ctx, sku, 2);
  });
  const sell = (store: string, over: object = {}) =>
    world.call(contract.placeStoreOrder, { body: { store, lines: [{ sku, quantity: 2 }], payment: 'cash', ...over } }, clerk);
  const sale = await sell('S01', { expectedTotalFen: 6000 });
  expect(sale).toMatchObject({
    state: 'delivered',
    channel: 'store',
    store: 'S01',
    totalFen: 6000,
    freightFen: 0,
    recipient: null,
    attention: null,
  });
  expect(sale.payments).toMatchObject([{ provider: 'till_cash', state: 'captured', receivedFen: 6000 }]);
  expect(kindsOf(sale)).toEqual(['placed', 'paid', 'delivered']);
  await world.drain();
  expect(kindsOf(await get(sale.id))).toEqual(['placed', 'paid', 'delivered']);
  const levels = await world.inTx((tx) => stockLevelsOf(tx, [sku]));
  expect(levels.map((one) => [one.location, one.onHand, one.promised])).toEqual([
    ['S01', 3, 0],
    ['WH1', 2, 0],
  ]);

  for (const store of ['WH1', 'S99']) await expect(sell(store)).rejects.toMatchObject({ code: 'location.not_found' });
  await expect(sell('S01', { expectedTotalFen: 1 })).rejects.toMatchObject({ code: 'price.changed' });
  await expect(sell('S01', { customerId: randomUUID() })).rejects.toMatchObject({ code: 'customer.not_found' });
  await expect(sell('S01', { lines: [{ sku, quantity: 4 }] })).rejects.toMatchObject({ code: 'stock.insufficient' });
  await expect(sell('S01', { lines: [{ sku: 'till-none', quantity: 4 }] })).rejects.toMatchObject({ code: 'sku.not_found' });

  await world.run(async (ctx) => {
    await someSkus(ctx, ['till-unpriced']);
    await someSkus(ctx, ['till-retired'], { state: 'retired' });
  });
  await expect(sell('S01', { lines: [{ sku: 'till-unpriced', quantity: 1 }] })).rejects.toMatchObject({ code: 'price.missing' });
  await expect(sell('S01', { lines: [{ sku: 'till-retired', quantity: 1 }] })).rejects.toMatchObject({
    code: 'sku.not_for_sale',
  });

  const online = await placed();
  await expect(get(online.orderId, clerk)).rejects.toMatchObject({
    code: 'order.not_found',
    details: { orderId: online.orderId },
  });
  const { items } = await world.call(contract.listOrders, {}, clerk);
  expect(new Set(items.map((one) => one.store))).toEqual(new Set(['S01']));
  const counts = await world.call(contract.countOrders, {}, clerk);
  expect(counts).toMatchObject({ states: { delivered: 1, placed: 0 }, attention: 0 });
});

test('orders are listed newest first, page by page, and found by state, day, number and phone tail', async () => {
  const made = [];
  for (let n = 0; n < 5; n++) {
    world.clock.advance(1000);
    made.push(await placed({ recipient: { ...aRecipient, phone: `1390000777${n}` } }));
  }
  const list = (query: object) => world.call(contract.listOrders, { query }, staff);
  const first = await list({ limit: 3 });
  const second = await list({ limit: 2, after: first.next! });
  expect([...first.items, ...second.items].map((one) => one.id)).toEqual(made.toReversed().map((one) => one.orderId));
  expect(first.items[0]).toMatchObject({
    recipientName: expect.stringMatching(/^张\*+$/),
    recipientPhone: '139****7774',
    units: 2,
  });
  expect((await list({ text: '7773' })).items.map((one) => one.id)).toEqual([made[3]!.orderId]);
  expect((await list({ text: made[1]!.number.slice(4).toLowerCase() })).items.map((one) => one.id)).toEqual([made[1]!.orderId]);
  expect((await list({ text: '%' })).items).toEqual([]);
  const day = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  expect(
    (await list({ from: day, to: day, state: ['placed', 'paid'], channel: 'shop', limit: 200 })).items.length,
  ).toBeGreaterThanOrEqual(5);
  expect((await list({ from: '2020-01-01', to: '2020-01-02' })).items).toEqual([]);
  await expect(list({ after: 'nonsense' })).rejects.toMatchObject({ code: 'request.invalid' });
  const masked = await get(made[0]!.orderId, aStaff('analyst'));
  expect(masked.recipient).toMatchObject({ phone: '139****7770' });
});
