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
import { cartsForBoth, fill, needsOf, timesUnits, type TrialGoods, type Units } from './trial-carts.ts';

type Reply = z.input<typeof contract.findPromotionConflicts.reply>;
type Conflict = Reply['items'][number];
type Of<K extends Conflict['kind']> = Extract<Conflict, { kind: K }>;
type Body = z.output<typeof contract.findPromotionConflicts.body>;

const skusMax = 300;
const cartsMax = 24;
const fittingMax = 3;
const underFloorMax = 50;

/**
 * Warnings for a draft, found by pricing carts that reach it: which promotions in its time give to the same goods as well, on carts of one
 * SKU and of several, at the lowest steps and the highest; which exclusive ones mean the same SKU, where only one can count; and which
 * SKUs would be sold under the margin floor beside everything that needs no code. Buyers are taken as suiting every rule. Refuses
 * `promotion.invalid_rule`, `promotion_group.not_found`.
 */
export async function findConflicts(ctx: Ctx, { draft, promotionId = draftId }: Body): Promise<Reply> {
  await checkDraft(ctx, draft);
  const mine = suitAll(asRunning(draft, promotionId));
  const { set } = await readTaken(ctx.tx, [], ctx.now);
  const others = set.promotions.filter((one) => one.promotionId !== promotionId && overlaps(one, mine));
  const { tried, meant } = await goodsTried(ctx.tx, draft);
  const pool = [...tried, ...(await goodsBeside(ctx.tx, [mine, ...others], tried))];
  const at = mine.startsAt > ctx.now ? mine.startsAt : ctx.now;
  const probe = pool.map((facts) => cartWith(new Map([[facts.sku, 1]]), at));
  const giftSkus = setOf('probe', [...others, mine], set.groups).giftSkus;
  const goods = await loadGoods(ctx.tx, probe, { now: ctx.now, giftSkus, isPast: true });
  const trial: Trial = { groups: set.groups, goods, now: at };
  const shelf = new Map(pool.flatMap(({ sku }) => trialGoods(trial, sku)));

  const found: Conflict[] = [];
  for (const other of others) {
    found.push(...conflictsWith(trial, mine, suitAll(other), shelf));
    await setImmediate(); // other requests come in between
  }
  const carts = tried.flatMap(({ sku }) => cartReaching(mine, shelf.get(sku), at));
  const codeless = others.filter((one) => !one.needsCode).map(suitAll);
  const under = underFloor(trial, [...codeless, mine], carts, await marginFloors(ctx.tx, tried.map((one) => one.sku))); // prettier-ignore
  return { items: [...found, ...under], skusTried: carts.length, skusMeant: meant };
}

interface Trial {
  groups: RunningSet['groups'];
  goods: LoadedGoods;
  now: Date;
}

type Shelf = ReadonlyMap<string, TrialGoods>;

function trialGoods({ goods, now }: Trial, sku: string): [string, TrialGoods][] {
  const known = goods.goodsOf(sku, { channel: storefront.shopChannel, at: now });
  if (typeof known === 'string') return [];
  const unitFen = Math.max(1, Math.min(...known.prices.map((one) => one.amountFen)));
  return [[sku, { sku, unitFen, isMeant: (filter) => isMeant(filter, known) }]];
}

const price = ({ groups, goods, now }: Trial, promotions: readonly RunningPromotion[], cart: CartToPrice): PricedCart =>
  priceOne(cart, { set: setOf('trial', promotions, groups), taken: untaken, goods, now });

/** What a draft and another rule do to each other on the goods that both are about. */
function conflictsWith(trial: Trial, mine: RunningPromotion, other: RunningPromotion, shelf: Shelf): Conflict[] {
  const shared = [...shelf.values()].filter((one) => isAbout(mine, one) && isAbout(other, one));
  if (shared.length === 0) return [];
  const now = { ...trial, now: mine.startsAt > other.startsAt ? mine.startsAt : other.startsAt };
  const later = { ...now, now: now.now > trial.now ? now.now : trial.now };
  const rival = rivalOn(later, mine, other, shared);
  // goods that both are about come first: those are where they meet
  const ordered = new Map([...shared, ...shelf.values()].map((one) => [one.sku, one]));
  return [...rival, ...stackOf(later, mine, other, { shared, shelf: ordered })];
}

/** Two exclusive rules on one SKU: only one can count, and which is not what each says. */
function rivalOn(
  trial: Trial,
  mine: RunningPromotion,
  other: RunningPromotion,
  shared: readonly TrialGoods[],
): Of<'same_goods'>[] {
  if (mine.stage !== 'exclusive' || other.stage !== 'exclusive') return [];
  const alone = (one: RunningPromotion, cart: CartToPrice) => price(trial, [one], cart).breakdown;
  for (const goods of shared) {
    const facts = trial.goods.facts.get(goods.sku);
    const [cart] = cartReaching(mine, goods, trial.now);
    if (facts === undefined || cart === undefined) continue;
    const [own, theirs] = [alone(mine, cart), alone(other, cart)];
    const gave = price(trial, [mine, other], cart).breakdown.applied;
    if (own.applied.length === 0 || theirs.applied.length === 0 || gave.length !== 1) continue;
    const { promotionId, name, nameEn, stage } = other;
    const quantity = cart.lines[0]?.quantity ?? 1;
    return [
      {
        kind: 'same_goods',
        promotionId,
        name,
        nameEn,
        stage,
        skus: shared.length,
        wins: gave[0]?.promotionId === mine.promotionId ? 'this' : 'other',
        example: {
          sku: goods.sku,
          name: facts.name,
          nameEn: facts.nameEn,
          quantity,
          thisFen: own.goodsFen - own.discountFen,
          otherFen: theirs.goodsFen - theirs.discountFen,
        },
      },
    ];
  }
  return [];
}

/** The first cart on which both give to the same goods: one example is enough. */
function stackOf(
  trial: Trial,
  mine: RunningPromotion,
  other: RunningPromotion,
  { shared, shelf }: { shared: readonly TrialGoods[]; shelf: Shelf },
): Of<'stacks_with'>[] {
  // what an earlier stage took off no longer counts for a later one: larger carts reach it all the same
  const carts = cartsForBoth(mine, other, shelf, cartsMax);
  for (const units of [1, 2, 5].flatMap((times) => carts.map((cart) => timesUnits(cart, times)))) {
    if (!shared.some(({ sku }) => units.has(sku))) continue;
    const cart = cartWith(units, trial.now);
    const both = price(trial, [mine, other], cart).breakdown;
    const ids = new Set(both.applied.map((one) => one.promotionId));
    if (!ids.has(mine.promotionId) || !ids.has(other.promotionId)) continue;
    if (mine.stage === 'exclusive' && other.stage === 'exclusive') continue; // on different goods, or told as rivals
    const { promotionId, name, nameEn, stage } = other;
    const lines = both.lines
      .filter((line) => !line.isGift)
      .map(({ sku, quantity }) => {
        const facts = trial.goods.facts.get(sku);
        return { sku, name: facts?.name ?? sku, nameEn: facts?.nameEn ?? '', quantity };
      });
    const example = {
      lines,
      beforeFen: price(trial, [], cart).breakdown.totalFen,
      otherFen: price(trial, [other], cart).breakdown.totalFen,
      bothFen: both.totalFen,
    };
    return [{ kind: 'stacks_with', promotionId, name, nameEn, stage, example }];
  }
  return [];
}

function isAbout(one: RunningPromotion, goods: TrialGoods): boolean {
  const filters = goodsMeant(one);
  return filters.length === 0 || filters.some((filter) => goods.isMeant(filter));
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

/** Goods that running rules ask for besides the draft's own, a few for each thing asked. */
async function goodsBeside(tx: Tx, rules: readonly RunningPromotion[], tried: readonly SkuFacts[]): Promise<SkuFacts[]> {
  const filters = rules.flatMap((rule) => needsOf(rule).map(({ of }) => of));
  const named = filters.flatMap(({ skus }) => skus?.slice(0, fittingMax) ?? []);
  const isOpen = filters.some(({ skus }) => skus === undefined);
  const found = [
    ...(await findSkus(tx, named)).values(),
    ...(isOpen ? await listSkus(tx, { limit: candidatesMax }) : []),
    ...tried,
  ].filter(({ state }) => state === 'active');
  const fitting = filters.flatMap((filter) =>
    found.filter((facts) => isMeant(filter, { ...facts, prices: [] })).slice(0, fittingMax),
  );
  const known = new Set(tried.map(({ sku }) => sku));
  return [...new Map(fitting.map((facts) => [facts.sku, facts])).values()].filter(({ sku }) => !known.has(sku));
}

const cartWith = (units: Units, at: Date): CartToPrice => ({
  key: 'sample',
  channel: storefront.shopChannel,
  customerId: sampleCustomer,
  customerKey: 'sample',
  isFirstOrder: true,
  lines: [...units].map(([sku, quantity]) => ({ key: sku, sku, quantity })),
  couponCodes: [],
  pointsWanted: 0,
  at,
  standing: { tier: '', segments: [], points: 1_000_000_000 },
});

/** So many units of one SKU that all that the rule asks for is reached by it alone; none when that takes more than 999. */
function cartReaching(mine: RunningPromotion, goods: TrialGoods | undefined, at: Date): CartToPrice[] {
  if (goods === undefined) return [];
  const all: TrialGoods = { ...goods, isMeant: () => true };
  const units = fill(new Map([[goods.sku, 1]]), needsOf(mine), { goods: new Map([[goods.sku, all]]), choose: () => all });
  return units === undefined ? [] : [cartWith(units, at)];
}
