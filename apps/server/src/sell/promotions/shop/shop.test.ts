import { promotions as contract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../../test/world.ts';
import { aProduct } from '../../../base/catalog/testing.ts';
import { openEarmark } from '../../../supply/inventory/index.ts';
import { aStock } from '../../../supply/inventory/testing.ts';
import { aSender } from '../../../supply/routing/testing.ts';
import { aPrice } from '../../pricing/testing.ts';
import { claimOffers } from '../claim/claim-offers.ts';
import { returnClaims } from '../claim/return-claims.ts';
import { movePromotion } from '../move-promotion.ts';
import { aBatch, aClaim, aPromotion } from '../testing.ts';

const world = useWorld();
const flash = {
  stage: 'exclusive' as const,
  then: { gives: 'fixed_price' as const, of: { skus: ['KETTLE', 'POT'] }, unitFen: 6000 },
};
const sales = () => world.call(contract.listFlashSales, {}, aShopper());
const saleOf = async (id: string) => (await sales()).items.find((one) => one.promotionId === id);

beforeAll(() =>
  world.run(async (ctx) => {
    for (const [sku, fen] of Object.entries({ KETTLE: 10_000, POT: 5000, CUP: 3000 })) {
      await aStock(ctx, sku, sku === 'KETTLE' ? 8 : 100);
      await aPrice(ctx, sku, fen);
      await aProduct(ctx, { code: sku, slug: sku.toLowerCase(), category: sku === 'CUP' ? 'cups' : 'kitchen' });
    }
  }),
);

test('what is left of a flash sale counts every location that sends orders of the shop, and what is kept for it; no other', async () => {
  const id = await world.run(async (ctx) => {
    await aStock(ctx, 'LAMP', 2);
    await aPrice(ctx, 'LAMP', 9000);
    await aStock(ctx, 'LAMP', 5, 'S01');
    return aPromotion(ctx, { ...flash, then: { ...flash.then, of: { skus: ['LAMP'] } } });
  });
  expect((await saleOf(id))?.items).toMatchObject([{ sku: 'LAMP', left: 2 }]); // the store sends nothing
  await world.run((ctx) => aSender(ctx, 'S01'));
  expect((await saleOf(id))?.items).toMatchObject([{ left: 7 }]);
  const until = { startsAt: '2026-11-22T00:00:00+08:00', endsAt: '2026-11-30T00:00:00+08:00' };
  const keep = (channel: string, units: number) =>
    world.run((ctx) =>
      openEarmark(ctx, { ...until, kind: 'earmark', channel, campaign: channel, sku: 'LAMP', location: 'S01', units }),
    );
  await keep('live', 3);
  expect((await saleOf(id))?.items).toMatchObject([{ left: 4 }]);
  await keep('shop', 2);
  expect((await saleOf(id))?.items).toMatchObject([{ left: 4 }]);
});

test('a flash sale shows what is really left: the ledger’s rest, never more than the stock, up again after a cancellation', async () => {
  const id = await world.run((ctx) =>
    aPromotion(ctx, { ...flash, unitsMax: 10, unitsPerCustomer: 10, endsAt: '2026-11-22T20:00:00+08:00' }),
  );
  const sale = await saleOf(id);
  expect(sale).toMatchObject({
    state: 'running',
    unitsTotal: 10,
    unitsLeft: 10,
    unitsPerCustomer: 10,
    endsAt: '2026-11-22T20:00:00.000+08:00',
  });
  expect(sale?.items).toMatchObject([{ sku: 'KETTLE', slug: 'kettle', listFen: 10_000, flashFen: 6000, points: null, left: 8 }]); // the pot is cheaper without it
  const order = aClaim(id, { units: 7 });
  await world.run((ctx) => claimOffers(ctx, [order]));
  expect(await saleOf(id)).toMatchObject({ unitsLeft: 3, items: [{ left: 3 }] });
  await world.run((ctx) => returnClaims(ctx, [order.orderId]));
  expect(await saleOf(id)).toMatchObject({ unitsLeft: 10, items: [{ left: 8 }] });
  await world.run((ctx) => claimOffers(ctx, [aClaim(id, { units: 10 })]));
  expect(await saleOf(id)).toMatchObject({ unitsLeft: 0, items: [{ left: 0 }] });
  world.clock.set('2026-11-22T12:00:00Z');
  expect(await saleOf(id)).toBeUndefined();
  world.clock.set('2026-11-22T04:00:00Z');
  await world.run((ctx) => movePromotion(ctx, { id, move: 'end' }));
});

test('the next sale is told with its start within 7 days; one for few, one of a store or a code is not shown to all', async () => {
  const at = (startsAt: string, over: object = {}) => world.run((ctx) => aPromotion(ctx, { ...flash, startsAt, ...over }));
  const next = await at('2026-11-23T10:00:00+08:00');
  const late = await at('2026-11-30T12:00:00+08:00');
  const few = await at('2026-11-22T00:00:00+08:00', { when: { is: 'segment', in: ['vip'] } });
  const store = await at('2026-11-22T00:00:00+08:00', { when: { is: 'channel', in: ['store'] } });
  const { items, serverTime } = await sales();
  expect(serverTime).toBe('2026-11-22T04:00:00.000Z');
  expect(items.find((one) => one.promotionId === next)).toMatchObject({
    state: 'next',
    startsAt: '2026-11-23T10:00:00.000+08:00',
  });
  for (const hidden of [late, few, store]) expect(items.some((one) => one.promotionId === hidden)).toBe(false);
  for (const id of [next, late, few, store]) await world.run((ctx) => movePromotion(ctx, { id, move: 'end' }));
});

test('goods for points are shown with the points they take', async () => {
  const id = await world.run((ctx) =>
    aPromotion(ctx, {
      stage: 'exclusive',
      then: { gives: 'points_price', of: { skus: ['KETTLE'] }, points: 500, unitFen: 5000 },
    }),
  );
  expect((await saleOf(id))?.items).toMatchObject([{ sku: 'KETTLE', flashFen: 5000, points: 500 }]);
  await world.run((ctx) => movePromotion(ctx, { id, move: 'end' }));
});

test('a product shows what is about it now and the coupons for it that may be taken, without anything that is not public', async () => {
  const [kitchen, all, cups, coupon] = await world.run(async (ctx) => [
    await aPromotion(ctx, { then: { gives: 'percent', of: { categories: ['kitchen'] }, bp: 1000 }, budgetFen: 777_777 }),
    await aPromotion(ctx, {
      when: {
        all: [
          { is: 'amount', of: {}, minFen: 9900 },
          { is: 'tier', in: ['gold'] },
          { is: 'channel', in: ['shop'] },
        ],
      },
      stage: 'freight',
      then: { gives: 'free_freight' },
    }),
    await aPromotion(ctx, { then: { gives: 'percent', of: { skus: ['CUP'] }, bp: 1000 } }),
    await aPromotion(ctx, { stage: 'coupon', needsCode: true, then: { gives: 'amount', of: {}, fen: 500 } }),
  ]);
  const hidden = await world.run((ctx) =>
    aPromotion(ctx, { when: { is: 'customer', in: [crypto.randomUUID()] }, then: { gives: 'percent', of: {}, bp: 100 } }),
  );
  const batchId = await world.run((ctx) => aBatch(ctx, coupon!, { isPublic: true, size: 5 }));
  await world.run((ctx) => aBatch(ctx, coupon!, { size: 5 }));
  const shown = await world.call(contract.listProductPromotions, { params: { slug: 'kettle' } }, aShopper());
  expect(shown.items.map((one) => one.promotionId).toSorted()).toEqual([kitchen, all].toSorted());
  expect(shown.items.find((one) => one.promotionId === all)).toMatchObject({
    when: {
      all: [
        { is: 'amount', of: {}, minFen: 9900 },
        { is: 'tier', in: ['gold'] },
      ],
    },
    minFen: 9900,
    tiers: ['gold'],
    isForSomeGoods: false,
  });
  expect(shown.coupons).toMatchObject([{ batchId, left: 5 }]);
  expect(JSON.stringify(shown)).not.toMatch(/777777|budget/i);
  expect([cups, hidden].filter((id) => JSON.stringify(shown).includes(id!))).toEqual([]);
  await expect(world.call(contract.listProductPromotions, { params: { slug: 'none' } }, aShopper())).rejects.toMatchObject({
    code: 'product.not_found',
  });
});
