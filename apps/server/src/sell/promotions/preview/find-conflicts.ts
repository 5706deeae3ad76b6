import { setImmediate } from 'node:timers/promises';
import type { ConditionTree, LineFilter, promotions as contract } from '@tongshang/contract';
import { storefront } from '@tongshang/contract';
import type * as z from 'zod';
import { findSkus, listSkus, type SkuFacts } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Tx } from '../../../platform/db.ts';
import { isMeant, marginFloors } from '../../pricing/index.ts';
import { type LoadedGoods, loadGoods } from '../load-goods.ts';
import { type CartToPrice, type PricedCart, priceOne } from '../price-carts.ts';
import type { PromotionDraft } from '../promotion.ts';
import { goodsMeant } from '../public-rule.ts';
import { readTaken } from '../read-taken.ts';
import { type RunningPromotion, type RunningSet, setOf } from '../running-set.ts';
import { checkDraft } from '../save-promotion.ts';
import { asRunning, draftId, untaken } from './draft-set.ts';
import { sampleCustomer } from './preview-carts.ts';

type Reply = z.input<typeof contract.findPromotionConflicts.reply>;
type Conflict = Reply['items'][number];
type Of<K extends Conflict['kind']> = Extract<Conflict, { kind: K }>;
type Body = z.output<typeof contract.findPromotionConflicts.body>;

const skusMax = 300;
const triesMax = 20;
const underFloorMax = 50;

/**
 * Warnings for a draft, found by pricing carts that reach it: which promotions in its time give to the same cart as well, and which SKUs
 * would be sold under the margin floor beside everything that needs no code. Buyers are taken as suiting every rule. Refuses
 * `promotion.invalid_rule`, `promotion_group.not_found`.
 */
export async function findConflicts(ctx: Ctx, { draft, promotionId = draftId }: Body): Promise<Reply> {
  await checkDraft(ctx, draft);
  const mine = suitAll(asRunning(draft, promotionId));
  const { set } = await readTaken(ctx.tx, [], ctx.now);
  const others = set.promotions.filter((one) => one.promotionId !== promotionId && overlaps(one, mine));
  const { tried, meant } = await goodsTried(ctx.tx, draft);
  const at = mine.startsAt > ctx.now ? mine.startsAt : ctx.now;
  const probe = tried.map((facts) => cartWith(facts.sku, 1, at));
  const giftSkus = setOf('probe', [...others, mine], set.groups).giftSkus;
  const goods = await loadGoods(ctx.tx, probe, { now: ctx.now, giftSkus, isPast: true });
  const carts = tried.flatMap((facts) => cartReaching(draft, facts, goods, at));

  const trial: Trial = { groups: set.groups, goods, now: at };
  const stacks: Conflict[] = [];
  for (const other of others) {
    stacks.push(...stackOf(trial, mine, suitAll(other), carts));
    await setImmediate(); // other requests come in between
  }
  const codeless = others.filter((one) => !one.needsCode).map(suitAll);
  const under = underFloor(trial, [...codeless, mine], carts, await marginFloors(ctx.tx, tried.map((one) => one.sku))); // prettier-ignore
  return { items: [...stacks, ...under], skusTried: carts.length, skusMeant: meant };
}

interface Trial {
  groups: RunningSet['groups'];
  goods: LoadedGoods;
  now: Date;
}

const price = ({ groups, goods, now }: Trial, promotions: readonly RunningPromotion[], cart: CartToPrice): PricedCart =>
  priceOne(cart, { set: setOf('trial', promotions, groups), taken: untaken, goods, now });

/** The first cart on which both give, dearest last: one example is enough. */
function stackOf(
  trial: Trial,
  mine: RunningPromotion,
  other: RunningPromotion,
  carts: readonly CartToPrice[],
): Of<'stacks_with'>[] {
  const now = { ...trial, now: mine.startsAt > other.startsAt ? mine.startsAt : other.startsAt };
  const shared = carts.filter((cart) => cart.lines.some((line) => isTouched(other, line.sku, trial)));
  for (const given of shared.slice(0, triesMax)) {
    const cart = { ...given, at: now.now > (given.at ?? now.now) ? now.now : given.at };
    const both = price(now, [mine, other], cart);
    const line = both.breakdown.lines.find((one) => !one.isGift);
    const facts = line === undefined ? undefined : trial.goods.facts.get(line.sku);
    const ids = new Set(both.breakdown.applied.map((one) => one.promotionId));
    if (line === undefined || facts === undefined || !ids.has(mine.promotionId) || !ids.has(other.promotionId)) continue;
    const example = {
      sku: line.sku,
      name: facts.name,
      nameEn: facts.nameEn,
      quantity: line.quantity,
      beforeFen: price(now, [], cart).breakdown.totalFen,
      otherFen: price(now, [other], cart).breakdown.totalFen,
      bothFen: both.breakdown.totalFen,
    };
    const { promotionId, name, nameEn, stage } = other;
    return [{ kind: 'stacks_with', promotionId, name, nameEn, stage, example }];
  }
  return [];
}

function isTouched(other: RunningPromotion, sku: string, { goods, now }: Trial): boolean {
  const known = goods.goodsOf(sku, { channel: storefront.shopChannel, at: now });
  const filters = goodsMeant(other);
  return typeof known !== 'string' && (filters.length === 0 || filters.some((filter) => isMeant(filter, known)));
}

function underFloor(
  trial: Trial,
  promotions: readonly RunningPromotion[],
  carts: readonly CartToPrice[],
  floors: ReadonlyMap<string, number>,
): Of<'under_floor'>[] {
  const found = carts.flatMap((cart): Of<'under_floor'>[] =>
    price(trial, promotions, cart).breakdown.lines.flatMap((line) => {
      const facts = trial.goods.facts.get(line.sku);
      const floorFen = floors.get(line.sku) ?? 0;
      const priceFen = Math.floor(line.amountFen / line.quantity);
      if (line.isGift || facts === undefined || priceFen >= floorFen) return [];
      return {
        kind: 'under_floor',
        sku: line.sku,
        name: facts.name,
        nameEn: facts.nameEn,
        priceFen,
        floorFen,
        costFen: facts.costFen,
      };
    }),
  );
  const worst = found.toSorted((a, b) => b.floorFen - b.priceFen - (a.floorFen - a.priceFen));
  return [...new Map(worst.toReversed().map((one) => [one.sku, one])).values()].toReversed().slice(0, underFloorMax);
}

/** Every condition about who buys, how or in which hours is taken as met; conditions on goods stay. */
const suitAll = (one: RunningPromotion): RunningPromotion => ({ ...one, needsCode: false, when: suited(one.when) });

function suited(tree: ConditionTree): ConditionTree {
  if ('all' in tree) return { all: tree.all.map(suited) };
  if ('any' in tree) return { any: tree.any.map(suited) };
  if ('not' in tree) return { all: [] };
  return tree.is === 'amount' || tree.is === 'quantity' ? tree : { all: [] };
}

const overlaps = (a: RunningPromotion, b: RunningPromotion): boolean =>
  (b.endsAt === null || a.startsAt < b.endsAt) && (a.endsAt === null || b.startsAt < a.endsAt);

/** SKUs for sale that the draft means, at most 300 of them. */
async function goodsTried(tx: Tx, draft: PromotionDraft): Promise<{ tried: SkuFacts[]; meant: number }> {
  const filters = goodsMeant(draft);
  const found = await candidates(tx, filters);
  const meant = found.filter(
    (facts) =>
      facts.state === 'active' && (filters.length === 0 || filters.some((filter) => isMeant(filter, { ...facts, prices: [] }))),
  );
  return { tried: meant.slice(0, skusMax), meant: meant.length };
}

const candidatesMax = 5000;

async function candidates(tx: Tx, filters: readonly LineFilter[]): Promise<SkuFacts[]> {
  const isNamed = filters.length > 0 && filters.every((filter) => filter.skus !== undefined);
  if (isNamed) return [...(await findSkus(tx, filters.flatMap((filter) => filter.skus ?? []))).values()]; // prettier-ignore
  const [only] = filters.length === 1 ? filters : [];
  const category = only?.categories?.length === 1 ? only.categories[0] : undefined;
  return listSkus(tx, { productIds: only?.productIds, category, limit: candidatesMax });
}

const cartWith = (sku: string, quantity: number, at: Date): CartToPrice => ({
  key: sku,
  channel: storefront.shopChannel,
  customerId: sampleCustomer,
  customerKey: 'sample',
  isFirstOrder: true,
  lines: [{ key: '1', sku, quantity }],
  couponCodes: [],
  pointsWanted: 0,
  at,
  standing: { tier: '', segments: [], points: 1_000_000_000 },
});

const quantityMax = 999;

/** So many units of one SKU that the draft's amounts and quantities are reached; none when that takes more than 999. */
function cartReaching(draft: PromotionDraft, { sku }: SkuFacts, goods: LoadedGoods, at: Date): CartToPrice[] {
  const known = goods.goodsOf(sku, { channel: storefront.shopChannel, at });
  if (typeof known === 'string') return [];
  const unitFen = Math.max(1, Math.min(...known.prices.map((one) => one.amountFen)));
  const wanted = Math.max(
    1,
    ...goalsOf(draft.when).map((goal) => reach(goal, unitFen)),
    ...effectGoals(draft).map((goal) => reach(goal, unitFen)),
  );
  return wanted > quantityMax ? [] : [cartWith(sku, wanted, at)];
}

interface Goal {
  fen?: number;
  units?: number;
}
const reach = ({ fen = 0, units = 0 }: Goal, unitFen: number): number => Math.max(units, Math.ceil(fen / unitFen));

function goalsOf(tree: ConditionTree): Goal[] {
  if ('all' in tree) return tree.all.flatMap(goalsOf);
  if ('any' in tree) return tree.any.slice(0, 1).flatMap(goalsOf);
  if ('not' in tree) return [];
  if (tree.is === 'amount') return [{ fen: tree.minFen }];
  return tree.is === 'quantity' ? [{ units: tree.min }] : [];
}

function effectGoals({ then }: PromotionDraft): Goal[] {
  if (then.gives === 'steps')
    return then.steps.slice(0, 1).map(({ from }) => (then.by === 'amount' ? { fen: from } : { units: from }));
  if (then.gives === 'cheapest_free') return [{ units: then.buy }];
  if (then.gives === 'buy_x_get_y') return [{ units: then.buyQuantity + then.getQuantity }];
  if (then.gives === 'bundle_price') return [{ units: then.items.reduce((sum, item) => sum + item.quantity, 0) }];
  return [];
}
