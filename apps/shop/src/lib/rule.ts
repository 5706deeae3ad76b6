import type { ConditionTree } from '@tongshang/contract';
import { promotionSentence } from '@tongshang/ui/sentence/promotion-sentence';
import type { Site } from '../site.ts';
import type { Category, PublicRule } from '../views.ts';

/** How the goods that rules speak of are called. */
export interface RuleNames {
  categories: readonly Category[];
  skus: ReadonlyMap<string, { name: string; nameEn: string }>;
}

/** A rule in a sentence, in the words that staff see when they write it; empty where only its name can be trusted. */
export function ruleText(site: Site, rule: PublicRule, { categories, skus }: RuleNames): string {
  const { gives, minFen, minUnits, tiers, isFirstOrderOnly } = rule;
  const of = 'of' in gives ? gives.of : {};
  // the goods that its condition counts are not told to us: a sentence without them would promise more than the rule gives
  if (rule.isForSomeGoods && Object.keys(of).length === 0 && !('buy' in gives) && !('items' in gives)) return '';
  const all: ConditionTree[] = [
    ...(isFirstOrderOnly ? [{ is: 'first_order' as const }] : []),
    ...(tiers.length > 0 ? [{ is: 'tier' as const, in: [...tiers] }] : []),
    ...(minFen !== null && minFen > 0 && gives.gives !== 'steps' ? [{ is: 'amount' as const, of, minFen }] : []),
    ...(minUnits !== null && minUnits > 0 && gives.gives !== 'steps' ? [{ is: 'quantity' as const, of, min: minUnits }] : []),
  ];
  const named = (thing: { name: string; nameEn: string } | undefined) => thing && site.nameOf(thing);
  return promotionSentence({ stage: rule.stage, when: { all }, then: gives }, site.language, {
    category: (code) => named(categories.find((one) => one.code === code)),
    sku: (sku) => named(skus.get(sku)),
  });
}

const skusMax = 60;

/** The SKUs whose names the sentences of these rules need: the first three of each list, and gifts. */
export function skusNamed(rules: readonly PublicRule[]): string[] {
  const lists = rules.flatMap(({ gives }) => {
    if (gives.gives === 'gift') return [[gives.sku]];
    if (gives.gives === 'buy_x_get_y') return [gives.buy.skus ?? [], gives.get.skus ?? []];
    if (gives.gives === 'bundle_price') return gives.items.map((item) => item.of.skus ?? []);
    return 'of' in gives ? [gives.of.skus ?? []] : [];
  });
  return [...new Set(lists.flatMap((skus) => skus.slice(0, 3)))].slice(0, skusMax);
}
