import { randomUUID } from 'node:crypto';
import { cart as contract, orders as ordersContract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { upsertCustomers } from '../../base/customers/index.ts';
import type { Actor } from '../../platform/ctx.ts';
import { closeDb, type Db, openDb } from '../../platform/db.ts';
import { perform } from '../../platform/route.ts';
import { findDrift } from '../../supply/inventory/index.ts';
import { aRecipient, aSaleable } from '../orders/testing.ts';
import { someSkus } from '../../base/catalog/testing.ts';
import { aPrice } from '../pricing/testing.ts';

const world = useWorld();
const staff = aStaff('operations');
const add = (sku: string, quantity: number, actor: Actor) => world.call(contract.addToCart, { body: { sku, quantity } }, actor);
const checkOut = (cart: { version: number; totalFen: number }, actor: Actor) =>
  world.call(
    contract.checkout,
    { body: { version: cart.version, expectedTotalFen: cart.totalFen, recipient: aRecipient } },
    actor,
  );
const sku = async (quantity: number, priceFen = 5000) => {
  const code = `sku-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, code, quantity, priceFen));
  return code;
};

test('fifty buyers of the last unit: one gets it, 49 are told, nothing is left behind', async () => {
  const last = await sku(1);
  const buyers = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const actor = aShopper();
      return { actor, cart: await add(last, 1, actor) };
    }),
  );
  const answers = await Promise.allSettled(buyers.map(({ actor, cart }) => checkOut(cart, actor)));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  const codes = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []));
  expect(codes).toEqual(Array.from({ length: 49 }, () => 'stock.insufficient'));
  const { rows } = await world.db.pool.query('select count(*)::int as lines from orders.line where sku = $1', [last]);
  expect(rows).toEqual([{ lines: 1 }]);
  expect(await world.inTx(findDrift)).toEqual([]);
  const loser = buyers[answers.findIndex((answer) => answer.status === 'rejected')]!;
  const cart = await world.call(contract.getCart, {}, loser.actor); // a refused checkout leaves the cart as it was
  expect(cart).toMatchObject({
    version: loser.cart.version,
    isReady: false,
    lines: [{ sku: last, quantity: 1, available: 0, notices: ['out_of_stock'] }],
  });
});

test('the same cart checked out ten times at once is one order', async () => {
  const actor = aShopper();
  const cart = await add(await sku(50), 2, actor);
  const answers = await Promise.all(Array.from({ length: 10 }, () => checkOut(cart, actor)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({
    state: 'placed',
    totalFen: 10_000,
    payUrl: expect.stringMatching(/^\/api\/payments\/[\da-f-]+\/page\?token=/),
  });
  expect(await world.call(contract.getCart, {}, actor)).toMatchObject({ lines: [], totalFen: 0, isReady: false });
});

test('a guest opens the order by its link; without it, for other visitors, the order does not exist', async () => {
  const actor = aShopper();
  const { number, token, orderId } = await checkOut(await add(await sku(5), 1, actor), actor);
  const get = (who: Actor, query: { token?: string } = {}) =>
    world.call(ordersContract.getMyOrder, { params: { number }, query }, who);
  expect(await get(aShopper(), { token })).toMatchObject({ id: orderId, recipient: { name: '张三丰', phone: '13800138000' } });
  expect(await get(actor)).toMatchObject({ id: orderId });
  const unknown = world.call(ordersContract.getMyOrder, { params: { number: '261122-0000-0000' } }, aShopper());
  await expect(unknown).rejects.toMatchObject({ code: 'order.not_found', details: { number: '261122-0000-0000' } });
  for (const query of [{}, { token: 'wrong' }, { token: '' }])
    await expect(get(aShopper(), query)).rejects.toMatchObject({ code: 'order.not_found', details: { number } });
  const { rows } = await world.db.pool.query('select access_token_hash as hash from orders."order" where id = $1', [orderId]);
  expect(JSON.stringify(rows)).not.toContain(token);
});

test("a member's orders are the member's alone, on every device", async () => {
  const [customer] = await world.run((ctx) =>
    upsertCustomers(ctx, [{ source: 'store', externalId: randomUUID(), name: '王芳' }]),
  );
  const customerId = customer!.customerId;
  const [phone, desktop] = [aShopper({ customerId }), aShopper({ customerId })];
  const { number, token } = await checkOut(await add(await sku(5), 1, phone), phone);
  const { items } = await world.call(ordersContract.listMyOrders, {}, desktop);
  expect(items).toMatchObject([{ number, state: 'placed', lines: [{ quantity: 1 }] }]);
  const signedOut = aShopper({ visitorId: phone.visitorId });
  await expect(world.call(ordersContract.getMyOrder, { params: { number } }, signedOut)).rejects.toMatchObject({
    code: 'order.not_found',
  });
  expect((await world.call(ordersContract.getMyOrder, { params: { number }, query: { token } }, signedOut)).number).toBe(number);
  await expect(world.call(ordersContract.listMyOrders, {}, aShopper())).rejects.toMatchObject({ code: 'auth.required' });
});

test("a guest's cart joins the member's at sign-in, once", async () => {
  const [shirt, tea] = [await sku(50), await sku(50)];
  const [customer] = await world.run((ctx) =>
    upsertCustomers(ctx, [{ source: 'store', externalId: randomUUID(), name: '李雷' }]),
  );
  const guest = aShopper();
  const member = aShopper({ visitorId: guest.visitorId, customerId: customer!.customerId });
  await add(shirt, 1, aShopper({ customerId: customer!.customerId }));
  await add(shirt, 2, guest);
  await add(tea, 3, guest);
  const carts = await Promise.all([1, 2, 3].map(() => world.call(contract.getCart, {}, member)));
  const last = await world.call(contract.getCart, {}, member);
  expect(last.lines.map(({ sku: code, quantity }) => [code, quantity])).toEqual(
    expect.arrayContaining([
      [shirt, 3],
      [tea, 3],
    ]),
  );
  expect(new Set([...carts, last].map((cart) => cart.units))).toEqual(new Set([6]));
  expect((await world.call(contract.getCart, {}, guest)).lines).toEqual([]);
});

test('a price that changed in the cart is shown, and never charged unseen', async () => {
  const actor = aShopper();
  const code = await sku(5, 12_000);
  const cart = await add(code, 1, actor);
  await world.run((ctx) => aPrice(ctx, code, 15_000, new Date(world.clock.now().getTime() - 1000)));
  const refused = checkOut(cart, actor);
  await expect(refused).rejects.toMatchObject({
    code: 'price.changed',
    details: { totalFen: 15_000, lines: [{ sku: code, seenFen: 12_000, unitFen: 15_000 }] },
  });
  const shown = await world.call(contract.getCart, {}, actor);
  expect(shown).toMatchObject({
    totalFen: 15_000,
    isReady: true,
    lines: [{ notices: ['price_up'], seenFen: 12_000, unitFen: 15_000 }],
  });
  expect(await checkOut(shown, actor)).toMatchObject({ totalFen: 15_000 });
});

test('an empty cart, and a cart that changed meanwhile, are not checked out', async () => {
  const actor = aShopper();
  await expect(checkOut({ version: 1, totalFen: 0 }, actor)).rejects.toMatchObject({ code: 'cart.empty' });
  await expect(checkOut(await world.call(contract.getCart, {}, actor), actor)).rejects.toMatchObject({ code: 'cart.empty' });
  const before = await add(await sku(5), 1, actor);
  await add(await sku(5), 1, actor);
  await expect(checkOut(before, actor)).rejects.toMatchObject({ code: 'cart.changed', details: { version: before.version + 1 } });
});

test('lines are put, set, removed; freight and the way to free freight are counted', async () => {
  const actor = aShopper();
  const code = await sku(3, 4000);
  expect(await add(code, 1, actor)).toMatchObject({
    units: 1,
    goodsFen: 4000,
    freightFen: 800,
    totalFen: 4800,
    freeFreightGapFen: 5900,
    isReady: true,
  });
  expect(await add(code, 1, actor)).toMatchObject({ units: 2 });
  const many = await world.call(contract.putCartLine, { params: { sku: code }, body: { quantity: 4 } }, actor);
  expect(many).toMatchObject({
    units: 4,
    goodsFen: 16_000,
    freightFen: 0,
    freeFreightGapFen: 0,
    isReady: false,
    lines: [{ notices: ['stock_short'], available: 3 }],
  });
  const gone = await world.call(contract.removeCartLine, { params: { sku: code } }, actor);
  expect(gone).toMatchObject({ lines: [], totalFen: 0, freightFen: 0 });
  expect(gone.version).toBe(many.version + 1);
  await expect(world.call(contract.removeCartLine, { params: { sku: code } }, actor)).rejects.toMatchObject({
    code: 'cart.line_not_found',
  });
});

test('what is not for sale does not get into a cart, and holds a checkout back when it ends there', async () => {
  const actor = aShopper();
  const code = await sku(3);
  await world.run((ctx) => someSkus(ctx, ['cart-unpriced']));
  await world.run((ctx) => someSkus(ctx, ['cart-retired'], { state: 'retired' }));
  for (const [wrong, error] of [
    ['cart-nothing', 'sku.not_found'],
    ['cart-unpriced', 'price.missing'],
    ['cart-retired', 'sku.not_for_sale'],
  ] as const) {
    await expect(add(wrong, 1, actor)).rejects.toMatchObject({ code: error });
    await expect(
      world.call(contract.putCartLine, { params: { sku: wrong }, body: { quantity: 1 } }, actor),
    ).rejects.toMatchObject({ code: error });
  }
  const cart = await add(code, 1, actor);
  await world.run((ctx) => someSkus(ctx, [code], { state: 'retired' }));
  expect(await world.call(contract.getCart, {}, actor)).toMatchObject({
    isReady: false,
    totalFen: 0,
    lines: [{ notices: ['not_for_sale'], unitFen: null }],
  });
  await expect(checkOut(cart, actor)).rejects.toMatchObject({ code: 'sku.not_for_sale' });
  await world.db.pool.query('delete from pricing.price where sku = $1', [code]);
  await world.run((ctx) => someSkus(ctx, [code], { state: 'active' }));
  await expect(checkOut(cart, actor)).rejects.toMatchObject({ code: 'price.missing' });
  await world.db.pool.query(`update cart.cart set lines = jsonb_set(lines, '{0,sku}', '"cart-vanished"') where visitor_id = $1`, [
    actor.kind === 'shopper' ? actor.visitorId : '',
  ]);
  await expect(checkOut(cart, actor)).rejects.toMatchObject({ code: 'sku.not_found', details: { sku: 'cart-vanished' } });
  await expect(world.call(contract.getCart, {}, staff)).rejects.toMatchObject({ code: 'auth.required' });
});

test('the first units of one guest, put in by two processes at the same moment, all end up in one cart', async () => {
  const code = await sku(500);
  const other = openDb(world.db.url, { connectionsMax: 6 });
  const route = world.house.routes.find(({ endpoint }) => endpoint === contract.addToCart)!;
  const put = (db: Db, actor: Actor) =>
    perform({ db, clock: world.clock.now }, route, { actor, params: {}, query: {}, body: { sku: code, quantity: 1 } });
  try {
    for (let round = 0; round < 20; round += 1) {
      const actor = aShopper();
      await Promise.all([put(world.db, actor), put(other, actor)]);
      expect(await world.call(contract.getCart, {}, actor)).toMatchObject({ units: 2 });
    }
  } finally {
    await closeDb(other);
  }
});

test('a cart takes 200 lines, and a refused line leaves it as it was', async () => {
  const codes = Array.from({ length: 201 }, (_, index) => `many-${index}`);
  await world.run(async (ctx) => {
    await someSkus(ctx, codes);
    for (const code of codes) await aPrice(ctx, code, 100);
  });
  const actor = aShopper();
  const putAll = (some: string[]) =>
    world.call(contract.addManyToCart, { body: { lines: some.map((code) => ({ sku: code, quantity: 1 })) } }, actor);
  await putAll(codes.slice(0, 100));
  const full = await putAll(codes.slice(100, 200));
  await expect(putAll(codes.slice(199))).rejects.toMatchObject({ code: 'cart.too_many_lines', details: { most: 200 } });
  expect(await world.call(contract.getCart, {}, actor)).toMatchObject({ version: full.version, units: 200 });
});
