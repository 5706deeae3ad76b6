import { randomUUID } from 'node:crypto';
import { cart as contract, orders } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { findDrift } from '../../supply/inventory/index.ts';
import { aStock } from '../../supply/inventory/testing.ts';
import { aSender } from '../../supply/routing/testing.ts';
import { aRecipient, aSaleable } from '../orders/testing.ts';

const world = useWorld();

test('what lies in a store that sends is for sale in the shop, can be kept, and is bought from where it lies', async () => {
  const sku = `store-${randomUUID()}`;
  await world.run(async (ctx) => {
    await aSaleable(ctx, sku, 2);
    await aStock(ctx, sku, 3, 'S01');
  });
  const actor = aShopper();
  const add = (quantity: number) => world.call(contract.addToCart, { body: { sku, quantity } }, actor);
  expect(await add(4)).toMatchObject({ isReady: false, lines: [{ available: 2 }] });
  await world.run((ctx) => aSender(ctx, 'S01'));
  expect(await world.call(contract.getCart, {}, actor)).toMatchObject({ isReady: true, lines: [{ available: 5 }] });
  const held = await world.call(contract.holdCart, {}, actor);
  expect(held).toMatchObject({ isReady: true });
  const { orderId } = await world.call(
    contract.checkout,
    { body: { version: held.version, expectedTotalFen: held.totalFen, recipient: aRecipient } },
    actor,
  );
  const order = await world.call(orders.getOrder, { params: { orderId } }, aStaff('operations'));
  expect(order.routes).toMatchObject([
    { origin: 'rules', parcels: [{ lines: [{ quantity: 3 }] }, { lines: [{ quantity: 1 }] }] },
  ]);
  expect(await world.inTx(findDrift)).toEqual([]);
});
