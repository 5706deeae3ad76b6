import { randomUUID } from 'node:crypto';
import { promotions as promotionsContract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aMemberWithPoints } from '../../base/membership/testing.ts';
import { findDrift as findPointDrift } from '../../base/membership/index.ts';
import { findDrift as findStockDrift, heldBy } from '../../supply/inventory/index.ts';
import { findDrift as findOfferDrift, giveCoupons, movePromotion } from '../promotions/index.ts';
import { aBatch, aPromotion, codesOf } from '../promotions/testing.ts';
import { cancelOrder, expireOrder } from './cancel-order.ts';
import { anOrder, aSaleable, kindsOf, markOrderPaid, ordersOf } from './testing.ts';

const world = useWorld();
const { get } = ordersOf(world, aStaff('operations'));
const halfHour = 31 * 60_000;

/** An order of a member, 2 × ¥100.00, with a coupon of ¥20.00, a campaign of ¥10.00 and 500 points, that nobody paid in time. */
async function anExpiredOrder(units = 10) {
  const sku = `revive-${randomUUID()}`;
  const made = await world.run(async (ctx) => {
    await aSaleable(ctx, sku, units, 10_000);
    const customerId = await aMemberWithPoints(ctx, randomUUID(), 500);
    const coupon = await aPromotion(ctx, {
      stage: 'coupon',
      needsCode: true,
      then: { gives: 'amount', of: { skus: [sku] }, fen: 2000 },
    });
    const campaign = await aPromotion(ctx, {
      then: { gives: 'amount', of: { skus: [sku] }, fen: 1000 },
      budgetFen: 1000,
      usesMax: 1,
    });
    const batch = await aBatch(ctx, coupon, { usesPerCode: 1 });
    await giveCoupons(ctx, batch, { customerIds: [customerId] });
    const [code] = await codesOf(ctx, batch);
    return { customerId, coupon, campaign, code: code! };
  });
  const order = await world.run((ctx) =>
    anOrder(ctx, [{ sku, quantity: 2 }], { customerId: made.customerId, couponCodes: [made.code], pointsWanted: 500 }),
  );
  expect(order.totalFen).toBe(20_000 - 2000 - 1000 - 500);
  world.clock.set(new Date(world.clock.now().getTime() + halfHour).toISOString());
  expect(await world.run((ctx) => expireOrder(ctx, order.orderId))).toBe(true);
  return { ...made, ...order, sku };
}
const captured = ({ orderId, paymentId, totalFen }: Awaited<ReturnType<typeof anExpiredOrder>>) =>
  world.db.pool
    .query(`update payments.payment set state = 'captured', received_fen = amount_fen, captured_at = now() where order_id = $1`, [
      orderId,
    ])
    .then(() => world.run((ctx) => markOrderPaid(ctx, { orderId, paymentId: paymentId ?? '', amountFen: totalFen })));
const held = (orderId: string) => world.inTx(async (tx) => (await heldBy(tx, [orderId])).get(orderId));
const nothingDrifts = async () => {
  expect(await world.inTx(findOfferDrift)).toEqual([]);
  expect(await world.inTx(findPointDrift)).toEqual([]);
  expect(await world.inTx(findStockDrift)).toEqual([]);
};
const pointsOf = async (customerId: string) =>
  (await world.db.pool.query('select points from membership.standing where customer_id = $1', [customerId])).rows[0]
    .points as number;
const claims = async (orderId: string) =>
  (await world.db.pool.query('select kind, round, count(*)::int as n from promotions.claim where order_id = $1 group by 1, 2 order by 2, 1 desc', [orderId])).rows; // prettier-ignore

test('paid late, an order with coupon, budget and points comes back to life when all of it is still there, at its frozen price', async () => {
  const order = await anExpiredOrder();
  expect(await pointsOf(order.customerId)).toBe(500);
  await captured(order);
  await captured(order); // told twice
  const now = await get(order.orderId);
  expect(now.state).not.toBe('cancelled');
  expect(now.totalFen).toBe(order.totalFen);
  expect(kindsOf(now).filter((kind) => kind === 'revived' || kind === 'payment_late_refunded')).toEqual(['revived']);
  expect(await pointsOf(order.customerId)).toBe(0);
  expect(await held(order.orderId)).toEqual(new Map([[order.sku, 2]]));
  expect(await claims(order.orderId)).toEqual([
    { kind: 'taken', round: 0, n: 2 }, { kind: 'returned', round: 0, n: 2 }, { kind: 'taken', round: 1, n: 2 },
  ]); // prettier-ignore
  const results = await world.call(
    promotionsContract.getPromotionResults,
    { params: { id: order.campaign } },
    aStaff('marketer'),
  );
  expect(results).toMatchObject({ uses: 1, orders: 1, ordersReturned: 0, spentFen: 1000 });
  await nothingDrifts();
});

test('revived and called off after all, it gives everything back once more, exactly once', async () => {
  const order = await anExpiredOrder();
  await captured(order);
  await world.run((ctx) => cancelOrder(ctx, { orderId: order.orderId, reason: 'buyer' }));
  await expect(world.run((ctx) => cancelOrder(ctx, { orderId: order.orderId, reason: 'buyer' }))).rejects.toMatchObject({
    code: 'order.wrong_state',
  });
  expect(await pointsOf(order.customerId)).toBe(500);
  expect((await claims(order.orderId)).reduce((sum, { kind, n }) => sum + (kind === 'taken' ? n : -n), 0)).toBe(0);
  await nothingDrifts();
});

test('what is not there any more — a budget, a code, points, a promotion, stock — sends the money back, and nothing is taken', async () => {
  type Gone = Awaited<ReturnType<typeof anExpiredOrder>>;
  const gone: Record<string, (order: Gone) => Promise<unknown>> = {
    budget: ({ sku }) => world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }])),
    code: ({ code }) => world.db.pool.query('update promotions.coupon set valid_to = $2 where code = $1', [code, new Date(0)]),
    points: ({ customerId }) =>
      world.db.pool.query('update membership.standing set points = 499 where customer_id = $1', [customerId]),
    promotion: ({ coupon }) => world.run((ctx) => movePromotion(ctx, { id: coupon, move: 'pause' })),
    stock: ({ sku }) => world.db.pool.query('update inventory.stock set on_hand = 1 where sku = $1', [sku]),
  };
  for (const [what, take] of Object.entries(gone)) {
    const order = await anExpiredOrder();
    await take(order);
    const before = await claims(order.orderId);
    await captured(order);
    const now = await get(order.orderId);
    expect([what, now.state]).toEqual([what, 'cancelled']);
    expect(kindsOf(now)).toContain('payment_late_refunded');
    expect(await claims(order.orderId)).toEqual(before);
    expect(await pointsOf(order.customerId)).toBe(what === 'points' ? 499 : 500);
    expect(await held(order.orderId)).toBeUndefined();
  }
});
