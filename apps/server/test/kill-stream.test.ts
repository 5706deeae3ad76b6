import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { collection } from '@tongshang/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openAnalytics } from '../src/know/stream/index.ts';
import { system } from '../src/platform/ctx.ts';
import { closeDb, type Db, inTx, openDb } from '../src/platform/db.ts';
import { startClickHouse } from '../src/platform/embedded/clickhouse.ts';
import { waitUntilGone } from '../src/platform/embedded/processes.ts';
import { importOrders } from '../src/sell/orders/index.ts';
import { aSaleable } from '../src/sell/orders/testing.ts';
import { type KillableHouse, makeKillableHouse } from './killable-house.ts';

const batchSize = 50;
const acknowledged = new Set<string>();

let dir: string;
let clickhouse: Awaited<ReturnType<typeof startClickHouse>>;
let house: KillableHouse;
let db: Db;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tongshang-kill-stream-'));
  clickhouse = await startClickHouse({ dir });
  house = await makeKillableHouse(clickhouse.url);
  await house.run('migrate');
  db = openDb(house.databaseUrl, { connectionsMax: 4 });
  await inTx(db, { actor: system('test'), now: new Date() }, (ctx) => aSaleable(ctx, 'KILL-A', 10));
  await house.open();
}, 120_000);
afterAll(async () => {
  if (db !== undefined) await closeDb(db);
  await house?.close();
  await clickhouse?.stop();
  await rm(dir, { recursive: true, force: true });
}, 30_000);

/** kill -9 of the ClickHouse child and a new start on the same folder and port, as the supervisor does. */
async function killClickHouse(): Promise<void> {
  const { pid, port, url } = clickhouse;
  process.kill(pid, 'SIGKILL');
  await waitUntilGone(pid, 5000);
  clickhouse = await startClickHouse({ dir, port });
  if (clickhouse.url !== url) throw new Error('ClickHouse came back at another address');
}

/** Sends batches, each until it is answered; then the next. */
async function sendEvents(isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const batch = Array.from({ length: batchSize }, () => ({
      type: 'track', event: 'Product Viewed', messageId: randomUUID(), anonymousId: 'kill', properties: { sku: 'KILL-A' },
    })); // prettier-ignore
    const body = JSON.stringify({ writeKey: collection.shopWriteKey, batch });
    for (let isKept = false; !isKept; await sleep(isKept ? 0 : 25)) {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${house.shop}/v1/batch`, { method: 'POST', body, headers }).catch(() => undefined);
      const reply = answer?.status === 200 ? ((await answer.json().catch(() => undefined)) as { accepted: number }) : undefined;
      isKept = reply?.accepted === batchSize;
    }
    for (const { messageId } of batch) acknowledged.add(messageId);
    await sleep(10);
  }
}

/** Books paid orders, each until it is known to be there; the same order sent again is the same one. */
async function sell(name: string, isOver: () => boolean): Promise<number> {
  let sold = 0;
  for (; !isOver(); sold += 1) {
    const now = new Date();
    const lines = [{ sku: 'KILL-A', quantity: 1, unitFen: 1000 }];
    const orders = [{ channel: 'store', store: 'S01', externalId: `${name}-${sold}`, placedAt: now, paidAt: now, lines }];
    const book = () => inTx(db, { actor: system('test'), now }, (ctx) => importOrders(ctx, { importId: name, orders }));
    while ((await book().catch(() => undefined)) === undefined) await sleep(50);
    await sleep(20);
  }
  return sold;
}

test('api, worker, PostgreSQL and ClickHouse are killed while people buy and look: each order and event is in the figures once', async () => {
  let isOver = false;
  const over = (): boolean => isOver;
  const callers = [sendEvents(over), sendEvents(over)];
  const tills = [sell('till-1', over), sell('till-2', over)];
  const kills = [() => house.kill('worker'), killClickHouse, () => house.killPostgres(), () => house.kill('api'), killClickHouse];
  for (const kill of kills) {
    const before = acknowledged.size;
    await expect.poll(() => acknowledged.size, { timeout: 60_000, interval: 10 }).toBeGreaterThan(before + 4 * batchSize);
    await sleep(Math.random() * 400);
    await kill();
  }
  const before = acknowledged.size;
  await expect.poll(() => acknowledged.size, { timeout: 60_000, interval: 10 }).toBeGreaterThan(before + 4 * batchSize);
  isOver = true;
  await Promise.all(callers);
  const sold = (await Promise.all(tills)).reduce((sum, one) => sum + one);
  expect(sold).toBeGreaterThan(10);

  const analytics = openAnalytics(clickhouse.url);
  const figures = async () =>
    (
      await ask<Record<'orders' | 'doubled' | 'day' | 'hour' | 'units' | 'events' | 'eventSums', number>>(
        analytics,
        `select (select uniqExact(order_id) from order_step where kind = 'paid') as orders,
          (select count() from order_step where kind = 'paid') - orders as doubled,
          (select sum(orders) from sales_day) as day, (select sum(orders) from sales_hour) as hour, (select sum(paid_units) from sales_minute) as units,
          (select count() from behaviour where visitor_kind != 'house') as events, (select sum(events) from event_hour where visitor_kind != 'house') as eventSums`,
      ).catch(() => [])
    )[0];
  const wanted = { orders: sold, doubled: 0, day: sold, hour: sold, units: sold };
  await expect
    .poll(figures, { timeout: 60_000, interval: 100 })
    .toEqual({ ...wanted, events: acknowledged.size, eventSums: acknowledged.size });
  const ids = await ask<{ id: string }>(analytics, "select message_id as id from behaviour where visitor_kind != 'house'");
  expect(ids.filter(({ id }) => !acknowledged.has(id))).toEqual([]);
}, 240_000);

test('and the comparison of the books with the figures, asked for and done by the worker, finds them the same', async () => {
  await db.pool.query(
    `insert into stream.reconciliation (started_at, asked_by, from_day, to_day) values (now(), 'test', current_date - 1, current_date + 1)`,
  );
  const outcome = async () =>
    (await db.pool.query(`select outcome, checks > 20 as "isReal" from stream.reconciliation where asked_by = 'test'`)).rows[0];
  await expect.poll(outcome, { timeout: 60_000, interval: 100 }).toEqual({ outcome: 'equal', isReal: true });
}, 90_000);
