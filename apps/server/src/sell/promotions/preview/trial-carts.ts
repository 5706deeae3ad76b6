// Carts on which a rule can be watched, pure: the goods and quantities that its conditions and its effect ask for, put together.
import type { ConditionTree, LineFilter } from '@tongshang/contract';
import type { RunningPromotion } from '../running-set.ts';

export type Rule = Pick<RunningPromotion, 'when' | 'then'>;

/** Goods for sale as a trial sees them. */
export interface TrialGoods {
  sku: string;
  unitFen: number;
  isMeant: (filter: LineFilter) => boolean;
}

/** What a cart must hold: so many units, or so much money, of goods that a filter means. */
export interface Need {
  of: LineFilter;
  fen?: number;
  units?: number;
  /** Units counted for another need do not count for this one: what is got beside what is bought. */
  isApart?: boolean;
}

/** Everything that a rule asks of a cart; of alternatives the first, of steps the lowest or, when wanted, the highest. */
export function needsOf({ when, then }: Rule, { highest = false } = {}): Need[] {
  const needs = conditionNeeds(when);
  switch (then.gives) {
    case 'steps': {
      const from = (highest ? then.steps.at(-1) : then.steps[0])?.from ?? 1;
      return [...needs, then.by === 'amount' ? { of: then.of, fen: from } : { of: then.of, units: from }];
    }
    case 'cheapest_free':
      return [...needs, { of: then.of, units: then.buy }];
    case 'buy_x_get_y':
      return [...needs, { of: then.buy, units: then.buyQuantity }, { of: then.get, units: then.getQuantity, isApart: true }];
    case 'bundle_price':
      return [...needs, ...then.items.map(({ of, quantity }) => ({ of, units: quantity, isApart: true }))];
    case 'gift':
    case 'free_freight':
    case 'coupon':
      return needs.length === 0 ? [{ of: {}, units: 1 }] : needs;
    case 'percent':
    case 'amount':
    case 'fixed_price':
    case 'points_price':
      return [...needs, { of: then.of, units: 1 }];
  }
}

function conditionNeeds(tree: ConditionTree): Need[] {
  if ('all' in tree) return tree.all.flatMap(conditionNeeds);
  if ('any' in tree) return tree.any.slice(0, 1).flatMap(conditionNeeds);
  if ('not' in tree) return [];
  if (tree.is === 'amount') return [{ of: tree.of, fen: tree.minFen }];
  return tree.is === 'quantity' ? [{ of: tree.of, units: tree.min }] : [];
}

export type Units = ReadonlyMap<string, number>;

const quantityMax = 999;

/**
 * Puts into a cart what a rule still lacks there. Of goods that fit, `choose` picks; undefined when nothing fits or more than 999 units
 * of one would be needed.
 */
export function fill(
  cart: Units,
  needs: readonly Need[],
  {
    goods,
    choose,
  }: { goods: ReadonlyMap<string, TrialGoods>; choose: (fitting: readonly TrialGoods[], cart: Units) => TrialGoods },
): Units | undefined {
  const units = new Map(cart);
  const spoken = new Map<string, number>();
  for (const { of, fen = 0, units: wanted = 0, isApart = false } of needs) {
    const fitting = [...goods.values()].filter((one) => one.isMeant(of));
    if (fitting.length === 0) return undefined;
    const free = fitting.map((one) => ({ one, count: (units.get(one.sku) ?? 0) - (isApart ? (spoken.get(one.sku) ?? 0) : 0) }));
    const there = free.reduce((sum, { count }) => sum + count, 0);
    const thereFen = free.reduce((sum, { one, count }) => sum + one.unitFen * count, 0);
    const pick = choose(fitting, units);
    const missing = Math.max(wanted - there, Math.ceil((fen - thereFen) / pick.unitFen), 0);
    if (missing > 0) units.set(pick.sku, (units.get(pick.sku) ?? 0) + missing);
    if ((units.get(pick.sku) ?? 0) > quantityMax) return undefined;
    if (isApart || wanted > 0) speakFor(spoken, free, pick, wanted);
  }
  return units;
}

/** Marks units as counted, those that are there first, then the ones just put in. */
function speakFor(
  spoken: Map<string, number>,
  free: readonly { one: TrialGoods; count: number }[],
  pick: TrialGoods,
  wanted: number,
): void {
  let left = wanted;
  for (const { one, count } of free) {
    const taken = Math.min(Math.max(0, count), left);
    if (taken > 0) spoken.set(one.sku, (spoken.get(one.sku) ?? 0) + taken);
    left -= taken;
  }
  if (left > 0) spoken.set(pick.sku, (spoken.get(pick.sku) ?? 0) + left);
}

/**
 * Carts that reach both rules: for each way of choosing goods, first what the one asks for, then what the other still lacks, on goods
 * that are in the cart already and on goods that are not; at the lowest step and at the highest. At most `most` of them.
 */
export function cartsForBoth(one: Rule, other: Rule, goods: ReadonlyMap<string, TrialGoods>, most: number): Units[] {
  const carts = new Map<string, Units>();
  for (let nth = 0; nth < most; nth += 1)
    for (const highest of [false, true])
      for (const isElsewhere of [false, true]) {
        const base = fill(new Map(), needsOf(one, { highest }), { goods, choose: (fitting) => at(fitting, nth) });
        const choose = (fitting: readonly TrialGoods[], cart: Units): TrialGoods => {
          const there = fitting.filter(({ sku }) => cart.has(sku) !== isElsewhere);
          return at(there.length === 0 ? fitting : there, nth);
        };
        const both = base && fill(base, needsOf(other, { highest }), { goods, choose });
        if (both !== undefined && both.size > 0) carts.set(keyOf(both), both);
        if (carts.size >= most) return [...carts.values()];
      }
  return [...carts.values()];
}

const at = (fitting: readonly TrialGoods[], nth: number): TrialGoods => {
  const found = fitting[nth % fitting.length];
  if (found === undefined) throw new Error('nothing fits');
  return found;
};

const keyOf = (units: Units): string => [...units].map(([sku, count]) => `${sku} ${count}`).toSorted().join('\n'); // prettier-ignore

/** The same goods, more of each, at most 999. */
export const timesUnits = (units: Units, times: number): Units =>
  new Map([...units].map(([sku, count]) => [sku, Math.min(quantityMax, count * times)]));
