import { randomUUID } from 'node:crypto';
import { valuation as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { run } from '../../../platform/db.ts';
import { enqueue } from '../../../platform/jobs.ts';
import { promiseStock } from '../promise-stock.ts';
import { stockLevelsOf } from '../queries.ts';
import { aStock } from '../testing.ts';
import { checkStock } from './check-drift.ts';
import { findDrift } from './find-drift.ts';

const world = useWorld();
const boss = aStaff('operations');
const corrupt = (sku: string, set: string) =>
  world.inTx((tx) => run(tx, sql`update inventory.stock set ${sql.raw(set)} where sku = ${sku}`));
const check = () => world.call(contract.checkDrift, { body: {} }, boss);
const repair = (id: string) => world.call(contract.repairDrift, { params: { id }, body: {} }, boss);
const levelOf = async (sku: string) => (await world.inTx((tx) => stockLevelsOf(tx, [sku], 'WH1')))[0];

test('corrupted balances are found, repaired once, and the report says so', async () => {
  await world.run((ctx) => aStock(ctx, 'd1', 5));
  await world.run((ctx) => aStock(ctx, 'd2', 5));
  await world.run((ctx) =>
    promiseStock(ctx, {
      orderId: randomUUID(),
      channel: 'shop',
      lines: [{ lineNo: 1, sku: 'd2', location: 'WH1', quantity: 2 }],
    }),
  );
  expect(await check()).toMatchObject({ found: 0, repaired: 0, open: 0, rows: [] });
  await corrupt('d1', 'on_hand = 6');
  await corrupt('d2', 'promised = 1, unit_cost_fen = 999, unavailable = 1');

  const report = await check();
  const row = (sku: string, what: string, stored: number, summed: number) => ({ sku, what, stored, summed, state: 'found' });
  expect(report.rows).toMatchObject([
    row('d1', 'on_hand', 6, 5),
    row('d1', 'value', 6000, 5000),
    row('d2', 'promised', 1, 2),
    row('d2', 'unavailable', 1, 0),
    row('d2', 'value', 4995, 5000),
  ]);

  const repaired = await repair(report.id);
  expect(repaired).toMatchObject({ found: 5, repaired: 5, open: 0 });
  expect(repaired.rows.every(({ state, repairedBy }) => state === 'repaired' && repairedBy === 'Test operations')).toBe(true);
  expect(await levelOf('d1')).toMatchObject({ onHand: 5 });
  expect(await levelOf('d2')).toMatchObject({ onHand: 5, promised: 2, unavailable: 0, unitCostFen: 1000 });
  expect(await world.inTx(findDrift)).toEqual([]);

  world.clock.advance(60_000);
  expect(await repair(report.id)).toEqual(repaired); // once: nothing is left to do, and nothing is said to be done again
});

test('what went away by itself is not repaired, and a balance that would not cover its promises is left to a person', async () => {
  await world.run((ctx) => aStock(ctx, 'd3', 5));
  await world.run((ctx) => aStock(ctx, 'd4', 5));
  const orderId = randomUUID();
  await world.run((ctx) =>
    promiseStock(ctx, { orderId, channel: 'shop', lines: [{ lineNo: 1, sku: 'd4', location: 'WH1', quantity: 5 }] }),
  );
  await corrupt('d3', 'on_hand = 9');
  await corrupt('d4', 'on_hand = 9');
  await world.inTx((tx) => run(tx, sql`update inventory.reservation set quantity = 7 where order_id = ${orderId}`));
  const report = await check();
  await corrupt('d3', 'on_hand = 5');

  const { rows, open } = await repair(report.id);
  expect(rows.filter(({ sku }) => sku === 'd3').map(({ state }) => state)).toEqual(['gone', 'gone']);
  expect(rows.filter(({ sku }) => sku === 'd4').map(({ what, state, note }) => [what, state, note])).toEqual([
    ['on_hand', 'needs_person', '5 < 7 + 0'],
    ['promised', 'needs_person', '5 < 7 + 0'],
    ['value', 'needs_person', '5 < 7 + 0'],
  ]);
  expect(open).toBe(3);
  expect(await levelOf('d4')).toMatchObject({ onHand: 9, promised: 5 });

  const waiting = async () => (await world.call(contract.listDriftReports, { query: { limit: 1 } }, boss)).open;
  expect(await waiting()).toBe(3); // home shows it to who may repair
  await corrupt('d4', 'on_hand = 5');
  await world.inTx((tx) => run(tx, sql`update inventory.reservation set quantity = 5 where order_id = ${orderId}`));
  world.clock.advance(1000);
  await check();
  expect(await waiting()).toBe(0);
});

test('the nightly job finds and repairs; run twice it repairs once', async () => {
  await world.run((ctx) => aStock(ctx, 'd5', 5));
  await corrupt('d5', 'on_hand = 3');
  for (let night = 0; night < 2; night += 1) {
    world.clock.advance(86_400_000);
    await world.run((ctx) => enqueue(ctx.tx, checkStock, {}));
    await world.drain();
  }
  expect(await levelOf('d5')).toMatchObject({ onHand: 5 });
  const { items } = await world.call(contract.listDriftReports, { query: {} }, boss);
  const own = await Promise.all(items.slice(0, 2).map(({ id }) => world.call(contract.getDriftReport, { params: { id } }, boss)));
  expect(own.map(({ rows }) => rows.filter(({ sku }) => sku === 'd5').map(({ state }) => state))).toEqual([
    [],
    ['repaired', 'repaired'],
  ]);
  await expect(repair(randomUUID())).rejects.toMatchObject({ code: 'drift_report.not_found' });
  await expect(world.call(contract.getDriftReport, { params: { id: randomUUID() } }, boss)).rejects.toMatchObject({
    code: 'drift_report.not_found',
  });
});
