import fc from 'fast-check';
import { transfers as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { findDrift } from '../drift/find-drift.ts';
import { allocateLots } from '../lot/allocate-lots.ts';
import { moveStock } from '../move-stock.ts';
import { promiseStock } from '../promise-stock.ts';
import { stockLevelsOf } from '../queries.ts';
import { receiveStock } from '../receive-stock.ts';
import { inventory } from '../tables.ts';
import { aStock, lotsOf } from '../testing.ts';
import { splitArrival } from './transfer.ts';

const world = useWorld();
const warehouse = aStaff('warehouse');
const clerk = aStaff('clerk', { location: 'S01' });
const units = async (sku: string) =>
  Object.fromEntries(
    (await world.inTx((tx) => stockLevelsOf(tx, [sku]))).map(({ location, onHand, unavailable }) => [
      location,
      [onHand, unavailable],
    ]),
  );
const request = (sku: string, quantity: number, expectedOn = '2026-11-25') =>
  world.call(contract.requestTransfer, { body: { from: 'WH1', to: 'S01', expectedOn, lines: [{ sku, quantity }] } }, warehouse);
const send = (id: string, body: object = {}) => world.call(contract.sendTransfer, { params: { id }, body }, warehouse);
const receive = (id: string, lines: object[] = [], actor = warehouse) =>
  world.call(contract.receiveTransfer, { params: { id }, body: { lines: lines as never } }, actor);

test('units leave the sender, are nobody’s on the way, are told with their day, and arrive at the cost at which they left', async () => {
  await world.run((ctx) => aStock(ctx, 'lamp', 10));
  const { id, steps } = await request('lamp', 6);
  expect(steps).toEqual(['send', 'cancel']);
  expect(await units('lamp')).toEqual({ WH1: [10, 0] });

  expect(await send(id)).toMatchObject({
    state: 'sent',
    sent: 6,
    inTransit: 6,
    inTransitFen: 6000,
    steps: ['receive', 'cancel'],
  });
  expect(await units('lamp')).toEqual({ WH1: [4, 0] });
  const { items } = await world.call(contract.listIncoming, { query: { sku: 'lamp' } }, warehouse);
  expect(items).toMatchObject([{ to: 'S01', quantity: 6, expectedOn: '2026-11-25', isLate: false }]);

  expect(await receive(id, [], clerk)).toMatchObject({ state: 'received', received: 6, inTransit: 0, lost: 0, steps: [] });
  expect(await units('lamp')).toEqual({ WH1: [4, 0], S01: [6, 0] });
  expect((await world.call(contract.listIncoming, { query: { sku: 'lamp' } }, warehouse)).items).toEqual([]);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('of ten sent, seven whole, two damaged and one lost are all accounted for, each by its own movement', async () => {
  await world.run((ctx) => aStock(ctx, 'vase', 10));
  const { id } = await request('vase', 10);
  await send(id);
  const reply = await receive(id, [{ lineNo: 1, received: 7, damaged: 2, reason: '箱子压坏' }]);
  expect(reply.lines).toMatchObject([{ sent: 10, received: 7, damaged: 2, lost: 1, reason: '箱子压坏' }]);
  expect(await units('vase')).toEqual({ WH1: [0, 0], S01: [9, 2] });
  const moves = await world.inTx((tx) =>
    inventory(tx)
      .selectFrom('movement')
      .select(['kind', 'location', 'quantity', 'reason'])
      .where('sku', '=', 'vase')
      .orderBy('id')
      .execute(),
  );
  expect(moves.slice(1)).toEqual([
    { kind: 'transfer_out', location: 'WH1', quantity: -10, reason: null },
    { kind: 'transfer_in', location: 'S01', quantity: 8, reason: null },
    { kind: 'transfer_in', location: 'S01', quantity: 2, reason: '箱子压坏' },
    { kind: 'transfer_loss', location: 'S01', quantity: -1, reason: '箱子压坏' },
  ]);
  const apart = await world.inTx((tx) => inventory(tx).selectFrom('unavailable').selectAll().where('sku', '=', 'vase').execute());
  expect(apart).toMatchObject([{ location: 'S01', condition: 'damaged', quantity: 2 }]);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('a shortage without a reason, more than was sent, and lines that are not there are refused, and nothing moves', async () => {
  await world.run((ctx) => aStock(ctx, 'bowl', 5));
  const { id } = await request('bowl', 5);
  await expect(receive(id)).rejects.toMatchObject({
    code: 'transfer.wrong_state',
    details: { state: 'requested', steps: ['send', 'cancel'] },
  });
  await expect(send(id, { lines: [{ lineNo: 1, quantity: 6 }] })).rejects.toMatchObject({ code: 'transfer.exceeds_sent' });
  await expect(send(id, { lines: [{ lineNo: 1, quantity: 0 }] })).rejects.toMatchObject({ code: 'transfer.nothing_sent' });
  await expect(send(id, { lines: [{ lineNo: 9, quantity: 1 }] })).rejects.toMatchObject({ code: 'transfer.line_not_found' });
  await send(id, { lines: [{ lineNo: 1, quantity: 4 }] });
  await expect(receive(id, [{ lineNo: 1, received: 3 }])).rejects.toMatchObject({ code: 'transfer.shortage_unexplained' });
  await expect(receive(id, [{ lineNo: 1, received: 4, damaged: 1, reason: 'x' }])).rejects.toMatchObject({
    code: 'transfer.exceeds_sent',
    details: { most: 4 },
  });
  await expect(receive(id, [{ lineNo: 2, received: 1 }])).rejects.toMatchObject({ code: 'transfer.line_not_found' });
  expect(await units('bowl')).toEqual({ WH1: [1, 0] });
});

test('units promised to an order cannot be sent away', async () => {
  await world.run((ctx) => aStock(ctx, 'desk', 5));
  await world.run((ctx) =>
    promiseStock(ctx, {
      orderId: crypto.randomUUID(),
      channel: 'shop',
      lines: [{ lineNo: 1, sku: 'desk', location: 'WH1', quantity: 3 }],
    }),
  );
  const { id } = await request('desk', 3);
  await expect(send(id)).rejects.toMatchObject({ code: 'stock.insufficient' });
  expect(await units('desk')).toEqual({ WH1: [5, 0] });
});

test('units that orders will need cannot be sent away, though as many expired ones lie beside them', async () => {
  await world.run((ctx) => lotsOf(ctx, 'bread', [['old', '2026-11-21', 5], ['good', '2026-12-01', 5]])); // prettier-ignore
  const orderId = crypto.randomUUID();
  await world.run((ctx) =>
    promiseStock(ctx, { orderId, channel: 'shop', lines: [{ lineNo: 1, sku: 'bread', location: 'WH1', quantity: 5 }] }),
  );
  const { id } = await request('bread', 3);
  await expect(send(id)).rejects.toMatchObject({
    code: 'stock.insufficient',
    details: { lines: [{ quantity: 3, available: 0 }] },
  });
  expect(await world.run((ctx) => allocateLots(ctx, [orderId]))).toEqual([]); // all of it can still be set aside
});

test('of twenty simultaneous receipts one takes effect', async () => {
  await world.run((ctx) => aStock(ctx, 'cushion', 8));
  const { id } = await request('cushion', 8);
  await send(id);
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => receive(id)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await units('cushion')).toEqual({ WH1: [0, 0], S01: [8, 0] });
});

test('a transfer called off on the way brings its units back; one called off before moves nothing', async () => {
  await world.run((ctx) => aStock(ctx, 'rug', 4));
  const cancel = (id: string) => world.call(contract.cancelTransfer, { params: { id }, body: { reason: '不需要了' } }, warehouse);
  const first = await request('rug', 4);
  expect(await cancel(first.id)).toMatchObject({ state: 'cancelled', cancelReason: '不需要了', steps: [] });
  const second = await request('rug', 4);
  await send(second.id);
  expect(await cancel(second.id)).toMatchObject({ state: 'cancelled', inTransit: 0, sent: 4 });
  await expect(cancel(second.id)).rejects.toMatchObject({
    code: 'transfer.wrong_state',
    details: { state: 'cancelled', steps: [] },
  });
  expect(await units('rug')).toEqual({ WH1: [4, 0] });
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('lots travel first expiring first, expired ones stay, serial numbers change their place', async () => {
  await world.run((ctx) => aStock(ctx, 'milk', 0));
  await world.run((ctx) =>
    receiveStock(ctx, {
      cause: 'test',
      location: 'WH1',
      lines: [
        { sku: 'milk', quantity: 3, unitCostFen: 500, lot: 'M-past', expiresOn: '2026-11-21' },
        { sku: 'milk', quantity: 3, unitCostFen: 500, lot: 'M-late', expiresOn: '2027-03-01', serials: ['A', 'B', 'C', 'D'] },
        { sku: 'milk', quantity: 3, unitCostFen: 500, lot: 'M-soon', expiresOn: '2026-12-01' },
      ],
    }),
  );
  const { id } = await request('milk', 4);
  const sent = await send(id);
  expect(sent.lines[0]).toMatchObject({
    lots: [
      { lot: 'M-soon', expiresOn: '2026-12-01', quantity: 3 },
      { lot: 'M-late', expiresOn: '2027-03-01', quantity: 1 },
    ],
    serials: ['A', 'B', 'C', 'D'],
  });
  await expect(receive(id, [{ lineNo: 1, received: 3, reason: '少一件', missingSerials: ['Z'] }])).rejects.toMatchObject({
    code: 'transfer.serials_wrong',
    details: { serials: ['Z'] },
  });
  await receive(id, [{ lineNo: 1, received: 3, reason: '少一件', missingSerials: ['B'] }]);
  const lots = await world.inTx((tx) =>
    inventory(tx)
      .selectFrom('lot')
      .select(['location', 'code', 'on_hand'])
      .where('sku', '=', 'milk')
      .orderBy('location')
      .orderBy('code')
      .execute(),
  );
  expect(lots).toEqual([
    { location: 'S01', code: 'M-late', on_hand: 0 },
    { location: 'S01', code: 'M-soon', on_hand: 3 },
    { location: 'WH1', code: 'M-late', on_hand: 2 },
    { location: 'WH1', code: 'M-past', on_hand: 3 },
    { location: 'WH1', code: 'M-soon', on_hand: 0 },
  ]);
  const serials = await world.inTx((tx) =>
    inventory(tx).selectFrom('serial').select(['serial', 'location']).where('sku', '=', 'milk').orderBy('serial').execute(),
  );
  expect(serials).toEqual([
    { serial: 'A', location: 'S01' },
    { serial: 'B', location: null },
    { serial: 'C', location: 'S01' },
    { serial: 'D', location: 'S01' },
  ]);
  await expect(
    world.run(async (ctx) => {
      const next = await world.call(
        contract.requestTransfer,
        { body: { from: 'S01', to: 'WH1', expectedOn: '2026-11-25', lines: [{ sku: 'milk', quantity: 1 }] } },
        warehouse,
      );
      await moveStock(ctx, {
        kind: 'adjustment',
        cause: 'test',
        moves: [{ sku: 'milk', location: 'S01', lot: 'M-none', quantity: -1 }],
      });
      return next;
    }),
  ).rejects.toMatchObject({ code: 'stock.insufficient', details: { lines: [{ lot: 'M-none' }] } });
});

test('somebody of a store may ask for units and receive them there, not send or call off what is not theirs', async () => {
  await world.run((ctx) => aStock(ctx, 'clock', 3));
  await world.run((ctx) => aStock(ctx, 'clock', 3, 'S01'));
  const asked = await world.call(
    contract.requestTransfer,
    { body: { from: 'WH1', to: 'S01', expectedOn: '2026-11-25', lines: [{ sku: 'clock', quantity: 1 }] } },
    clerk,
  );
  expect(asked.steps).toEqual(['cancel']);
  await expect(world.call(contract.sendTransfer, { params: { id: asked.id }, body: {} }, clerk)).rejects.toMatchObject({
    code: 'transfer.wrong_state',
    details: { state: 'requested', steps: ['cancel'] },
  });
  const stranger = aStaff('clerk', { location: 'S02' });
  const body = { from: 'WH1', to: 'S01', expectedOn: '2026-11-25', lines: [{ sku: 'clock', quantity: 1 }] };
  await expect(world.call(contract.requestTransfer, { body }, stranger)).rejects.toMatchObject({ code: 'location.not_found' });
  await expect(world.call(contract.requestTransfer, { body: { ...body, to: 'WH1' } }, warehouse)).rejects.toMatchObject({
    code: 'transfer.same_location',
  });
  await expect(world.call(contract.requestTransfer, { body: { ...body, to: 'MOON' } }, warehouse)).rejects.toMatchObject({
    code: 'location.not_found',
  });
  await expect(request('ghost', 1)).rejects.toMatchObject({ code: 'sku.not_found' });
  await expect(world.call(contract.getTransfer, { params: { id: crypto.randomUUID() } }, clerk)).rejects.toMatchObject({
    code: 'transfer.not_found',
  });
});

test('what is late is marked and found, pages follow one another without a gap', async () => {
  await world.run((ctx) => aStock(ctx, 'late', 9));
  const { id } = await request('late', 1, '2026-11-20');
  await send(id);
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await world.call(contract.listTransfers, { query: { limit: 3, ...(after && { after }) } }, warehouse);
    seen.push(...page.items.map(({ number }) => number));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThan(8);
  const { items } = await world.call(contract.listTransfers, { query: { only: 'late', search: 'late' } }, warehouse);
  expect(items).toMatchObject([{ id, isLate: true }]);
  const short = await world.call(contract.listTransfers, { query: { only: 'short' } }, warehouse);
  expect(short.items.every(({ lost, damaged }) => lost + damaged > 0)).toBe(true);
});

test('whatever arrives of whichever lots, every unit of every lot is whole, damaged or lost', () => {
  const part = fc.record({
    lot: fc.string(),
    expiresOn: fc.constantFrom(null, '2027-01-01', '2027-02-01'),
    quantity: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(part, { minLength: 1, maxLength: 6, selector: ({ lot }) => lot }),
      fc.float({ min: 0, max: 1, noNaN: true }),
      fc.float({ min: 0, max: 1, noNaN: true }),
      (parts, a, b) => {
        const sent = parts.reduce((sum, { quantity }) => sum + quantity, 0);
        const received = Math.floor(sent * a);
        const damaged = Math.floor((sent - received) * b);
        const split = splitArrival(parts, { received, damaged, lost: sent - received - damaged });
        for (const one of split) expect(one.received + one.damaged + one.lost).toBe(one.quantity);
        const sum = (of: 'received' | 'damaged' | 'lost') => split.reduce((total, one) => total + one[of], 0);
        expect([sum('received'), sum('damaged'), sum('lost')]).toEqual([received, damaged, sent - received - damaged]);
      },
    ),
  );
});
