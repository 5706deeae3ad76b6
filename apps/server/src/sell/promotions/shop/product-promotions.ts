import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { goodsAtAddresses } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { inBusinessZone } from '../../../platform/time.ts';
import { holdsAt } from '../promotion.ts';
import { isAbout, publicRuleOf } from '../public-rule.ts';
import type { RunningPromotion } from '../running-set.ts';
import { rulesAt, type ShopRules } from './shop-rules.ts';

type Reply = z.input<typeof contract.listProductPromotions.reply>;

/** What runs now for a product in the shop, and the coupons for it that members may take. Refuses `product.not_found`. */
export async function listProductPromotions(ctx: Ctx, known: ShopRules, slug: string): Promise<Reply> {
  const skus = (await goodsAtAddresses(ctx.tx, [slug])).get(slug) ?? refuse('product.not_found', { slug });
  const priced = skus.map((sku) => ({ ...sku, prices: [] }));
  const isForAny = (one: RunningPromotion): boolean => priced.some((sku) => isAbout(one, sku));
  return {
    items: rulesAt(known, ctx.now).filter(isForAny).map(publicRuleOf),
    coupons: known.coupons
      .filter(({ promotion }) => holdsAt(promotion, ctx.now) && isForAny(promotion))
      .map(({ batch, promotion }) => ({
        batchId: batch.id,
        rule: publicRuleOf(promotion),
        validTo: batch.validTo === null ? null : inBusinessZone(batch.validTo),
        left: batch.left,
      })),
    serverTime: ctx.now.toISOString(),
  };
}
