import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { goodsOfProducts } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { holdsAt } from '../promotion.ts';
import { isAbout, isForFew, isInShop, publicRuleOf } from '../public-rule.ts';
import { readTaken } from '../read-taken.ts';

type Labels = z.input<typeof contract.listCardLabels.reply>['items'];

const rulesMax = 2;

/**
 * What runs now in the shop for each of these products, two rules at most; one answer for each list, two statements for any number of them.
 * Rules about every product are no news on a card and are left out, and so are flash prices, which have their own place.
 */
export async function listCardLabels(ctx: Ctx, lists: readonly (readonly string[])[]): Promise<Labels[]> {
  const { set } = await readTaken(ctx.tx, [], ctx.now);
  const rules = set.promotions.filter(
    (one) => !one.needsCode && one.stage !== 'exclusive' && holdsAt(one, ctx.now) && !isForFew(one) && isInShop(one),
  );
  const ofSome = rules.map((one) => ({ one, rule: publicRuleOf(one) })).filter(({ rule }) => rule.isForSomeGoods);
  if (ofSome.length === 0) return lists.map(() => []);
  const goods = await goodsOfProducts(ctx.tx, lists.flat());
  const labels = new Map(
    [...goods].map(([productId, skus]) => {
      const priced = skus.map((sku) => ({ ...sku, prices: [] }));
      const found = ofSome.filter(({ one }) => priced.some((sku) => isAbout(one, sku))).slice(0, rulesMax);
      return [productId, found.map(({ rule }) => rule)];
    }),
  );
  return lists.map((productIds) =>
    productIds.flatMap((productId) => {
      const found = labels.get(productId) ?? [];
      return found.length === 0 ? [] : [{ productId, rules: found }];
    }),
  );
}
