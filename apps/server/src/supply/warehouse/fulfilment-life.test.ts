import { randomUUID } from 'node:crypto';
import { warehouse as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { stockLevelsOf } from '../inventory/index.ts';
import { fulfilmentsOf, openFulfilments, shipFulfilments, withdrawLines } from './index.ts';
import { aFulfilment, aRecipient, aWarehouse, aWorker } from './testing.ts';

const world = useWorld();
const worker = aWorker(world);

const levelOf = async (sku: string, location = 'WH1') =>
  world.inTx(async (tx) => {
    const [level] = await stockLevelsOf(tx, [sku], location);
    return { onHand: level?.onHand, promised: level?.promised };
  });

test('a fulfilment is picked, checked into its parcel, labelled, handed over once: its units are off the stock', async () => {
  const { fulfilmentId, promisedOn } = await world.run(async (ctx) => {
    await aWarehouse(ctx, { mug: 10, tea: 10 });
    return aFulfilment(ctx, {
      lines: [
        { sku: 'mug', quantity: 2 },
        { sku: 'tea', quantity: 1 },
      ],
    });
  });
  expect(promisedOn).toBe('2026-11-24'); // Zhejiang → Shanghai is near: two days by the cheap service
  const packed = await worker.prepare(fulfilmentId);
  expect(packed).toMatchObject({ state: 'packed', carrier: 'SLOW', service: 'SLOW-STD', promisedOn: '2026-11-24' });
  expect(packed.trackingNumber).toMatch(/^SLOW\d{12}$/);
  expect(await levelOf('mug')).toEqual({ onHand: 10, promised: 2 });

  const manifest = await worker.handOver('SLOW');
  expect(manifest.parcels).toMatchObject([{ fulfilmentId, trackingNumber: packed.trackingNumber }]);
  expect(await worker.get(fulfilmentId)).toMatchObject({ state: 'handed_over', parcel: { state: 'handed_over' } });
  expect([await levelOf('mug'), await levelOf('tea')]).toEqual([
    { onHand: 8, promised: 0 },
    { onHand: 9, promised: 0 },
  ]);
  await expect(worker.handOver('SLOW')).rejects.toMatchObject({ code: 'fulfilment.none_packed' });
});

test('an order leaves by the short way too, and whoever comes second is refused with the state as it is', async () => {
  const { fulfilmentId, orderId } = await world.run((ctx) => aFulfilment(ctx, { lines: [{ sku: 'mug', quantity: 1 }] }));
  const ship = () => world.run((ctx) => shipFulfilments(ctx, [{ fulfilmentId, carrier: '自送', trackingNumber: 'X-1' }]));
  await ship();
  await expect(ship()).rejects.toMatchObject({
    code: 'fulfilment.wrong_state',
    details: { state: 'handed_over', moves: ['delivered'] },
  });
  expect(await world.inTx((tx) => fulfilmentsOf(tx, [orderId]))).toMatchObject([
    { state: 'handed_over', carrier: '自送', trackingNumber: 'X-1' },
  ]);
});

test('what was withdrawn does not ship, and what was shipped is not withdrawn', async () => {
  const open = () => world.run((ctx) => aFulfilment(ctx, { lines: [{ sku: 'mug', quantity: 1 }] }));
  const [first, second] = [await open(), await open()];
  await world.run((ctx) => withdrawLines(ctx, { orderId: first.orderId }));
  const before = await levelOf('mug');
  await expect(world.run((ctx) => shipFulfilments(ctx, [{ fulfilmentId: first.fulfilmentId }]))).rejects.toMatchObject({
    code: 'fulfilment.wrong_state',
    details: { state: 'cancelled', moves: [] },
  });
  await world.run((ctx) => shipFulfilments(ctx, [{ fulfilmentId: second.fulfilmentId }]));
  await expect(world.run((ctx) => withdrawLines(ctx, { orderId: second.orderId }))).rejects.toMatchObject({
    code: 'fulfilment.too_late',
    details: { state: 'handed_over' },
  });
  expect((await levelOf('mug')).onHand).toBe((before.onHand ?? 0) - 1);
});

test('withdrawing twice takes units out once', async () => {
  const { fulfilmentId, orderId } = await world.run((ctx) => aFulfilment(ctx, { lines: [{ sku: 'tea', quantity: 3 }] }));
  const withdraw = () => world.run((ctx) => withdrawLines(ctx, { orderId }));
  expect(await withdraw()).toMatchObject([{ fulfilmentId, location: 'WH1', lines: [{ lineNo: 1, quantity: 3 }] }]);
  expect(await withdraw()).toEqual([]);
});

test('a cancel and a hand-over at the same moment: exactly one of them happens', async () => {
  for (let round = 0; round < 8; round += 1) {
    const { fulfilmentId, orderId } = await world.run(async (ctx) => {
      await aWarehouse(ctx, { cup: 1 });
      return aFulfilment(ctx, { lines: [{ sku: 'cup', quantity: 1 }] });
    });
    const answers = await Promise.allSettled([
      world.run((ctx) => withdrawLines(ctx, { orderId })),
      world.run((ctx) => shipFulfilments(ctx, [{ fulfilmentId }])),
    ]);
    const state = (await worker.get(fulfilmentId)).state;
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(state).toBe(answers[0].status === 'fulfilled' ? 'cancelled' : 'handed_over');
  }
});

test('units taken out of a packed parcel open it: its label is void, the rest is packed anew', async () => {
  const { fulfilmentId, orderId } = await world.run(async (ctx) => {
    await aWarehouse(ctx, { bowl: 5, jar: 5 });
    return aFulfilment(ctx, {
      lines: [
        { sku: 'bowl', quantity: 2 },
        { sku: 'jar', quantity: 1 },
      ],
    });
  });
  const packed = await worker.prepare(fulfilmentId);
  await world.run((ctx) => withdrawLines(ctx, { orderId, lines: [{ lineNo: 1, quantity: 1 }] }));
  const opened = await worker.get(fulfilmentId);
  expect(opened).toMatchObject({ state: 'picked', trackingNumber: null, parcel: null });
  expect(opened.lines.map(({ sku, quantity, picked, packed: inside }) => [sku, quantity, picked, inside])).toEqual([
    ['bowl', 1, 1, 0],
    ['jar', 1, 1, 0],
  ]);
  await worker.scan(fulfilmentId, 'bowl');
  await expect(worker.pack(fulfilmentId)).rejects.toMatchObject({
    code: 'fulfilment.incomplete',
    details: { left: [{ sku: 'jar', quantity: 1 }] },
  });
  await worker.scan(fulfilmentId, 'jar');
  const again = await worker.pack(fulfilmentId);
  expect(again.trackingNumber).not.toBe(packed.trackingNumber);
  await worker.handOver('SLOW', [fulfilmentId]);
  expect(await levelOf('bowl')).toMatchObject({ onHand: 4 });
});

test('a kit lies in its parcel as its components and is told to its order as one', async () => {
  const orderId = randomUUID();
  const { fulfilmentId } = await world.run(async (ctx) => {
    await aWarehouse(ctx, { leaf: 9, pot: 9 });
    const [opened] = await openFulfilments(ctx, [
      {
        orderId, orderNumber: 'KIT-1', location: 'WH1', kind: 'delivery', channel: 'shop', buyerKey: orderId, recipient: aRecipient,
        lines: [{ lineNo: 1, sku: 'teaset', quantity: 2, components: [{ sku: 'leaf', quantity: 3 }, { sku: 'pot', quantity: 1 }] }],
      },
    ]); // prettier-ignore
    if (opened === undefined) throw new Error('nothing was opened');
    return opened;
  });
  expect((await worker.get(fulfilmentId)).lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
    ['leaf', 6],
    ['pot', 2],
  ]);
  const [facts] = await world.inTx((tx) => fulfilmentsOf(tx, [orderId]));
  expect(facts?.lines).toEqual([{ lineNo: 1, sku: 'teaset', quantity: 2 }]);
  expect(await world.run((ctx) => withdrawLines(ctx, { orderId, lines: [{ lineNo: 1, quantity: 1 }] }))).toMatchObject([
    { lines: [{ lineNo: 1, quantity: 1 }] },
  ]);
  expect((await worker.get(fulfilmentId)).lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
    ['leaf', 3],
    ['pot', 1],
  ]);
});

test("a clerk sees and touches the own store's work only", async () => {
  const clerk = aStaff('clerk', { location: 'S01' });
  const { fulfilmentId } = await world.run((ctx) => aFulfilment(ctx, { lines: [{ sku: 'mug', quantity: 1 }] }));
  await expect(world.call(contract.getFulfilment, { params: { fulfilmentId } }, clerk)).rejects.toMatchObject({
    code: 'fulfilment.not_found',
  });
  expect((await world.call(contract.listFulfilments, { query: {} }, clerk)).items).toEqual([]);
  await expect(
    world.call(contract.rejectFulfilment, { params: { fulfilmentId }, body: { reason: 'no_staff' } }, clerk),
  ).rejects.toMatchObject({ code: 'fulfilment.not_found' });
  await expect(
    world.call(contract.startPicking, { body: { location: 'WH1', fulfilmentIds: [fulfilmentId] } }, clerk),
  ).rejects.toMatchObject({ code: 'location.not_found' });
});
