import { randomUUID } from 'node:crypto';
import { cart as contract } from '@tongshang/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { adjustPoints, findDrift as findPointsDrift } from '../../base/membership/index.ts';
import { upsertCustomers } from '../../base/customers/index.ts';
import { closeDb, type Db, openDb } from '../../platform/db.ts';
import { Refusal } from '../../platform/fail.ts';
import { openTogether, type Together } from '../../platform/together.ts';
import { findDrift, stockLevelsOf } from '../../supply/inventory/index.ts';
import { findDrift as findClaimDrift } from '../promotions/index.ts';
import { aBatch, aPromotion, codesOf } from '../promotions/testing.ts';
import type { PlaceOrder } from './candidate.ts';
import { type PlacedOrder, placeOrders } from './place-orders.ts';
import { aRecipient, aSaleable } from './testing.ts';

const world = useWorld();
let processes: { db: Db; queue: Together }[] = [];
type Wish = Omit<PlaceOrder, 'actor'>;

/** The intake as a server process of its own runs it: an own pool, an own queue. */
function aProcess(): { db: Db; queue: Together } {
  const db = openDb(world.db.url, { connectionsMax: 4 });
  const queue = openTogether({ db, clock: world.clock.now }, contract.checkout, async (ctx, asked) => {
    const placements = await placeOrders(
      ctx,
      asked.map(({ actor, input }) => ({ ...(input as Wish), actor })),
    );
    return placements.map((placement) => ('placed' in placement ? { reply: placement.placed } : placement));
  });
  return { db, queue };
}

beforeAll(() => {
  processes = [aProcess(), aProcess()];
});
afterAll(() => Promise.all(processes.map(({ db }) => closeDb(db))));

const wish = (over: Partial<Wish> & Pick<Wish, 'lines'>): Wish => ({
  channel: 'shop',
  location: 'WH1',
  visitorId: randomUUID(),
  recipient: { ...aRecipient, phone: `138${Math.random().toString().slice(2, 10).padEnd(8, '0')}` },
  provider: 'sandbox',
  ...over,
});

/** Everybody asks at once, one half at each process; answers who got an order and why the others did not. */
async function rush(wishes: readonly Wish[]): Promise<{ placed: PlacedOrder[]; refused: string[] }> {
  const answers = await Promise.allSettled(
    wishes.map((input, index) => processes[index % 2]!.queue.submit({ actor: aShopper(), input }, undefined)),
  );
  const bugs = answers.flatMap((one) => (one.status === 'rejected' && !(one.reason instanceof Refusal) ? [one.reason] : []));
  expect(bugs).toEqual([]);
  return {
    placed: answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value as PlacedOrder] : [])),
    refused: answers.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Refusal).code] : [])),
  };
}

/** Every ledger is the sum of its entries, and every order has its rows. */
async function expectSound(): Promise<void> {
  expect(await world.inTx(findDrift)).toEqual([]);
  expect(await world.inTx(findClaimDrift)).toEqual([]);
  expect(await world.inTx(findPointsDrift)).toEqual([]);
  const { rows } = await world.db.pool.query(`select count(*)::int as torn from orders."order" o
    where (select coalesce(sum(amount_fen), 0) from orders.line l where l.order_id = o.id) <> o.goods_fen - o.discount_fen
      or not exists (select from orders.timeline t where t.order_id = o.id)
      or (o.state = 'placed' and not exists (select from payments.payment p where p.order_id = o.id and p.amount_fen = o.total_fen))`);
  expect(rows).toEqual([{ torn: 0 }]);
  const { rows: orphans } = await world.db.pool.query(`select order_id from orders.line union select order_id from orders.timeline
    except select id from orders."order"`);
  expect(orphans).toEqual([]);
}

test('a flash sale of 100 units under 300 buyers at two processes sells 100, and every ledger says so', async () => {
  const sku = `flash-${randomUUID()}`;
  const id = await world.run(async (ctx) => {
    await aSaleable(ctx, sku, 500, 9900);
    return aPromotion(ctx, {
      name: '秒杀',
      nameEn: 'Flash sale',
      stage: 'exclusive',
      then: { gives: 'fixed_price', of: { skus: [sku] }, unitFen: 4900 },
      unitsMax: 100,
      budgetFen: null,
    });
  });
  const buyers = Array.from({ length: 300 }, () => wish({ lines: [{ sku, quantity: 1 }], expectedTotalFen: 4900 + 800 }));
  const { placed, refused } = await rush(buyers);
  expect(placed).toHaveLength(100);
  expect(refused).toHaveLength(200); // too late when the price was made, or at the ledger
  expect(refused.filter((code) => code !== 'price.changed' && code !== 'promotion.used_up')).toEqual([]);
  const { rows } = await world.db.pool.query(
    'select sum(units)::int as units, sum(uses)::int as uses from promotions.balance where promotion_id = $1',
    [id],
  );
  expect(rows).toEqual([{ units: 100, uses: 100 }]);
  expect((await world.inTx((tx) => stockLevelsOf(tx, [sku], 'WH1')))[0]).toMatchObject({ promised: 100 });
  await expectSound();
}, 60_000);

test('everybody wants one SKU: exactly what lies there is sold, whatever else is in their carts', async () => {
  const [hot, plenty] = [`hot-${randomUUID()}`, `plenty-${randomUUID()}`];
  await world.run(async (ctx) => {
    await aSaleable(ctx, hot, 57);
    await aSaleable(ctx, plenty, 1000);
  });
  const lines = [{ sku: hot, quantity: 1 }, { sku: plenty, quantity: 1 }]; // prettier-ignore
  const carts = Array.from({ length: 200 }, (_, index) => wish({ lines: index % 3 === 0 ? lines.toReversed() : lines }));
  const { placed, refused } = await rush(carts);
  expect(placed).toHaveLength(57);
  expect(new Set(refused)).toEqual(new Set(['stock.insufficient']));
  expect(await world.inTx((tx) => stockLevelsOf(tx, [plenty], 'WH1'))).toMatchObject([{ promised: 57 }]);
  await expectSound();
}, 60_000);

test('a single-use coupon and the last points are spent once, and an order that cannot have one keeps none of the other', async () => {
  const sku = `tea-${randomUUID()}`;
  const { code, customerId } = await world.run(async (ctx) => {
    await aSaleable(ctx, sku, 500, 20_000);
    const promotion = await aPromotion(ctx, {
      stage: 'coupon',
      needsCode: true,
      then: { gives: 'amount', of: {}, fen: 1000 },
      budgetFen: null,
    });
    const [made = ''] = await codesOf(ctx, await aBatch(ctx, promotion, { usesPerCode: 1 }));
    const [customer] = await upsertCustomers(ctx, [{ source: 'store', externalId: randomUUID(), name: '王芳' }]);
    await adjustPoints(ctx, { customerId: customer!.customerId, change: 500, reason: 'test' });
    return { code: made, customerId: customer!.customerId };
  });
  const both = { lines: [{ sku, quantity: 1 }], customerId, couponCodes: [code], pointsWanted: 500 };
  const { placed, refused } = await rush(Array.from({ length: 40 }, () => wish({ ...both, expectedTotalFen: 18_500 })));
  expect(placed).toHaveLength(1);
  expect(refused).toHaveLength(39);
  const { rows } = await world.db.pool.query('select points from membership.standing where customer_id = $1', [customerId]);
  expect(rows).toEqual([{ points: 0 }]);
  await expectSound();

  // called off: the coupon and the points can be spent again, once
  const { cancelOrder } = await import('./cancel-order.ts');
  const cancel = () => world.run((ctx) => cancelOrder(ctx, { orderId: placed[0]!.orderId, reason: 'test' }));
  await Promise.allSettled([cancel(), cancel(), cancel()]);
  const again = await rush(Array.from({ length: 10 }, () => wish({ ...both, expectedTotalFen: 18_500 })));
  expect(again.placed).toHaveLength(1);
  await expectSound();
}, 60_000);
