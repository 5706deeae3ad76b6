import { randomUUID } from 'node:crypto';
import { warehouse as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { someSkus } from '../../base/catalog/testing.ts';
import { aStaff, useWorld } from '../../../test/world.ts';
import { allocateLots, receiveStock } from '../inventory/index.ts';
import { openFulfilments, setBins } from './index.ts';
import { aFulfilment, aRecipient, aWarehouse, aWorker } from './testing.ts';

const world = useWorld();
const worker = aWorker(world);

const told = async (name: string) => {
  const { rows } = await world.db.pool.query<{ payload: Record<string, unknown> }>(
    'select payload from platform.event where name = $1 order by seq',
    [name],
  );
  return rows.map(({ payload }) => payload);
};

async function picked(lines: { sku: string; quantity: number }[]) {
  const opened = await world.run((ctx) => aFulfilment(ctx, { lines }));
  const list = await worker.pick([opened.fulfilmentId]);
  await worker.picked(list.id);
  return opened;
}

test('a pick list goes by bin as people walk, sums what several parcels need, and names the lots to take', async () => {
  await world.run(async (ctx) => {
    await aWarehouse(ctx, { nut: 20, oil: 20, rice: 20 });
    await setBins(ctx, { location: 'WH1', bins: [{ sku: 'nut', bin: 'A-10' }, { sku: 'oil', bin: 'a-2' }] }); // prettier-ignore
  });
  const open = (lines: { sku: string; quantity: number }[]) => world.run((ctx) => aFulfilment(ctx, { lines }));
  const first = await open([{ sku: 'nut', quantity: 2 }, { sku: 'rice', quantity: 1 }]); // prettier-ignore
  const second = await open([{ sku: 'nut', quantity: 3 }, { sku: 'oil', quantity: 1 }]); // prettier-ignore
  const list = await worker.pick([first.fulfilmentId, second.fulfilmentId]);
  expect(list.stops.map(({ bin, sku, quantity }) => [bin, sku, quantity])).toEqual([
    ['A-2', 'oil', 1],
    ['A-10', 'nut', 5],
    [null, 'rice', 1],
  ]);
  expect(list.stops[1]?.fulfilments.toSorted((a, b) => a.quantity - b.quantity)).toEqual([
    { number: first.number, quantity: 2 },
    { number: second.number, quantity: 3 },
  ]);
  await worker.picked(list.id);
  await expect(worker.picked(list.id)).rejects.toMatchObject({ code: 'pick_list.wrong_state', details: { state: 'done' } });
});

test('two packers on one fulfilment: the last unit goes into the parcel once, the other is told that it is too many', async () => {
  await world.run((ctx) => aWarehouse(ctx, { box: 60 }));
  for (let round = 0; round < 5; round += 1) {
    const { fulfilmentId } = await picked([{ sku: 'box', quantity: 3 }]);
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => worker.scan(fulfilmentId, 'box')));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const answer of answers)
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ code: 'pack.too_many', details: { sku: 'box', wanted: 3, packed: 3 } });
    expect((await worker.get(fulfilmentId)).lines).toMatchObject([{ packed: 3 }]);
  }
});

test('what does not belong into the parcel is refused with what was expected, and the parcel stays as it is', async () => {
  await world.run((ctx) => aWarehouse(ctx, { plate: 9, spoon: 9, fork: 9 }));
  const { fulfilmentId } = await picked([{ sku: 'plate', quantity: 2 }, { sku: 'spoon', quantity: 1 }]); // prettier-ignore
  await worker.scan(fulfilmentId, 'plate', { quantity: 2 });
  await expect(worker.scan(fulfilmentId, 'fork')).rejects.toMatchObject({
    code: 'pack.wrong_sku',
    details: { scanned: 'fork', expected: 'spoon', left: [{ sku: 'spoon', quantity: 1 }] },
  });
  await expect(worker.scan(fulfilmentId, 'spoon', { quantity: 2 })).rejects.toMatchObject({
    code: 'pack.too_many',
    details: { wanted: 1, packed: 0, scanned: 2 },
  });
  expect((await worker.get(fulfilmentId)).lines.map(({ sku, packed }) => [sku, packed])).toEqual([
    ['plate', 2],
    ['spoon', 0],
  ]);
});

test('of a food the lots that were set aside go into the parcel, each as many as were: another lot, or none, is refused by name', async () => {
  await world.run(async (ctx) => {
    await aWarehouse(ctx, {});
    await someSkus(ctx, ['milk'], { isLotTracked: true, shelfLifeDays: 30 });
    for (const [lot, expiresOn, quantity] of [['M1', '2026-12-01', 2], ['M2', '2026-12-20', 5]] as const)
      await receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [{ sku: 'milk', quantity, unitCostFen: 500, lot, expiresOn }] }); // prettier-ignore
  });
  const { fulfilmentId, orderId } = await world.run((ctx) => aFulfilment(ctx, { lines: [{ sku: 'milk', quantity: 3 }] }));
  await world.run((ctx) => allocateLots(ctx, [orderId]));
  const list = await worker.pick([fulfilmentId]);
  expect(list.stops[0]?.lots).toEqual([{ lot: 'M1', quantity: 2 }, { lot: 'M2', quantity: 1 }]); // prettier-ignore
  await worker.picked(list.id);

  await expect(worker.scan(fulfilmentId, 'milk')).rejects.toMatchObject({
    code: 'pack.lot_missing',
    details: { lots: ['M1', 'M2'] },
  });
  await expect(worker.scan(fulfilmentId, 'milk', { lot: 'M9' })).rejects.toMatchObject({
    code: 'pack.wrong_lot',
    details: { lot: 'M9', expected: 'M1, M2' },
  });
  await expect(worker.scan(fulfilmentId, 'milk', { lot: 'M2', quantity: 2 })).rejects.toMatchObject({ code: 'pack.wrong_lot' });
  await worker.scan(fulfilmentId, 'milk', { lot: 'M1', quantity: 2 });
  await worker.scan(fulfilmentId, 'milk', { lot: 'M2' });
  await worker.pack(fulfilmentId);
  await worker.handOver('SLOW', [fulfilmentId]);
  const { rows } = await world.db.pool.query(
    "select lot, quantity from inventory.movement where sku = 'milk' and quantity < 0 order by lot",
  );
  expect(rows).toEqual([{ lot: 'M1', quantity: -2 }, { lot: 'M2', quantity: -1 }]); // prettier-ignore
});

test('an appliance goes into the parcel by its own serial number, once: a missing, unknown or packed one is refused', async () => {
  await world.run(async (ctx) => {
    await aWarehouse(ctx, {});
    await someSkus(ctx, ['kettle'], { isSerialised: true });
    await receiveStock(ctx, {
      cause: 'test',
      location: 'WH1',
      lines: [{ sku: 'kettle', quantity: 3, unitCostFen: 9000, serials: ['K1', 'K2', 'K3'] }],
    });
  });
  const first = await picked([{ sku: 'kettle', quantity: 2 }]);
  const second = await picked([{ sku: 'kettle', quantity: 1 }]);
  await expect(worker.scan(first.fulfilmentId, 'kettle')).rejects.toMatchObject({ code: 'pack.serial_missing' });
  await expect(worker.scan(first.fulfilmentId, 'kettle', { serial: 'K1', quantity: 2 })).rejects.toMatchObject({
    code: 'pack.serial_missing',
  });
  await expect(worker.scan(first.fulfilmentId, 'kettle', { serial: 'K9' })).rejects.toMatchObject({
    code: 'pack.wrong_serial',
    details: { serial: 'K9' },
  });
  await worker.scan(first.fulfilmentId, 'kettle', { serial: 'K3' });
  for (const { fulfilmentId } of [first, second])
    await expect(worker.scan(fulfilmentId, 'kettle', { serial: 'K3' })).rejects.toMatchObject({ code: 'pack.wrong_serial' });
  await worker.scan(first.fulfilmentId, 'kettle', { serial: 'K1' });
  await worker.pack(first.fulfilmentId);
  await worker.handOver('SLOW', [first.fulfilmentId]);
  const { rows } = await world.db.pool.query('select serial from inventory.serial where order_id = $1 order by serial', [
    first.orderId,
  ]);
  expect(rows).toEqual([{ serial: 'K1' }, { serial: 'K3' }]);
});

test('a lot that expires between packing and the driver does not leave', async () => {
  await world.run(async (ctx) => {
    await someSkus(ctx, ['bread'], { isLotTracked: true, shelfLifeDays: 3 });
    const line = { sku: 'bread', quantity: 4, unitCostFen: 300, lot: 'B1', expiresOn: '2026-11-22' };
    await receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [line] });
  });
  const { fulfilmentId, orderId } = await world.run((ctx) => aFulfilment(ctx, { lines: [{ sku: 'bread', quantity: 1 }] }));
  await world.run((ctx) => allocateLots(ctx, [orderId]));
  await worker.picked((await worker.pick([fulfilmentId])).id);
  await worker.scan(fulfilmentId, 'bread', { lot: 'B1' });
  await worker.pack(fulfilmentId);
  world.clock.set('2026-11-22T17:00:00Z'); // past local midnight
  await expect(worker.handOver('SLOW', [fulfilmentId])).rejects.toMatchObject({ code: 'lot.not_usable' });
  expect((await worker.get(fulfilmentId)).state).toBe('packed');
  world.clock.set('2026-11-22T04:00:00Z');
});

test('a shortage leaves the parcels that go last, whole parcels when nothing is left, and is told upwards with its reason', async () => {
  await world.run((ctx) => aWarehouse(ctx, { fan: 10 }));
  const open = (quantity: number) => world.run((ctx) => aFulfilment(ctx, { lines: [{ sku: 'fan', quantity }] }));
  const early = await open(2);
  world.clock.set('2026-11-22T09:00:00Z'); // past the cut-off: leaves tomorrow
  const late = await open(2);
  const later = await open(1);
  const list = await worker.pick([early, late, later].map(({ fulfilmentId }) => fulfilmentId));
  await expect(worker.picked(list.id, [{ sku: 'fan', quantity: 6, reason: 'not_found' }])).rejects.toMatchObject({
    code: 'pick_list.exceeds',
    details: { sku: 'fan', quantity: 1 },
  });
  await worker.picked(list.id, [{ sku: 'fan', quantity: 2, reason: 'damaged' }]);
  world.clock.set('2026-11-22T04:00:00Z');

  expect(await worker.get(early.fulfilmentId)).toMatchObject({ state: 'picked', units: 2 });
  const events = (await told('warehouse.fulfilment_rejected')).filter(({ number }) =>
    [late.number, later.number].includes(String(number)),
  );
  expect(events.map(({ reason }) => reason)).toEqual(events.map(() => 'damaged'));
  const lost = events.flatMap(({ orders }) => (orders as { lines: { quantity: number }[] }[]).flatMap(({ lines }) => lines));
  expect(lost.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(2);
  const whole = events.find(({ isWhole }) => isWhole === true);
  if (whole !== undefined)
    expect(await worker.get(String(whole['fulfilmentId']))).toMatchObject({ state: 'rejected', rejectReason: 'damaged' });
});

test('a kit that lacks one component is no kit: its other components leave the parcel too', async () => {
  const orderId = randomUUID();
  const components = [{ sku: 'lid', quantity: 1 }, { sku: 'base', quantity: 2 }]; // prettier-ignore
  const { fulfilmentId } = await world.run(async (ctx) => {
    await aWarehouse(ctx, { lid: 5, base: 9 });
    const [opened] = await openFulfilments(ctx, [
      { orderId, orderNumber: 'KIT-2', location: 'WH1', kind: 'delivery', channel: 'shop', buyerKey: orderId, recipient: aRecipient,
        lines: [{ lineNo: 1, sku: 'set', quantity: 3, components }] },
    ]); // prettier-ignore
    if (opened === undefined) throw new Error('nothing was opened');
    return opened;
  });
  await worker.picked((await worker.pick([fulfilmentId])).id, [{ sku: 'base', quantity: 1, reason: 'not_found' }]);
  expect((await worker.get(fulfilmentId)).lines.map(({ sku, quantity, picked: hand }) => [sku, quantity, hand])).toEqual([
    ['base', 4, 4],
    ['lid', 2, 2],
  ]);
  expect((await told('warehouse.fulfilment_rejected')).at(-1)).toMatchObject({
    isWhole: false,
    reason: 'not_found',
    orders: [{ orderId, lines: [{ lineNo: 1, quantity: 1 }] }],
    units: [{ sku: 'base', quantity: 2 }],
  });
});

test('a location that cannot send says why, before it packs; afterwards it is too late', async () => {
  await world.run((ctx) => aWarehouse(ctx, { lamp: 9 }));
  const reject = (fulfilmentId: string, version?: number) =>
    world.call(
      contract.rejectFulfilment,
      { params: { fulfilmentId }, body: { reason: 'no_staff', ...(version !== undefined && { version }) } },
      aStaff('warehouse'),
    );
  const { fulfilmentId, orderId } = await world.run((ctx) => aFulfilment(ctx, { lines: [{ sku: 'lamp', quantity: 1 }] }));
  await expect(reject(fulfilmentId, 7)).rejects.toMatchObject({
    code: 'fulfilment.wrong_state',
    details: { isStale: true, state: 'open' },
  });
  expect(await reject(fulfilmentId, 0)).toMatchObject({ state: 'rejected', rejectReason: 'no_staff', moves: [] });
  expect((await told('warehouse.fulfilment_rejected')).at(-1)).toMatchObject({
    fulfilmentId,
    isWhole: true,
    orders: [{ orderId }],
  });
  const other = await picked([{ sku: 'lamp', quantity: 1 }]);
  await expect(reject(other.fulfilmentId)).rejects.toMatchObject({
    code: 'fulfilment.wrong_state',
    details: { state: 'picked' },
  });
});

test('a parcel that waited past its promise gets the faster service that still keeps it; a person may choose another', async () => {
  await world.run((ctx) => aWarehouse(ctx, { vase: 9 }));
  const far = { ...aRecipient, region: '广东省 广州市 天河区' };
  const open = () => world.run((ctx) => aFulfilment(ctx, { recipient: far, lines: [{ sku: 'vase', quantity: 1 }] }));
  const [first, second] = [await open(), await open()];
  expect(first.promisedOn).toBe('2026-11-27');
  world.clock.set('2026-11-25T04:00:00Z');
  expect(await worker.prepare(first.fulfilmentId)).toMatchObject({ service: 'FAST-EXP', promisedOn: '2026-11-27' });
  await worker.picked((await worker.pick([second.fulfilmentId])).id);
  await worker.scan(second.fulfilmentId, 'vase');
  await expect(worker.pack(second.fulfilmentId, { service: 'NONE' })).rejects.toMatchObject({ code: 'service.not_found' });
  await expect(worker.pack(second.fulfilmentId, { grams: 900_000 })).rejects.toMatchObject({ code: 'service.not_available' });
  expect(await worker.pack(second.fulfilmentId, { service: 'SLOW-STD' })).toMatchObject({ service: 'SLOW-STD', carrier: 'SLOW' });
  world.clock.set('2026-11-22T04:00:00Z');
});
