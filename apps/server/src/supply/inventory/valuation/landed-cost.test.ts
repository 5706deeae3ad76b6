import { valuation as contract } from '@tongshang/contract';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { run } from '../../../platform/db.ts';
import { findDrift } from '../drift/find-drift.ts';
import { moveStock } from '../move-stock.ts';
import { stockLevelsOf } from '../queries.ts';
import { receiveStock } from '../receive-stock.ts';
import { aStock } from '../testing.ts';
import { receiveTransfer } from '../transfer/receive-transfer.ts';
import { requestTransfer } from '../transfer/request-transfer.ts';
import { sendTransfer } from '../transfer/send-transfer.ts';
import { shareOverLines, spreadShare } from './landed-cost.ts';

const world = useWorld();
const boss = aStaff('operations');
const receive = (sku: string, quantity: number, unitCostFen: number, cause: string, location = 'WH1') =>
  world.run(async (ctx) => {
    await aStock(ctx, sku, 0);
    await receiveStock(ctx, { cause, location, lines: [{ sku, quantity, unitCostFen }] });
  });
const ship = (sku: string, quantity: number, location = 'WH1') =>
  world.run((ctx) => moveStock(ctx, { kind: 'shipment', cause: 'test', moves: [{ sku, location, quantity: -quantity }] }));
const book = (cause: string, amountFen: number, basis: 'value' | 'quantity' = 'value') =>
  world.call(contract.bookLandedCost, { body: { cause, kind: 'freight', amountFen, basis } }, boss);
const levelOf = async (sku: string, location = 'WH1') => (await world.inTx((tx) => stockLevelsOf(tx, [sku], location)))[0];

test('freight that comes after four of ten were sold: six carry theirs, the share of the four goes to variance', async () => {
  await receive('v1', 10, 1000, 'purchase:PR-1');
  await ship('v1', 4);
  const cost = await book('purchase:PR-1', 500);
  expect(cost).toMatchObject({ toStockFen: 300, toVarianceFen: 200 });
  expect(cost.parts).toMatchObject([{ sku: 'v1', received: 10, left: 6, shareFen: 500, soldFen: 200, roundingFen: 0 }]);
  expect(await levelOf('v1')).toMatchObject({ onHand: 6, unitCostFen: 1050 });
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('the oldest units leave first: what came in later is still there and carries nothing', async () => {
  await receive('v2', 10, 1000, 'purchase:PR-2');
  await receive('v2', 10, 1000, 'purchase:PR-2b');
  await ship('v2', 12);
  expect((await book('purchase:PR-2', 100)).parts).toMatchObject([{ left: 0, soldFen: 100, places: [] }]);
  expect((await book('purchase:PR-2b', 100)).parts).toMatchObject([{ left: 8, soldFen: 20 }]);
});

test('units that went on to a store or are on the way carry their part of the later cost', async () => {
  await receive('v3', 10, 1000, 'purchase:PR-3');
  const lines = [{ sku: 'v3', quantity: 4 }];
  const first = await world.run((ctx) => requestTransfer(ctx, { from: 'WH1', to: 'S01', expectedOn: '2026-11-25', lines }));
  await world.run((ctx) => sendTransfer(ctx, first));
  await world.run((ctx) => receiveTransfer(ctx, { ...first, lines: [] }));
  const second = await world.run((ctx) => requestTransfer(ctx, { from: 'WH1', to: 'S01', expectedOn: '2026-11-25', lines }));
  await world.run((ctx) => sendTransfer(ctx, second));

  const { parts, toStockFen } = await book('purchase:PR-3', 1000);
  expect(toStockFen).toBe(1000);
  expect(parts[0]?.places).toEqual([
    { location: 'S01', quantity: 4, unitCostBeforeFen: 1000, unitCostAfterFen: 1100, toStockFen: 400 },
    { location: 'WH1', quantity: 2, unitCostBeforeFen: 1000, unitCostAfterFen: 1100, toStockFen: 200 },
    { location: null, quantity: 4, unitCostBeforeFen: 1000, unitCostAfterFen: 1100, toStockFen: 400 },
  ]);
  await world.run((ctx) => receiveTransfer(ctx, { ...second, lines: [] }));
  expect(await levelOf('v3', 'S01')).toMatchObject({ onHand: 8, unitCostFen: 1100 });
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('a cost over a receipt of several SKUs goes by value or by units, and of no receipt is refused', async () => {
  await world.run(async (ctx) => {
    for (const sku of ['v4', 'v5']) await aStock(ctx, sku, 0);
    const lines = [
      { sku: 'v4', quantity: 1, unitCostFen: 9000 },
      { sku: 'v5', quantity: 9, unitCostFen: 1000 },
    ];
    await receiveStock(ctx, { cause: 'purchase:PR-4', location: 'WH1', lines });
  });
  const asked = { cause: 'purchase:PR-4', amountFen: 100, basis: 'value' as const };
  const preview = await world.call(contract.previewLandedCost, { body: asked }, boss);
  const receipt = () => world.call(contract.listReceipts, { query: { search: 'pr-4' } }, boss);
  expect((await receipt()).items).toMatchObject([{ cause: 'purchase:PR-4', skus: 2, units: 10, valueFen: 18_000, landedFen: 0 }]);
  const { toStockFen, toVarianceFen, parts } = await book('purchase:PR-4', 100);
  expect(preview).toEqual({ toStockFen, toVarianceFen, parts });
  expect((await receipt()).items[0]?.landedFen).toBe(100);
  expect(parts.map(({ shareFen }) => shareFen)).toEqual([50, 50]);
  expect((await book('purchase:PR-4', 100, 'quantity')).parts.map(({ shareFen }) => shareFen)).toEqual([10, 90]);
  await expect(book('purchase:NONE', 100)).rejects.toMatchObject({ code: 'receipt.not_found' });
  await expect(world.call(contract.getLandedCost, { params: { id: crypto.randomUUID() } }, boss)).rejects.toMatchObject({
    code: 'landed_cost.not_found',
  });
  const { items } = await world.call(contract.listLandedCosts, { query: { cause: 'purchase:PR-4' } }, boss);
  expect(items).toHaveLength(2);
});

test('what came in less what left less what went to variance is what stock is worth, to the fen', async () => {
  await receive('v6', 3, 1000, 'purchase:PR-6');
  await receive('v6', 4, 1001, 'purchase:PR-6b'); // 7 units for 7,004: the average of 1,001 carries 7,007
  const [row] = await world.inTx((tx) =>
    run(
      tx,
      sql<{
        kind: string;
        amountFen: number;
      }>`select kind, amount_fen as "amountFen" from inventory.cost_variance where sku = 'v6'`,
    ),
  );
  expect(row).toEqual({ kind: 'rounding', amountFen: -3 });
  await book('purchase:PR-6', 10);
  const value = await world.call(contract.getStockValue, {}, boss);
  const levels = await world.inTx((tx) => stockLevelsOf(tx, ['v1', 'v2', 'v3', 'v4', 'v5', 'v6']));
  expect(value.totalFen).toBe(levels.reduce((sum, { onHand, unitCostFen }) => sum + onHand * unitCostFen, 0));
  expect(value.inTransit).toEqual({ units: 0, valueFen: 0 });
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('whatever was received, sold and moved, every fen of a later cost is in stock or in variance', () => {
  const pile = fc.record({
    location: fc.string(),
    transferId: fc.constant(null),
    lineNo: fc.constant(null),
    quantity: fc.integer({ min: 0, max: 500 }),
    unitCostFen: fc.integer({ min: 0, max: 100_000 }),
    isReceipt: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.array(pile, { maxLength: 6 }),
      fc.integer({ min: 1, max: 900 }),
      (share, piles, received) => {
        const there = piles.reduce((sum, { quantity }) => sum + quantity, 0);
        const left = Math.min(received, there);
        const { places, soldFen, roundingFen } = spreadShare(share, received, left, piles);
        const placed = places.reduce((sum, { toStockFen }) => sum + toStockFen, 0);
        expect(placed + soldFen + roundingFen).toBe(share);
        for (const { quantity, beforeFen, afterFen, toStockFen } of places)
          expect(toStockFen).toBe(quantity * (afterFen - beforeFen));
        if (left === received) expect(soldFen).toBe(0);
      },
    ),
  );
  const line = fc.record({
    sku: fc.string(),
    received: fc.integer({ min: 1, max: 999 }),
    valueFen: fc.integer({ min: 0, max: 1e9 }),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.array(line, { minLength: 1, maxLength: 9 }),
      fc.constantFrom('value' as const, 'quantity' as const),
      (amount, lines, basis) => {
        expect(shareOverLines(amount, lines, basis).reduce((sum, share) => sum + share, 0)).toBe(amount);
      },
    ),
  );
});
