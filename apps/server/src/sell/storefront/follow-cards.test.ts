import { storefront as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { upsertProducts } from '../../base/catalog/index.ts';
import { aProduct } from '../../base/catalog/testing.ts';
import { setPrices } from '../pricing/index.ts';
import { makeFollower } from './follow-cards.ts';
import { refreshCards } from './refresh-cards.ts';
import { inOrder } from './shelf.ts';

const keepMs = 100;
const world = useWorld({ shopKeepMs: keepMs });

test('a card whose transaction commits late is not missed, though later ones were seen before it', async () => {
  const ids = await world.run(async (ctx) => [await aProduct(ctx, { code: 'late' }), await aProduct(ctx, { code: 'soon' })]);
  await world.run((ctx) => setPrices(ctx, [{ sku: 'late', amountFen: 100 }, { sku: 'soon', amountFen: 200 }])); // prettier-ignore
  const follower = makeFollower({ lookMs: 0 });
  const shown = async () => {
    const { shelf } = await follower.shelves((work) => world.run(work));
    return [...inOrder(shelf, 'price_asc', undefined)].map((position) => ids.indexOf(shelf.productIds[position] ?? ''));
  };
  let commit = () => undefined as void;
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  let isWritten = () => undefined as void;
  const written = new Promise<void>((resolve) => (isWritten = resolve));
  const late = world.run(async (ctx) => {
    await refreshCards(ctx, ids.slice(0, 1));
    isWritten();
    await mayCommit;
  });
  await written;
  await world.run((ctx) => refreshCards(ctx, ids.slice(1)));
  expect(await shown()).toEqual([1]);
  commit();
  await late;
  expect(await shown()).toEqual([0, 1]);
});

test('who asks within half the time gets what is known, after all of it waits for a new look', async () => {
  let nowMs = 0;
  let looks = 0;
  const follower = makeFollower({ lookMs: 1000, now: () => nowMs });
  const ask = () =>
    follower.shelves((work) => {
      looks += 1;
      return world.run(work);
    });
  await ask();
  const first = looks;
  nowMs = 499;
  await ask();
  expect(looks).toBe(first);
  nowMs = 1000;
  await ask();
  expect(looks).toBe(2 * first);
});

test('a price and a retirement are on the page at the latest when what is kept has run out', async () => {
  const guest = aShopper();
  const list = async () => (await world.call(contract.listProducts, { query: { text: 'kept' } }, guest)).items;
  const row = { code: 'kept', slug: 'kept', name: 'kept', variants: [{ sku: 'kept' }] };
  await world.run((ctx) => upsertProducts(ctx, [row]));
  await world.run((ctx) => setPrices(ctx, [{ sku: 'kept', amountFen: 500 }]));
  await world.drain();
  expect((await list()).map((card) => card.priceFen)).toEqual([500]);
  world.clock.advance(1000);
  await world.run((ctx) => setPrices(ctx, [{ sku: 'kept', amountFen: 700 }]));
  await new Promise((resolve) => setTimeout(resolve, keepMs + 20));
  expect((await list()).map((card) => card.priceFen)).toEqual([700]);
  await world.run((ctx) => upsertProducts(ctx, [{ ...row, state: 'retired' }]));
  await world.drain();
  await new Promise((resolve) => setTimeout(resolve, keepMs + 20));
  expect(await list()).toEqual([]);
});
