import { randomUUID } from 'node:crypto';
import { warehouse as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { fulfilmentsOf, openFulfilments } from './index.ts';
import { aFulfilment, aRecipient, aWarehouse, aWorker } from './testing.ts';

const world = useWorld();
const worker = aWorker(world);
const line = [{ sku: 'mug', quantity: 1 }];
const stocked = () => world.run((ctx) => aWarehouse(ctx, { mug: 500 }));
const open = (over: Partial<Parameters<typeof aFulfilment>[1]>) => world.run((ctx) => aFulfilment(ctx, { lines: line, ...over }));

test('two orders of the same buyer to the same door travel in one parcel, written as people write', async () => {
  await stocked();
  const buyerKey = randomUUID();
  const first = await open({ buyerKey });
  const second = await open({ buyerKey, recipient: { ...aRecipient, phone: '+86 138 0013 8000', address: '人民大道200号' } });
  expect(second).toMatchObject({ fulfilmentId: first.fulfilmentId, isJoined: true });
  const { orders, units } = await worker.get(first.fulfilmentId);
  expect([orders.map(({ orderId }) => orderId).toSorted(), units]).toEqual([[first.orderId, second.orderId].toSorted(), 2]);
  expect(await world.inTx((tx) => fulfilmentsOf(tx, [second.orderId]))).toMatchObject([
    { isMerged: true, lines: [{ quantity: 1 }] },
  ]);
});

test('another buyer, door, channel, place, storage or a wish to stay alone makes another parcel, and so does too much weight', async () => {
  const buyerKey = randomUUID();
  const first = await open({ buyerKey });
  await world.run((ctx) => aWarehouse(ctx, { mug: 50 }, 'S01'));
  const others = [
    await open({}),
    await open({ buyerKey, recipient: { ...aRecipient, address: '人民大道 201 号' } }),
    await open({ buyerKey, channel: 'live' }),
    await open({ buyerKey, location: 'S01' }),
    await open({ buyerKey, storage: 'frozen' }),
    await open({ buyerKey, mayJoin: false }),
    await open({ buyerKey, lines: [{ sku: 'mug', quantity: 39 }] }), // 39 × 500 g and the box: 20 kg would be passed
    await open({ buyerKey, kind: 'pickup', location: 'S01' }),
  ];
  expect(new Set([first, ...others].map(({ fulfilmentId }) => fulfilmentId)).size).toBe(9);
  expect(others.filter(({ isJoined }) => isJoined)).toEqual([]);
});

test('what somebody has begun to pick is joined no more, and given back it may not swallow the parcel that came meanwhile', async () => {
  const buyerKey = randomUUID();
  const first = await open({ buyerKey });
  const list = await worker.pick([first.fulfilmentId]);
  const second = await open({ buyerKey });
  expect(second.fulfilmentId).not.toBe(first.fulfilmentId);
  await world.call(contract.abandonPicking, { params: { pickListId: list.id } }, aStaff('warehouse'));
  expect(await worker.get(first.fulfilmentId)).toMatchObject({ state: 'open', pickListId: null });
  expect((await open({ buyerKey })).fulfilmentId).toBe(second.fulfilmentId);
});

test('orders of one buyer that are released together, and by two processes, end in one parcel', async () => {
  await world.run((ctx) => aWarehouse(ctx, { mug: 200 }));
  const buyerKey = randomUUID();
  const plan = () => {
    const orderId = randomUUID();
    return { orderId, orderNumber: orderId, location: 'WH1', kind: 'delivery' as const, channel: 'shop', buyerKey, recipient: aRecipient,
      lines: [{ lineNo: 1, sku: 'mug', quantity: 1 }] }; // prettier-ignore
  };
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => world.run((ctx) => openFulfilments(ctx, [plan(), plan(), plan()]))),
  );
  const opened = answers.flat();
  expect(opened).toHaveLength(18);
  expect(new Set(opened.map(({ fulfilmentId }) => fulfilmentId)).size).toBe(1);
  expect(opened.filter(({ isJoined }) => !isJoined)).toHaveLength(1);
  expect((await worker.get(opened[0]?.fulfilmentId ?? '')).units).toBe(18);
});

test('joining races with picking: every unit is in exactly one parcel, and no parcel changes once a picker has it', async () => {
  for (let round = 0; round < 6; round += 1) {
    const buyerKey = randomUUID();
    const first = await open({ buyerKey });
    const [list, ...joined] = await Promise.all([
      worker.pick([first.fulfilmentId]),
      ...Array.from({ length: 5 }, () => open({ buyerKey })),
    ]);
    const homes = [...new Set([first, ...joined].map(({ fulfilmentId }) => fulfilmentId))];
    const units = await Promise.all(homes.map(async (id) => (await worker.get(id)).units));
    expect(units.reduce((sum, one) => sum + one, 0)).toBe(6);
    expect((await worker.get(first.fulfilmentId)).units).toBe(list.fulfilments[0]?.units);
  }
});

test('two pickers who ask for work at once never get the same fulfilment', async () => {
  await world.run((ctx) => aWarehouse(ctx, { mug: 100 }, 'S01'));
  for (let count = 0; count < 12; count += 1) await open({ location: 'S01', mayJoin: false });
  const ask = () => world.call(contract.startPicking, { body: { location: 'S01', maximum: 5 } }, aStaff('warehouse'));
  const lists = await Promise.all([ask(), ask(), ask()]);
  const taken = lists.flatMap(({ fulfilments }) => fulfilments.map(({ fulfilmentId }) => fulfilmentId));
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken.length).toBeGreaterThanOrEqual(12);
});
