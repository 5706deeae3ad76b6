// What a shopper may know of a rule, pure: no lists of customers, no budgets.
import {
  type Condition,
  type ConditionTree,
  type LineFilter,
  type promotions as contract,
  storefront,
} from '@tongshang/contract';
import type * as z from 'zod';
import { inBusinessZone } from '../../platform/time.ts';
import { isMeant, type PricedGoods } from '../pricing/index.ts';
import { certainConditions } from './promotion.ts';
import type { RunningPromotion } from './running-set.ts';

type PublicRule = z.input<typeof contract.PublicRule>;

export function publicRuleOf(one: RunningPromotion): PublicRule {
  const conditions = certainConditions(one.when);
  const amounts = conditions.flatMap((condition) => (condition.is === 'amount' ? condition.minFen : []));
  const quantities = conditions.flatMap((condition) => (condition.is === 'quantity' ? condition.min : []));
  return {
    promotionId: one.promotionId,
    name: one.name,
    nameEn: one.nameEn,
    stage: one.stage,
    gives: one.then,
    when: publicWhen(one.when) ?? { all: [] },
    minFen: amounts.length === 0 ? null : Math.max(...amounts),
    minUnits: quantities.length === 0 ? null : Math.max(...quantities),
    tiers: conditions.flatMap((condition) => (condition.is === 'tier' ? condition.in : [])),
    channels: conditions.flatMap((condition) => (condition.is === 'channel' ? condition.in : [])),
    isFirstOrderOnly: conditions.some((condition) => condition.is === 'first_order'),
    isForSomeGoods: goodsMeant(one).some((filter) => Object.keys(filter).length > 0),
    endsAt: one.endsAt === null ? null : inBusinessZone(one.endsAt),
  };
}

/** Conditions without what is nobody's business; what can be met in ways that are not told is left out whole. */
function publicWhen(tree: ConditionTree): ConditionTree | undefined {
  if ('all' in tree) return { all: tree.all.flatMap((part) => publicWhen(part) ?? []) };
  if ('any' in tree) return tree.any.every(isPublic) ? tree : undefined;
  if ('not' in tree) return isPublic(tree.not) ? tree : undefined;
  return hidden.includes(tree.is) ? undefined : tree;
}

const hidden: readonly Condition['is'][] = ['customer', 'segment', 'channel'];

function isPublic(tree: ConditionTree): boolean {
  if ('all' in tree) return tree.all.every(isPublic);
  if ('any' in tree) return tree.any.every(isPublic);
  return 'not' in tree ? isPublic(tree.not) : !hidden.includes(tree.is);
}

/** The filters that say which goods a promotion is about: its effect's own, then those that its conditions count. */
export function goodsMeant({ then, when }: Pick<RunningPromotion, 'then' | 'when'>): LineFilter[] {
  if (then.gives === 'buy_x_get_y') return [then.buy, then.get];
  if (then.gives === 'bundle_price') return then.items.map((item) => item.of);
  if ('of' in then) return [then.of];
  return certainConditions(when).flatMap((condition) => ('of' in condition ? condition.of : []));
}

/** Whether somebody must be known by name or list to get it: such rules are not shown to everybody. */
export const isForFew = ({ when }: Pick<RunningPromotion, 'when'>): boolean =>
  certainConditions(when).some((condition) => condition.is === 'customer' || condition.is === 'segment');

/** Whether the online shop is among its channels. */
export const isInShop = ({ when }: Pick<RunningPromotion, 'when'>): boolean =>
  certainConditions(when).every((condition) => condition.is !== 'channel' || condition.in.includes(storefront.shopChannel));

/** Whether a promotion is about these goods; one that names none is about all. */
export function isAbout(one: Pick<RunningPromotion, 'then' | 'when'>, goods: PricedGoods): boolean {
  const filters = goodsMeant(one);
  return filters.length === 0 || filters.some((filter) => isMeant(filter, goods));
}
