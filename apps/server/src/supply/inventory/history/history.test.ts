import { inventory as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { inTx, run } from '../../../platform/db.ts';
import { system } from '../../../platform/ctx.ts';
import { moveStock } from '../move-stock.ts';
import { receiveStock } from '../receive-stock.ts';
import { aStock } from '../testing.ts';
import { listMovements } from './queries.ts';

const world = useWorld();
const warehouse = aStaff('warehouse');
const move = (sku: string, quantity: number) =>
  world.run((ctx) => moveStock(ctx, { kind: 'adjustment', cause: 'test', moves: [{ sku, location: 'WH1', quantity }] }));

/** Every page from a cursor to its end. */
async function walk(after?: string, limit = 3) {
  const items: { sku: string; location: string; onHand: number; available: number; version: number }[] = [];
  let next = after;
  for (;;) {
    const page = await world.call(
      contract.listFigures,
      { query: { limit, ...(next !== undefined && { after: next }) } },
      warehouse,
    );
    items.push(...page.items);
    next = page.next;
    if (page.isComplete) return { items, next };
  }
}

test('why is it 47: each movement says what was left, and the newest says what is there', async () => {
  await world.run((ctx) => aStock(ctx, 'h1', 50));
  for (const change of [-5, 4, -2]) await move('h1', change);
  const { items } = await world.call(contract.listMovements, { params: { sku: 'h1' }, query: { location: 'WH1' } }, warehouse);
  expect(items.map(({ quantity, balance }) => [quantity, balance])).toEqual([
    [-2, 47],
    [4, 49],
    [-5, 45],
    [50, 50],
  ]);
  const before = await world.call(contract.listMovements, { params: { sku: 'h1' }, query: { until: '2026-11-21' } }, warehouse);
  expect(before.items).toEqual([]);
  const kinds = items.map(({ kind }) => kind);
  const one = kinds[0] ?? 'receipt';
  const only = await world.call(
    contract.listMovements,
    { params: { sku: 'h1' }, query: { location: 'WH1', kind: one } },
    warehouse,
  );
  expect(only.items.map(({ kind }) => kind)).toEqual(kinds.filter((kind) => kind === one));
  const every = { location: 'WH1', kind: [...new Set(kinds)] };
  expect((await world.call(contract.listMovements, { params: { sku: 'h1' }, query: every }, warehouse)).items).toEqual(items);
});

/** Walks on until nothing is told twice any more: transactions of other databases of this server hold the horizon back for a moment. */
async function quiet(after: string): Promise<string> {
  let next = after;
  await expect
    .poll(
      async () => {
        const told = await walk(next);
        next = told.next;
        return told.items.length;
      },
      { timeout: 15_000, interval: 50 },
    )
    .toBe(0);
  return next;
}

test('figures are walked once, then only what changed since; a version never falls', async () => {
  for (const sku of ['f1', 'f2', 'f3', 'f4', 'f5']) await world.run((ctx) => aStock(ctx, sku, 10));
  const first = await walk();
  const skus = first.items.map(({ sku, location }) => `${sku} ${location}`);
  expect(new Set(skus).size).toBe(skus.length);
  expect(skus).toEqual(expect.arrayContaining(['f1 WH1', 'f5 WH1']));
  const next = await quiet(first.next);

  await move('f2', -3);
  const second = await walk(next);
  expect(second.items).toMatchObject([{ sku: 'f2', location: 'WH1', onHand: 7, available: 7 }]);
  const before = first.items.find(({ sku }) => sku === 'f2')?.version ?? 0;
  expect(second.items[0]?.version).toBeGreaterThan(before);
});

test('a change that was under way while the walk before read is told by the next one', async () => {
  await world.run((ctx) => aStock(ctx, 'f6', 10));
  const next = await quiet((await walk()).next);
  let after = '';
  await inTx(world.db, { actor: system('slow'), now: world.clock.now() }, async (ctx) => {
    await moveStock(ctx, { kind: 'adjustment', cause: 'slow', moves: [{ sku: 'f6', location: 'WH1', quantity: -1 }] });
    await move('f1', -1); // begins later, commits before
    const meanwhile = await walk(next);
    expect(meanwhile.items.map(({ sku }) => sku)).toEqual(['f1']);
    after = meanwhile.next;
  });
  expect((await walk(after)).items.map(({ sku }) => sku)).toContain('f6');
});

test('a lot that expires at midnight changes the figure and raises the version, though nobody touched the row', async () => {
  await world.run((ctx) => aStock(ctx, 'f7', 0));
  const line = { sku: 'f7', quantity: 4, unitCostFen: 100, lot: 'L', expiresOn: '2026-11-22' };
  await world.run((ctx) => receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [line] }));
  const today = await walk();
  expect(today.items.find(({ sku }) => sku === 'f7')).toMatchObject({ onHand: 4, available: 4 });
  const next = await quiet(today.next);
  world.clock.set('2026-11-22T16:00:01Z'); // 00:00:01 of the next day in Shanghai
  const night = await walk(next);
  expect(night.items).toMatchObject([{ sku: 'f7', onHand: 4, available: 0 }]);
  expect(night.items[0]?.version).toBeGreaterThan(today.items.find(({ sku }) => sku === 'f7')?.version ?? 0);
  world.clock.set('2026-11-22T04:00:00Z');
});

test('a cursor of another database begins anew, one that is none is refused', async () => {
  const all = await walk();
  const foreign = await walk('9000000000000\n9000000000000\n2026-11-22\n');
  expect(foreign.items.length).toBe(all.items.length);
  await expect(world.call(contract.listFigures, { query: { after: 'x' } }, warehouse)).rejects.toMatchObject({
    code: 'request.invalid',
  });
});

test('a page of the history of 100,000 movements costs what a page of three costs, wherever it lies, and comes within 50 ms', async () => {
  await world.run((ctx) => aStock(ctx, 'big', 0));
  await world.run((ctx) => aStock(ctx, 'big', 0, 'S01'));
  await world.inTx((tx) =>
    run(
      tx,
      sql`insert into inventory.movement (sku, location, kind, quantity, balance, unit_cost_fen, cause, actor, at)
        select 'big', case when n % 1000 = 0 then 'S01' else 'WH1' end, 'shipment', 1, n, 100, 'order:' || n, 'test',
          '2025-01-01'::timestamptz + make_interval(secs => n * 300)
        from generate_series(1, 100000) as n`,
    ),
  );
  await world.db.pool.query('analyze inventory.movement');
  const times: number[] = [];
  const small: number[] = [];
  for (let call = 0; call < 300; call += 1) {
    const at = new Date(Date.parse('2025-01-01T00:00:00Z') + (2000 + ((call * 7919) % 98_000)) * 300_000).toISOString();
    const after = call % 3 === 0 ? undefined : `${at}\nffffffff-ffff-ffff-ffff-ffffffffffff`;
    const location = call % 2 === 0 ? 'S01' : undefined;
    const before = performance.now();
    await world.inTx((tx) => listMovements(tx, 'h1', { limit: 50, after: undefined, location: undefined, until: undefined }));
    const from = performance.now();
    small.push(from - before);
    const { items } = await world.inTx((tx) => listMovements(tx, 'big', { limit: 50, after, location, until: undefined }));
    times.push(performance.now() - from);
    expect(items.length).toBeGreaterThan(0);
  }
  const at = (all: number[], share: number) => all.toSorted((a, b) => a - b)[Math.floor(all.length * share)] ?? Infinity;
  const [median, p99] = [at(times, 0.5), at(times, 0.99)];
  expect(median, `median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`).toBeLessThanOrEqual(50); // p99 is a row of the bench: here others share the machine
  expect(median).toBeLessThanOrEqual(4 * at(small, 0.5));
  if (process.env['SHOW_TIMES'] !== undefined)
    process.stderr.write(`history of 100,000 movements: median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms\n`);
});
