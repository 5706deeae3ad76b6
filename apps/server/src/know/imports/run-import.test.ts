import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { moveImport } from './move-import.ts';
import { getImport } from './queries.ts';
import { anUpload, aWorker, type ImportView, runTo } from './testing.ts';

const world = useWorld();
const get = (id: string) => world.inTx((tx) => getImport(tx, id));
const begin = (id: string) => world.run((ctx) => moveImport(ctx, { id, move: 'run' }));
const one = async (statement: string) => (await world.db.pool.query<Record<string, number>>(statement)).rows[0];

/** A ledger of `orders` orders with 5 lines each, its rows shuffled over the file, and a cancellation of every tenth. */
function aLedger(name: string, orders: number): string {
  const lines: string[] = [];
  for (let line = 0; line < 5; line += 1)
    for (let order = 0; order < orders; order += 1)
      lines.push(
        `${name}${order},${name}-sku-${(order + line) % 50},${1 + line},2026-10-01 10:${String(order % 60).padStart(2, '0')},1.25,cust-${order % 97}`,
      );
  for (let order = 0; order < orders; order += 10)
    lines.push(`C${name}${order},${name}-sku-${order % 50},-1,2026-10-02 10:00,1.25,cust-${order % 97}`);
  return `InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n${lines.join('\n')}\n`;
}
const landed = (name: string) =>
  one(`select (select count(*)::int from orders."order" where external_id like '${name}%') as orders,
    (select count(*)::int from orders.line l join orders."order" o on o.id = l.order_id where external_id like '${name}%') as lines,
    (select coalesce(sum(total_fen), 0)::int from orders."order" where external_id like '${name}%') as fen,
    (select count(*)::int from returns.line l join returns.return r on r.id = l.return_id where external_id like 'C${name}%') as returned`);
const expected = (orders: number) => ({ orders, lines: orders * 5, fen: orders * 15 * 125, returned: orders / 10 });
const counts = ({ rowsTotal, rowsGood, rowsUnchanged, rowsBad, rowsLanded }: ImportView) => ({
  rowsTotal,
  rowsGood,
  rowsUnchanged,
  rowsBad,
  rowsLanded,
});

test('an import that breaks in the middle of its blocks goes on where it stopped: every row lands exactly once', async () => {
  const { id } = await anUpload(world, aLedger('K', 2_000));
  await begin(id);
  const ends: string[] = [];
  for (const breakAt of [3, 6, 4, 5, 4]) {
    const broken = aWorker(world, {
      beforeTx: (count) => {
        if (count === breakAt) throw new Error('connection terminated unexpectedly');
      },
    });
    ends.push(
      await broken.carryOn(id).then(
        () => 'done',
        (error: Error) => error.message,
      ),
    );
    if (ends.at(-1) !== 'done') expect(await get(id)).toMatchObject({ state: 'running' });
  }
  expect(ends.filter((end) => end.includes('terminated')).length).toBeGreaterThanOrEqual(3);
  await aWorker(world).carryOn(id);
  expect(await landed('K')).toEqual(expected(2_000));
  expect(counts(await get(id))).toEqual({
    rowsTotal: 10_200,
    rowsGood: 10_200,
    rowsUnchanged: 0,
    rowsBad: 0,
    rowsLanded: 10_200,
  });
});

test('a worker process that is killed with kill -9 half-way loses nothing and doubles nothing', { timeout: 60_000 }, async () => {
  const { id } = await anUpload(world, aLedger('P', 6_000));
  await begin(id);
  const child = spawn(process.execPath, [fileURLToPath(new URL('./testing-worker.ts', import.meta.url)), world.db.url, id], {
    stdio: 'inherit',
  });
  for (let view = await get(id); view.rowsLanded === 0; view = await get(id)) await sleep(5);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const killed = await get(id);
  expect(killed.rowsLanded).toBeGreaterThan(0);
  expect(killed.rowsLanded).toBeLessThan(30_600);
  await aWorker(world).carryOn(id);
  expect(await landed('P')).toEqual(expected(6_000));
  expect(counts(await get(id))).toEqual({
    rowsTotal: 30_600,
    rowsGood: 30_600,
    rowsUnchanged: 0,
    rowsBad: 0,
    rowsLanded: 30_600,
  });
});

test('two workers that both believe an import is theirs land every row once: the older one finds out and stops', async () => {
  const { id } = await anUpload(world, aLedger('W', 2_000));
  await begin(id);
  await Promise.all([aWorker(world).carryOn(id), aWorker(world).carryOn(id)]);
  expect(await landed('W')).toEqual(expected(2_000));
  expect(counts(await get(id))).toEqual({
    rowsTotal: 10_200,
    rowsGood: 10_200,
    rowsUnchanged: 0,
    rowsBad: 0,
    rowsLanded: 10_200,
  });
});

test('a pause keeps what landed, a resume lands the rest', async () => {
  const { id } = await anUpload(world, aLedger('Z', 2_000));
  await begin(id);
  let pausing: Promise<unknown> | undefined;
  await aWorker(world, {
    beforeTx: (count) => {
      if (count === 6) pausing = world.run((ctx) => moveImport(ctx, { id, move: 'pause' }));
    },
  }).carryOn(id);
  await pausing;
  const paused = await get(id);
  expect(paused.state).toBe('paused');
  expect(paused.rowsLanded).toBeLessThan(10_200);
  await runTo(world, id, 'resume');
  expect(await landed('Z')).toEqual(expected(2_000));
});

test('a cancelled import keeps what landed and gives up the rest', async () => {
  const { id } = await anUpload(world, aLedger('X', 400));
  await begin(id);
  await world.run((ctx) => moveImport(ctx, { id, move: 'cancel' }));
  await world.drain();
  expect(await get(id)).toMatchObject({ state: 'cancelled', rowsLanded: 0 });
  await expect(runTo(world, id, 'resume')).rejects.toMatchObject({ code: 'import.wrong_state' });
});

test('a worker that is asked to stop leaves the rest to the next one', async () => {
  const { id } = await anUpload(world, aLedger('S', 2_000));
  await begin(id);
  const stopping = new AbortController();
  await aWorker(world, { beforeTx: (count) => void (count === 6 && stopping.abort()), signal: stopping.signal }).carryOn(id);
  expect(await get(id)).toMatchObject({ state: 'running' });
  await world.drain();
  expect(await get(id)).toMatchObject({ state: 'done' });
  expect(await landed('S')).toEqual(expected(2_000));
});

test('a file whose quote never closes ends with its reason and lands nothing', async () => {
  const { id } = await anUpload(world, `${aLedger('Q', 2_000)}"open,${'x'.repeat(1_100_000)}`, { kind: 'orders' });
  const told = await runTo(world, id, 'run');
  expect(told).toMatchObject({ state: 'failed', failure: { reason: 'quote_unclosed', row: 10_202 } });
  expect(await landed('Q')).toEqual({ orders: 0, lines: 0, fen: 0, returned: 0 });
});
