import { storefront as contract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { upsertCategories, upsertProducts } from '../../base/catalog/index.ts';
import { receiveStock, saveLocations } from '../../supply/inventory/index.ts';
import { freightRuleFor, setPrices } from '../pricing/index.ts';

const world = useWorld();
const guest = aShopper();
const red = { name: '颜色', nameEn: 'Colour', value: '红', valueEn: 'Red' };
const blue = { name: '颜色', nameEn: 'Colour', value: '蓝', valueEn: 'Blue' };

beforeAll(async () => {
  await world.run(async (ctx) => {
    await upsertCategories(ctx, [{ code: 'apparel', name: '服饰', nameEn: 'Apparel', position: 0 }]);
    await upsertProducts(ctx, [
      { code: 'P3', slug: 'tee', name: '短袖', nameEn: 'Tee', brand: '谷雨', category: 'apparel', variants: [{ sku: 'T-R', options: [red] }, { sku: 'T-B', options: [blue] }] },
      { code: 'P9', slug: 'old-tee', name: '旧款', nameEn: 'Old tee', brand: '谷雨', category: 'apparel', state: 'retired', variants: [{ sku: 'T-OLD' }] },
    ]); // prettier-ignore
    await setPrices(ctx, ['T-R', 'T-B', 'T-OLD'].map((sku) => ({ sku, amountFen: 5_900 }))); // prettier-ignore
    await saveLocations(ctx, [
      { code: 'WH1', name: '仓', nameEn: 'Warehouse', kind: 'warehouse' },
      { code: 'S01', name: '湖滨店', nameEn: 'Hubin store', kind: 'store' },
      { code: 'S02', name: '西溪店', nameEn: 'Xixi store', kind: 'store' },
    ]);
    await receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [{ sku: 'T-R', quantity: 7, unitCostFen: 1000 }] });
    await receiveStock(ctx, { cause: 'test', location: 'S01', lines: [{ sku: 'T-B', quantity: 9, unitCostFen: 1000 }] });
  });
  await world.drain();
});

test('each store says what it has of every variant, the warehouse is not a store, an empty one is named with zero', async () => {
  const { items } = await world.call(contract.stockByStore, { params: { slug: 'tee' } }, guest);
  expect(items).toEqual([
    { code: 'S01', name: '湖滨店', nameEn: 'Hubin store', variants: [{ sku: 'T-R', available: 0 }, { sku: 'T-B', available: 9 }] },
    { code: 'S02', name: '西溪店', nameEn: 'Xixi store', variants: [{ sku: 'T-R', available: 0 }, { sku: 'T-B', available: 0 }] },
  ]); // prettier-ignore
  await expect(world.call(contract.stockByStore, { params: { slug: 'nothing' } }, guest)).rejects.toMatchObject({
    code: 'product.not_found',
  });
});

test('an order’s SKUs are shown as they are now; one sold no more has no address, an unknown one is absent', async () => {
  const { items } = await world.call(contract.showSkus, { query: { sku: ['T-R', 'T-OLD', 'NEVER'] } }, guest);
  expect(items.toSorted((a, b) => a.sku.localeCompare(b.sku))).toEqual([
    { sku: 'T-OLD', name: '旧款', nameEn: 'Old tee', slug: null, options: [], image: null },
    { sku: 'T-R', name: '短袖', nameEn: 'Tee', slug: 'tee', options: [red], image: null },
  ]);
  expect((await world.call(contract.showSkus, {}, guest)).items).toEqual([]);
});

test('what the shop says delivery costs is what carts are charged', async () => {
  const { freight } = await world.call(contract.getShopTerms, {}, guest);
  expect(freight).toEqual(freightRuleFor(contract.shopChannel));
});
