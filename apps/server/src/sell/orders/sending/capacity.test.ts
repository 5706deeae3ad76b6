import { randomUUID } from 'node:crypto';
import { orders as contract, routing } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { enqueue } from '../../../platform/jobs.ts';
import { findDrift, stockLevelsOf } from '../../../supply/inventory/index.ts';
import { aStock } from '../../../supply/inventory/testing.ts';
import { aSender } from '../../../supply/routing/testing.ts';
import { anOrder, aRecipient, aSaleable, kindsOf, type Order, ordersOf, payFor } from '../testing.ts';
import { resumeOrders } from './resume-orders.ts';

const world = useWorld();
const staff = aStaff('admin');
const { get } = ordersOf(world, staff);
const all = (orders: readonly { orderId: string }[]): Promise<Order[]> => Promise.all(orders.map(({ orderId }) => get(orderId)));
const standing = async (orders: readonly { orderId: string }[]) =>
  (await all(orders)).map(({ state, attention, fulfilments: [parcel] }) => `${state} ${attention ?? parcel?.location}`).toSorted((a, b) => (a < b ? -1 : 1)); // prettier-ignore
const used = async (location: string) =>
  (await world.db.pool.query<{ used: number }>(`select used from routing.capacity where location = $1 order by day`, [location])).rows.map((row) => row.used); // prettier-ignore
const capacity = (location: string, dailyCapacity: number | null) =>
  world.run((ctx) => aSender(ctx, location, { dailyCapacity }));
const resume = async () => {
  await world.run((ctx) => enqueue(ctx.tx, resumeOrders, {}));
  await world.drain();
};
const buyer = () => ({ ...aRecipient, address: `人民大道 ${randomUUID()} 号` });

/** Stock in both places, of which WH1 comes first. */
async function goods(units = 50): Promise<string> {
  const sku = `goods-${randomUUID()}`;
  await world.run(async (ctx) => {
    await aSaleable(ctx, sku, units);
    await aStock(ctx, sku, units, 'S01');
  });
  return sku;
}
const place = (sku: string, over: Parameters<typeof anOrder>[2] = {}) =>
  world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }], { recipient: buyer(), ...over }));

beforeAll(() => world.run((ctx) => aStock(ctx, 'opening', 0)));

test('a location whose day is full is passed over for the next; when all are full orders wait with reason and day, and go on when one has room', async () => {
  await capacity('WH1', 3);
  await capacity('S01', 2);
  const sku = await goods();
  const orders = await Promise.all(Array.from({ length: 8 }, () => place(sku)));
  await Promise.all(orders.map((order) => payFor(world, order)));
  await Promise.all([world.drain(), world.drain(), world.drain()]);
  await world.drain();
  const waits = Array<string>(3).fill('paid no_capacity');
  expect(await standing(orders)).toEqual([...waits, 'released S01', 'released S01', 'released WH1', 'released WH1', 'released WH1']); // prettier-ignore
  expect([await used('WH1'), await used('S01')]).toEqual([[3], [2]]);
  const moved = (await all(orders)).find(({ fulfilments: [parcel] }) => parcel?.location === 'S01')!;
  expect(moved.routes[0]).toMatchObject({ origin: 'capacity', parcels: [{ location: 'S01' }] });
  expect(kindsOf(moved)).toContain('rerouted');
  const levels = await world.inTx((tx) => stockLevelsOf(tx, [sku]));
  expect(Object.fromEntries(levels.map(({ location, promised }) => [location, promised]))).toEqual({ S01: 2, WH1: 6 });
  const waiting = (await all(orders)).find(({ state }) => state === 'paid')!;
  expect(waiting.holds).toMatchObject([{ reason: 'no_capacity', details: { locations: ['WH1'], until: '2026-11-23' } }]);

  await resume(); // nothing has changed: no order is touched
  expect((await get(waiting.id)).version).toBe(waiting.version);
  await capacity('S01', 3);
  await resume();
  expect((await standing(orders)).filter((one) => one === 'released S01')).toHaveLength(3);
  world.clock.advance(86_400_000);
  await resume();
  expect((await standing(orders)).filter((one) => one === 'released WH1')).toHaveLength(5);
  expect([await used('WH1'), await used('S01')]).toEqual([[3, 2], [3, 0]]); // prettier-ignore
  expect(await world.run((ctx) => findDrift(ctx.tx))).toEqual([]);
});

test('with the rule of capacity off an order waits for its place; so does one that a person sent there', async () => {
  await capacity('WH1', 0);
  await capacity('S01', null);
  const sku = await goods();
  const rules = await world.call(routing.getRoutingRules, {}, staff);
  const off = { ...rules, rules: rules.rules.map((rule) => ({ ...rule, isOn: rule.kind !== 'capacity' && rule.isOn })) };
  const saved = await world.call(routing.saveRoutingRules, { body: off }, staff);
  const stays = await place(sku);
  await payFor(world, stays);
  await world.drain();
  expect(await standing([stays])).toEqual(['paid no_capacity']);
  await world.call(routing.saveRoutingRules, { body: { ...rules, version: saved.version } }, staff);
  await resume();
  expect(await standing([stays])).toEqual(['released S01']);

  const sent = await place(sku, { note: '请改地址，谢谢' });
  await payFor(world, sent);
  await world.drain();
  const params = { orderId: sent.orderId };
  expect(await standing([sent])).toEqual(['paid remark']);
  await world.call(contract.rerouteOrder, { params, body: { location: 'WH1', reason: '客户指定' } }, staff);
  const holdId = (await get(sent.orderId)).holds[0]!.id;
  await world.call(contract.decideException, { params: { ...params, holdId }, body: { decision: 'release_hold' } }, staff);
  expect(await standing([sent])).toEqual(['paid no_capacity']);
});
