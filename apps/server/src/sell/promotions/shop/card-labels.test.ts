import { promotions as contract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../../test/world.ts';
import { listSkus, upsertCategories, upsertProducts } from '../../../base/catalog/index.ts';
import { aPromotion } from '../testing.ts';

const world = useWorld();
let tee = '';
let tea = '';

beforeAll(async () => {
  await world.run(async (ctx) => {
    await upsertCategories(ctx, [
      { code: 'apparel', name: '服饰', nameEn: 'Apparel', position: 0 },
      { code: 'food', name: '食品', nameEn: 'Food', position: 1 },
    ]);
    await upsertProducts(ctx, [
      { code: 'P1', slug: 'tee', name: '短袖', nameEn: 'Tee', brand: '谷雨', category: 'apparel', variants: [{ sku: 'T-1' }] },
      { code: 'P2', slug: 'tea', name: '龙井', nameEn: 'Tea', brand: '谷雨', category: 'food', variants: [{ sku: 'F-1' }] },
    ]);
    const skus = await listSkus(ctx.tx, { limit: 10 });
    tee = skus.find(({ sku }) => sku === 'T-1')?.productId ?? '';
    tea = skus.find(({ sku }) => sku === 'F-1')?.productId ?? '';
    const percent = (of: object, bp = 1000) => ({ gives: 'percent' as const, of, bp });
    await aPromotion(ctx, { name: '服饰九折', then: percent({ categories: ['apparel'] }) });
    await aPromotion(ctx, { name: '全场九五折', then: percent({}, 500) });
    await aPromotion(ctx, { name: '券', stage: 'coupon', needsCode: true, then: percent({ skus: ['T-1'] }) });
    await aPromotion(ctx, {
      name: '快抢',
      stage: 'exclusive',
      then: { gives: 'fixed_price', of: { skus: ['T-1'] }, unitFen: 100 },
    });
    await aPromotion(ctx, { name: '门店', when: { is: 'channel', in: ['store'] }, then: percent({ skus: ['T-1'] }) });
    await aPromotion(ctx, {
      name: '明天',
      startsAt: new Date(ctx.now.getTime() + 86_400_000).toISOString(),
      then: percent({ skus: ['T-1'] }),
    });
  });
});

test('a card names what runs in the shop for its goods alone: no codes, no flash price, no other channel, nothing of tomorrow', async () => {
  const { items } = await world.call(contract.listCardLabels, { query: { product: [tee, tea] } }, aShopper());
  expect(items.map(({ productId, rules }) => [productId, rules.map(({ name }) => name)])).toEqual([[tee, ['服饰九折']]]);
  expect((await world.call(contract.listCardLabels, {}, aShopper())).items).toEqual([]);
});
