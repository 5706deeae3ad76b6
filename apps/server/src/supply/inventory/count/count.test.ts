import { counts as contract, inventory as stock } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { findDrift } from '../drift/find-drift.ts';
import { moveStock } from '../move-stock.ts';
import { promiseStock } from '../promise-stock.ts';
import { stockLevelsOf } from '../queries.ts';
import { receiveStock } from '../receive-stock.ts';
import { releasePromise } from '../release-promise.ts';
import { inventory } from '../tables.ts';
import { aStock } from '../testing.ts';
import { compare } from './count.ts';

const world = useWorld();
const one = aStaff('warehouse', { id: 'one', name: 'One' });
const two = aStaff('warehouse', { id: 'two', name: 'Two' });
const boss = aStaff('operations', { id: 'boss', name: 'Boss' });
const onHand = async (sku: string) => (await world.inTx((tx) => stockLevelsOf(tx, [sku], 'WH1')))[0]?.onHand;
const open = (items: { sku: string; bin?: string }[], actor = one) =>
  world.call(contract.openCount, { body: { location: 'WH1', items } }, actor);
const submit = (id: string, actor: typeof one, lines: [number, number][], found?: object[]) =>
  world.call(
    contract.submitCount,
    {
      params: { id },
      body: { lines: lines.map(([lineNo, quantity]) => ({ lineNo, quantity })), ...(found && { found: found as never }) },
    },
    actor,
  );
const ship = (sku: string, quantity: number) =>
  world.run((ctx) => moveStock(ctx, { kind: 'shipment', cause: 'test', moves: [{ sku, location: 'WH1', quantity: -quantity }] }));

test('a sheet that agrees with the books ends after the first person, and moves nothing', async () => {
  await world.run((ctx) => aStock(ctx, 'c1', 10));
  const { id, lines, canCount } = await open([{ sku: 'c1' }]);
  expect(canCount).toBe(true);
  expect(lines).toMatchObject([{ sku: 'c1', isAsked: true, expected: null, first: null, difference: null }]);
  expect(await submit(id, one, [[1, 10]])).toMatchObject({ state: 'booked', differing: 0, differenceFen: 0, correctionId: null });
  expect(await onHand('c1')).toBe(10);
});

test('a difference is asked of a second person who is told neither the books nor the first count, then booked as a count', async () => {
  await world.run((ctx) => aStock(ctx, 'c2', 10));
  const { id } = await open([{ sku: 'c2' }]);
  const after = await submit(id, one, [[1, 8]]);
  expect(after).toMatchObject({ state: 'recount', canCount: false, differing: null, differenceFen: null });
  expect(after.lines).toMatchObject([{ isAsked: true, expected: null, first: null, second: null, difference: null }]);
  await expect(submit(id, one, [[1, 8]])).rejects.toMatchObject({ code: 'count.needs_second_person' });

  await ship('c2', 3); // trade goes on between the two counts
  expect(await submit(id, two, [[1, 5]])).toMatchObject({ state: 'booked', differing: 1, differenceFen: 2000 });
  expect(await onHand('c2')).toBe(5);
  const last = await world.inTx((tx) =>
    inventory(tx)
      .selectFrom('movement')
      .select(['kind', 'quantity', 'cause', 'actor'])
      .where('sku', '=', 'c2')
      .orderBy('id', 'desc')
      .executeTakeFirst(),
  );
  expect(last).toMatchObject({ kind: 'count', quantity: -2, actor: 'Two' });
  expect(last?.cause).toMatch(/^count:CT-/);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('when the second person finds what the books say, nothing moves', async () => {
  await world.run((ctx) => aStock(ctx, 'c3', 10));
  const { id } = await open([{ sku: 'c3' }]);
  await submit(id, one, [[1, 1]]);
  expect(await submit(id, two, [[1, 10]])).toMatchObject({ state: 'booked', differing: 0 });
  expect(await onHand('c3')).toBe(10);
});

test('a difference worth more than the limit waits for somebody who counted neither time', async () => {
  await world.run((ctx) => aStock(ctx, 'c4', 100));
  const { id } = await open([{ sku: 'c4' }]);
  await submit(id, one, [[1, 40]]);
  const waiting = await submit(id, aStaff('operations', { id: 'two', name: 'Two' }), [[1, 40]]);
  expect(waiting).toMatchObject({ state: 'waiting', differing: 1, differenceFen: 60_000 });
  expect(await onHand('c4')).toBe(100);
  const correctionId = waiting.correctionId ?? '';

  const approve = (actor: typeof one) => world.call(stock.approveCorrection, { params: { id: correctionId }, body: {} }, actor);
  await expect(approve(aStaff('operations', { id: 'one', name: 'One' }))).rejects.toMatchObject({
    code: 'correction.needs_second_person',
  });
  await expect(approve(aStaff('operations', { id: 'two', name: 'Two' }))).rejects.toMatchObject({
    code: 'correction.needs_second_person',
  });
  await expect(approve(one)).rejects.toMatchObject({ code: 'auth.forbidden' });

  await ship('c4', 10); // the difference stays what it was: 60 units were missing, not 50
  expect(await approve(boss)).toMatchObject({ state: 'booked', decidedBy: 'Boss', valueFen: 60_000, limitFen: 50_000 });
  expect(await onHand('c4')).toBe(30);
  expect(await world.call(contract.getCount, { params: { id } }, one)).toMatchObject({ state: 'booked' });
  await expect(approve(boss)).rejects.toMatchObject({ code: 'correction.wrong_state', details: { state: 'booked' } });
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('a rejected difference is counted once more; an import meanwhile makes an old difference worthless', async () => {
  await world.run((ctx) => aStock(ctx, 'c5', 100));
  const { id } = await open([{ sku: 'c5' }]);
  await submit(id, one, [[1, 10]]);
  const { correctionId } = await submit(id, two, [[1, 10]]);
  const at = { params: { id: correctionId ?? '' } };
  expect(await world.call(stock.rejectCorrection, { ...at, body: { note: '再数一遍' } }, boss)).toMatchObject({
    state: 'rejected',
    decisionNote: '再数一遍',
  });
  expect(await world.call(contract.getCount, { params: { id } }, two)).toMatchObject({
    state: 'recount',
    canCount: true,
    differenceFen: null,
  });

  const again = await submit(id, two, [[1, 20]]);
  expect(again).toMatchObject({ state: 'waiting', differenceFen: 80_000 });
  await world.run((ctx) =>
    moveStock(ctx, { kind: 'import', cause: 'import:1', moves: [{ sku: 'c5', location: 'WH1', quantity: -70 }] }),
  );
  await expect(
    world.call(stock.approveCorrection, { params: { id: again.correctionId ?? '' }, body: {} }, boss),
  ).rejects.toMatchObject({ code: 'correction.overtaken', details: { sku: 'c5', cause: 'import:1' } });
  expect(await onHand('c5')).toBe(30);
});

test('bins of a SKU count together, each lot by itself, and what the sheet does not name is added', async () => {
  await world.run((ctx) => aStock(ctx, 'c6', 0));
  await world.run((ctx) => aStock(ctx, 'c7', 0));
  await world.run((ctx) =>
    receiveStock(ctx, {
      cause: 'test',
      location: 'WH1',
      lines: [
        { sku: 'c6', quantity: 6, unitCostFen: 100 },
        { sku: 'c7', quantity: 4, unitCostFen: 100, lot: 'L1', expiresOn: '2027-01-01' },
      ],
    }),
  );
  const { id, lines } = await open([{ sku: 'c6', bin: 'A-1' }, { sku: 'c6', bin: 'B-2' }, { sku: 'c7' }]);
  expect(lines.map(({ sku, bin, lot }) => [sku, bin, lot])).toEqual([
    ['c6', 'A-1', null],
    ['c6', 'B-2', null],
    ['c7', null, 'L1'],
  ]);
  await expect(submit(id, one, [[1, 4]])).rejects.toMatchObject({ code: 'count.incomplete', details: { lineNos: [2, 3] } });
  await expect(
    submit(id, one, [
      [1, 4],
      [2, 2],
      [3, 4],
      [9, 1],
    ]),
  ).rejects.toMatchObject({ code: 'count.line_not_found' });
  const found = [{ sku: 'c7', lot: 'L2', expiresOn: '2027-02-01', quantity: 2 }];
  const first = await submit(id, one, [[1, 4], [2, 2], [3, 4]], found); // prettier-ignore
  expect(first.lines.filter(({ isAsked }) => isAsked).map(({ sku, lot }) => [sku, lot])).toEqual([['c7', 'L2']]);
  await submit(id, two, [[4, 2]]);
  const lots = await world.inTx((tx) =>
    inventory(tx).selectFrom('lot').select(['code', 'on_hand']).where('sku', '=', 'c7').orderBy('code').execute(),
  );
  expect(lots).toEqual([
    { code: 'L1', on_hand: 4 },
    { code: 'L2', on_hand: 2 },
  ]);
});

test('units found of a SKU that has a balance but is not on the sheet are refused: the rest of it would be missed', async () => {
  await world.run((ctx) => aStock(ctx, 'c8', 5));
  await world.run((ctx) => aStock(ctx, 'c9', 30));
  const { id } = await open([{ sku: 'c8' }]);
  await expect(submit(id, one, [[1, 5]], [{ sku: 'c9', quantity: 2 }])).rejects.toMatchObject({ code: 'count.not_on_sheet' });
  await expect(submit(id, one, [[1, 5]], [{ sku: 'ghost', quantity: 2 }])).rejects.toMatchObject({ code: 'sku.not_found' });
  expect(await onHand('c9')).toBe(30);
});

test('a SKU is on one open sheet of a place at a time, whoever opens two at once', async () => {
  await world.run((ctx) => aStock(ctx, 'c10', 5));
  const answers = await Promise.allSettled(Array.from({ length: 8 }, () => open([{ sku: 'c10' }])));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'count.nothing_to_count' } });
  await expect(open([{ sku: 'ghost' }])).rejects.toMatchObject({ code: 'sku.not_found' });
  const [sheet] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const cancel = () => world.call(contract.cancelCount, { params: { id: sheet?.id ?? '' }, body: { reason: '改天' } }, one);
  expect(await cancel()).toMatchObject({ state: 'cancelled' });
  await expect(cancel()).rejects.toMatchObject({ code: 'count.wrong_state' });
  expect(await open([{ sku: 'c10' }])).toMatchObject({ state: 'open' });
});

test('a whole place is one sheet of everything that has a balance and is not being counted', async () => {
  const sheet = await world.call(contract.openCount, { body: { location: 'WH1' } }, one);
  const skus = new Set(sheet.lines.map(({ sku }) => sku));
  expect(skus.has('c1')).toBe(true);
  expect(skus.has('c10')).toBe(false);
  await expect(world.call(contract.openCount, { body: { location: 'MOON' } }, one)).rejects.toMatchObject({
    code: 'location.not_found',
  });
  await expect(world.call(contract.getCount, { params: { id: crypto.randomUUID() } }, one)).rejects.toMatchObject({
    code: 'count.not_found',
  });
  const { items } = await world.call(contract.listCounts, { query: { state: 'booked' } }, one);
  expect(items.every(({ state }) => state === 'booked')).toBe(true);
});

test('a count that finds fewer than are promised waits, however small, until the promise was moved elsewhere', async () => {
  await world.run((ctx) => aStock(ctx, 'c11', 5));
  const orderId = crypto.randomUUID();
  const line = { lineNo: 1, sku: 'c11', location: 'WH1', quantity: 5 };
  await world.run((ctx) => promiseStock(ctx, { orderId, channel: 'shop', lines: [line] }));
  const { id } = await open([{ sku: 'c11' }]);
  await submit(id, one, [[1, 3]]);
  const { state, correctionId } = await submit(id, two, [[1, 3]]);
  expect(state).toBe('waiting');
  const approve = () => world.call(stock.approveCorrection, { params: { id: correctionId ?? '' }, body: {} }, boss);
  await expect(approve()).rejects.toMatchObject({ code: 'stock.insufficient' });
  await world.run((ctx) => releasePromise(ctx, { orderId }));
  expect(await approve()).toMatchObject({ state: 'booked' });
  expect(await onHand('c11')).toBe(3);
});

test('the count that stands is the second where there is one', () => {
  const tally = { sku: 'a', lot: null, expiresOn: null };
  const lines = [
    { ...tally, lineNo: 1, first: 4, second: 5 },
    { ...tally, lineNo: 2, first: 3, second: null },
  ];
  expect(compare(lines, new Map([['a\n', 10]]))).toEqual([
    { sku: 'a', lot: null, expiresOn: null, expected: 10, counted: 8, change: -2, lineNos: [1, 2] },
  ]);
});
