import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { goodsAtAddresses } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { inBusinessZone } from '../../../platform/time.ts';
import { openBatches } from '../coupon/coupon-offers.ts';
import { holdsAt } from '../promotion.ts';
import { isAbout, isForFew, isInShop, publicRuleOf } from '../public-rule.ts';
import { readTaken } from '../read-taken.ts';
import type { RunningPromotion } from '../running-set.ts';

type Reply = z.input<typeof contract.listProductPromotions.reply>;

/**
 * What runs now for products in the shop, and the coupons for them that members may take, by address; an unknown address is absent. The
 * number of statements does not grow with the number of products.
 */
export async function listProductPromotions(ctx: Ctx, slugs: readonly string[]): Promise<Map<string, Omit<Reply, 'serverTime'>>> {
  const goods = await goodsAtAddresses(ctx.tx, slugs);
  const { set } = await readTaken(ctx.tx, [], ctx.now);
  const isOpen = (one: RunningPromotion): boolean => holdsAt(one, ctx.now) && !isForFew(one) && isInShop(one);
  const rules = set.promotions.filter((one) => !one.needsCode && isOpen(one));
  const coupons = (await openBatches(ctx)).filter(({ promotion }) => isOpen(promotion));
  return new Map(
    [...goods].map(([slug, skus]) => {
      const priced = skus.map((sku) => ({ ...sku, prices: [] }));
      const isForAny = (one: RunningPromotion): boolean => priced.some((sku) => isAbout(one, sku));
      return [
        slug,
        {
          items: rules.filter(isForAny).map(publicRuleOf),
          coupons: coupons
            .filter(({ promotion }) => isForAny(promotion))
            .map(({ batch, promotion }) => ({
              batchId: batch.id,
              rule: publicRuleOf(promotion),
              validTo: batch.validTo === null ? null : inBusinessZone(batch.validTo),
              left: batch.left,
            })),
        },
      ];
    }),
  );
}
