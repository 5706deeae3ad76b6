import { randomUUID } from 'node:crypto';
import { cart as cartContract, orders as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { aMemberWithPoints } from '../../base/membership/testing.ts';
import { aPromotion } from '../promotions/testing.ts';
import { aRecipient, aSaleable } from './testing.ts';

const world = useWorld();
const staff = aStaff('operations');

test('what a cart shows, what staff are quoted and what is charged is the same breakdown to the fen', async () => {
  const [tea, cup] = [`tea-${randomUUID()}`, `cup-${randomUUID()}`];
  const customerId = await world.run(async (ctx) => {
    await aSaleable(ctx, tea, 50, 3333);
    await aSaleable(ctx, cup, 50, 12_345);
    await aPromotion(ctx, { then: { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 20_000, off: { bp: 777 } }] } });
    return aMemberWithPoints(ctx, randomUUID(), 1234);
  });
  const lines = [{ sku: tea, quantity: 3 }, { sku: cup, quantity: 2 }]; // prettier-ignore
  const quote = await world.call(
    contract.quoteOrder,
    { body: { channel: 'shop', customerId, lines, pointsWanted: 1000, couponCodes: [] } },
    staff,
  );
  expect(quote).toMatchObject({ problems: [], price: { pointsSpent: 1000, pointsFen: 1000 } });

  const member = aShopper({ customerId });
  await world.call(cartContract.addManyToCart, { body: { lines: lines.toReversed() } }, member);
  const cart = await world.call(cartContract.setCartTerms, { body: { pointsWanted: 1000 } }, member);
  for (const key of ['goodsFen', 'discountFen', 'pointsFen', 'freightFen', 'taxFen', 'totalFen'] as const)
    expect([key, cart[key]]).toEqual([key, quote.price[key]]);
  const perSku = (of: readonly { sku: string; amountFen: number }[]) => new Map(of.map((one) => [one.sku, one.amountFen]));
  expect(perSku(cart.lines)).toEqual(perSku(quote.price.lines));

  const body = { customerId, lines, pointsWanted: 1000, recipient: aRecipient, expectedTotalFen: quote.price.totalFen };
  const { order, orderUrl } = await world.call(contract.placeStaffOrder, { body }, staff);
  expect(order).toMatchObject({ state: 'placed', totalFen: quote.price.totalFen, taxFen: quote.price.taxFen, pointsSpent: 1000 });
  expect(perSku(order.lines)).toEqual(perSku(quote.price.lines));

  const token = new URL(orderUrl).searchParams.get('token')!;
  const seen = await world.call(contract.getMyOrder, { params: { number: order.number }, query: { token } }, aShopper());
  expect(seen.id).toBe(order.id);
  expect(orderUrl.startsWith(`${world.config.shopOrigin}/orders/${order.number}?token=`)).toBe(true);
});

test('a quote names every line that cannot be sold, and nobody takes an order in another price or for nobody', async () => {
  const sku = `few-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, 2));
  const lines = [{ sku, quantity: 3 }, { sku: 'nothing', quantity: 1 }]; // prettier-ignore
  const { problems } = await world.call(contract.quoteOrder, { body: { channel: 'shop', lines } }, staff);
  expect(problems).toEqual([
    { sku: 'nothing', code: 'sku.not_found', available: null },
    { sku, code: 'stock.insufficient', available: 2 },
  ]);
  const place = (over: object) =>
    world.call(
      contract.placeStaffOrder,
      { body: { lines: [{ sku, quantity: 1 }], recipient: aRecipient, expectedTotalFen: 5800, ...over } },
      staff,
    );
  await expect(place({ expectedTotalFen: 1 })).rejects.toMatchObject({ code: 'price.changed', details: { totalFen: 5800 } });
  await expect(place({ customerId: randomUUID() })).rejects.toMatchObject({ code: 'customer.not_found' });
  await expect(world.call(contract.quoteOrder, { body: { channel: 'store', store: 'WH1', lines } }, staff)).rejects.toMatchObject(
    { code: 'location.not_found' },
  );
  await expect(place({})).resolves.toMatchObject({ order: { totalFen: 5800 } });
});
