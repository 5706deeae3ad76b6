import { randomUUID } from 'node:crypto';
import { orders as contract, returns, routing, warehouse } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../../test/world.ts';
import { enqueue } from '../../../platform/jobs.ts';
import { findDrift, receiveStock, stockLevelsOf } from '../../../supply/inventory/index.ts';
import { aStock } from '../../../supply/inventory/testing.ts';
import { aSender } from '../../../supply/routing/testing.ts';
import { aPrice } from '../../pricing/testing.ts';
import { anOrder, aRecipient, aSaleable, kindsOf, ordersOf, payFor } from '../testing.ts';
import { resumeOrders } from './resume-orders.ts';

const world = useWorld();
const staff = aStaff('admin');
const { get } = ordersOf(world, staff);
const level = async (sku: string, location: string) =>
  (await world.inTx((tx) => stockLevelsOf(tx, [sku], location))).map(({ onHand, promised, unavailable }) => [
    onHand,
    promised,
    unavailable,
  ])[0];
const buyer = () => ({ ...aRecipient, address: `人民大道 ${randomUUID()} 号` });
const resume = async () => {
  await world.run((ctx) => enqueue(ctx.tx, resumeOrders, {}));
  await world.drain();
};
const openHolds = async (orderId: string) =>
  (await get(orderId)).holds.filter(({ releasedAt }) => releasedAt === null).map(({ reason }) => reason);

beforeAll(() =>
  world.run(async (ctx) => {
    await aStock(ctx, 'opening', 0);
    await aSender(ctx, 'S01');
  }),
);

/** Stock at both places; the order goes out from WH1. */
async function aReleased({
  warehouse: units = 5,
  store = 5,
  quantity = 2,
  ...over
}: { warehouse?: number; store?: number; quantity?: number; visitorId?: string } = {}) {
  const sku = `goods-${randomUUID()}`;
  await world.run(async (ctx) => {
    await aSaleable(ctx, sku, units);
    await aStock(ctx, sku, store, 'S01');
  });
  const order = await world.run((ctx) => anOrder(ctx, [{ sku, quantity }], { recipient: buyer(), ...over }));
  await payFor(world, order);
  await world.drain();
  return { ...order, sku, params: { orderId: order.orderId } };
}
async function reject(orderId: string, reason: 'not_found' | 'damaged' | 'no_staff') {
  const live = (await get(orderId)).fulfilments.find(({ state }) => state === 'open')!;
  await world.call(warehouse.rejectFulfilment, { params: { fulfilmentId: live.id }, body: { reason } }, staff);
  await world.drain();
}
const placesOf = async (orderId: string) =>
  (await get(orderId)).fulfilments.filter(({ state }) => state === 'open').map(({ location }) => location);

test('a place that rejects loses the order to another, its damaged units are for sale no longer; nobody sends it back there', async () => {
  const order = await aReleased();
  await reject(order.orderId, 'damaged');
  const now = await get(order.orderId);
  expect(now).toMatchObject({ state: 'released', attention: null, routes: [{ origin: 'rejection', reason: 'WH1 damaged' }, {}] });
  expect(kindsOf(now).slice(-2)).toEqual(['rejected', 'rerouted']);
  expect(await placesOf(order.orderId)).toEqual(['S01']);
  expect([await level(order.sku, 'WH1'), await level(order.sku, 'S01')]).toEqual([[5, 0, 2], [5, 2, 0]]); // prettier-ignore

  await reject(order.orderId, 'no_staff');
  expect(await openHolds(order.orderId)).toEqual(['no_location']);
  expect(await level(order.sku, 'S01')).toEqual([5, 0, 0]); // nobody's hands free: the stock stays for sale
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('units that were not found wait for a count that is asked for', async () => {
  const order = await aReleased();
  await reject(order.orderId, 'not_found');
  expect(await level(order.sku, 'WH1')).toEqual([5, 0, 2]);
  const { rows } = await world.db.pool.query(
    'select c.location, c.cause from inventory.count c join inventory.count_line l on l.count_id = c.id where l.sku = $1',
    [order.sku],
  );
  expect(rows).toEqual([{ location: 'WH1', cause: expect.stringMatching(/^fulfilment:F/) }]);
});

test('units of a SKU that is on an open sheet already are missed once more: the second order goes elsewhere too, the sheet stays one', async () => {
  const first = await aReleased();
  const second = await world.run((ctx) => anOrder(ctx, [{ sku: first.sku, quantity: 1 }], { recipient: buyer() }));
  await payFor(world, second);
  await world.drain();
  for (const { orderId } of [first, second]) await reject(orderId, 'not_found');
  expect([await placesOf(first.orderId), await placesOf(second.orderId)]).toEqual([['S01'], ['S01']]);
  expect(await level(first.sku, 'WH1')).toEqual([5, 0, 3]);
  const { rows } = await world.db.pool.query('select count_id from inventory.count_line where sku = $1', [first.sku]);
  expect(rows).toHaveLength(1);
});

test('an order that nobody can send waits, and goes on by itself when stock comes', async () => {
  const order = await aReleased({ store: 0 });
  await reject(order.orderId, 'damaged');
  expect(await openHolds(order.orderId)).toEqual(['no_location']);
  await world.run((ctx) =>
    receiveStock(ctx, { cause: 'test', location: 'S01', lines: [{ sku: order.sku, quantity: 9, unitCostFen: 100 }] }),
  );
  await resume();
  expect(await openHolds(order.orderId)).toEqual([]);
  expect(await placesOf(order.orderId)).toEqual(['S01']);
  expect(await level(order.sku, 'S01')).toEqual([9, 2, 0]);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('a person sends an order from elsewhere; where nobody has it the order stays as it is', async () => {
  const order = await aReleased();
  const reroute = (body: { location?: string; without?: string[] }) =>
    world.call(contract.rerouteOrder, { params: order.params, body: { reason: '仓库盘点', ...body } }, staff);
  const there = await reroute({ location: 'S01' });
  expect(there).toMatchObject({ state: 'released', routes: [{ origin: 'person', reason: '仓库盘点', actor: 'Test admin' }, {}] });
  expect(await placesOf(order.orderId)).toEqual(['S01']);
  expect([await level(order.sku, 'WH1'), await level(order.sku, 'S01')]).toEqual([[5, 0, 0], [5, 2, 0]]); // prettier-ignore
  await expect(reroute({ location: 'NOWHERE' })).rejects.toMatchObject({ code: 'location.not_found' });
  await expect(reroute({ without: ['WH1', 'S01'] })).rejects.toMatchObject({ code: 'order.no_location' });
  expect(await placesOf(order.orderId)).toEqual(['S01']);
  await world.call(contract.shipOrder, { params: order.params, body: { carrier: 'SF', trackingNumber: 'SF9' } }, staff);
  await expect(reroute({})).rejects.toMatchObject({
    code: 'order.wrong_state',
    details: { state: 'shipped', steps: ['deliver'] },
  });
});

test("a location's day is never fuller than it may be, however many orders come at once; the rest goes out the next day", async () => {
  await world.run((ctx) => aSender(ctx, 'WH1', { dailyCapacity: 3 }));
  const sku = `busy-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, 50));
  const orders = await Promise.all(
    Array.from({ length: 8 }, () => world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }], { recipient: buyer() }))),
  );
  await Promise.all(orders.map((order) => payFor(world, order)));
  await Promise.all([world.drain(), world.drain(), world.drain()]);
  await world.drain();
  const states = async () =>
    (await Promise.all(orders.map(({ orderId }) => get(orderId)))).map(({ state, attention }) => `${state} ${attention}`);
  const used = async () =>
    (await world.db.pool.query(`select day::text, used from routing.capacity where location = 'WH1' order by day`)).rows.map(
      (row) => row.used as number,
    );
  expect((await states()).toSorted()).toEqual([...Array(5).fill('paid no_capacity'), ...Array(3).fill('released null')]);
  expect(await used()).toEqual([3]);

  const gone = orders[(await states()).indexOf('released null')]!;
  await world.call(contract.cancelOrder, { params: { orderId: gone.orderId }, body: { reason: 'x' } }, staff);
  expect(await used()).toEqual([2]);
  await resume();
  expect((await states()).filter((state) => state === 'released null')).toHaveLength(3);
  world.clock.advance(86_400_000);
  await resume();
  expect(await used()).toEqual([3, 3]);
  world.clock.advance(86_400_000);
  await resume();
  expect((await states()).toSorted()).toEqual(['cancelled null', ...Array(7).fill('released null')]);
  await world.run((ctx) => aSender(ctx, 'WH1'));
});

test('another article takes the place of a line with the buyer’s word; the price is never raised, the difference goes back', async () => {
  const order = await aReleased({ visitorId: 'swap' });
  const [cheap, dear] = [`cheap-${randomUUID()}`, `dear-${randomUUID()}`];
  await world.run(async (ctx) => {
    await aSaleable(ctx, cheap, 5, 3000);
    await aSaleable(ctx, dear, 5, 9000);
  });
  const propose = (substituteSku: string, isAgreed = false) =>
    world.call(contract.proposeSubstitution, { params: order.params, body: { lineNo: 1, substituteSku, isAgreed } }, staff);
  await expect(propose('unknown')).rejects.toMatchObject({ code: 'sku.not_found' });
  const proposed = await propose(dear);
  expect(proposed).toMatchObject({ attention: 'substitution', substitutions: [{ refundFen: 0, state: 'proposed' }] });
  const answer = (substitutionId: string, isAccepted: boolean) =>
    world.call(
      contract.settleMySubstitution,
      { params: { number: order.number, substitutionId }, body: { isAccepted } },
      aShopper({ visitorId: 'swap' }),
    );
  await answer(proposed.substitutions[0]!.id, false);
  await expect(answer(proposed.substitutions[0]!.id, true)).rejects.toMatchObject({ code: 'substitution.wrong_state' });
  await expect(answer(randomUUID(), true)).rejects.toMatchObject({ code: 'substitution.not_found' });

  const done = await propose(cheap, true);
  expect(done).toMatchObject({
    state: 'released',
    attention: null,
    substitutions: [{ state: 'declined' }, { refundFen: 4000, state: 'accepted' }],
  });
  expect(done.fulfilments.filter(({ state }) => state === 'open')).toMatchObject([
    { lines: [{ lineNo: 1, sku: cheap, quantity: 2 }] },
  ]);
  expect([await level(order.sku, 'WH1'), await level(cheap, 'WH1')]).toEqual([[5, 0, 0], [5, 2, 0]]); // prettier-ignore
  await expect(propose(dear)).rejects.toMatchObject({ code: 'order.line_substituted' });
  const off = world.call(
    contract.cancelLines,
    { params: order.params, body: { lines: [{ lineNo: 1, quantity: 1 }], reason: 'x' } },
    staff,
  );
  await expect(off).rejects.toMatchObject({ code: 'order.line_substituted' });
  await world.call(contract.shipOrder, { params: order.params, body: { carrier: 'SF', trackingNumber: 'SF2' } }, staff);
  expect(await level(cheap, 'WH1')).toEqual([3, 0, 0]);
  const { rows } = await world.db.pool.query('select sum(amount_fen)::int as fen from payments.refund where order_id = $1', [
    order.orderId,
  ]);
  expect(rows).toEqual([{ fen: 4000 }]);
  const back = { reason: 'unwanted' as const, location: 'WH1', lines: [{ lineNo: 1, quantity: 2, isSellable: true }] };
  const returned = await world.call(returns.recordReturn, { params: order.params, body: back }, staff);
  expect(returned).toMatchObject({ refundFen: 6000, lines: [{ sku: cheap }] }); // of 100.00 paid, 40.00 went back before
  expect(await level(cheap, 'WH1')).toEqual([5, 0, 0]);
});

test('what is sold ahead waits with its day until stock comes, then goes on by itself', async () => {
  const sku = `ahead-${randomUUID()}`;
  await world.run(async (ctx) => {
    await aStock(ctx, sku, 0);
    await receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [{ sku, quantity: 1, unitCostFen: 100 }] });
    await aPrice(ctx, sku, 5000);
  });
  await world.db.pool.query(`update inventory.stock set has_limits = true where sku = $1`, [sku]);
  await world.db.pool.query(
    `insert into inventory.ahead (sku, location, from_day, units_max, changed_by, changed_at) values ($1, 'WH1', '2026-12-01', 10, 'test', now())`,
    [sku],
  );
  const lines = [{ sku, quantity: 3, aheadOn: '2026-12-05' }];
  const order = await world.run((ctx) => anOrder(ctx, lines, { recipient: buyer() }));
  await payFor(world, order);
  await world.drain();
  expect(await get(order.orderId)).toMatchObject({
    state: 'paid',
    attention: 'back_order',
    lines: [{ expectedOn: '2026-12-05' }],
  });
  await resume();
  expect((await get(order.orderId)).state).toBe('paid');
  await world.run((ctx) =>
    receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [{ sku, quantity: 9, unitCostFen: 100 }] }),
  );
  await world.drain();
  await resume();
  expect(await get(order.orderId)).toMatchObject({ state: 'released', attention: null });
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('a dry run tells what other rules would have made of a day’s orders, and writes nothing', async () => {
  const order = await aReleased();
  const day = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const count = async () => (await world.db.pool.query('select count(*)::int as n from routing.decision')).rows[0].n as number;
  const [before, decided] = [await get(order.orderId), await count()];
  const rules = [{ kind: 'prefer' as const, isOn: true, locations: ['S01'] }];
  const review = { rules: [{ kind: 'large_amount' as const, isOn: true, limit: 100, words: [] }] };
  const told = await world.call(
    routing.dryRun,
    { body: { day, routing: { rules, parcelsMax: 2, parcelFenMin: 0 }, review } },
    staff,
  );
  const example = told.examples.find(({ orderId }) => orderId === order.orderId)!;
  expect(example).toMatchObject({
    now: { holds: [] },
    then: { locations: ['S01'], holds: ['large_amount'], decidedBy: 'prefer' },
  });
  expect(told.then.held).toBe(told.orders);
  expect([await get(order.orderId), await count()]).toEqual([before, decided]);
  const unknown = { rules: [{ kind: 'avoid' as const, isOn: true, locations: ['X9'] }], parcelsMax: 2, parcelFenMin: 0 };
  await expect(world.call(routing.dryRun, { body: { routing: unknown } }, staff)).rejects.toMatchObject({
    code: 'location.not_found',
  });
});

test('the address of a released order changes while it is in the house: it gets a new label; once a parcel has left, it does not', async () => {
  const order = await aReleased();
  const change = () =>
    world.call(contract.changeRecipient, { params: order.params, body: { ...aRecipient, address: '南京东路 1 号' } }, staff);
  const moved = await change();
  expect(moved.fulfilments.map(({ state }) => state)).toEqual(['cancelled', 'open']);
  const { rows } = await world.db.pool.query(
    `select recipient ->> 'address' as address from warehouse.fulfilment where id = $1`,
    [moved.fulfilments[1]!.id],
  );
  expect(rows).toEqual([{ address: '南京东路 1 号' }]);
  await world.call(contract.shipOrder, { params: order.params, body: { carrier: 'SF', trackingNumber: 'SF3' } }, staff);
  await expect(change()).rejects.toMatchObject({ code: 'order.wrong_state', details: { state: 'shipped', steps: ['deliver'] } });
});

test('routing rules are kept with a version, and name only places that are there', async () => {
  const before = await world.call(routing.getRoutingRules, {}, staff);
  const saved = await world.call(routing.saveRoutingRules, { body: { ...before, parcelsMax: 3 } }, staff);
  expect(saved).toMatchObject({ parcelsMax: 3, version: before.version + 1 });
  await expect(world.call(routing.saveRoutingRules, { body: before }, staff)).rejects.toMatchObject({ code: 'rules.stale' });
  const unknown = { ...saved, rules: [{ kind: 'avoid' as const, isOn: true, locations: ['X9'] }] };
  await expect(world.call(routing.saveRoutingRules, { body: unknown }, staff)).rejects.toMatchObject({
    code: 'location.not_found',
  });
  const facts = { shipsOnline: true, dailyCapacity: 7, priority: 5, province: '330000', storages: ['ambient' as const] };
  const location = await world.call(routing.saveRoutingLocation, { params: { location: 'S01' }, body: facts }, staff);
  expect(location).toMatchObject({ ...facts, kind: 'store', usedToday: 0 });
  expect((await world.call(routing.listRoutingLocations, {}, staff)).items).toContainEqual(location);
  await expect(world.call(routing.saveRoutingLocation, { params: { location: 'X9' }, body: facts }, staff)).rejects.toMatchObject(
    { code: 'location.not_found' },
  );
});
