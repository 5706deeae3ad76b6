import { catalog as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { run } from '../../platform/db.ts';
import { findSkus } from './find-skus.ts';
import { matchProducts } from './search-products.ts';
import { findProductsBySlug } from './shown-products.ts';
import { upsertCategories } from './upsert-categories.ts';

const world = useWorld();
const marketer = aStaff('marketer');
const variant = (sku: string, over: object = {}) => ({
  sku, options: [], barcode: null, weightGrams: null, costFen: 1000, taxRateBp: 1300, shelfLifeDays: null, isLotTracked: false,
  isSerialised: false, state: 'active' as const, ...over,
}); // prettier-ignore
const form = (code: string, over: object = {}) => ({
  code, name: `茶壶 ${code}`, nameEn: `Teapot ${code}`, summary: '', summaryEn: '', description: '', descriptionEn: '', brand: '谷雨',
  category: 'home/tea', line: 'general' as const, state: 'active' as const, specs: [], variants: [variant(`${code}-1`), variant(`${code}-2`)], images: [], ...over,
}); // prettier-ignore
const create = (code: string, over: object = {}) => world.call(contract.createProduct, { body: form(code, over) }, marketer);
const edit = (id: string, body: object) => world.call(contract.editProduct, { params: { id }, body: body as never }, marketer);
const events = (name: string) =>
  world.inTx((tx) =>
    run(tx, sql<{ ids: string[] }>`select payload->'productIds' as ids from platform.event where name = ${name} order by seq`),
  );

beforeAll(async () => {
  await world.run((ctx) =>
    upsertCategories(ctx, [
      { code: 'home', name: '家居', nameEn: 'Home', position: 0 },
      { code: 'home/tea', name: '茶具', nameEn: 'Tea ware', position: 0 },
    ]),
  );
});

test('a product is created with an address, is found by its words, and is announced', async () => {
  const made = await create('A1', { name: '紫砂壶' });
  expect(made).toMatchObject({ code: 'A1', slug: 'teapot-a1-a1', version: 1, state: 'active' });
  expect((await events('catalog.product_created')).at(-1)?.ids).toEqual([made.id]);
  for (const search of ['紫砂', 'zisha', 'zsh', 'teapot a1', 'A1-2', '谷雨 紫砂', '茶具 紫砂'])
    expect((await world.call(contract.listProducts, { query: { search } }, marketer)).items.map((row) => row.code)).toContain(
      'A1',
    );
});

test('a code, an address or a SKU that is in use is refused by name, and nothing is made', async () => {
  await create('B1', { slug: 'my-teapot' });
  await expect(create('B1')).rejects.toMatchObject({ code: 'product.exists', details: { code: 'B1' } });
  await expect(create('B2', { slug: 'my-teapot' })).rejects.toMatchObject({
    code: 'product.exists',
    details: { slug: 'my-teapot' },
  });
  await expect(create('B3', { variants: [variant('B1-1')] })).rejects.toMatchObject({
    code: 'product.exists',
    details: { sku: 'B1-1' },
  });
  await expect(create('B4', { variants: [variant('B4'), variant('B4')] })).rejects.toMatchObject({
    code: 'product.exists',
    details: { sku: 'B4' },
  });
  await expect(create('B5', { category: 'nowhere' })).rejects.toMatchObject({
    code: 'category.not_found',
    details: { category: 'nowhere' },
  });
  expect((await world.inTx((tx) => findSkus(tx, ['B2-1', 'B4', 'B5-1']))).size).toBe(0);
});

test('twenty who create the same product at once make one', async () => {
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => create('C1')));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'product.exists' });
});

test('an edit changes what the form says, retires variants that it dropped, and the old address leads to the new one', async () => {
  const made = await create('D1', { slug: 'old-address', variants: [variant('D1-1', { barcode: '69001' }), variant('D1-2')] });
  const changed = await edit(made.id, {
    ...form('D1', { slug: 'new-address', name: '盖碗', variants: [variant('D1-1')] }),
    version: 1,
  });
  expect(changed).toMatchObject({ name: '盖碗', slug: 'new-address', version: 2 });
  expect(changed.variants.map(({ sku, state, barcode }) => [sku, state, barcode])).toEqual([
    ['D1-1', 'active', null],
    ['D1-2', 'retired', null],
  ]);
  expect((await world.inTx((tx) => findProductsBySlug(tx, ['old-address']))).get('old-address')?.slug).toBe('new-address');
  expect((await world.inTx((tx) => matchProducts(tx, '盖碗'))).productIds).toEqual([made.id]);
  const back = await edit(made.id, { ...form('D1', { slug: 'old-address' }), version: 2 });
  expect(back.slug).toBe('old-address');
  expect((await world.inTx((tx) => findProductsBySlug(tx, ['new-address']))).get('new-address')?.slug).toBe('old-address');
});

test('of two edits of the same version one lands, the other learns of it', async () => {
  const made = await create('E1');
  const answers = await Promise.allSettled([1, 2].map((n) => edit(made.id, { ...form('E1', { summary: `${n}` }), version: 1 })));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  expect(answers.find((answer) => answer.status === 'rejected')?.reason).toMatchObject({
    code: 'product.changed',
    details: { version: 2 },
  });
});

test('an edit is refused for what is not there or taken', async () => {
  const [one, two] = [await create('F1', { slug: 'f-one' }), await create('F2')];
  const id = crypto.randomUUID();
  await expect(edit(id, { ...form('F9'), version: 1 })).rejects.toMatchObject({ code: 'product.not_found', details: { id } });
  await expect(world.call(contract.getProduct, { params: { id } }, marketer)).rejects.toMatchObject({
    code: 'product.not_found',
  });
  await expect(edit(two.id, { ...form('F2', { slug: one.slug }), version: 1 })).rejects.toMatchObject({ code: 'product.exists' });
  await expect(edit(two.id, { ...form('F2', { category: 'nowhere' }), version: 1 })).rejects.toMatchObject({
    code: 'category.not_found',
  });
  expect(await world.call(contract.getProduct, { params: { id: two.id } }, marketer)).toEqual(two);
});

test('products are listed newest first, a page at a time, narrowed by category and state', async () => {
  for (const n of [1, 2, 3]) await create(`G${n}`, { state: 'draft' });
  const first = await world.call(contract.listProducts, { query: { state: 'draft', category: 'home', limit: 2 } }, marketer);
  expect(first.items.map((row) => row.code)).toEqual(['G3', 'G2']);
  const second = await world.call(
    contract.listProducts,
    { query: { state: 'draft', category: 'home', limit: 2, after: first.next! } },
    marketer,
  );
  expect(second).toMatchObject({ items: [{ code: 'G1', variantCount: 2 }], next: null });
  expect(await world.call(contract.listProducts, { query: { line: 'food' } }, marketer)).toEqual({ items: [], next: null });
});

test('a category is saved, counts active products below it, and needs its parent', async () => {
  const save = (code: string, name = code) =>
    world.call(contract.saveCategory, { body: { code, name, nameEn: '', position: 3 } }, marketer);
  expect(await save('pets', '宠物')).toEqual({
    code: 'pets',
    parent: null,
    name: '宠物',
    nameEn: '',
    position: 3,
    productCount: 0,
  });
  expect(await save('pets/cats')).toMatchObject({ parent: 'pets' });
  await expect(save('nowhere/below')).rejects.toMatchObject({ code: 'category.not_found', details: { category: 'nowhere' } });
  await create('H1', { category: 'pets/cats' });
  const { items } = await world.call(contract.listCategories, {}, marketer);
  expect(items.find((category) => category.code === 'pets')?.productCount).toBe(1);
  expect(items.findIndex((category) => category.code === 'pets')).toBeLessThan(
    items.findIndex((category) => category.code === 'pets/cats'),
  );
});

test('who may look may not edit', async () => {
  const clerk = aStaff('clerk');
  await expect(world.call(contract.createProduct, { body: form('X1') }, clerk)).rejects.toMatchObject({ code: 'auth.forbidden' });
  await expect(
    world.call(contract.saveCategory, { body: { code: 'x', name: 'x', nameEn: '', position: 0 } }, clerk),
  ).rejects.toMatchObject({ code: 'auth.forbidden' });
});

test('a SKU tells other modules whether it may be sold', async () => {
  await create('I1', {
    state: 'draft',
    variants: [variant('I1-1', { taxRateBp: 900, costFen: 777, isLotTracked: true, shelfLifeDays: 365 })],
  });
  const facts = await world.inTx((tx) => findSkus(tx, ['I1-1', 'unknown']));
  expect(facts.get('I1-1')).toMatchObject({
    state: 'draft',
    taxRateBp: 900,
    costFen: 777,
    isLotTracked: true,
    isSerialised: false,
    shelfLifeDays: 365,
    category: 'home/tea',
  });
  expect(facts.has('unknown')).toBe(false);
});
