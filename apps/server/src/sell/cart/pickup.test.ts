import { randomUUID } from 'node:crypto';
import { cart as contract, orders as ordersContract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { heldBy } from '../../supply/inventory/index.ts';
import { aTariff } from '../../supply/delivery/testing.ts';
import { aStock } from '../../supply/inventory/testing.ts';
import { aRecipient, aSaleable } from '../orders/testing.ts';

const world = useWorld();
type Shopper = ReturnType<typeof aShopper>;
beforeAll(() => world.run(aTariff));

/** A guest's cart of 2 × ¥20.00, in the warehouse and in the store. */
async function aCart(inStore = 5) {
  const sku = `pickup-${randomUUID()}`;
  await world.run(async (ctx) => {
    await aSaleable(ctx, sku, 10, 2000);
    await aStock(ctx, sku, inStore, 'S01');
  });
  const actor = aShopper();
  const cart = await world.call(contract.addToCart, { body: { sku, quantity: 2 } }, actor);
  return { actor, cart, sku };
}
const options = (actor: Shopper, region?: string) =>
  world.call(contract.getDeliveryOptions, { query: region === undefined ? {} : { region } }, actor);
const plan = (actor: Shopper, body: object) => world.call(contract.planDelivery, { body }, actor);
const checkOut = (actor: Shopper, cart: { version: number; totalFen: number }, over: object) =>
  world.call(
    contract.checkout,
    { body: { version: cart.version, expectedTotalFen: cart.totalFen, recipient: aRecipient, ...over } },
    actor,
  );
const orderOf = (actor: Shopper, number: string) => world.call(ordersContract.getMyOrder, { params: { number } }, actor);

test('collected in a store, a cart costs no freight and takes its units there; the order says where', async () => {
  const { actor, cart, sku } = await aCart();
  expect(cart).toMatchObject({ freightFen: 800, totalFen: 4800, delivery: { pickupAt: null } });
  expect((await options(actor)).places).toMatchObject([{ location: 'S01', isAvailable: true }]);
  const planned = await plan(actor, { pickupAt: 'S01' });
  expect(planned).toMatchObject({ version: cart.version, freightFen: 0, totalFen: 4000, delivery: { pickupAt: 'S01' } });
  const placed = await checkOut(actor, planned, { pickupAt: 'S01' });
  expect(placed.totalFen).toBe(4000);
  expect(await orderOf(actor, placed.number)).toMatchObject({ pickupAt: 'S01', lines: [{ location: 'S01' }] });
  expect(await world.inTx(async (tx) => (await heldBy(tx, [placed.orderId])).get(placed.orderId))).toEqual(new Map([[sku, 2]]));
});

test('a store that has too little says so and sells no more than it has; a place where nobody collects is refused', async () => {
  const { actor } = await aCart(1);
  expect((await options(actor)).places).toMatchObject([{ isAvailable: false, missing: [{ available: 1 }] }]);
  const short = await plan(actor, { pickupAt: 'S01' });
  expect(short).toMatchObject({ isReady: false, lines: [{ available: 1, notices: ['stock_short'] }] });
  await expect(checkOut(actor, short, { pickupAt: 'S01' })).rejects.toMatchObject({ code: 'stock.insufficient' });
  await expect(plan(actor, { pickupAt: 'WH1' })).rejects.toMatchObject({ code: 'location.not_found' });
  await expect(checkOut(actor, short, { pickupAt: 'WH1' })).rejects.toMatchObject({ code: 'location.not_found' });
  const sent = await plan(actor, { pickupAt: null });
  expect(sent).toMatchObject({ isReady: true, totalFen: 4800 });
});

test('the day that was shown is the day that is promised; a later one may be chosen, an earlier one never', async () => {
  const { actor, cart } = await aCart();
  const { promisedOn } = await options(actor, aRecipient.region);
  expect(promisedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  const order = await checkOut(actor, cart, { promisedOn });
  expect((await orderOf(actor, order.number)).promisedOn).toBe(promisedOn);
  for (const [asked, got] of [['2026-12-24', '2026-12-24'], ['2020-01-01', promisedOn]] as const) {
    const other = await aCart();
    const placed = await checkOut(other.actor, other.cart, { promisedOn: asked });
    expect((await orderOf(other.actor, placed.number)).promisedOn).toBe(got);
  } // prettier-ignore
  expect(await options(aShopper())).toMatchObject({ promisedOn: null, places: [] });
});
