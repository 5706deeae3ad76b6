import { randomUUID } from 'node:crypto';
import { cart as contract, orders as ordersContract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import type { Actor } from '../../platform/ctx.ts';
import { enqueue } from '../../platform/jobs.ts';
import { findDrift } from '../../supply/inventory/index.ts';
import { aRecipient, aSaleable, markOrderPaid } from '../orders/testing.ts';
import { endHolds } from './hold-cart.ts';

const world = useWorld();
const add = (sku: string, quantity: number, actor: Actor) => world.call(contract.addToCart, { body: { sku, quantity } }, actor);
const hold = (actor: Actor) => world.call(contract.holdCart, {}, actor);
const look = (actor: Actor) => world.call(contract.getCart, {}, actor);
const checkOut = (cart: { version: number; totalFen: number }, actor: Actor, over: object = {}) =>
  world.call(
    contract.checkout,
    { body: { version: cart.version, expectedTotalFen: cart.totalFen, recipient: aRecipient, ...over } },
    actor,
  );
const aSku = async (units: number, priceFen = 12_000) => {
  const sku = `held-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, units, priceFen));
  return sku;
};
const endOfHolds = async () => {
  await world.run((ctx) => enqueue(ctx.tx, endHolds, {}));
  await world.drain();
};

test('units kept for one shopper are nobody else’s until the time is up; who holds them buys them', async () => {
  const sku = await aSku(1);
  const [first, second] = [aShopper(), aShopper()];
  const cart = await add(sku, 1, first);
  await add(sku, 1, second);
  const held = await hold(first);
  expect(held).toMatchObject({
    version: cart.version,
    isReady: true,
    hold: { renewalsLeft: 3 },
    lines: [{ available: 1, notices: [] }],
  });
  await expect(hold(second)).rejects.toMatchObject({ code: 'stock.insufficient' });
  expect(await look(second)).toMatchObject({ isReady: false, lines: [{ notices: ['out_of_stock'] }] });
  await expect(checkOut(await look(second), second)).rejects.toMatchObject({ code: 'stock.insufficient' });
  expect(await checkOut(held, first)).toMatchObject({ state: 'placed' });
  expect((await look(first)).hold).toBeNull();
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('a hold ends by itself, may be renewed three times, and then not at once again', async () => {
  const sku = await aSku(1);
  const [first, second] = [aShopper(), aShopper()];
  await add(sku, 1, first);
  await add(sku, 1, second);
  await hold(first);
  for (const left of [2, 1, 0]) {
    world.clock.advance(9 * 60_000);
    expect((await hold(first)).hold).toMatchObject({ renewalsLeft: left });
  }
  world.clock.advance(9 * 60_000);
  await expect(hold(first)).rejects.toMatchObject({ code: 'cart.hold_exhausted' });
  world.clock.advance(2 * 60_000);
  await endOfHolds();
  expect(await hold(second)).toMatchObject({ isReady: true });
  await expect(hold(first)).rejects.toMatchObject({ code: 'cart.hold_exhausted' });
  expect(await world.inTx(findDrift)).toEqual([]);
  await world.call(contract.dropCartHold, {}, second);
  world.clock.advance(11 * 60_000);
  await endOfHolds();
  expect(await hold(first)).toMatchObject({ hold: { renewalsLeft: 3 } });
});

test('a hold follows the cart, twenty renewals at once hold the units once, and an empty cart has nothing to hold', async () => {
  const sku = await aSku(30);
  const shopper = aShopper();
  await expect(hold(shopper)).rejects.toMatchObject({ code: 'cart.empty' });
  await add(sku, 2, shopper);
  await hold(shopper);
  await add(sku, 3, shopper);
  await Promise.allSettled(Array.from({ length: 20 }, () => hold(shopper)));
  const { rows } = await world.db.pool.query('select promised from inventory.stock where sku = $1', [sku]);
  expect(rows).toEqual([{ promised: 5 }]);
  await world.call(contract.dropCartHold, {}, shopper);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('an order goes out in several parcels, each line to its address, freight counted a parcel', async () => {
  const [tea, cup] = [await aSku(10, 2000), await aSku(10, 3000)];
  const shopper = aShopper();
  await add(tea, 3, shopper);
  const cart = await add(cup, 1, shopper);
  const mother = { ...aRecipient, name: '李母', region: '四川省 成都市 武侯区', address: '科华北路 1 号' };
  const parcels = [{ recipient: mother, lines: [{ sku: tea, quantity: 2 }] }];
  const asked = checkOut(cart, shopper, { parcels });
  await expect(asked).rejects.toMatchObject({ code: 'price.changed', details: { freightFen: 1600, totalFen: 10_600 } });
  const placed = await checkOut({ ...cart, totalFen: 10_600 }, shopper, {
    parcels,
    invoice: { kind: 'company', title: '谷雨良品有限公司', taxNumber: '91330106MA27XYZ120' },
  });
  const order = await world.call(ordersContract.getOrder, { params: placed }, aStaff('operations'));
  expect(order.parcels).toMatchObject([
    { parcelNo: 1, recipient: { name: aRecipient.name } },
    { parcelNo: 2, recipient: { name: '李母' } },
  ]);
  expect(new Set(order.lines.map(({ sku, quantity, parcelNo }) => `${sku} ${quantity} ${parcelNo}`))).toEqual(
    new Set([`${cup} 1 1`, `${tea} 1 1`, `${tea} 2 2`]),
  );
  expect(order.invoice).toMatchObject({ kind: 'company', title: '谷雨良品有限公司' });

  for (const lines of [[{ sku: tea, quantity: 9 }], [{ sku: 'nothing', quantity: 1 }]]) {
    const again = await add(tea, 1, shopper);
    await expect(checkOut(again, shopper, { parcels: [{ recipient: mother, lines }] })).rejects.toMatchObject({
      code: 'cart.parcels_wrong',
    });
  }
});

test('buying again puts an order’s lines into the cart, as far as they are for sale', async () => {
  const [tea, gone] = [await aSku(10), await aSku(10)];
  const shopper = aShopper();
  await world.call(contract.addManyToCart, { body: { lines: [{ sku: tea, quantity: 2 }, { sku: gone, quantity: 1 }] } }, shopper); // prettier-ignore
  const placed = await checkOut(await look(shopper), shopper);
  await world.run((ctx) =>
    markOrderPaid(ctx, { orderId: placed.orderId, paymentId: placed.paymentId!, amountFen: placed.totalFen }),
  );
  await world.db.pool.query(`update catalog.variant set state = 'retired' where sku = $1`, [gone]);
  const { number } = placed;
  expect(await world.call(ordersContract.buyAgain, { params: { number }, body: {} }, shopper)).toMatchObject({
    units: 2,
    missing: [{ sku: gone }],
  });
  expect((await look(shopper)).lines).toMatchObject([{ sku: tea, quantity: 2 }]);
});
