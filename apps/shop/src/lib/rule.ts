import type { ConditionTree, LineFilter } from '@tongshang/contract';
import { promotionSentence } from '@tongshang/ui/sentence/promotion-sentence';
import type { Site } from '../site.ts';
import type { Category, PublicRule } from '../views.ts';

/** How the goods that rules speak of are called. */
export interface RuleNames {
  categories: readonly Category[];
  skus: ReadonlyMap<string, { name: string; nameEn: string }>;
}

/** A rule in a sentence, in the words that staff see when they write it. */
export function ruleText(site: Site, rule: PublicRule, { categories, skus }: RuleNames): string {
  const named = (thing: { name: string; nameEn: string } | undefined) => thing && site.nameOf(thing);
  return promotionSentence({ stage: rule.stage, when: rule.when, then: rule.gives }, site.language, {
    category: (code) => named(categories.find((one) => one.code === code)),
    sku: (sku) => named(skus.get(sku)),
  });
}

const skusMax = 60;

/** The SKUs whose names the sentences of these rules need: the first three of each list, and gifts. */
export function skusNamed(rules: readonly PublicRule[]): string[] {
  const lists = rules.flatMap(({ gives, when }) => [...listsIn(gives), ...counted(when).map((of) => of.skus ?? [])]);
  return [...new Set(lists.flatMap((skus) => skus.slice(0, 3)))].slice(0, skusMax);
}

/** The goods that conditions count. */
function counted(tree: ConditionTree): LineFilter[] {
  if ('all' in tree) return tree.all.flatMap(counted);
  if ('any' in tree) return tree.any.flatMap(counted);
  if ('not' in tree) return counted(tree.not);
  return 'of' in tree ? [tree.of] : [];
}

function listsIn(gives: PublicRule['gives']): (readonly string[])[] {
  if (gives.gives === 'gift') return [[gives.sku]];
  if (gives.gives === 'buy_x_get_y') return [gives.buy.skus ?? [], gives.get.skus ?? []];
  if (gives.gives === 'bundle_price') return gives.items.map((item) => item.of.skus ?? []);
  return 'of' in gives ? [gives.of.skus ?? []] : [];
}
