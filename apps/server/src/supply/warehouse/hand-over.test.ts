import { randomUUIDv7 } from 'node:crypto';
import { expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { someSkus } from '../../base/catalog/testing.ts';
import { allocateLots, findDrift, promiseStocks, receiveStock } from '../inventory/index.ts';
import { lotsOf } from '../inventory/testing.ts';
import { fulfilmentsOf, openFulfilments, withdrawLines } from './index.ts';
import { aRecipient, aWarehouse, aWorker } from './testing.ts';

const world = useWorld();
const worker = aWorker(world);
const rows = async <Row>(text: string, values: unknown[] = []) => (await world.db.pool.query(text, values)).rows as Row[];
const one = { quantity: 1, location: 'WH1' };

/** Packed parcels, one an order; every order of the same SKUs. What was scanned into them is not asked here. */
async function packed(count: number, skus: readonly string[]): Promise<{ orderId: string; fulfilmentId: string }[]> {
  const orders = Array.from({ length: count }, () => randomUUIDv7() as string).toSorted(); // the first gets the first lot
  const lines = skus.map((sku, index) => ({ ...one, sku, lineNo: index + 1 }));
  const opened = await world.run(async (ctx) => {
    await promiseStocks(ctx, orders.map((orderId) => ({ orderId, channel: 'shop', lines }))); // prettier-ignore
    const plan = { location: 'WH1', kind: 'delivery' as const, channel: 'shop', recipient: aRecipient, lines };
    const made = await openFulfilments(ctx, orders.map((orderId) => ({ ...plan, orderId, orderNumber: orderId, buyerKey: orderId }))); // prettier-ignore
    await allocateLots(ctx, orders);
    return made;
  });
  await rows(`update warehouse.fulfilment set state = 'packed', carrier = 'SLOW' where id = any($1)`, [
    opened.map(({ fulfilmentId }) => fulfilmentId),
  ]);
  return opened;
}

test('a manifest of 200 parcels is off the stock in two seconds, each parcel by its own document, lot and serial number, once', async () => {
  const serials = Array.from({ length: 200 }, (_, index) => `K${index}`);
  await world.run(async (ctx) => {
    await aWarehouse(ctx, { mug: 300, kettle: 0 });
    await someSkus(ctx, ['kettle'], { isSerialised: true, warrantyMonths: 12 });
    await receiveStock(ctx, {
      cause: 'test',
      location: 'WH1',
      lines: [{ sku: 'kettle', quantity: 200, unitCostFen: 900, serials }],
    });
    await lotsOf(ctx, 'milk', [['M1', '2026-12-01', 90], ['M2', '2027-01-01', 200]]); // prettier-ignore
  });
  await packed(200, ['mug', 'milk', 'kettle']);
  const begun = performance.now();
  const manifest = await worker.handOver('SLOW');
  const ms = performance.now() - begun;
  expect(manifest.parcels).toHaveLength(200);
  expect(manifest.heldBack).toEqual([]);
  await expect(worker.handOver('SLOW')).rejects.toMatchObject({ code: 'fulfilment.none_packed' });

  const causes = await rows<{ cause: string; moved: number }>(
    `select cause, count(*)::int as moved from inventory.movement where kind = 'shipment' group by cause`,
  );
  expect(causes.map(({ moved }) => moved)).toEqual(Array.from({ length: 200 }, () => 3));
  expect(new Set(causes.map(({ cause }) => cause))).toEqual(
    new Set(manifest.parcels.map(({ number }) => `fulfilment:${number}`)),
  );
  expect(await rows(`select lot, sum(quantity)::int as units from inventory.dispatch where sku = 'milk' group by lot order by lot`)).toEqual(
    [{ lot: 'M1', units: 90 }, { lot: 'M2', units: 110 }], // first expired, first out
  ); // prettier-ignore
  expect(await rows(`select count(distinct order_id)::int as owners, count(*)::int as sold from inventory.serial where state = 'shipped'`)).toEqual(
    [{ owners: 200, sold: 200 }],
  ); // prettier-ignore
  expect(
    await rows(`select sum(promised)::int as promised, sum(on_hand)::int as "onHand" from inventory.stock where sku in ('mug', 'milk', 'kettle')`),
  ).toEqual([{ promised: 0, onHand: 100 + 90 }]); // prettier-ignore
  expect(await rows(`select count(*)::int as told from platform.event where name = 'warehouse.fulfilment_shipped'`)).toEqual([
    { told: 200 },
  ]);
  expect(await rows(`select count(*)::int as left from inventory.allocation`)).toEqual([{ left: 0 }]);
  expect(await world.run((ctx) => findDrift(ctx.tx))).toEqual([]);
  expect(ms).toBeLessThan(2000);
});

test('a parcel whose lot ended while it waited stays and is named; every other of the manifest leaves', async () => {
  await world.run((ctx) => lotsOf(ctx, 'bread', [['B1', '2026-11-22', 1], ['B2', '2026-12-22', 5]])); // prettier-ignore
  const [bad, ...good] = await packed(4, ['bread']);
  world.clock.set('2026-11-22T17:00:00Z'); // past local midnight
  const manifest = await worker.handOver('SLOW');
  expect(manifest.heldBack).toMatchObject([
    { fulfilmentId: bad?.fulfilmentId, code: 'lot.not_usable', details: { sku: 'bread', lot: 'B1' } },
  ]);
  expect(new Set(manifest.parcels.map(({ fulfilmentId }) => fulfilmentId))).toEqual(
    new Set(good.map(({ fulfilmentId }) => fulfilmentId)),
  );
  expect(await worker.get(bad?.fulfilmentId ?? '')).toMatchObject({ state: 'packed', history: [{}, { what: 'held_back' }] });
  await expect(worker.handOver('SLOW')).rejects.toMatchObject({ code: 'lot.not_usable' }); // nothing for the driver, no manifest
  expect(await rows(`select count(*)::int as count from warehouse.manifest where carrier = 'SLOW'`)).toEqual([{ count: 2 }]);
  expect(await world.run((ctx) => findDrift(ctx.tx))).toEqual([]);
});

test('two drivers at once, and a buyer who calls off: every parcel leaves once or not at all', async () => {
  await world.run((ctx) => aWarehouse(ctx, { cup: 20 }));
  const parcels = await packed(12, ['cup']);
  const [first] = parcels;
  const answers = await Promise.allSettled([
    worker.handOver('SLOW'),
    worker.handOver('SLOW'),
    world.run((ctx) => withdrawLines(ctx, { orderId: first?.orderId ?? '' })),
  ]);
  const handed = answers.slice(0, 2).flatMap((one) => (one.status === 'fulfilled' ? [one.value as Awaited<ReturnType<typeof worker.handOver>>] : [])); // prettier-ignore
  const gone = handed.flatMap((manifest) => manifest.parcels.map(({ fulfilmentId }) => fulfilmentId));
  expect(new Set(gone).size).toBe(gone.length);
  expect(gone).toHaveLength(answers[2]?.status === 'fulfilled' ? 11 : 12);
  const facts = await world.inTx((tx) => fulfilmentsOf(tx, [first?.orderId ?? '']));
  expect(facts[0]?.state).toBe(answers[2]?.status === 'fulfilled' ? 'cancelled' : 'handed_over');
  expect(await rows(`select on_hand as "onHand" from inventory.stock where sku = 'cup'`)).toEqual([{ onHand: 20 - gone.length }]);
});
