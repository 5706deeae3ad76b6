import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { listSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { holdsAt } from '../promotion.ts';
import { isAbout, isForFew, isInShop, publicRuleOf } from '../public-rule.ts';
import { readTaken } from '../read-taken.ts';

type Labels = z.input<typeof contract.listCardLabels.reply>['items'];

const rulesMax = 2;
const skusMax = 2_000;

/**
 * What runs now in the shop for each of these products, two rules at most. Rules about every product are no news on a card and are
 * left out, and so are flash prices, which have their own place. Without any rule nothing is asked of the catalogue.
 */
export async function listCardLabels(ctx: Ctx, productIds: readonly string[]): Promise<Labels> {
  const { set } = await readTaken(ctx.tx, [], ctx.now);
  const rules = set.promotions.filter(
    (one) => !one.needsCode && one.stage !== 'exclusive' && holdsAt(one, ctx.now) && !isForFew(one) && isInShop(one),
  );
  const ofSome = rules.map((one) => ({ one, rule: publicRuleOf(one) })).filter(({ rule }) => rule.isForSomeGoods);
  if (ofSome.length === 0 || productIds.length === 0) return [];
  const skus = (await listSkus(ctx.tx, { productIds, limit: skusMax })).map((facts) => ({ ...facts, prices: [] }));
  return productIds.flatMap((productId) => {
    const own = skus.filter((sku) => sku.productId === productId);
    const found = ofSome.filter(({ one }) => own.some((sku) => isAbout(one, sku))).slice(0, rulesMax);
    return found.length === 0 ? [] : [{ productId, rules: found.map(({ rule }) => rule) }];
  });
}
