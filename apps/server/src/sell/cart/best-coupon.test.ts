import { randomUUID } from 'node:crypto';
import { cart as contract, orders as ordersContract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { aMemberWithPoints } from '../../base/membership/testing.ts';
import { addMs, inBusinessZone } from '../../platform/time.ts';
import { aRecipient, aSaleable } from '../orders/testing.ts';
import { giveCoupons } from '../promotions/index.ts';
import { aBatch, aPromotion } from '../promotions/testing.ts';

const world = useWorld();

const offFen = (fen: number, minFen = 1) => ({
  stage: 'coupon' as const,
  needsCode: true,
  when: { is: 'amount' as const, of: {}, minFen },
  then: { gives: 'amount' as const, of: {}, fen },
});

/** A member with a coupon of each of these amounts, and a cart of ¥200.00. */
async function aMember(...coupons: (Parameters<typeof offFen> | readonly ['over', number])[]) {
  const sku = `best-${randomUUID()}`;
  const customerId = await world.run(async (ctx) => {
    await aSaleable(ctx, sku, 100, 10_000);
    const id = await aMemberWithPoints(ctx, randomUUID(), 1000);
    for (const [first, second] of coupons) {
      const isOver = first === 'over';
      const promotionId = await aPromotion(ctx, isOver ? offFen(second) : offFen(first, second));
      const validTo = isOver ? inBusinessZone(addMs(ctx.now, -1000)) : null;
      const batch = await aBatch(ctx, promotionId, { name: `${String(first)}-${second ?? 0}`, size: 2, usesPerCode: 1, validTo });
      await giveCoupons(ctx, batch, { customerIds: [id] });
    }
    return id;
  });
  const actor = aShopper({ customerId });
  const cart = await world.call(contract.addToCart, { body: { sku, quantity: 2 } }, actor);
  return { actor, cart, sku };
}
const get = (actor: ReturnType<typeof aShopper>) => world.call(contract.getCart, {}, actor);
const setTerms = (actor: ReturnType<typeof aShopper>, body: object) => world.call(contract.setCartTerms, { body }, actor);
const checkOut = (cart: { version: number; totalFen: number }, actor: ReturnType<typeof aShopper>) =>
  world.call(
    contract.checkout,
    { body: { version: cart.version, expectedTotalFen: cart.totalFen, recipient: aRecipient } },
    actor,
  );

test('a member who chose nothing sees the coupon that saves most in the cart, and pays exactly that', async () => {
  const { actor, cart } = await aMember([500], [2000], [9000, 30_000], ['over', 8000]);
  expect(cart).toMatchObject({ totalFen: 18_000, applied: [{ amountFen: 2000 }] });
  expect(cart.terms.couponCodes).toHaveLength(1);
  expect(await get(actor)).toEqual(cart);

  const order = await checkOut(cart, actor);
  expect(order).toMatchObject({ totalFen: 18_000, state: 'placed' });
  const placed = await world.call(ordersContract.getMyOrder, { params: { number: order.number } }, actor);
  expect(placed.applied).toMatchObject([{ couponCode: cart.terms.couponCodes[0], amountFen: 2000 }]);
});

test('the next cart gets the best of what is left; the better one comes as soon as the cart reaches it', async () => {
  const { actor, cart, sku } = await aMember([500], [2000, 15_000], [9000, 30_000]);
  await checkOut(cart, actor);
  const least = await world.call(contract.addToCart, { body: { sku, quantity: 1 } }, actor);
  expect(least).toMatchObject({ totalFen: 10_000, applied: [] }); // ¥5.00 off would cost the free freight of ¥8.00
  const small = await world.call(contract.addToCart, { body: { sku, quantity: 1 } }, actor);
  expect(small).toMatchObject({ totalFen: 19_500, applied: [{ amountFen: 500 }] });
  const large = await world.call(contract.putCartLine, { params: { sku }, body: { quantity: 4 } }, actor);
  expect(large).toMatchObject({ totalFen: 31_000, applied: [{ amountFen: 9000 }] });
});

test('what the member chose stands: another coupon, or none at all', async () => {
  const { actor, cart } = await aMember([500], [2000]);
  const none = await setTerms(actor, { couponCodes: [] });
  expect(none).toMatchObject({ totalFen: 20_000, applied: [], terms: { couponCodes: [] } });
  expect((await get(actor)).totalFen).toBe(20_000);
  expect(await checkOut(none, actor)).toMatchObject({ totalFen: 20_000 });
  expect(cart.totalFen).toBe(18_000);
});

test('points count as money beside the coupon, and a member without coupons pays the same as ever', async () => {
  const { actor } = await aMember([500], [2000]);
  expect(await setTerms(actor, { pointsWanted: 1000 })).toMatchObject({ totalFen: 17_000, pointsSpent: 1000 });
  const { cart } = await aMember();
  expect(cart).toMatchObject({ totalFen: 20_000, applied: [], terms: { couponCodes: [] } });
});
