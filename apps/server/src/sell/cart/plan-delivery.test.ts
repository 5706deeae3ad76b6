import { randomUUID } from 'node:crypto';
import { cart as contract, orders as ordersContract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { aRecipient, aSaleable } from '../orders/testing.ts';
import { aPromotion } from '../promotions/testing.ts';

const world = useWorld();
type Shopper = ReturnType<typeof aShopper>;

/** A guest's cart of these units, each of ¥50.00. */
async function aCart(...quantities: number[]) {
  const actor = aShopper();
  const skus = quantities.map(() => `plan-${randomUUID()}`);
  await world.run(async (ctx) => {
    for (const sku of skus) await aSaleable(ctx, sku, 100, 5000);
  });
  const lines = skus.map((sku, index) => ({ sku, quantity: quantities[index]! }));
  const cart = await world.call(contract.addManyToCart, { body: { lines } }, actor);
  return { actor, cart, skus };
}
const plan = (actor: Shopper, body: object) => world.call(contract.planDelivery, { body }, actor);
const get = (actor: Shopper) => world.call(contract.getCart, {}, actor);
const toElsewhere = (sku: string, quantity: number) => ({ lines: [{ sku, quantity }] });
const checkOut = (actor: Shopper, cart: { version: number; totalFen: number }, parcels: { lines: object[] }[] = []) =>
  world.call(
    contract.checkout,
    {
      body: {
        version: cart.version,
        expectedTotalFen: cart.totalFen,
        recipient: aRecipient,
        parcels: parcels.map((parcel) => ({ ...parcel, recipient: { ...aRecipient, name: '李四' } })) as never,
      },
    },
    actor,
  );

test('the freight of every parcel is in the cart before anything is asked, and checkout charges exactly that', async () => {
  const { actor, cart, skus } = await aCart(3, 1);
  expect(cart).toMatchObject({ totalFen: 20_000, freightFen: 0, parcelCount: 1 });
  const parcels = [toElsewhere(skus[0]!, 1)];
  const planned = await plan(actor, { parcels });
  expect(planned).toMatchObject({
    version: cart.version,
    parcelCount: 2,
    freightFen: 800,
    freeFreightGapFen: 0,
    totalFen: 20_800,
    lines: [{ quantity: 3, goodsFen: 15_000, amountFen: 15_000 }, { quantity: 1 }],
    delivery: { parcels },
  });
  expect(await get(actor)).toEqual(planned);
  await expect(checkOut(actor, cart, parcels)).rejects.toMatchObject({ code: 'price.changed', details: { totalFen: 20_800 } });
  expect(await checkOut(actor, planned, parcels)).toMatchObject({ totalFen: 20_800 });
  expect(await get(actor)).toMatchObject({ parcelCount: 1, delivery: { parcels: [] } });
});

test('a line that travels in two parcels shows what both cost and each rule once', async () => {
  const { actor, skus } = await aCart(4);
  await world.run((ctx) => aPromotion(ctx, { name: '八折', then: { gives: 'percent', of: { skus }, bp: 2000 } }));
  const whole = await get(actor);
  const planned = await plan(actor, { parcels: [toElsewhere(skus[0]!, 1), toElsewhere(skus[0]!, 1)] });
  expect(planned.lines).toEqual(whole.lines);
  expect(planned).toMatchObject({ freightFen: 2400, discountFen: 4000, lines: [{ adjustments: [{ amountFen: 4000 }] }] });
});

test('parcels that the cart cannot fill are refused; ones that no longer fit after a change count no more', async () => {
  const { actor, skus } = await aCart(2, 1);
  for (const parcels of [
    [toElsewhere(skus[0]!, 3)],
    [toElsewhere('none', 1)],
    [toElsewhere(skus[0]!, 2), toElsewhere(skus[1]!, 1)],
  ])
    await expect(plan(actor, { parcels })).rejects.toMatchObject({ code: 'cart.parcels_wrong' });
  await plan(actor, { parcels: [toElsewhere(skus[0]!, 2)] });
  const less = await world.call(contract.putCartLine, { params: { sku: skus[0]! }, body: { quantity: 1 } }, actor);
  expect(less).toMatchObject({ parcelCount: 1, delivery: { parcels: [] }, freightFen: 0 });
});

test("a guest's limits count by phone in the cart as at checkout, from the moment the phone is known", async () => {
  const first = await aCart(4);
  await world.run((ctx) =>
    aPromotion(ctx, { then: { gives: 'amount', of: { skus: first.skus }, fen: 1000 }, usesPerCustomer: 1 }),
  );
  const cart = await get(first.actor);
  expect(cart.totalFen).toBe(19_000);
  await checkOut(first.actor, cart);

  const again = aShopper();
  const shown = await world.call(contract.addToCart, { body: { sku: first.skus[0]!, quantity: 4 } }, again);
  expect(shown.totalFen).toBe(19_000); // nobody knows yet who this is
  const known = await plan(again, { phone: `+86 ${aRecipient.phone}` });
  expect(known).toMatchObject({ totalFen: 20_000, version: shown.version });
  expect(known.missed).toMatchObject(expect.arrayContaining([expect.objectContaining({ reason: 'limit_reached' })]));
  expect(await get(again)).toEqual(known);
  const order = await checkOut(again, known);
  expect(order.totalFen).toBe(20_000);
  const next = await world.call(contract.addToCart, { body: { sku: first.skus[0]!, quantity: 4 } }, again);
  expect(next.totalFen).toBe(20_000); // the browser is known now
  const { rows } = await world.db.pool.query('select count(*)::int as n from promotions.claim');
  expect(rows[0].n).toBeGreaterThan(0);
  await expect(world.call(ordersContract.getMyOrder, { params: { number: order.number } }, again)).resolves.toMatchObject({
    totalFen: 20_000,
  });
});
