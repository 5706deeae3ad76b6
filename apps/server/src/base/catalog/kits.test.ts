import { catalog as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { findSkus } from './find-skus.ts';
import { componentsOf } from './kits.ts';
import { someSkus } from './testing.ts';
import { upsertProducts } from './upsert-products.ts';

const world = useWorld();
const operations = aStaff('operations');
const save = (sku: string, components: Record<string, number>) =>
  world.call(contract.saveKit, { params: { sku }, body: { components: partsOf(components) } }, operations);
const partsOf = (components: Record<string, number>) => Object.entries(components).map(([sku, quantity]) => ({ sku, quantity }));
const kits = (...skus: string[]) => world.inTx((tx) => componentsOf(tx, skus));
const isKit = async (sku: string) => (await world.inTx((tx) => findSkus(tx, [sku]))).get(sku)?.isKit;
const events = async () =>
  (await world.db.pool.query<{ count: number }>(`select count(*) from platform.event where name = 'catalog.product_changed'`))
    .rows[0]!.count;

test('a kit is what its components are, until it is changed or made an ordinary SKU again', async () => {
  await world.run((ctx) => someSkus(ctx, ['box', 'tea', 'cup', 'spoon']));
  expect(await save('box', { tea: 2, cup: 1 })).toMatchObject({
    sku: 'box',
    name: 'box',
    components: [{ sku: 'cup', quantity: 1, name: 'cup' }, { sku: 'tea', quantity: 2, name: 'tea' }],
  }); // prettier-ignore
  expect(await kits('box', 'tea', 'nothing')).toEqual(new Map([['box', partsOf({ cup: 1, tea: 2 })]]));
  expect([await isKit('box'), await isKit('tea')]).toEqual([true, false]);

  await save('box', { tea: 3, spoon: 1 });
  expect(await kits('box')).toEqual(new Map([['box', partsOf({ spoon: 1, tea: 3 })]]));
  const before = await events();
  expect(await save('box', {})).toMatchObject({ sku: 'box', components: [] });
  expect(await kits('box')).toEqual(new Map());
  expect(await isKit('box')).toBe(false);
  expect(await events()).toBe(before + 1);
  expect(await world.inTx((tx) => componentsOf(tx, []))).toEqual(new Map());
});

test('a kit is no kit’s component, on either side, nor its own; nothing is changed by the refusal', async () => {
  await world.run((ctx) => someSkus(ctx, ['small', 'large', 'bar', 'foil']));
  await save('small', { bar: 2 });
  await expect(save('large', { small: 1, bar: 1 })).rejects.toMatchObject({ code: 'kit.nested', details: { sku: 'small' } });
  await expect(save('bar', { foil: 1 })).rejects.toMatchObject({ code: 'kit.nested', details: { sku: 'bar' } });
  await expect(save('foil', { foil: 1 })).rejects.toMatchObject({ code: 'kit.nested', details: { sku: 'foil' } });
  expect(await kits('small', 'large', 'bar', 'foil')).toEqual(new Map([['small', partsOf({ bar: 2 })]]));
  expect([await isKit('large'), await isKit('bar')]).toEqual([false, false]);
});

test('two edits at once never make a kit of a kit', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [a, b, c] = [`a${round}`, `b${round}`, `c${round}`];
    await world.run((ctx) => someSkus(ctx, [a, b, c]));
    const answers = await Promise.allSettled([save(a, { [b]: 1 }), save(b, { [c]: 1 })]);
    expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect((await kits(a, b)).size).toBe(1);
  }
});

test('a SKU that does not exist is no kit and no component', async () => {
  await world.run((ctx) => someSkus(ctx, ['real']));
  await expect(save('none', { real: 1 })).rejects.toMatchObject({ code: 'sku.not_found', details: { sku: 'none' } });
  await expect(save('real', { none: 1 })).rejects.toMatchObject({ code: 'sku.not_found', details: { sku: 'none' } });
  await expect(world.call(contract.getKit, { params: { sku: 'none' } }, operations)).rejects.toMatchObject({
    code: 'sku.not_found',
  });
  const twice = [{ sku: 'real', quantity: 1 }, { sku: 'real', quantity: 2 }]; // prettier-ignore
  await expect(
    world.call(contract.saveKit, { params: { sku: 'real' }, body: { components: twice } }, operations),
  ).rejects.toMatchObject({ code: 'request.invalid' });
  expect(await world.call(contract.getKit, { params: { sku: 'real' } }, operations)).toMatchObject({ components: [] });
});

test('kits are listed by SKU without a gap or a repeat, and by what they hold', async () => {
  await world.run((ctx) => someSkus(ctx, ['k1', 'k2', 'k3', 'part', 'other']));
  for (const sku of ['k1', 'k2', 'k3']) await save(sku, sku === 'k2' ? { other: 1 } : { part: 1, other: 1 });
  const list = (query: object) => world.call(contract.listKits, { query }, operations);
  const first = await list({ component: 'part', limit: 1 });
  expect(first.items.map((one) => one.sku)).toEqual(['k1']);
  expect((await list({ component: 'part', limit: 1, after: first.next! })).items.map((one) => one.sku)).toEqual(['k3']);
  expect((await list({ after: 'k', limit: 3 })).items.map((one) => one.sku)).toEqual(['k1', 'k2', 'k3']);
});

test('a bulk row that brings a kit’s product again leaves it a kit', async () => {
  await world.run((ctx) => someSkus(ctx, ['again', 'inside']));
  await save('again', { inside: 4 });
  await world.run((ctx) => upsertProducts(ctx, [{ code: 'again', name: 'renamed', variants: [{ sku: 'again', costFen: 5 }] }]));
  expect(await isKit('again')).toBe(true);
});
