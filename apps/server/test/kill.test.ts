import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDemoStaff } from '../src/base/identity/index.ts';
import { system } from '../src/platform/ctx.ts';
import { closeDb, type Db, inTx, openDb } from '../src/platform/db.ts';
import { aSaleable } from '../src/sell/orders/testing.ts';
import { findDrift } from '../src/supply/inventory/index.ts';
import { aStock } from '../src/supply/inventory/testing.ts';
import { type KillableHouse, makeKillableHouse } from './killable-house.ts';
import { buyAsGuest, type Purchase, sellAtTill } from './killed-callers.ts';

const clerk = { email: 'clerk@guyu.example', password: 'guyu-demo-2026' };
const units: Readonly<Record<string, number>> = { 'KILL-A': 900, 'KILL-B': 900, 'KILL-FEW': 8 }; // all callers want the same few
const skus = Object.keys(units);
const guests = 12;
const tills = 4;

let house: KillableHouse;
let db: Db;
const purchases: Purchase[] = [];

beforeAll(async () => {
  const clickhouse = new URL(inject('clickhouseUrl'));
  clickhouse.pathname = `/kill_${randomUUID().replaceAll('-', '')}`;
  house = await makeKillableHouse(clickhouse.href);
  await house.run('migrate');
  const before = openDb(house.databaseUrl, { connectionsMax: 2 });
  await inTx(before, { actor: system('test'), now: new Date() }, async (ctx) => {
    for (const sku of skus) await aSaleable(ctx, sku, units[sku]!);
    for (const sku of skus) await aStock(ctx, sku, units[sku]!, 'S01');
    await createDemoStaff(ctx);
  });
  await closeDb(before);
  await house.open();
}, 60_000);
afterAll(async () => {
  if (db !== undefined) await closeDb(db);
  await house?.close();
}, 30_000);

const rows = async <Row>(sql: string): Promise<Row[]> => (await db.pool.query(sql)).rows as Row[];
const placed = (): string[] => purchases.flatMap(({ number }) => number ?? []);

test('sixteen callers buy while api and PostgreSQL are killed; each learns what became of every purchase', async () => {
  let isOver = false;
  const over = (): boolean => isOver;
  let turn = 0;
  const pick = (): string => skus[(turn += 1) % skus.length]!;
  const bought = async (more: number): Promise<void> => {
    const from = turn;
    await expect.poll(() => turn - from, { timeout: 60_000, interval: 20 }).toBeGreaterThan(more);
  };
  const callers = [
    ...Array.from({ length: guests }, () => buyAsGuest(house, pick, over)),
    ...Array.from({ length: tills }, () => sellAtTill(house, clerk, 'KILL-A', over)),
  ];
  for (const kill of [
    () => house.kill('api'),
    () => house.killPostgres(),
    () => house.kill('api'),
    () => Promise.all([house.kill('api'), house.killPostgres()]),
  ]) {
    await sleep(1000);
    await bought(25);
    await kill();
  }
  await bought(25);
  isOver = true;
  purchases.push(...(await Promise.all(callers)).flat());
  db = openDb(house.databaseUrl, { connectionsMax: 2 });
  expect(placed().length, 'enough bought to mean something, also on a busy machine').toBeGreaterThan(15);
  expect(purchases.filter(({ unknown }) => unknown > 0).length, 'purchases caught by a kill').toBeGreaterThan(0);
}, 180_000); // as long as the machine needs; bounded by the purchases, not by the time

test('every acknowledged order is there exactly once, and there is no other', async () => {
  const stored = await rows<{ number: string }>('select number from orders."order"');
  expect(stored.map(({ number }) => number).toSorted()).toEqual(placed().toSorted());
});

test('the same request sent again is answered with the same order', async () => {
  const before = await rows('select count(*)::int as n from orders."order"');
  const acknowledged = purchases.filter(({ number }) => number !== undefined);
  for (const { ask, number } of acknowledged.slice(-100)) expect((await ask()).number).toBe(number);
  expect(await rows('select count(*)::int as n from orders."order"')).toEqual(before);
}, 30_000);

test('what the provider took is booked once, its notices may come as often as they like, and each order is released once', async () => {
  const paidFor = `select o.number, count(*) filter (where t.what = 'paid')::int as paid, count(*) filter (where t.what = 'released')::int as released
    from orders."order" o join payments.payment p on p.order_id = o.id and p.state = 'captured' and p.provider = 'sandbox'
    left join orders.timeline t on t.order_id = o.id group by o.number`;
  const wanted = purchases.filter(({ isPaid }) => isPaid).length;
  expect(wanted).toBeGreaterThan(10);
  await expect
    .poll(async () => (await rows<{ released: number }>(paidFor)).filter(({ released }) => released > 0).length, {
      timeout: 50_000,
      interval: 250,
    })
    .toBe(wanted);
  const once = await rows<{ number: string; paid: number; released: number }>(paidFor);
  expect(once.filter(({ paid, released }) => paid !== 1 || released !== 1)).toEqual([]);
  expect(
    await rows(`select o.number from orders."order" o join payments.payment p on p.order_id = o.id and p.state = 'captured'
      group by o.number, o.total_fen having count(*) > 1 or sum(p.received_fen) <> o.total_fen`),
  ).toEqual([]);
}, 60_000);

test('stock does not drift: what is there and promised is what was received less what was bought', async () => {
  expect(await inTx(db, { actor: system('test'), now: new Date() }, ({ tx }) => findDrift(tx))).toEqual([]);
  const left = await rows<{ sku: string; left: number; bought: number }>(`
    select s.sku, sum(s.on_hand - s.promised)::int as left,
      (select coalesce(sum(l.quantity), 0)::int from orders.line l join orders."order" o on o.id = l.order_id where l.sku = s.sku and o.state <> 'cancelled') as bought
    from inventory.stock s group by s.sku order by s.sku`);
  expect(left.map(({ sku, left: free, bought }) => ({ sku, received: free + bought }))).toEqual(
    skus.toSorted().map((sku) => ({ sku, received: 2 * units[sku]! })),
  );
  expect(left.find(({ sku }) => sku === 'KILL-FEW')?.bought, 'the few are sold out at the warehouse').toBe(units['KILL-FEW']);
});
