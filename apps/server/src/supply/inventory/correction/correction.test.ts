import { inventory as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { someSkus } from '../../../base/catalog/testing.ts';
import { findDrift } from '../drift/find-drift.ts';
import { stockLevelsOf } from '../queries.ts';
import { receiveStock } from '../receive-stock.ts';
import { setOpeningStock } from '../set-opening-stock.ts';
import { inventory } from '../tables.ts';
import { aStock } from '../testing.ts';

const world = useWorld();
const warehouse = aStaff('warehouse');
const boss = aStaff('operations', { id: 'boss', name: 'Boss' });
const levelOf = async (sku: string) => (await world.inTx((tx) => stockLevelsOf(tx, [sku], 'WH1')))[0];
const adjust = (over: object, actor = warehouse) =>
  world.call(contract.adjustStock, { body: { sku: 'a1', location: 'WH1', change: -1, reason: 'lost' as const, ...over } }, actor);
const approve = (id: string, actor = boss) => world.call(contract.approveCorrection, { params: { id }, body: {} }, actor);

test('an adjustment up to the limit is booked at once; one fen above, somebody else must approve it first', async () => {
  await world.run((ctx) => aStock(ctx, 'a1', 200));
  expect(await adjust({ change: -50 })).toMatchObject({ onHand: 150, correction: { state: 'booked', valueFen: 50_000 } });
  const { onHand, correction } = await adjust({ change: -51 }, aStaff('operations', { id: 'me', name: 'Me' }));
  expect([onHand, correction.state]).toEqual([150, 'waiting']);

  await expect(approve(correction.id, aStaff('operations', { id: 'me', name: 'Me' }))).rejects.toMatchObject({
    code: 'correction.needs_second_person',
  });
  const { items } = await world.call(contract.listCorrections, { query: { state: 'waiting' } }, boss);
  expect(items).toMatchObject([{ id: correction.id, units: 51, location: 'WH1', isMine: false, proposedBy: 'Me' }]);
  expect(await world.call(contract.getCorrection, { params: { id: correction.id } }, boss)).toMatchObject({
    lines: [{ sku: 'a1', before: 150, change: -51, unitCostFen: 1000 }],
  });
  expect(await approve(correction.id)).toMatchObject({ state: 'booked', decidedBy: 'Boss' });
  expect(await levelOf('a1')).toMatchObject({ onHand: 99 });
  await expect(approve(correction.id)).rejects.toMatchObject({ code: 'correction.wrong_state' });
  await expect(approve(crypto.randomUUID())).rejects.toMatchObject({ code: 'correction.not_found' });
});

test('of twenty simultaneous approvals one is booked', async () => {
  await world.run((ctx) => aStock(ctx, 'a2', 2000));
  const { correction } = await adjust({ sku: 'a2', change: -60 });
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => approve(correction.id)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await levelOf('a2')).toMatchObject({ onHand: 1940 });
});

test('a rejected adjustment moves nothing and cannot be approved any more', async () => {
  await world.run((ctx) => aStock(ctx, 'a3', 200));
  const { correction } = await adjust({ sku: 'a3', change: -100 });
  await world.call(contract.rejectCorrection, { params: { id: correction.id }, body: { note: '不对' } }, boss);
  await expect(approve(correction.id)).rejects.toMatchObject({ code: 'correction.wrong_state', details: { state: 'rejected' } });
  expect(await levelOf('a3')).toMatchObject({ onHand: 200 });
});

test('a surplus of what never came in is judged by its standard cost, not by nothing', async () => {
  await world.run((ctx) => someSkus(ctx, ['a4'], { costFen: 30_000 }));
  const { items } = await world.call(contract.getCorrectionLimits, {}, boss);
  expect(items.map(({ kind }) => kind)).toEqual(['adjustment', 'count', 'import']);
  expect(await adjust({ sku: 'a4', change: 3, reason: 'found' })).toMatchObject({
    onHand: 0,
    correction: { state: 'waiting', valueFen: 90_000 },
  });
});

test('the limit is changed by one of two who change it at once', async () => {
  const { items } = await world.call(contract.getCorrectionLimits, {}, boss);
  const { version = 0 } = items.find(({ kind }) => kind === 'adjustment') ?? {};
  const set = (limitFen: number) =>
    world.call(contract.setCorrectionLimit, { params: { kind: 'adjustment' }, body: { limitFen, version } }, boss);
  const answers = await Promise.allSettled([set(1), set(2)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'correction.limit_stale' } });
  const { items: now } = await world.call(contract.getCorrectionLimits, {}, boss);
  await world.call(
    contract.setCorrectionLimit,
    { params: { kind: 'adjustment' }, body: { limitFen: 50_000, version: now[0]?.version ?? 0 } },
    boss,
  );
});

test('units are set apart, put back and scrapped by typed moves; what is apart cannot be sold or leave otherwise', async () => {
  await world.run((ctx) => aStock(ctx, 'a5', 10));
  const move = (from: 'sellable' | 'inspection' | 'damaged', to: 'sellable' | 'inspection' | 'damaged', quantity: number) =>
    world.call(contract.moveCondition, { body: { sku: 'a5', location: 'WH1', from, to, quantity, reason: '检查' } }, warehouse);
  expect(await move('sellable', 'inspection', 6)).toMatchObject({ onHand: 10, unavailable: 6, available: 4 });
  expect(await move('inspection', 'damaged', 2)).toMatchObject({ onHand: 10, unavailable: 6, available: 4 });
  expect(await move('inspection', 'sellable', 1)).toMatchObject({ unavailable: 5, available: 5 });
  await expect(move('inspection', 'sellable', 4)).rejects.toMatchObject({ code: 'stock.insufficient' });
  await expect(move('sellable', 'damaged', 6)).rejects.toMatchObject({
    code: 'stock.insufficient',
    details: { lines: [{ available: 5 }] },
  });
  await expect(adjust({ sku: 'a5', change: -6 })).rejects.toMatchObject({ code: 'stock.insufficient' });

  expect(await adjust({ sku: 'a5', change: -2, reason: 'damage', condition: 'damaged' })).toMatchObject({
    onHand: 8,
    unavailable: 3,
    available: 5,
  });
  await expect(adjust({ sku: 'a5', change: -1, reason: 'damage', condition: 'damaged' })).rejects.toMatchObject({
    code: 'stock.insufficient',
  });
  const moves = await world.call(contract.listConditionMoves, { params: { sku: 'a5' } }, warehouse);
  expect(moves.items.map(({ from, to, quantity }) => `${from} ${to} ${quantity}`)).toEqual([
    'damaged away 2',
    'inspection sellable 1',
    'inspection damaged 2',
    'sellable inspection 6',
  ]);
  const breakdown = await world.call(contract.getStockBreakdown, { params: { sku: 'a5' } }, warehouse);
  expect(breakdown.items).toMatchObject([
    { location: 'WH1', onHand: 8, available: 5, unavailable: [{ condition: 'inspection', quantity: 3 }] },
  ]);
  for (const endpoint of [contract.getStockBreakdown, contract.listConditionMoves])
    await expect(world.call(endpoint, { params: { sku: 'ghost' } }, warehouse)).rejects.toMatchObject({ code: 'sku.not_found' });
  await expect(
    world.call(
      contract.moveCondition,
      { body: { sku: 'a5', location: 'MOON', from: 'sellable', to: 'damaged', quantity: 1, reason: 'x' } },
      warehouse,
    ),
  ).rejects.toMatchObject({ code: 'location.not_found' });
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('units that leave without naming a lot come from those of no lot, then from the lot that expires first', async () => {
  await world.run((ctx) => aStock(ctx, 'a6', 2));
  await world.run((ctx) =>
    receiveStock(ctx, {
      cause: 'test',
      location: 'WH1',
      lines: [
        { sku: 'a6', quantity: 2, unitCostFen: 100, lot: 'late', expiresOn: '2027-06-01' },
        { sku: 'a6', quantity: 2, unitCostFen: 100, lot: 'soon', expiresOn: '2027-01-01' },
      ],
    }),
  );
  await adjust({ sku: 'a6', change: -3 });
  const lots = await world.inTx((tx) =>
    inventory(tx).selectFrom('lot').select(['code', 'on_hand']).where('sku', '=', 'a6').orderBy('code').execute(),
  );
  expect(lots).toEqual([
    { code: 'late', on_hand: 2 },
    { code: 'soon', on_hand: 1 },
  ]);
});

test('an import fills places that were empty at once; differences to kept balances above the limit wait, all parts of a file together', async () => {
  await world.run((ctx) => aStock(ctx, 'a7', 1));
  await world.run((ctx) => aStock(ctx, 'a8', 100));
  const load = (sku: string, onHand: number, location = 'WH1') =>
    world.run((ctx) =>
      setOpeningStock(ctx, { cause: 'import:7', rows: [{ sku, location, onHand, unitCostFen: 100_000 }], proposers: ['Zhao'] }),
    );
  expect(await load('a7', 9_000, 'S01')).toEqual(['changed']);
  expect(await load('a8', 130)).toEqual(['changed']);
  expect(await load('a7', 31)).toEqual(['waiting']);
  expect(await levelOf('a7')).toMatchObject({ onHand: 1 });
  const { items } = await world.call(contract.listCorrections, { query: { kind: 'import', state: 'waiting' } }, boss);
  expect(items).toMatchObject([{ cause: 'import:7', units: 30, valueFen: 3_000_000 }]);
  const id = items[0]?.id ?? '';
  await expect(approve(id, aStaff('operations', { id: 'z', name: 'Zhao' }))).rejects.toMatchObject({
    code: 'correction.needs_second_person',
  });
  await approve(id);
  expect(await levelOf('a7')).toMatchObject({ onHand: 31 });
  expect(await world.inTx(findDrift)).toEqual([]);
});
