// Order intake: over HTTP as a shopper does it, and the use case alone.
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDb, openDb } from '../apps/server/src/platform/db.ts';
import { Refusal } from '../apps/server/src/platform/fail.ts';
import { system } from '../apps/server/src/platform/ctx.ts';
import { openTogether } from '../apps/server/src/platform/together.ts';
import { type PlaceOrder, placeOrders } from '../apps/server/src/sell/orders/index.ts';
import { cart } from '@tongshang/contract';
import type { BenchHouse } from './house.ts';
import { closedLoop, expectStatus, type Outcome, Over } from './load.ts';
import { openWire, type Wire } from './wire.ts';

const recipient = { name: '王测试', phone: '13800138000', region: '浙江省 杭州市 西湖区', address: '文一西路 100 号' };

/**
 * A guest buys three SKUs: the lines into the cart (answered with every amount, freight included), checkout with the address, the
 * provider's signed notice; three requests, one cookie. Afterwards waits until every order of the run is paid, and counts one that is
 * not as an error.
 */
export async function fullCheckouts(
  house: BenchHouse,
  callers: number,
  seconds: number,
): Promise<Outcome & { paidAfterMs: number }> {
  const key = createPrivateKey(await readFile(join(house.dataDir, 'sandbox-pay/provider-private.pem')));
  const wires = Array.from({ length: callers }, () => openWire(house.shop));
  const before = await paidOrders(house);
  const outcome = await closedLoop(callers, seconds, (caller) => buy(wires[caller] as Wire, house.skus, key));
  const ended = performance.now();
  for (const wire of wires) wire.close();
  let paid = await paidOrders(house);
  while (paid - before < outcome.count && performance.now() - ended < 60_000) {
    await sleep(100);
    paid = await paidOrders(house);
  }
  const missing = Math.max(0, outcome.count - (paid - before));
  return { ...outcome, errors: outcome.errors + missing, paidAfterMs: performance.now() - ended };
}

export async function buy(wire: Wire, skus: readonly string[], key: ReturnType<typeof createPrivateKey>): Promise<void> {
  const first = Math.floor(Math.random() * (skus.length - 2));
  const lines = [0, 1, 2].map((step) => ({ sku: skus[first + step], quantity: 1 }));
  const begun = expectStatus(await wire.call('POST', '/api/cart/lines/several', { body: JSON.stringify({ lines }) }), 200);
  const cookie = begun.cookies.find((one) => one.startsWith('ts_visitor=')) ?? '';
  const shown = JSON.parse(begun.body) as { version: number; totalFen: number };
  const body = JSON.stringify({ version: shown.version, expectedTotalFen: shown.totalFen, recipient });
  const placed = expectStatus(
    await wire.call('POST', '/api/cart/checkout', { body, headers: { cookie, 'idempotency-key': randomUUID() } }),
    200,
  );
  const { paymentId, totalFen } = JSON.parse(placed.body) as { paymentId: string; totalFen: number };
  const payment = { paymentId, providerRef: `bench-${paymentId}`, state: 'paid', paidFen: totalFen, refunds: [] };
  const payload = JSON.stringify({ noticeId: randomUUID(), payment });
  const signature = sign('sha256', Buffer.from(payload), key).toString('base64');
  expectStatus(await wire.call('POST', '/api/payments/notices/sandbox', { body: JSON.stringify({ payload, signature }) }), 200);
}

async function paidOrders(house: BenchHouse): Promise<number> {
  const { rows } = await house.db.pool.query<{ count: string }>(
    `select count(*) from orders."order" where paid_at is not null and source = 'live'`,
  );
  return Number(rows[0]?.count ?? 0);
}

export interface IntakeOptions {
  callers: number;
  seconds: number;
  /** The SKUs of an order; one name makes everybody want the same row. */
  skusOf: (caller: number) => readonly string[];
  /** Whether a refusal ends this caller's work instead of counting as an error. */
  isOver?: (caller: number, refusal: string) => boolean;
}

/** The intake use case alone, fed by callers of this process through the queue that the house uses: no HTTP, no cart. */
export async function intakeAlone(databaseUrl: string, { callers, seconds, skusOf, isOver }: IntakeOptions): Promise<Outcome> {
  const db = openDb(databaseUrl, { connectionsMax: 8, name: 'bench-intake' });
  const queue = openTogether({ db, clock: () => new Date() }, cart.checkout, async (ctx, asked) => {
    const placements = await placeOrders(
      ctx,
      asked.map(({ actor, input }) => ({ ...(input as Omit<PlaceOrder, 'actor'>), actor })),
    );
    return placements.map((placement) => ('placed' in placement ? { reply: placement.placed } : placement));
  });
  try {
    return await closedLoop(callers, seconds, async (caller) => {
      const input: Omit<PlaceOrder, 'actor'> = {
        channel: 'shop',
        location: 'WH1',
        visitorId: randomUUID(),
        recipient,
        provider: 'sandbox',
        lines: skusOf(caller).map((sku) => ({ sku, quantity: 1 })),
      };
      try {
        await queue.submit({ actor: system('bench'), input }, undefined);
      } catch (error) {
        if (error instanceof Refusal && isOver?.(caller, error.code) === true) throw new Over();
        throw error;
      }
    });
  } finally {
    await closeDb(db);
  }
}

/** Everybody buys the one SKU until it is sold out (bounded at a minute): the figure is orders placed a second until then. */
export async function sellOut(databaseUrl: string, { callers, sku }: { callers: number; sku: string }): Promise<Outcome> {
  const over = new Set<number>();
  const begun = performance.now();
  let ended = begun;
  const outcome = await intakeAlone(databaseUrl, {
    callers,
    seconds: 60,
    skusOf: () => [sku],
    isOver: (caller, refusal) => {
      if (refusal !== 'stock.insufficient') return false;
      ended = Math.max(ended, performance.now());
      over.add(caller);
      return true;
    },
  });
  return { ...outcome, perSecond: outcome.count / ((ended - begun) / 1000) };
}
