import type { Ctx } from '../../../platform/ctx.ts';
import { openBatches } from '../coupon/coupon-offers.ts';
import { holdsAt } from '../promotion.ts';
import { isForFew, isInShop } from '../public-rule.ts';
import { readTaken } from '../read-taken.ts';
import type { RunningPromotion } from '../running-set.ts';

/** What the shop may tell everybody: rules that are approved for it and open to all, and coupons for the taking. Time is asked by who reads. */
export interface ShopRules {
  rules: readonly RunningPromotion[];
  coupons: Awaited<ReturnType<typeof openBatches>>;
}

/** Read once for all pages of a moment. */
export async function readShopRules(ctx: Ctx): Promise<ShopRules> {
  const { set } = await readTaken(ctx.tx, [], ctx.now);
  const isPublic = (one: RunningPromotion): boolean => !isForFew(one) && isInShop(one);
  return {
    rules: set.promotions.filter((one) => !one.needsCode && isPublic(one)),
    coupons: (await openBatches(ctx)).filter(({ promotion }) => isPublic(promotion)),
  };
}

/** Those that hold at an instant. */
export const rulesAt = ({ rules }: ShopRules, at: Date): RunningPromotion[] => rules.filter((one) => holdsAt(one, at));
