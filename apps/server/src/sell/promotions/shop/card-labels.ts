import type { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { goodsOfProducts } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { isAbout, publicRuleOf } from '../public-rule.ts';
import { rulesAt, type ShopRules } from './shop-rules.ts';

type Labels = z.input<typeof contract.listCardLabels.reply>['items'];

const rulesMax = 2;

/** The rules that are news on a card: not those about every product, and not flash prices, which have their own place. */
const worthALabel = (known: ShopRules, at: Date) =>
  rulesAt(known, at)
    .filter(({ stage }) => stage !== 'exclusive')
    .map((one) => ({ one, rule: publicRuleOf(one) }))
    .filter(({ rule }) => rule.isForSomeGoods);

/** What runs now in the shop for each of these products, two rules at most; nothing is asked while no rule is about some goods only. */
export async function listCardLabels(
  { now, look }: { now: Date; look: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T> },
  known: ShopRules,
  productIds: readonly string[],
): Promise<Labels> {
  const ofSome = worthALabel(known, now);
  if (ofSome.length === 0 || productIds.length === 0) return [];
  const goods = await look(({ tx }) => goodsOfProducts(tx, productIds));
  return productIds.flatMap((productId) => {
    const priced = (goods.get(productId) ?? []).map((sku) => ({ ...sku, prices: [] }));
    const found = ofSome.filter(({ one }) => priced.some((sku) => isAbout(one, sku))).slice(0, rulesMax);
    return found.length === 0 ? [] : [{ productId, rules: found.map(({ rule }) => rule) }];
  });
}
