import { randomUUID } from 'node:crypto';
import { storefront as contract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { saveKit, upsertCategories, upsertProducts } from '../../base/catalog/index.ts';
import { enqueue } from '../../platform/jobs.ts';
import { openEarmark, promiseStock, receiveStock, saveLocations } from '../../supply/inventory/index.ts';
import { scheduleMarkdowns, setPrices } from '../pricing/index.ts';
import { repriceCards } from './reprice-cards.ts';

const world = useWorld();
const minute = 60_000;
const skus = ['A', 'B', 'C', 'KIT'];

beforeAll(async () => {
  await world.run(async (ctx) => {
    await upsertCategories(ctx, [{ code: 'food', name: '食品', nameEn: 'Food', position: 0 }]);
    await upsertProducts(ctx, skus.map((sku) => ({ code: sku, slug: sku.toLowerCase(), name: sku, nameEn: sku, brand: '', category: 'food', variants: [{ sku }] }))); // prettier-ignore
    await saveKit(ctx, { sku: 'KIT', components: [{ sku: 'C', quantity: 2 }] });
    await setPrices(ctx, skus.map((sku) => ({ sku, amountFen: 1000 }))); // prettier-ignore
    await saveLocations(ctx, [{ code: 'WH1', name: '仓', nameEn: 'Warehouse', kind: 'warehouse' }]);
    const lines = ['A', 'B', 'C'].map((sku) => ({ sku, quantity: 3, unitCostFen: 100 }));
    await receiveStock(ctx, { cause: 'test', location: 'WH1', lines });
  });
  await world.drain();
  await round(); // the first looks at everything
});

async function round(): Promise<void> {
  world.clock.advance(minute);
  await world.run((ctx) => enqueue(ctx.tx, repriceCards, {}));
  await world.drain();
}

/** What the lists narrow and sort by. */
const card = async (slug: string) =>
  (
    await world.db.pool.query(`select price_fen as "priceFen", is_in_stock as "isInStock" from storefront.card where slug = $1`, [
      slug,
    ])
  ).rows[0];

test('what orders took is off the "in stock" list a minute later, and so is the kit made of it', async () => {
  await world.run((ctx) =>
    promiseStock(ctx, { orderId: randomUUID(), channel: 'shop', lines: [{ lineNo: 1, sku: 'C', location: 'WH1', quantity: 2 }] }),
  );
  expect(await card('kit')).toEqual({ priceFen: 1000, isInStock: true });
  await round();
  expect(await card('kit')).toEqual({ priceFen: 1000, isInStock: false });
  expect(await card('c')).toEqual({ priceFen: 1000, isInStock: true });
});

test('a mark-down of the minute past, and an earmark that begins in it, change the cards they are about', async () => {
  const at = (minutes: number) => new Date(world.clock.now().getTime() + minutes * minute);
  await world.run((ctx) => scheduleMarkdowns(ctx, { cause: 'test', rows: [{ sku: 'A', amountFen: 700 }], validFrom: at(2.5), validTo: at(90) })); // prettier-ignore
  await world.run((ctx) =>
    openEarmark(ctx, { kind: 'earmark', sku: 'B', location: 'WH1', channel: 'live',
      campaign: '', units: 3, startsAt: at(2.5).toISOString(), endsAt: at(90).toISOString() }),
  ); // prettier-ignore
  await round();
  await round();
  expect([await card('a'), await card('b')]).toEqual([{ priceFen: 1000, isInStock: true }, { priceFen: 1000, isInStock: true }]); // prettier-ignore
  await round();
  expect([await card('a'), await card('b')]).toEqual([{ priceFen: 700, isInStock: true }, { priceFen: 1000, isInStock: false }]); // prettier-ignore
});

test('what leaves no trace is put right by a whole round, ten minutes later at most', async () => {
  await world.db.pool.query(`update storefront.card set price_fen = 5 where slug = 'b'`);
  for (let rounds = 0; rounds < 10; rounds += 1) await round();
  expect(await card('b')).toMatchObject({ priceFen: 1000 });
});

test('a product’s page names the day that its checkout would, none where there is nothing, and refuses what it does not sell', async () => {
  const arrival = (slug: string, sku: string) => world.call(contract.arrivalOf, { params: { slug }, query: { sku } }, aShopper());
  expect(await arrival('b', 'B')).toMatchObject({ promisedOn: null });
  await expect(arrival('b', 'A')).rejects.toMatchObject({ code: 'sku.not_found' });
  await expect(arrival('never', 'A')).rejects.toMatchObject({ code: 'product.not_found' });
});
