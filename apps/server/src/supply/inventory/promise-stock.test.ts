import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { promiseStock } from './promise-stock.ts';
import { availabilityOf } from './availability.ts';
import { findDrift } from './drift/find-drift.ts';
import { releasePromise } from './release-promise.ts';
import { shipPromised } from './ship-promised.ts';
import { inventory } from './tables.ts';
import { startStockChild } from './test/stock-child.ts';
import { aStock } from './testing.ts';

const world = useWorld();
const promise = (orderId: string, ...skus: string[]) =>
  world.run((ctx) =>
    promiseStock(ctx, {
      orderId,
      channel: 'shop',
      lines: skus.map((sku, index) => ({ lineNo: index + 1, sku, location: 'WH1', quantity: 1 })),
    }),
  );
const available = async (sku: string) => (await world.inTx((tx) => availabilityOf(tx, { skus: [sku] }))).get(sku);

test('the last unit is promised to exactly one of fifty simultaneous orders', async () => {
  await world.run((ctx) => aStock(ctx, 'last-mug', 1));
  const answers = await Promise.allSettled(Array.from({ length: 50 }, () => promise(randomUUID(), 'last-mug')));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'stock.insufficient' });
  expect(await available('last-mug')).toBe(0);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('200 orders with their lines in opposite order, taken by two processes, never deadlock and are all promised', async () => {
  await world.run(async (ctx) => {
    await aStock(ctx, 'salt', 200);
    await aStock(ctx, 'pepper', 200);
  });
  const processes = [await startStockChild(world), await startStockChild(world)];
  const orders = processes.flatMap(({ ask }, index) =>
    Array.from({ length: 100 }, () => {
      const skus = index === 0 ? ['salt', 'pepper'] : ['pepper', 'salt'];
      const lines = skus.map((sku, line) => ({ lineNo: line + 1, sku, location: 'WH1', quantity: 1 }));
      return ask({ name: 'promiseStock', input: { orderId: randomUUID(), channel: 'shop', lines } });
    }),
  );
  expect(new Set(await Promise.all(orders))).toEqual(new Set(['done']));
  await Promise.all(processes.map(({ kill }) => kill()));
  expect([await available('salt'), await available('pepper')]).toEqual([0, 0]);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('a refused line leaves no trace of the lines before it, and names what falls short', async () => {
  await world.run(async (ctx) => {
    await aStock(ctx, 'cup', 5);
    await aStock(ctx, 'lid', 0);
  });
  const orderId = randomUUID();
  await expect(promise(orderId, 'cup', 'lid')).rejects.toMatchObject({
    details: { lines: [{ sku: 'lid', location: 'WH1', quantity: 1, available: 0 }] },
  });
  expect(await available('cup')).toBe(5);
  const left = await world.inTx((tx) =>
    inventory(tx).selectFrom('reservation').selectAll().where('order_id', '=', orderId).execute(),
  );
  expect(left).toEqual([]);
});

test('a promise is given back once, however often and however parallel it is asked', async () => {
  await world.run((ctx) => aStock(ctx, 'bowl', 3));
  const orderId = randomUUID();
  await promise(orderId, 'bowl');
  const released = await Promise.all(Array.from({ length: 10 }, () => world.run((ctx) => releasePromise(ctx, { orderId }))));
  expect(released.reduce((sum, units) => sum + units, 0)).toBe(1);
  expect(await available('bowl')).toBe(3);
});

test('units promised anew where others of the same line were sent from, or are promised still, stand in the ledger', async () => {
  await world.run((ctx) => aStock(ctx, 'short-mug', 5));
  const orderId = randomUUID();
  await promise(orderId, 'short-mug');
  await promise(orderId, 'short-mug'); // more of it, beside what is held
  expect(await available('short-mug')).toBe(3);
  expect(await world.inTx(findDrift)).toEqual([]);
  await world.run((ctx) => shipPromised(ctx, { orderId, cause: `order:${orderId}` }));
  await promise(orderId, 'short-mug'); // one that the picker had not found
  expect(await available('short-mug')).toBe(2);
  expect(await world.inTx(findDrift)).toEqual([]);
  await world.run((ctx) => shipPromised(ctx, { orderId, cause: `order:${orderId}:2` }));
  expect(await available('short-mug')).toBe(2);
  expect(await world.inTx(findDrift)).toEqual([]);
});
