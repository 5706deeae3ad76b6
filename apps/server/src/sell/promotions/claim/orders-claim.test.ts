import { promotions as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../../test/world.ts';
import { aCustomer } from '../../../base/customers/testing.ts';
import { findDrift as findStockDrift } from '../../../supply/inventory/index.ts';
import { cancelOrder } from '../../orders/index.ts';
import { anOrder, aSaleable, markOrderPaid } from '../../orders/testing.ts';
import { promotions } from '../tables.ts';
import { aBatch, aPromotion, codesOf } from '../testing.ts';
import { findDrift } from './find-drift.ts';

// The same guards as buyers meet them: whole orders, each in a transaction of its own.
const world = useWorld();
const fifty = <T>(make: (index: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: 50 }, (_, index) => make(index)));
const codesOfRefusals = (answers: readonly PromiseSettledResult<unknown>[]) =>
  new Set(answers.flatMap((one) => (one.status === 'rejected' ? (one.reason as { code?: string }).code : [])));
const placed = <T>(answers: readonly PromiseSettledResult<T>[]): T[] =>
  answers.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
const noDrift = async () => {
  expect(await world.inTx(findDrift)).toEqual([]);
  expect(await world.inTx(findStockDrift)).toEqual([]);
};

test('50 buyers who were shown the price with the last coupon: one pays it, nobody pays another; cancelled, the coupon works again', async () => {
  const code = await world.run(async (ctx) => {
    await aSaleable(ctx, 'LAMP', 200, 20_000);
    const id = await aPromotion(ctx, { stage: 'coupon', needsCode: true, then: { gives: 'amount', of: {}, fen: 5000 } });
    return (await codesOf(ctx, await aBatch(ctx, id)))[0]!;
  });
  const buy = (index: number) =>
    world.run((ctx) =>
      anOrder(ctx, [{ sku: 'LAMP', quantity: 1 }], {
        visitorId: crypto.randomUUID(),
        couponCodes: [code],
        expectedTotalFen: 15_000,
        note: `${index}`,
      }),
    );
  const answers = await fifty(buy);
  const [won, ...others] = placed(answers);
  expect(others).toEqual([]);
  for (const refused of codesOfRefusals(answers)) expect(['price.changed', 'promotion.used_up']).toContain(refused);
  await noDrift();
  await Promise.allSettled([1, 2, 3].map(() => world.run((ctx) => cancelOrder(ctx, { orderId: won!.orderId, reason: 'test' }))));
  await noDrift();
  expect((await buy(51)).totalFen).toBe(15_000);
});

test('a flash sale of 20 units under 50 buyers at once sells 20 at its price, in the counter and in the orders', async () => {
  const id = await world.run(async (ctx) => {
    await aSaleable(ctx, 'KETTLE', 200, 10_000);
    return aPromotion(ctx, {
      stage: 'exclusive',
      then: { gives: 'fixed_price', of: { skus: ['KETTLE'] }, unitFen: 6000 },
      budgetFen: null,
      unitsMax: 20,
    });
  });
  const answers = await fifty(() =>
    world.run((ctx) =>
      anOrder(ctx, [{ sku: 'KETTLE', quantity: 1 }], { visitorId: crypto.randomUUID(), expectedTotalFen: 6800 }),
    ),
  );
  expect(placed(answers)).toHaveLength(20);
  const balance = await world.inTx((tx) =>
    promotions(tx).selectFrom('balance').selectAll().where('promotion_id', '=', id).execute(),
  );
  expect(balance).toMatchObject([{ shard: 0, units: 20, uses: 20, spent_fen: 80_000 }]);
  await noDrift();
});

test('an order that earns a coupon gives it to its member once it is paid, and its next order may use it', async () => {
  const customerId = await world.run((ctx) => aCustomer(ctx, 'earner'));
  await world.run(async (ctx) => {
    await aSaleable(ctx, 'TEA', 50, 20_000);
    const next = await aPromotion(ctx, { stage: 'coupon', needsCode: true, then: { gives: 'amount', of: {}, fen: 1000 } });
    const when = { is: 'amount' as const, of: { skus: ['TEA'] }, minFen: 20_000 };
    await aPromotion(ctx, { when, then: { gives: 'coupon', promotionId: next } });
  });
  const buy = (couponCodes: string[]) =>
    world.run((ctx) => anOrder(ctx, [{ sku: 'TEA', quantity: 1 }], { customerId, couponCodes }));
  const mine = () => world.call(contract.listMyCoupons, {}, aShopper({ customerId })).then(({ items }) => items);
  const first = await buy([]);
  expect(await mine()).toEqual([]);
  await world.run((ctx) =>
    markOrderPaid(ctx, { orderId: first.orderId, paymentId: first.paymentId!, amountFen: first.totalFen }),
  );
  const [coupon] = await mine();
  expect(coupon?.state).toBe('usable');
  expect((await buy([coupon!.code])).totalFen).toBe(19_000);
  expect((await mine()).map(({ state }) => state)).toEqual(['used_up']);
  await noDrift();
});
