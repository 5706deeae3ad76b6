// Orders that handle themselves: promise, route and release by the use cases alone, and from paid to released in the house.
import { createPrivateKey, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { system } from '../apps/server/src/platform/ctx.ts';
import { closeDb, type Db, inTx, openDb } from '../apps/server/src/platform/db.ts';
import { type PlaceOrder, placeOrders } from '../apps/server/src/sell/orders/index.ts';
import { orderReactions } from '../apps/server/src/sell/orders/reactions.ts';
import { moveStock, saveLocations } from '../apps/server/src/supply/inventory/index.ts';
import { saveLocation } from '../apps/server/src/supply/routing/index.ts';
import type { BenchHouse } from './house.ts';
import { buy } from './intake.ts';
import type { Outcome } from './load.ts';
import { openLoop, quantiles } from './open-loop.ts';
import { openWire } from './wire.ts';

const actor = system('bench');
const atOnce = 64;
/** Of a hundred SKUs the last ten lie in the store only: every tenth order and more has to look further. */
const elsewhere = 10;

/**
 * So many seconds (bounded): orders of three SKUs are promised and routed, 64 at a time, marked paid, reviewed and released with their
 * fulfilments; the money's arrival between them is not counted. An order that is not released is an error.
 */
export async function handleAlone({ db: { url }, skus }: Pick<BenchHouse, 'db' | 'skus'>, seconds: number): Promise<Outcome> {
  const db = openDb(url, { connectionsMax: 4, name: 'bench-handling' });
  try {
    await moveToStore(db, skus.slice(-elsewhere));
    await handleBatch(db, skus); // warm
    const times: number[] = [];
    let released = 0;
    let asked = 0;
    const end = performance.now() + Math.min(seconds, 60) * 1000;
    while (performance.now() < end) {
      const { ms, ids } = await handleBatch(db, skus);
      times.push(ms);
      asked += atOnce;
      released += await countReleased(db, ids);
    }
    const spent = times.reduce((sum, ms) => sum + ms, 0) / 1000;
    return { ...quantiles(times), perSecond: released / spent, count: released, errors: asked - released };
  } finally {
    await closeDb(db);
  }
}

async function handleBatch(db: Db, skus: readonly string[]): Promise<{ ms: number; ids: string[] }> {
  const inputs = Array.from({ length: atOnce }, () => anOrder(skus));
  let ms = 0;
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const answer = await work();
    ms += performance.now() - begun;
    return answer;
  };
  const placements = await timed(() => inTx(db, { actor, now: new Date() }, (ctx) => placeOrders(ctx, inputs)));
  const placed = placements.flatMap((one) => ('placed' in one ? [one.placed] : []));
  const ids = placed.map(({ orderId }) => orderId);
  await db.pool.query(
    `update payments.payment set state = 'captured', received_fen = amount_fen, captured_at = now() where order_id = any($1::uuid[])`,
    [ids],
  );
  await timed(() => react(db, 'orders.mark-paid', placed.map(({ orderId, paymentId = '', totalFen }) => ({ orderId, paymentId, amountFen: totalFen })))); // prettier-ignore
  await timed(() => react(db, 'orders.review', placed.map(({ orderId, totalFen }) => ({ orderId, totalFen })))); // prettier-ignore
  return { ms, ids };
}

/** Runs a reaction as the worker does, on events that came together. */
async function react(db: Db, name: string, payloads: readonly unknown[]): Promise<void> {
  const reaction = orderReactions.find((one) => one.name === name);
  if (reaction === undefined) throw new Error(`there is no reaction ${name}`);
  const event = { id: randomUUID(), name, at: new Date() };
  const told = payloads.map((payload) => ({ payload: payload as never, event }));
  await inTx(db, { actor: system(name), now: new Date() }, (ctx) => reaction.react(ctx, told));
}

function anOrder(skus: readonly string[]): PlaceOrder {
  const first = Math.floor(Math.random() * (skus.length - 2));
  const recipient = {
    name: '王测试',
    phone: '13800138000',
    region: '浙江省 杭州市 西湖区',
    address: `文一西路 ${randomUUID()} 号`,
  };
  const lines = [0, 1, 2].map((step) => ({ sku: skus[first + step] ?? '', quantity: 1 }));
  return { actor, channel: 'shop', location: 'WH1', provider: 'sandbox', visitorId: randomUUID(), recipient, lines };
}

async function countReleased(db: Db, ids: readonly string[]): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(*)::int as count from orders."order" where id = any($1::uuid[]) and state = 'released'`,
    [ids],
  );
  return rows[0]?.count ?? 0;
}

async function moveToStore(db: Db, skus: readonly string[]): Promise<void> {
  const store = 'S01';
  await inTx(db, { actor, now: new Date() }, async (ctx) => {
    const facts = { shipsOnline: true, dailyCapacity: null, priority: 200, province: '310000', storages: ['ambient' as const] };
    await saveLocations(ctx, [{ code: store, name: '门店', nameEn: 'Store', kind: 'store' }]);
    await saveLocation(ctx, { location: store, ...facts });
    const out = skus.map((sku) => ({ sku, location: 'WH1', quantity: -900_000 }));
    const into = skus.map((sku) => ({ sku, location: store, quantity: 900_000, unitCostFen: 1000 }));
    await moveStock(ctx, { kind: 'adjustment', cause: 'bench', moves: [...out, ...into] });
  });
  await db.pool.query(`update inventory.stock set buffer = 2000000 where location = 'WH1' and sku = any($1::text[])`, [skus]);
}

/**
 * Guests buy at random instants, so many a second on average; what counts is the time from paid to released, by the house's own record.
 * An order that no worker released within a minute after the last is an error. Answers also the share that nobody touched.
 */
export async function paidToReleased(
  house: BenchHouse,
  { ratePerSecond, seconds }: { ratePerSecond: number; seconds: number },
): Promise<Outcome & { untouched: number }> {
  const key = createPrivateKey(await readFile(join(house.dataDir, 'sandbox-pay/provider-private.pem')));
  const begun = new Date();
  const wires = Array.from({ length: 32 }, () => openWire(house.shop));
  const idle = [...wires];
  const load = await openLoop(ratePerSecond, seconds, async () => {
    const wire = idle.pop() ?? openWire(house.shop);
    await buy(wire, house.skus, key);
    idle.push(wire);
  });
  let rows = await handlingSince(house.db, begun);
  for (let tries = 0; rows.some(({ ms }) => ms === null) && tries < 600; tries += 1) {
    await sleep(100);
    rows = await handlingSince(house.db, begun);
  }
  for (const wire of new Set([...wires, ...idle])) wire.close();
  const done = rows.flatMap(({ ms }) => ms ?? []);
  const untouched = rows.filter((row) => row.ms !== null && row.isUntouched).length / Math.max(1, rows.length);
  return { ...quantiles(done), perSecond: load.perSecond, errors: load.errors + rows.length - done.length, untouched };
}

const handlingSince = async (db: Db, begun: Date): Promise<{ ms: number | null; isUntouched: boolean }[]> =>
  (
    await db.pool.query(
      `select extract(epoch from released_at - paid_at)::float8 * 1000 as ms, touched_at is null as "isUntouched"
        from orders."order" where placed_at >= $1 and paid_at is not null`,
      [begun],
    )
  ).rows;
