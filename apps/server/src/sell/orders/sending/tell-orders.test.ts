import { randomUUID } from 'node:crypto';
import { orders as contract, warehouse } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../../test/world.ts';
import { aTariff } from '../../../supply/delivery/testing.ts';
import { deliverFulfilments } from '../../../supply/warehouse/index.ts';
import { aWorker } from '../../../supply/warehouse/testing.ts';
import { anOrder, aRecipient, aSaleable, kindsOf, ordersOf, payFor } from '../testing.ts';

const world = useWorld();
const staff = aStaff('admin');
const worker = aWorker(world, staff);
const { get } = ordersOf(world, staff);
const queue = async () => (await world.call(contract.listExceptions, { query: { limit: 50 } }, staff)).items;
const look = async () => {
  await world.db.pool.query("select graphile_worker.add_job($1, '{}')", ['delivery/find-late']);
  await world.drain();
};

async function released(over: Parameters<typeof anOrder>[2] = {}) {
  const sku = `late-${randomUUID()}`;
  await world.run((ctx) => aTariff(ctx));
  await world.run((ctx) => aSaleable(ctx, sku, 5, 5000, over.pickupAt ?? 'WH1'));
  const recipient = { ...aRecipient, address: `人民大道 ${randomUUID()} 号` };
  const order = await world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }], { recipient, ...over }));
  await payFor(world, order);
  await world.drain();
  return { ...order, parcel: (await get(order.orderId)).fulfilments[0]! };
}

test('a parcel that is late puts its order into the exceptions queue once, changes nothing else, and leaves it when it arrives', async () => {
  const [late, there] = [await released(), await released()];
  for (const { parcel } of [late, there]) await worker.prepare(parcel.id);
  const { parcels } = await worker.handOver((await worker.get(late.parcel.id)).carrier!);
  expect(parcels).toHaveLength(2);
  await world.run((ctx) => deliverFulfilments(ctx, [{ fulfilmentId: there.parcel.id }]));
  await world.drain();
  world.clock.advance(30 * 86_400_000);
  await look();
  await look();
  const waiting = await queue();
  expect(waiting.map(({ id, state }) => [id, state])).toEqual([[late.orderId, 'shipped']]);
  const [hold] = waiting[0]!.holds;
  expect(hold).toMatchObject({ reason: 'parcel_late', decisions: ['release_hold'], details: { trackingNumber: parcels.find(({ fulfilmentId }) => fulfilmentId === late.parcel.id)?.trackingNumber } }); // prettier-ignore
  await world.run((ctx) => deliverFulfilments(ctx, [{ fulfilmentId: late.parcel.id }]));
  await world.drain();
  expect(await queue()).toEqual([]);
  expect(await get(late.orderId)).toMatchObject({ state: 'delivered', attention: null });
});

test('a pick-up that lies ready says so to its buyer, with the code, once', async () => {
  const visitorId = randomUUID();
  const order = await released({ pickupAt: 'S01', location: 'S01', visitorId });
  await worker.prepare(order.parcel.id, 'S01');
  await world.drain();
  expect(kindsOf(await get(order.orderId)).filter((what) => what === 'pickup_ready')).toHaveLength(1);
  const mine = await world.call(contract.getMyOrder, { params: { number: order.number } }, aShopper({ visitorId }));
  expect(mine.fulfilments[0]!.pickupCode).toMatch(/\w/);
  expect(kindsOf(mine)).toContain('pickup_ready');
  await world.call(warehouse.collectPickup, { body: { location: 'S01', code: mine.fulfilments[0]!.pickupCode! } }, staff);
  expect((await get(order.orderId)).fulfilments[0]!.state).toBe('collected');
});
