import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findProductBySlug, listSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { inBusinessZone } from '../../../platform/time.ts';
import type { PricedGoods } from '../../pricing/index.ts';
import { openBatches } from '../coupon/coupon-offers.ts';
import { holdsAt } from '../promotion.ts';
import { isAbout, isForFew, isInShop, publicRuleOf } from '../public-rule.ts';
import { readTaken } from '../read-taken.ts';
import type { RunningPromotion } from '../running-set.ts';

type Reply = z.input<typeof contract.listProductPromotions.reply>;

/** What runs now for a product in the shop, and the coupons for it that members may take. Refuses `product.not_found`. */
export async function listProductPromotions(ctx: Ctx, slug: string): Promise<Omit<Reply, 'serverTime'>> {
  const product = await findProductBySlug(ctx.tx, slug);
  if (product === undefined) refuse('product.not_found', { slug });
  const goods = (await listSkus(ctx.tx, { productIds: [product.productId], limit: 200 })).map((facts) => ({
    ...facts,
    prices: [],
  }));
  const { set } = await readTaken(ctx.tx, [], ctx.now);
  const isShown = (one: RunningPromotion): boolean =>
    holdsAt(one, ctx.now) && !isForFew(one) && isInShop(one) && isForAny(one, goods);
  const coupons = (await openBatches(ctx)).filter(({ promotion }) => isShown(promotion));
  return {
    items: set.promotions.filter((one) => !one.needsCode && isShown(one)).map(publicRuleOf),
    coupons: coupons.map(({ batch, promotion }) => ({
      batchId: batch.id,
      rule: publicRuleOf(promotion),
      validTo: batch.validTo === null ? null : inBusinessZone(batch.validTo),
      left: batch.left,
    })),
  };
}

const isForAny = (one: RunningPromotion, goods: readonly PricedGoods[]): boolean => goods.some((sku) => isAbout(one, sku));
