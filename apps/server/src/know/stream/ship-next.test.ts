import { expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { someSkus } from '../../base/catalog/testing.ts';
import { inTx } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { system } from '../../platform/ctx.ts';
import { importOrders, orderPaid } from '../../sell/orders/index.ts';
import { importReturns } from '../../sell/returns/index.ts';
import { ask, openAnalytics } from './analytics.ts';
import { buildFeeds } from './feeds.ts';
import { openNameBook } from './name-book.ts';
import { drainStream } from './start-stream.ts';
import { shipNext, type ShipParts } from './ship-next.ts';
import { rebuildAnalytics } from './rebuild.ts';
import { reconcile } from './reconcile.ts';
import { filledAnalytics } from './testing.ts';
import { stream } from './tables.ts';

const world = useWorld();
let made = 0;

/** An imported, paid order of two lines: 2 × ¥11.30 of A and 1 × ¥22.60 of B, VAT 13 % inside. */
async function anOrder(over: { placedAt?: string; cancelledAt?: string; externalId?: string } = {}): Promise<string> {
  made += 1;
  const number = made;
  const placedAt = new Date(over.placedAt ?? '2026-11-20T02:00:00Z');
  return world.run(async (ctx) => {
    await someSkus(ctx, ['A', 'B']);
    const [outcome] = await importOrders(ctx, {
      importId: `import-${number}`,
      orders: [
        {
          channel: 'wholesale',
          externalId: over.externalId ?? `W-${number}`,
          placedAt,
          paidAt: placedAt,
          ...(over.cancelledAt === undefined ? {} : { state: 'cancelled' as const, cancelledAt: new Date(over.cancelledAt) }),
          lines: [
            { sku: 'A', quantity: 2, unitFen: 1130, taxRateBp: 1300, unitCostFen: 600 },
            { sku: 'B', quantity: 1, unitFen: 2260, taxRateBp: 1300, unitCostFen: 1500 },
          ],
        },
      ],
    });
    return outcome!.orderId;
  });
}

const parts = (analytics: ShipParts['analytics']): ShipParts => ({ db: world.db, analytics, clock: world.clock.now });
const sums = async (analytics: ShipParts['analytics'], orderIds: readonly string[]) =>
  ask<{ kind: string; fen: number; tax: number; cost: number; units: number; lines: number }>(
    analytics,
    `select kind, sum(amount_fen) as fen, sum(tax_fen) as tax, sum(cost_fen) as cost, sum(quantity) as units, count() as lines
     from order_line where order_id in {ids:Array(UUID)} group by kind order by kind`,
    { ids: orderIds },
  );

test('an order reaches the facts with its exact fen, a cancelled one is taken back', async () => {
  const [kept, cancelled] = [await anOrder(), await anOrder({ cancelledAt: '2026-11-21T02:00:00Z' })];
  const analytics = await filledAnalytics(world);
  const once = { fen: 4520, tax: 520, cost: 2700, units: 3, lines: 2 };
  expect(await sums(analytics, [kept])).toEqual([
    { kind: 'placed', ...once },
    { kind: 'paid', ...once },
  ]);
  expect(await sums(analytics, [cancelled])).toEqual([
    { kind: 'placed', ...once },
    { kind: 'paid', ...once },
    { kind: 'cancelled', ...once },
  ]);
});

test('what came back is in the facts once, its cost only when it went back on the shelf', async () => {
  const orderId = await anOrder({ externalId: 'W-back' });
  await world.run((ctx) =>
    importReturns(ctx, {
      importId: 'returns',
      returns: [
        {
          channel: 'wholesale',
          externalId: 'C-back',
          receivedAt: new Date('2026-11-21T03:00:00Z'),
          lines: [{ sku: 'A', quantity: 1, unitFen: 1130, isRestocked: false }],
        },
      ],
    }),
  );
  const analytics = await filledAnalytics(world);
  const back = await ask(
    analytics,
    `select sum(amount_fen) as fen, sum(cost_fen) as cost, sum(quantity) as units from order_line
    where kind = 'returned' and day = '2026-11-21'`,
  );
  expect(back).toEqual([{ fen: 1130, cost: 0, units: 1 }]);
  expect(orderId).toBeTruthy();
});

test('an event whose transaction commits late, after newer ones were shipped, is not stepped over', async () => {
  const early = await anOrder();
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => (release = done));
  const late = inTx(world.db, { actor: system('test'), now: world.clock.now() }, async (ctx) => {
    await emit(ctx, orderPaid, { orderId: early, totalFen: 4520 }); // takes its place in the log now, commits later
    await held;
  });
  await new Promise((done) => setTimeout(done, 50));
  const newer = await anOrder();
  const analytics = openAnalytics(world.config.clickhouseUrl);
  await drainStream(parts(analytics));
  expect(await sums(analytics, [newer])).toEqual([]); // held back: an older transaction is still open
  release();
  await late;
  await filledAnalytics(world);
  expect((await sums(analytics, [newer])).map(({ kind }) => kind)).toEqual(['placed', 'paid']);
  expect((await sums(analytics, [early])).find(({ kind }) => kind === 'paid')?.lines).toBe(4); // told by the import and by the late event
});

test('a crash between the insert and its mark sends the same batch again, and every figure stays the same', async () => {
  const orderId = await anOrder();
  const analytics = await filledAnalytics(world);
  const before = await everything(analytics);
  // The newest batch arrived, and the process died before it could say so.
  await world.inTx((tx) => stream(tx).updateTable('batch').set({ inserted_at: null }).where('feed', '=', 'events').execute());
  const feeds = buildFeeds(openNameBook(() => 1));
  let again = 0;
  while (await shipNext(parts(analytics), feeds[0]!)) again += 1;
  expect(again).toBeGreaterThanOrEqual(1);
  expect(await everything(analytics)).toEqual(before);
  expect(await sums(analytics, [orderId])).toHaveLength(2);
});

test('a batch that had reached only some tables is completed, not doubled', async () => {
  const orderId = await anOrder({ placedAt: '2026-10-30T02:00:00Z' });
  const analytics = openAnalytics(world.config.clickhouseUrl);
  const halfway: ShipParts = { ...parts(analytics), analytics: { ...analytics, client: failingAfter(analytics.client, 1) } };
  const feed = buildFeeds(openNameBook(() => 1))[0]!;
  await expect(shipUntilQuiet(halfway, feed)).rejects.toThrow('the wire was cut');
  await filledAnalytics(world);
  expect((await sums(analytics, [orderId])).map(({ kind, fen }) => [kind, fen])).toEqual([
    ['placed', 4520],
    ['paid', 4520],
  ]);
  expect(await ask(analytics, 'select count() as steps from order_step where order_id = {id:UUID}', { id: orderId })).toEqual([
    { steps: 2 },
  ]);
});

test('twenty writers at once: every order is in the facts exactly once', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, async () => [await anOrder(), await anOrder()]));
  const analytics = await filledAnalytics(world);
  const [count] = await ask<{ orders: number; lines: number }>(
    analytics,
    `select uniqExact(order_id) as orders, count() as lines from order_line where kind = 'paid' and order_id in {ids:Array(UUID)}`,
    { ids: ids.flat() },
  );
  expect(count).toEqual({ orders: 40, lines: 80 });
});

test('a rebuild from zero gives the same figures', async () => {
  const analytics = await filledAnalytics(world);
  const before = await everything(analytics);
  await rebuildAnalytics(parts(analytics));
  expect(await ask(analytics, 'select count() as rows from order_line')).toEqual([{ rows: 0 }]);
  await filledAnalytics(world);
  expect(await everything(analytics)).toEqual(before);
});

test('a ClickHouse that lost what PostgreSQL believes it has is filled again', async () => {
  const analytics = await filledAnalytics(world);
  const before = await everything(analytics);
  expect(await reconcile(parts(analytics))).toBe('complete');
  for (const table of ['order_line', 'sales_day', 'sales_sku_day', 'order_step', 'visit', 'customer_first', 'shipped'])
    await analytics.client.command({ query: `truncate table ${table}` });
  expect(await reconcile(parts(analytics))).not.toBe('complete');
  await filledAnalytics(world);
  expect(await everything(analytics)).toEqual(before);
});

/** Every sum that a screen could show, from the facts and from the aggregates. */
async function everything(analytics: ShipParts['analytics']) {
  const facts = await ask(
    analytics,
    `select kind, sum(amount_fen) as fen, count() as lines from order_line group by kind order by kind`,
  );
  const daily = await ask(
    analytics,
    `select day, sum(paid_fen) as paid, sum(net_fen) as net, sum(orders) as orders from sales_day group by day order by day`,
  );
  const bySku = await ask(
    analytics,
    `select sku, sum(paid_fen) as paid, sum(sku_orders) as orders from sales_sku_day group by sku order by sku`,
  );
  const steps = await ask(analytics, `select kind, count() as steps from order_step group by kind order by kind`);
  return { facts, daily, bySku, steps };
}

async function shipUntilQuiet(shipping: ShipParts, feed: ReturnType<typeof buildFeeds>[number]): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (!(await shipNext(shipping, feed))) await new Promise((done) => setTimeout(done, 25));
  }
}

/** The real client, cut off after so many inserts. */
function failingAfter(client: ShipParts['analytics']['client'], inserts: number): ShipParts['analytics']['client'] {
  let left = inserts;
  return new Proxy(client, {
    get: (target, name) => {
      if (name !== 'insert') return Reflect.get(target, name) as unknown;
      return (input: Parameters<typeof client.insert>[0]) => {
        left -= 1;
        if (left < 0) throw new Error('the wire was cut');
        return target.insert(input);
      };
    },
  });
}
