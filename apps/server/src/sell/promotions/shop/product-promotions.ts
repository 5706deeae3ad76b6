import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Goods } from '../../../base/catalog/index.ts';
import { refuse } from '../../../platform/fail.ts';
import { inBusinessZone } from '../../../platform/time.ts';
import { holdsAt } from '../promotion.ts';
import { isAbout, publicRuleOf } from '../public-rule.ts';
import type { RunningPromotion } from '../running-set.ts';
import { rulesAt, type ShopRules } from './shop-rules.ts';

type Reply = z.input<typeof contract.listProductPromotions.reply>;

/** What runs now for a product's SKUs in the shop, and the coupons for them that members may take. Refuses `product.not_found`. */
export function productPromotions(
  known: ShopRules,
  { slug, skus, now }: { slug: string; skus: readonly Goods[] | undefined; now: Date },
): Reply {
  if (skus === undefined) return refuse('product.not_found', { slug });
  const priced = skus.map((sku) => ({ ...sku, prices: [] }));
  const isForAny = (one: RunningPromotion): boolean => priced.some((sku) => isAbout(one, sku));
  return {
    items: rulesAt(known, now).filter(isForAny).map(publicRuleOf),
    coupons: known.coupons
      .filter(({ promotion }) => holdsAt(promotion, now) && isForAny(promotion))
      .map(({ batch, promotion }) => ({
        batchId: batch.id,
        rule: publicRuleOf(promotion),
        validTo: batch.validTo === null ? null : inBusinessZone(batch.validTo),
        left: batch.left,
      })),
    serverTime: now.toISOString(),
  };
}
