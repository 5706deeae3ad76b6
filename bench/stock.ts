// A pool of stock as large chains have it: a million balances that move beside checkouts, long histories, many lots, a recall.
import { createPrivateKey, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { system } from '../apps/server/src/platform/ctx.ts';
import { closeDb, type Db, inTx, openDb } from '../apps/server/src/platform/db.ts';
import { startRecall } from '../apps/server/src/sell/recalls/index.ts';
import { availabilityByPlace, moveStock } from '../apps/server/src/supply/inventory/index.ts';
import { listMovements } from '../apps/server/src/supply/inventory/history/queries.ts';
import { byPlace } from '../apps/server/src/supply/inventory/stock.ts';
import type { BenchHouse } from './house.ts';
import { buy } from './intake.ts';
import { closedLoop, type Outcome } from './load.ts';
import { openLoop, quantiles } from './open-loop.ts';
import { openWire, type Wire } from './wire.ts';

const actor = system('bench');
const places = 50;
/** Beside the hundred SKUs that are bought. */
const bulkSkus = 20_000;
/** Of a product. */
const variants = 5;
const perMove = 10;

const one = <T>(db: Db, work: Parameters<typeof inTx<T>>[2]): Promise<T> => inTx(db, { actor, now: new Date() }, work);

/** A million balances with the movement that opened each, as rows; answers how many there are. */
export async function fillBalances({ db }: Pick<BenchHouse, 'db'>): Promise<number> {
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  await client.query(`set session_replication_role = replica; set maintenance_work_mem = '256MB'`); // keys are right by the way they are made
  await client.query(`
    insert into inventory.location (code, name, name_en, kind)
      select 'P' || lpad(n::text, 2, '0'), '门店 ' || n, 'Store ' || n, 'store' from generate_series(1, ${places}) n on conflict do nothing;
    with made as (
      insert into catalog.product (code, slug, name, category, created_at, updated_at)
      select 'BULK-' || n, 'bulk-' || n, '整批 ' || n, p.category, now(), now()
      from (select category from catalog.product limit 1) p, generate_series(0, ${bulkSkus / variants - 1}) n returning id, substr(code, 6)::int as n
    )
    insert into catalog.variant (sku, product_id, cost_fen)
      select 'bulk-' || lpad((n * ${variants} + v)::text, 5, '0'), id, 1000 from made, generate_series(1, ${variants}) v;
    insert into inventory.stock (sku, location, on_hand, unit_cost_fen)
      select 'bulk-' || lpad(n::text, 5, '0'), 'P' || lpad(p::text, 2, '0'), 1000, 1000 from generate_series(1, ${bulkSkus}) n, generate_series(1, ${places}) p;
    insert into inventory.movement (sku, location, kind, quantity, balance, unit_cost_fen, cause, actor, at)
      select sku, location, 'opening', on_hand, on_hand, unit_cost_fen, 'opening', 'bench', now() from inventory.stock where sku like 'bulk-%'`);
  await client.query('vacuum (analyze) inventory.stock, inventory.movement, catalog.variant');
  await client.end();
  const { rows } = await db.pool.query<{ count: number }>('select count(*)::int as count from inventory.stock');
  return rows[0]?.count ?? 0;
}

const someBulk = (): string => `bulk-${String(1 + Math.floor(Math.random() * bulkSkus)).padStart(5, '0')}`;
const somePlace = (): string => `P${String(1 + Math.floor(Math.random() * places)).padStart(2, '0')}`;

export interface Beside {
  movements: Outcome;
  checkouts: Outcome;
  /** When the last order was released and no job was left. */
  lag: string;
}

/** 20,000 movements a minute, ten a document, by the use case that all movements go through, beside 100 whole checkouts a second over HTTP. */
export async function moveBesideCheckouts(house: BenchHouse, seconds: number): Promise<Beside> {
  const key = createPrivateKey(await readFile(join(house.dataDir, 'sandbox-pay/provider-private.pem')));
  const mover = openDb(house.db.url, { connectionsMax: 4, name: 'bench-mover' });
  const idle: Wire[] = Array.from({ length: 32 }, () => openWire(house.shop));
  const wires = new Set(idle);
  const checkout = async () => {
    const wire = idle.pop() ?? openWire(house.shop);
    wires.add(wire);
    await buy(wire, house.skus, key);
    idle.push(wire);
  };
  const move = async () => {
    const moves = Array.from({ length: perMove }, () => ({
      sku: someBulk(),
      location: somePlace(),
      quantity: Math.random() < 0.5 ? 1 : -1,
    }));
    await one(mover, (ctx) => moveStock(ctx, { kind: 'adjustment', cause: `bench:${randomUUID()}`, moves }));
  };
  try {
    await openLoop(20, 3, checkout); // warm
    const [documents, checkouts] = await Promise.all([
      openLoop(20_000 / 60 / perMove, seconds, move),
      openLoop(100, seconds, checkout),
    ]);
    const lag = await settle(house.db);
    const movements = { ...documents, perSecond: documents.perSecond * perMove, count: documents.count * perMove };
    return { movements, checkouts, lag };
  } finally {
    for (const wire of wires) wire.close();
    await closeDb(mover);
  }
}

/** Waits, two minutes at most, until nothing is left to do; says how long, or what is left. */
async function settle(db: Db): Promise<string> {
  const begun = performance.now();
  for (;;) {
    const { rows } = await db.pool.query<{ orders: number; jobs: number }>(
      `select (select count(*)::int from orders."order" where paid_at is not null and released_at is null and cancelled_at is null) as orders,
        (select count(*)::int from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts) as jobs`,
    );
    const { orders = 0, jobs = 0 } = rows[0] ?? {};
    const ms = Math.round(performance.now() - begun);
    if (orders + jobs === 0) return `all released and every job done ${ms} ms after the last arrival`;
    if (ms > 120_000) return `${ms} ms after the last arrival ${orders} orders and ${jobs} jobs were still open`;
    await sleep(50);
  }
}

/** The same rows without an application: ten balances updated, ten movements and one event written, a commit. Movements a second. */
export async function moveCeiling(url: string, { callers, seconds }: { callers: number; seconds: number }): Promise<Outcome> {
  const clients = await Promise.all(
    Array.from({ length: callers }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const [admin] = clients as [pg.Client];
  await admin.query(`drop schema if exists bench cascade; create schema bench;
    create table bench.movement (like inventory.movement including all);
    create table bench.event (like platform.event including all);
    create table bench.stock (like inventory.stock including all);
    insert into bench.stock overriding system value select * from inventory.stock where sku like 'bulk-0%'`);
  const text = `with s as (
      update bench.stock set on_hand = on_hand + 1 where (sku, location) in (select * from unnest($1::text[], $2::text[])) returning sku, location, on_hand
    ), e as (
      insert into bench.event (name, payload, actor, at) values ('inventory.stock_moved', jsonb_build_object('movements', to_jsonb($1::text[])), '{"kind":"system"}', now())
    )
    insert into bench.movement (sku, location, kind, quantity, balance, unit_cost_fen, cause, actor, at)
    select sku, location, 'adjustment', 1, on_hand, 1000, 'bench', 'bench', now() from s`;
  const outcome = await closedLoop(callers, seconds, async (caller) => {
    const picked = Array.from({ length: perMove }, () => ({
      sku: someBulk().replace(/-[12]/, '-0'),
      location: somePlace(),
    })).toSorted(byPlace);
    await clients[caller]?.query({
      name: 'ceiling-move',
      text,
      values: [picked.map(({ sku }) => sku), picked.map(({ location }) => location)],
    });
  });
  await admin.query('drop schema bench cascade');
  await Promise.all(clients.map((client) => client.end()));
  return { ...outcome, perSecond: outcome.perSecond * perMove };
}

/** Pages of 50 of a SKU with 100,000 movements: the newest ones, and ones from anywhere in its past, everywhere or at one place. */
export async function readHistory({ db }: Pick<BenchHouse, 'db'>, seconds: number): Promise<Outcome> {
  const sku = 'bulk-00001';
  await db.pool.query(
    `insert into inventory.movement (sku, location, kind, quantity, balance, unit_cost_fen, cause, actor, at)
      select $1, 'P' || lpad((1 + n % 3)::text, 2, '0'), 'adjustment', case when n % 2 = 0 then 1 else -1 end, 1000, 1000, 'bench', 'bench',
        timestamptz '2025-01-01T00:00:00Z' + n * interval '5 minutes' from generate_series(1, 100000) n`,
    [sku],
  );
  await db.pool.query('vacuum (analyze) inventory.movement');
  const begun = Date.parse('2025-01-01T00:00:00Z');
  return closedLoop(4, seconds, async () => {
    const at = new Date(begun + Math.floor(Math.random() * 100_000) * 300_000).toISOString();
    const after = Math.random() < 0.3 ? undefined : `${at}\nffffffff-ffff-ffff-ffff-ffffffffffff`;
    const location = Math.random() < 0.5 ? 'P02' : undefined;
    const page = await one(db, ({ tx }) => listMovements(tx, sku, { limit: 50, after, location, until: undefined }));
    if (page.items.length === 0 && after === undefined) throw new Error('the history is empty');
  });
}

/** What 100 SKUs have at 50 places; with three lots of each at every place, of which one has ended, where wanted. */
export async function askAvailability({ db }: Pick<BenchHouse, 'db'>, withLots: boolean, seconds: number): Promise<Outcome> {
  const first = withLots ? 200 : 100;
  const skus = Array.from({ length: 100 }, (_, index) => `bulk-${String(first + index).padStart(5, '0')}`);
  if (withLots) {
    await db.pool.query(
      `insert into inventory.lot (sku, location, code, expires_on, on_hand)
        select sku, location, 'L' || k, current_date - 1 + k * 30, case k when 0 then 100 else 450 end
        from inventory.stock cross join generate_series(0, 2) k where sku = any($1::text[])`,
      [skus],
    );
    await db.pool.query('update inventory.stock set has_limits = true where sku = any($1::text[])', [skus]);
    await db.pool.query('vacuum (analyze) inventory.lot, inventory.stock');
  }
  return closedLoop(1, Math.min(seconds, 10), async () => {
    const told = await one(db, (ctx) => availabilityByPlace(ctx.tx, { skus, channel: 'shop', at: ctx.now, hasKits: false }));
    if (told.length < 100 * (places - 1)) throw new Error(`only ${told.length} places answered`);
  });
}

/** Recalls of lots that went out in 10,000 orders each: blocked, and every order named. */
export async function recallLots({ db }: Pick<BenchHouse, 'db'>, times = 5): Promise<Outcome> {
  const spent: number[] = [];
  let errors = 0;
  const sku = 'bulk-00300';
  for (let turn = 0; turn < times; turn += 1) {
    const lot = `R-${turn}`;
    await sendOut(db, { sku, lot });
    const begun = performance.now();
    const { trace } = await one(db, (ctx) => startRecall(ctx, { sku, lot, reason: 'bench' }));
    spent.push(performance.now() - begun);
    if (trace.totals.orders !== 10_000) errors += 1;
  }
  const total = spent.reduce((sum, ms) => sum + ms, 0);
  return { ...quantiles(spent), perSecond: (times * 1000) / total, errors };
}

async function sendOut(db: Db, { sku, lot }: { sku: string; lot: string }): Promise<void> {
  await db.pool.query(
    `insert into inventory.lot (sku, location, code, expires_on, on_hand) values ($1, 'P01', $2, current_date + 90, 20)
      on conflict (sku, location, code) do nothing`,
    [sku, lot],
  );
  await db.pool.query(
    `with made as (
        insert into orders."order" (number, channel, state, currency, goods_fen, freight_fen, discount_fen, tax_fen, total_fen, placed_at, source,
          recipient_name, recipient_phone, buyer_key)
        select $2 || '-' || n, 'shop', case when n % 2 = 0 then 'delivered' else 'shipped' end, 'CNY', 100, 0, 0, 0, 100, now(), 'live', '王测试',
          '138' || lpad(n::text, 8, '0'), 'visitor:' || n
        from generate_series(1, 10000) n returning id
      )
      insert into inventory.dispatch (order_id, cause, line_no, sku, location, lot, quantity, unit_cost_fen, at)
      select id, 'order:X', 1, $1, 'P01', $2, 1, 1, now() from made`,
    [sku, lot],
  );
  await db.pool.query('vacuum (analyze) orders."order", inventory.dispatch');
}
