import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { saveKit } from '../../base/catalog/index.ts';
import { availabilityOf, findDrift, heldBy } from '../../supply/inventory/index.ts';
import { aPrice } from '../pricing/testing.ts';
import { someSkus } from '../../base/catalog/testing.ts';
import { linesOf } from './facts.ts';
import { placeOrder } from './place-orders.ts';
import { orders } from './tables.ts';
import { anOrder, aRecipient, aSaleable, kindsOf, ordersOf } from './testing.ts';

const world = useWorld();
const staff = aStaff('operations');
const countOrders = async () => Number((await world.db.pool.query('select count(*) as n from orders."order"')).rows[0].n);

test('an order freezes price, cost, tax and category, and asks for the money', async () => {
  await world.run((ctx) => aSaleable(ctx, 'mug', 10, 3390));
  const placed = await world.run((ctx) => anOrder(ctx, [{ sku: 'mug', quantity: 2 }]), aShopper());
  await world.run((ctx) => aPrice(ctx, 'mug', 9900));

  const order = await ordersOf(world, staff).get(placed.orderId);
  expect(order).toMatchObject({
    goodsFen: 6780,
    freightFen: 800,
    discountFen: 0,
    taxFen: 780,
    totalFen: 7580,
    state: 'placed',
    moves: ['paid', 'cancelled'],
  });
  expect(order.lines).toMatchObject([
    {
      lineNo: 1,
      sku: 'mug',
      quantity: 2,
      unitFen: 3390,
      amountFen: 6780,
      taxRateBp: 1300,
      taxFen: 780,
      category: 'test',
      location: 'WH1',
    },
  ]);
  expect(order.payments).toMatchObject([
    { id: placed.paymentId, state: 'pending', amountFen: 7580, receivedFen: 0, provider: 'sandbox' },
  ]);
  expect(kindsOf(order)).toEqual(['placed']);
  expect(order.timeline[0]).toMatchObject({ actorKind: 'shopper', actor: 'guest', at: world.clock.now().toISOString() });
  expect(order.number).toMatch(/^261122-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
});

test('freight is ¥8.00 below ¥99.00 of goods and free from there', async () => {
  await world.run((ctx) => aSaleable(ctx, 'kettle', 10, 9900));
  await world.run((ctx) => aSaleable(ctx, 'lid', 10, 9899));
  const totals = [];
  for (const sku of ['kettle', 'lid']) totals.push((await world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }]))).totalFen);
  expect(totals).toEqual([9900, 10_699]);
});

test('an order that costs nothing is paid at once, without a payment, and goes on by itself', async () => {
  await world.run((ctx) => aSaleable(ctx, 'sample', 10, 0));
  // handed over in a store: a parcel would cost freight
  const placed = await world.run((ctx) => anOrder(ctx, [{ sku: 'sample', quantity: 1 }], { channel: 'store' }));
  expect(placed).toMatchObject({ state: 'paid', totalFen: 0, paymentId: undefined });
  await world.drain();
  const order = await ordersOf(world, staff).get(placed.orderId);
  expect(order).toMatchObject({ state: 'released', payments: [], attention: null });
  expect(kindsOf(order)).toEqual(['placed', 'paid', 'released']);
});

test('a refused order leaves nothing behind: no order, no promise, no event', async () => {
  await world.run(async (ctx) => {
    await aSaleable(ctx, 'cup', 5);
    await aSaleable(ctx, 'saucer', 1);
    await someSkus(ctx, ['unpriced']);
    await someSkus(ctx, ['retired'], { state: 'retired' });
    await aPrice(ctx, 'retired', 100);
  });
  const events = async () => Number((await world.db.pool.query('select count(*) as n from platform.event')).rows[0].n);
  const before = [await countOrders(), await events()];
  const place = (...lines: { sku: string; quantity: number }[]) => world.run((ctx) => anOrder(ctx, lines));
  await expect(place({ sku: 'cup', quantity: 1 }, { sku: 'saucer', quantity: 2 })).rejects.toMatchObject({
    code: 'stock.insufficient',
    details: { lines: [{ sku: 'saucer', location: 'WH1', quantity: 2, available: 1 }] },
  });
  await expect(place({ sku: 'nothing', quantity: 1 })).rejects.toMatchObject({
    code: 'sku.not_found',
    details: { sku: 'nothing' },
  });
  await expect(place({ sku: 'unpriced', quantity: 1 })).rejects.toMatchObject({
    code: 'price.missing',
    details: { sku: 'unpriced' },
  });
  await expect(place({ sku: 'retired', quantity: 1 })).rejects.toMatchObject({
    code: 'sku.not_for_sale',
    details: { sku: 'retired' },
  });
  expect([await countOrders(), await events()]).toEqual(before);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('a total other than the one shown is refused, naming the lines that changed', async () => {
  await world.run((ctx) => aSaleable(ctx, 'pan', 5, 12_000));
  const place = world.run((ctx) => anOrder(ctx, [{ sku: 'pan', quantity: 1, seenFen: 10_000 }], { expectedTotalFen: 10_000 }));
  await expect(place).rejects.toMatchObject({
    code: 'price.changed',
    details: { expectedTotalFen: 10_000, totalFen: 12_000, lines: [{ sku: 'pan', seenFen: 10_000, unitFen: 12_000 }] },
  });
});

test('twenty orders with the same lines in opposite order neither deadlock nor oversell', async () => {
  await world.run(async (ctx) => {
    for (const sku of ['a1', 'b1', 'c1']) await aSaleable(ctx, sku, 12);
  });
  const lines = ['a1', 'b1', 'c1'].map((sku) => ({ sku, quantity: 1 }));
  const place = (_: unknown, index: number) => world.run((ctx) => anOrder(ctx, index % 2 === 0 ? lines : lines.toReversed()));
  const answers = await Promise.allSettled(Array.from({ length: 20 }, place));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(12);
  const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []));
  expect(reasons).toEqual(Array.from({ length: 8 }, () => 'stock.insufficient'));
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('every amount of every order sums to the fen, whatever the lines', async () => {
  await world.run(async (ctx) => {
    for (let n = 0; n < 5; n++) await someSkus(ctx, [`p${n}`], { taxRateBp: [0, 600, 900, 1300, 300][n]! });
    for (let n = 0; n < 5; n++) await aSaleable(ctx, `p${n}`, 100_000, [1, 333, 999, 12_345, 7][n]!);
  });
  const line = fc.record({ sku: fc.constantFrom('p0', 'p1', 'p2', 'p3', 'p4'), quantity: fc.integer({ min: 1, max: 40 }) });
  const property = fc.asyncProperty(
    fc.uniqueArray(line, { minLength: 1, maxLength: 5, selector: (one) => one.sku }),
    async (lines) => {
      const { orderId } = await world.run((ctx) => anOrder(ctx, lines));
      const row = await world.inTx((tx) =>
        orders(tx).selectFrom('order').selectAll().where('id', '=', orderId).executeTakeFirstOrThrow(),
      );
      const stored = await world.inTx((tx) => linesOf(tx, [orderId]));
      const sum = (pick: (one: (typeof stored)[number]) => number) => stored.reduce((total, one) => total + pick(one), 0);
      expect(row.goods_fen).toBe(sum((one) => one.quantity * one.unitFen));
      expect(row.tax_fen).toBe(sum((one) => one.taxFen));
      expect(row.total_fen).toBe(sum((one) => one.amountFen) + row.freight_fen);
      for (const one of stored) expect(one.taxFen).toBeLessThanOrEqual(one.amountFen);
    },
  );
  await fc.assert(property, { numRuns: 25 });
});

test('the same placement key places one order', async () => {
  await world.run((ctx) => aSaleable(ctx, 'once', 10));
  const place = () =>
    world.run((ctx) =>
      placeOrder(ctx, {
        channel: 'shop',
        location: 'WH1',
        lines: [{ sku: 'once', quantity: 1 }],
        recipient: aRecipient,
        provider: 'sandbox',
        placementKey: 'key-1',
      }),
    );
  await place();
  await expect(place()).rejects.toMatchObject({ constraint: 'order_placed_once' });
});

test('a kit is promised by its components, and its amount is split over them to the fen', async () => {
  const placed = await world.run(async (ctx) => {
    await aSaleable(ctx, 'kit-tea', 7, 3000);
    await aSaleable(ctx, 'kit-cup', 20, 1000);
    await aSaleable(ctx, 'gift-box', 0, 9901);
    await saveKit(ctx, { sku: 'gift-box', components: [{ sku: 'kit-tea', quantity: 2 }, { sku: 'kit-cup', quantity: 1 }] }); // prettier-ignore
    return anOrder(ctx, [{ sku: 'gift-box', quantity: 2 }, { sku: 'kit-tea', quantity: 1 }]); // prettier-ignore
  });
  const { lines } = await ordersOf(world, staff).get(placed.orderId);
  const box = lines.find(({ sku }) => sku === 'gift-box')!;
  expect(box.components).toEqual([
    { sku: 'kit-cup', quantity: 2, amountFen: 2829 },
    { sku: 'kit-tea', quantity: 4, amountFen: 16_973 },
  ]);
  expect(box.components!.reduce((sum, part) => sum + part.amountFen, 0)).toBe(box.amountFen);
  const held = async () => (await world.inTx((tx) => heldBy(tx, [placed.orderId]))).get(placed.orderId);
  expect(await held()).toEqual(new Map([['kit-cup', 2], ['kit-tea', 5]])); // prettier-ignore
  const short = world.run((ctx) => anOrder(ctx, [{ sku: 'gift-box', quantity: 2 }]));
  await expect(short).rejects.toMatchObject({
    code: 'stock.insufficient',
    details: { lines: [{ sku: 'kit-tea', available: 2 }] },
  });
  expect(await world.inTx((tx) => availabilityOf(tx, { skus: ['gift-box'], locations: ['WH1'] }))).toEqual(
    new Map([['gift-box', 1]]),
  );
  expect(await world.inTx(findDrift)).toEqual([]);
});
