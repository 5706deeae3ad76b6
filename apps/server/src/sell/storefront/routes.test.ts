import { storefront as contract, type QueryOf } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { type ProductRow, upsertCategories, upsertProducts } from '../../base/catalog/index.ts';
import { receiveStock, saveLocations } from '../../supply/inventory/index.ts';
import { endMarkdowns, scheduleMarkdowns, setPrices } from '../pricing/index.ts';
import { repriceCards } from './reprice-cards.ts';
import { enqueue } from '../../platform/jobs.ts';

const world = useWorld();
const guest = aShopper();
const list = (query: QueryOf<typeof contract.listProducts> = {}) => world.call(contract.listProducts, { query }, guest);
const page = (slug: string) => world.call(contract.getProduct, { params: { slug } }, guest);
const slugs = (reply: { items: { slug: string }[] }) => reply.items.map((card) => card.slug);
const option = (name: string, nameEn: string, value: string, valueEn: string) => ({ name, nameEn, value, valueEn });
const red = option('颜色', 'Colour', '红', 'Red');
const blue = option('颜色', 'Colour', '蓝', 'Blue');

const products: ProductRow[] = [
  { code: 'P1', slug: 'xiaomi-phone', name: '小米手机 14', nameEn: 'Xiaomi phone 14', brand: '小米', category: 'appliances/phones', variants: [{ sku: 'P1', costFen: 200_000 }] },
  { code: 'P2', slug: 'hair-dryer', name: '负离子电吹风', nameEn: 'Ionic hair dryer', brand: '谷雨', category: 'appliances/care', variants: [{ sku: 'WX-200', costFen: 8_000 }] },
  { code: 'P3', slug: 'tee', name: '纯棉短袖T恤', nameEn: 'Cotton tee', brand: '谷雨', category: 'apparel/tshirts', variants: [{ sku: 'T-R', options: [red], costFen: 2_000 }, { sku: 'T-B', options: [blue], costFen: 2_000 }] },
  { code: 'P4', slug: 'polo', name: '男士polo衫', nameEn: 'Polo shirt', brand: '谷雨', category: 'apparel/tshirts', variants: [{ sku: 'PO-B', options: [blue], costFen: 3_000 }] },
  { code: 'P5', slug: 'draft', name: '草稿手机', nameEn: '', brand: '', category: 'appliances/phones', state: 'draft', variants: [{ sku: 'D-1' }] },
]; // prettier-ignore

beforeAll(async () => {
  await world.run(async (ctx) => {
    const categories: [string, string, string][] = [
      ['appliances', '小家电', 'Appliances'], ['appliances/phones', '手机', 'Phones'], ['appliances/care', '个护', 'Care'],
      ['apparel', '服饰', 'Apparel'], ['apparel/tshirts', 'T恤', 'T-shirts'], ['apparel/coats', '外套', 'Coats'],
    ]; // prettier-ignore
    await upsertCategories(
      ctx,
      categories.map(([code, name, nameEn], position) => ({ code, name, nameEn, position })),
    );
    await upsertProducts(ctx, products);
    await setPrices(ctx, [
      { sku: 'P1', amountFen: 399_900 }, { sku: 'WX-200', amountFen: 19_900 }, { sku: 'T-R', amountFen: 5_900 },
      { sku: 'T-B', amountFen: 6_900 }, { sku: 'PO-B', amountFen: 9_900 }, { sku: 'D-1', amountFen: 100 },
    ]); // prettier-ignore
    await saveLocations(ctx, [
      { code: 'WH1', name: '仓', nameEn: 'Warehouse', kind: 'warehouse' },
      { code: 'S01', name: '店', nameEn: 'Store', kind: 'store' },
    ]);
    await receiveStock(ctx, { cause: 'test', location: 'S01', lines: [{ sku: 'T-B', quantity: 9, unitCostFen: 1000 }] }); // not what the shop can send
    await receiveStock(ctx, {
      cause: 'test',
      location: 'WH1',
      lines: ['P1', 'WX-200', 'T-R'].map((sku) => ({ sku, quantity: 3, unitCostFen: 1000 })),
    });
  });
  await world.drain();
});

test('the list shows what is for sale with price, stock and options; a draft is not there', async () => {
  const reply = await list({ sort: 'price_asc' });
  expect(slugs(reply)).toEqual(['tee', 'polo', 'hair-dryer', 'xiaomi-phone']);
  expect(reply.items[0]).toMatchObject({
    priceFen: 5_900, priceMaxFen: 6_900, listFen: null, isInStock: true, brand: '谷雨',
    options: [{ name: '颜色', nameEn: 'Colour', values: [{ value: '红', valueEn: 'Red' }, { value: '蓝', valueEn: 'Blue' }] }],
  }); // prettier-ignore
  expect(reply).toMatchObject({ total: 4, page: 1, pages: 1, crumbs: [], isApproximate: false });
});

test('a category holds what is below it, names the way to it, and counts what it can be narrowed to', async () => {
  const reply = await list({ category: 'appliances' });
  expect(slugs(reply).toSorted()).toEqual(['hair-dryer', 'xiaomi-phone']);
  expect(reply.crumbs).toEqual([{ code: 'appliances', name: '小家电', nameEn: 'Appliances' }]);
  expect(reply.facets.categories).toEqual([
    { code: 'appliances/care', name: '个护', nameEn: 'Care', count: 1 },
    { code: 'appliances/phones', name: '手机', nameEn: 'Phones', count: 1 },
  ]);
});

test('a category without products is an empty list, an unknown one a refusal', async () => {
  expect(await list({ category: 'apparel/coats' })).toMatchObject({
    total: 0,
    items: [],
    crumbs: [{ code: 'apparel' }, { code: 'apparel/coats' }],
  });
  await expect(list({ category: 'nowhere' })).rejects.toMatchObject({ code: 'category.not_found' });
});

test('several values of one facet widen, several facets narrow, and a facet counts as if it were not chosen itself', async () => {
  expect(slugs(await list({ category: 'apparel', option: ['颜色:红', '颜色:蓝'] })).toSorted()).toEqual(['polo', 'tee']);
  const narrowed = await list({ category: 'apparel', option: '颜色:红', brand: '谷雨' });
  expect(slugs(narrowed)).toEqual(['tee']);
  expect(narrowed.facets.options).toEqual([
    { name: '颜色', nameEn: 'Colour', values: [{ value: '蓝', valueEn: 'Blue', count: 2 }, { value: '红', valueEn: 'Red', count: 1 }] },
  ]); // prettier-ignore
  expect((await list({ brand: '小米' })).facets.brands).toEqual([
    { value: '谷雨', count: 3 },
    { value: '小米', count: 1 },
  ]);
});

test('price bands and limits are fen, the band follows the other filters', async () => {
  expect(slugs(await list({ priceMinFen: 5_900, priceMaxFen: 9_900, sort: 'price_desc' }))).toEqual(['polo', 'tee']);
  expect((await list({ priceMaxFen: 1 })).facets.prices).toEqual([
    { fromFen: 5_000, toFen: 10_000, count: 2 },
    { fromFen: 10_000, toFen: 20_000, count: 1 },
    { fromFen: 200_000, toFen: 500_000, count: 1 },
  ]);
});

test('only what is in stock is shown when asked for, also when the last unit went a moment ago', async () => {
  const reply = await list({ only: 'in_stock' });
  expect(slugs(reply).toSorted()).toEqual(['hair-dryer', 'tee', 'xiaomi-phone']);
  expect(reply.facets.inStock).toBe(3);
});

test('pages follow one another without a gap or a repeat', async () => {
  const seen = [];
  for (const n of [1, 2, 3]) seen.push(...slugs(await list({ limit: 2, page: n })));
  expect(seen).toHaveLength(4);
  expect(new Set(seen).size).toBe(4);
});

test.each([
  ['小米手机', ['xiaomi-phone']], ['xiaomi', ['xiaomi-phone']], ['xmsj', ['xiaomi-phone']], ['shouji', ['xiaomi-phone']], ['手机', ['xiaomi-phone']],
  ['WX-200', ['hair-dryer']], ['wx200', ['hair-dryer']], ['吹风机', ['hair-dryer']], ['hair dryers', ['hair-dryer']],
  ['T恤 红', ['tee']], ['蓝', ['polo', 'tee']], ['谷雨', ['hair-dryer', 'polo', 'tee']],
])('%s finds %j', async (text, expected) => {
  const reply = await list({ text });
  expect(reply.isApproximate).toBe(false);
  expect(slugs(reply).toSorted()).toEqual(expected.toSorted());
}); // prettier-ignore

test.each([['xiaomo', 'xiaomi-phone'], ['小米手几', 'xiaomi-phone'], ['polo shrit', 'polo'], ['coton tee', 'tee']])(
  '%s is a typo and still finds %s, marked as a likeness', async (text, expected) => {
    const reply = await list({ text });
    expect(slugs(reply)[0]).toBe(expected);
    expect(reply.isApproximate).toBe(true);
  },
); // prettier-ignore

test('words that mean nothing find nothing, and nothing breaks', async () => {
  for (const text of ['龘龘龘', "';drop table", '!!!', '&|', 'zzzzzzzzqqqq'])
    expect(await list({ text })).toMatchObject({ total: 0, items: [] });
});

test('a product page says of each variant what it costs, how many there are and why it cannot be bought', async () => {
  const tee = await page('tee');
  expect(tee.variants).toEqual([
    {
      sku: 'T-R',
      options: [red],
      priceFen: 5_900,
      listFen: null,
      priceEndsAt: null,
      available: 3,
      disabledReason: null,
      weightGrams: null,
    },
    {
      sku: 'T-B',
      options: [blue],
      priceFen: 6_900,
      listFen: null,
      priceEndsAt: null,
      available: 0,
      disabledReason: 'sold_out',
      weightGrams: null,
    },
  ]);
  expect(tee.crumbs.map((crumb) => crumb.code)).toEqual(['apparel', 'apparel/tshirts']);
  expect(tee.related).toEqual([]); // the polo is sold out
  expect((await page('polo')).related.map((card) => card.slug)).toEqual(['tee']);
});

test('a draft and an unknown address look the same', async () => {
  for (const slug of ['draft', 'never-was'])
    await expect(page(slug)).rejects.toMatchObject({ code: 'product.not_found', details: { slug } });
});

test('a mark-down shows the struck price from its first instant to its last, on the page at once and in the sort within the minute', async () => {
  const now = world.clock.now().getTime();
  const at = (minutes: number) => new Date(now + minutes * 60_000);
  await world.run((ctx) =>
    scheduleMarkdowns(ctx, { cause: 'test', rows: [{ sku: 'PO-B', amountFen: 4_900 }], validFrom: at(1), validTo: at(11) }),
  );
  expect((await page('polo')).variants[0]).toMatchObject({ priceFen: 9_900, listFen: null });
  world.clock.advance(60_000);
  expect((await page('polo')).variants[0]).toMatchObject({ priceFen: 4_900, listFen: 9_900, priceEndsAt: at(11).toISOString() });
  await world.run((ctx) => enqueue(ctx.tx, repriceCards, {}));
  await world.drain();
  const reply = await list({ sort: 'price_asc' });
  expect(reply.items[0]).toMatchObject({ slug: 'polo', priceFen: 4_900, listFen: 9_900 });
  await world.run((ctx) => endMarkdowns(ctx, { cause: 'test' }));
  await world.drain();
  expect(slugs(await list({ sort: 'price_asc' }))[0]).toBe('tee');
});

test('suggestions are at most eight, of three sorts, the best first', async () => {
  const reply = await world.call(contract.suggest, { query: { text: '谷雨' } }, guest);
  expect(reply.terms.length + reply.categories.length + reply.products.length).toBeLessThanOrEqual(8);
  expect(reply.terms[0]).toBe('谷雨 T恤');
  expect(reply.categories[0]).toEqual({ code: 'apparel/tshirts', name: 'T恤', nameEn: 'T-shirts', count: 2 });
  expect(reply.products).toHaveLength(3);
  expect(await world.call(contract.suggest, { query: { text: '龘' } }, guest)).toEqual({
    terms: [],
    categories: [],
    products: [],
  });
});

test('the tree shows categories with something for sale, parents first, counting what is below', async () => {
  const { items } = await world.call(contract.listCategories, {}, guest);
  expect(items.map(({ code, count }) => [code, count])).toEqual([
    ['appliances', 2], ['appliances/phones', 1], ['appliances/care', 1], ['apparel', 2], ['apparel/tshirts', 2],
  ]); // prettier-ignore
});

test('the sitemap names every address once, a page at a time', async () => {
  const first = await world.call(contract.listSitemap, { query: { limit: 3 } }, guest);
  const second = await world.call(contract.listSitemap, { query: { limit: 3, after: first.next! } }, guest);
  expect(slugs({ items: [...first.items, ...second.items] })).toEqual(['hair-dryer', 'polo', 'tee', 'xiaomi-phone']);
  expect(second.next).toBeNull();
});

test('a retired product leaves the lists for good', async () => {
  await world.run((ctx) => upsertProducts(ctx, [{ ...products[3]!, state: 'retired' }]));
  await world.drain();
  expect(slugs(await list())).not.toContain('polo');
  await world.run((ctx) => enqueue(ctx.tx, repriceCards, {}));
  await world.drain();
  expect(slugs(await list())).not.toContain('polo'); // it still has a price
  await expect(page('polo')).rejects.toMatchObject({ code: 'product.retired' });
});
