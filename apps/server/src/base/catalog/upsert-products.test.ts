import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { run } from '../../platform/db.ts';
import { findSkus } from './find-skus.ts';
import type { ProductRow } from './product.ts';
import { getProduct } from './queries.ts';
import { upsertCategories } from './upsert-categories.ts';
import { upsertProducts } from './upsert-products.ts';

const world = useWorld();
const upsert = (...rows: ProductRow[]) => world.run((ctx) => upsertProducts(ctx, rows));
const categories = () =>
  world.run((ctx) =>
    upsertCategories(ctx, [
      { code: 'food', name: '食品', nameEn: 'Food', position: 1 },
      { code: 'food/tea', name: '茶', nameEn: 'Tea', position: 1 },
    ]),
  );
const announced = () =>
  world.inTx((tx) =>
    run(
      tx,
      sql<{
        name: string;
        payload: { productIds: string[] };
      }>`select name, payload from platform.event where name like 'catalog.product%' order by seq`,
    ),
  );

const tea: ProductRow = {
  code: 'T-1',
  name: '明前龙井',
  nameEn: 'Longjing tea',
  category: 'food/tea',
  brand: '谷雨',
  variants: [
    {
      sku: 'T-1-50',
      options: [{ name: '净含量', nameEn: 'Net', value: '50克', valueEn: '50 g' }],
      costFen: 4000,
      barcode: '6901',
    },
    { sku: 'T-1-100', options: [{ name: '净含量', nameEn: 'Net', value: '100克', valueEn: '100 g' }], costFen: 7000 },
  ],
  images: [{ src: '/media/t-1.webp', alt: '龙井', altEn: 'Longjing', width: 800, height: 800 }],
};

test('a second upsert of the same rows changes nothing and announces nothing', async () => {
  await categories();
  expect((await upsert(tea)).map((row) => row.outcome)).toEqual(['new']);
  const before = await announced();
  expect((await upsert(tea)).map((row) => row.outcome)).toEqual(['unchanged']);
  expect(await announced()).toEqual(before);
});

test('what a row leaves out stays as it is; a null clears', async () => {
  await categories();
  const [made] = await upsert({ ...tea, code: 'T-2', variants: [{ sku: 'T-2-A', barcode: '6902', costFen: 5000 }] });
  const productId = made!.productId;
  const [again] = await upsert({ code: 'T-2', name: '雨前龙井', variants: [{ sku: 'T-2-A' }] });
  expect(again).toEqual({ code: 'T-2', productId, outcome: 'changed' });
  expect(await world.inTx((tx) => getProduct(tx, productId))).toMatchObject({
    name: '雨前龙井', nameEn: 'Longjing tea', category: 'food/tea', brand: '谷雨', slug: 'longjing-tea-t-2',
    variants: [{ sku: 'T-2-A', barcode: '6902', costFen: 5000 }],
    images: [{ src: '/media/t-1.webp' }],
  }); // prettier-ignore
  await upsert({ code: 'T-2', name: '雨前龙井', variants: [{ sku: 'T-2-A', barcode: null }] });
  expect((await world.inTx((tx) => getProduct(tx, productId))).variants[0]).toMatchObject({ barcode: null, costFen: 5000 });
});

test('a change of a variant or a picture alone is a change of the product', async () => {
  await categories();
  await upsert({ ...tea, code: 'T-3', variants: [{ sku: 'T-3-A', costFen: 1 }] });
  expect(await upsert({ code: 'T-3', name: tea.name, variants: [{ sku: 'T-3-A', costFen: 2 }] })).toMatchObject([
    { outcome: 'changed' },
  ]);
  expect(await upsert({ code: 'T-3', name: tea.name, variants: [], images: [] })).toMatchObject([{ outcome: 'changed' }]);
});

test('two products of the same name get addresses of their own, and keep them', async () => {
  const rows: ProductRow[] = [
    { code: 'X/1', name: '茶杯', variants: [{ sku: 'x1' }] },
    { code: 'X-1', name: '茶杯', variants: [{ sku: 'x2' }] },
  ];
  await upsert(...rows);
  const slugs = async () => [...(await world.inTx((tx) => findSkus(tx, ['x1', 'x2']))).values()].map((sku) => sku.slug);
  const before = await slugs();
  expect(new Set(before).size).toBe(2);
  expect(before).toContain('cha-bei-x-1');
  await upsert(...rows.toReversed());
  expect(await slugs()).toEqual(before);
});

test('an unknown category refuses the whole call and leaves nothing', async () => {
  await expect(upsert({ ...tea, code: 'T-9', category: 'nowhere', variants: [{ sku: 'T-9' }] })).rejects.toMatchObject({
    code: 'category.not_found', details: { category: 'nowhere' },
  }); // prettier-ignore
  expect((await world.inTx((tx) => findSkus(tx, ['T-9']))).size).toBe(0);
});

test('twenty upserts of the same new products at once, in opposite order, make each product once', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => ({ code: `same-${n}`, name: '同款', variants: [{ sku: `same-${n}` }] }));
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => upsert(...(n % 2 === 0 ? rows : rows.toReversed()))));
  expect(answers.flat().filter((row) => row.outcome === 'new')).toHaveLength(40);
  expect(new Set(answers.flat().map((row) => row.productId)).size).toBe(40);
});

test('ten thousand products arrive in seconds', async () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => ({
    code: `bulk-${n}`,
    name: `白色纯棉短袖 ${n}`,
    variants: [{ sku: `bulk-${n}`, costFen: n }],
  }));
  const start = performance.now();
  const answers = await upsert(...rows);
  expect(answers.every((row) => row.outcome === 'new')).toBe(true);
  expect(performance.now() - start).toBeLessThan(30_000); // 1.6 s on an idle machine
}, 60_000);
