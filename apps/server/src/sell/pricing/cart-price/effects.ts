// What a promotion whose conditions hold takes off, or why it takes nothing. Pure; `give` does what is decided here.
import type { Effect, LineFilter, Off } from '@tongshang/contract';
import { allocate, portionOf, shareOf } from '../../../platform/money.ts';
import { reasonOfNone, timesReached } from './conditions.ts';
import type { Offer } from './request.ts';
import type { Miss, Take } from './run.ts';
import { countAt, meantBy, type Seen, skuAt, sumAt, unitsAt } from './seen.ts';
import { buyAndGet, cheapestFree, setsForOnePrice } from './sets.ts';
import { everydayFen, findUnitPrices } from './unit-prices.ts';

/** What budgets and limits leave, Infinity without one. */
export interface Limit {
  amountFen: number;
  units: number;
}

export type Verdict = Take | Miss;
type Of<Name extends Effect['gives']> = Extract<Effect, { gives: Name }>;

/** Decides one effect on what an offer sees. */
export function weigh(seen: Seen, offer: Offer, limit: Limit): Verdict {
  const effect = offer.then;
  switch (effect.gives) {
    case 'percent':
      return withMeant(seen, effect.of, (places) => percentOff(seen, effect, places, limit));
    case 'amount':
      return withMeant(seen, effect.of, (places) => together(seen, places, Math.min(effect.fen, limit.amountFen)));
    case 'fixed_price':
      return withMeant(seen, effect.of, (places) => fixedPrice(seen, effect, places, limit));
    case 'steps':
      return withMeant(seen, effect.of, (places) => inSteps(seen, effect, places, limit));
    case 'cheapest_free':
      return withMeant(seen, effect.of, (places) => cheapestFree(seen, effect, places, limit));
    case 'buy_x_get_y':
      return buyAndGet(seen, effect, limit);
    case 'gift':
      return gift(seen, offer, effect, limit);
    case 'bundle_price':
      return setsForOnePrice(seen, effect, limit);
    case 'free_freight':
      return promise(seen, seen.run.request.freight.feeFen > 0);
    case 'coupon':
      return promise(seen, true);
    case 'points_price':
      return withMeant(seen, effect.of, (places) => pointsPrice(seen, effect, places, limit));
  }
}

function withMeant(seen: Seen, filter: LineFilter, decide: (places: readonly number[]) => Verdict): Verdict {
  const places = meantBy(seen, filter);
  return places.length === 0 ? { reason: reasonOfNone(seen, filter) } : decide(places);
}

const promise = (seen: Seen, gives: boolean): Verdict =>
  gives ? { takes: seen.run.amounts.map(() => 0), units: 0, isPromise: true } : { reason: 'nothing_to_take_off' };

/** A total off several places, shared out by what they cost. */
function together(seen: Seen, places: readonly number[], wantedFen: number): Take {
  const takes = seen.run.amounts.map(() => 0);
  const amounts = places.map((index) => seen.goods[index] ?? 0);
  const totalFen = Math.min(wantedFen, sumAt(seen.goods, places));
  if (totalFen > 0) for (const [nth, part] of allocate(totalFen, amounts).entries()) takes[places[nth] ?? 0] = part;
  return { takes, units: 0 };
}

/** In the stages of single prices a share is rounded a unit, so that price tags add up; later on once for all lines together. */
function percentOff(seen: Seen, { bp, capFen = Infinity }: Of<'percent'>, places: readonly number[], limit: Limit): Verdict {
  const maxFen = Math.min(capFen, limit.amountFen);
  const isByUnit = seen.run.stage === 'exclusive' || seen.run.stage === 'line' || Number.isFinite(limit.units);
  if (!isByUnit) return together(seen, places, Math.min(shareOf(sumAt(seen.goods, places), bp), maxFen));
  const take = sellUnits(seen, places, limit.units, (index, units) => {
    const fen = seen.goods[index] ?? 0;
    const count = unitsAt(seen, index);
    if (fen % count === 0) return shareOf(fen / count, bp) * units;
    return shareOf(portionOf(fen, units, count), bp);
  });
  return capped(take, maxFen);
}

function capped(take: Take, maxFen: number): Take {
  const sum = take.takes.reduce((a, b) => a + b, 0);
  return sum > maxFen ? { ...take, takes: allocate(maxFen, take.takes) } : take;
}

function fixedPrice(seen: Seen, effect: Of<'fixed_price'>, places: readonly number[], limit: Limit): Verdict {
  const targetOf = (index: number): number => effect.prices?.[skuAt(seen, index)] ?? effect.unitFen ?? Infinity;
  const unitsMax = Math.min(effect.unitsPerOrder ?? Infinity, limit.units);
  return sellUnits(seen, places, unitsMax, downTo(seen, targetOf), limit.amountFen);
}

/** Goods for points, as many as the points that the buyer agrees to spend pay for. */
function pointsPrice(seen: Seen, effect: Of<'points_price'>, places: readonly number[], limit: Limit): Verdict {
  const { buyer, pointsWanted } = seen.run.request;
  const points = Math.min(buyer.points, pointsWanted) - seen.run.pointsSpent;
  const affordable = Math.floor(Math.max(points, 0) / effect.points);
  if (affordable === 0) return { reason: 'points_short', missingPoints: effect.points - Math.max(points, 0) };
  const unitsMax = Math.min(effect.unitsPerOrder ?? Infinity, limit.units, affordable);
  const take = sellUnits(
    seen,
    places,
    unitsMax,
    downTo(seen, () => effect.unitFen),
    limit.amountFen,
  );
  return { ...take, pointsEach: effect.points };
}

const downTo =
  (seen: Seen, targetOf: (index: number) => number) =>
  (index: number, units: number): number =>
    Math.max(
      0,
      portionOf(seen.goods[index] ?? 0, units, unitsAt(seen, index)) - Math.min(targetOf(index) * units, Number.MAX_SAFE_INTEGER),
    );

/**
 * Sells so many units at a lower price, those that save most first; `savingOf(place, units)` is what they save. An exclusive price that
 * is not below what the unit costs every day is none. Whole units only: the money left never pays for part of one.
 */
function sellUnits(
  seen: Seen,
  places: readonly number[],
  unitsMax: number,
  savingOf: (index: number, units: number) => number,
  maxFen = Infinity,
): Take {
  const takes = seen.run.amounts.map(() => 0);
  const unitsOf = takes.slice();
  const each = new Map(places.map((index) => [index, savingOf(index, unitsAt(seen, index)) / unitsAt(seen, index)]));
  let [unitsLeft, fenLeft, units] = [unitsMax, maxFen, 0];
  for (const index of places.toSorted((a, b) => (each.get(b) ?? 0) - (each.get(a) ?? 0) || a - b)) {
    let count = Math.min(unitsAt(seen, index), unitsLeft);
    const whole = savingOf(index, unitsAt(seen, index));
    if (whole > fenLeft) count = Math.min(count, Math.ceil((fenLeft * unitsAt(seen, index)) / whole));
    while (count > 0 && savingOf(index, count) > fenLeft) count -= 1;
    const saving = count > 0 ? savingOf(index, count) : 0;
    if (saving === 0 || isNotBelowEveryday(seen, index, count, saving)) continue;
    takes[index] = saving;
    unitsOf[index] = count;
    unitsLeft -= count;
    fenLeft -= saving;
    units += count;
  }
  return { takes, units, unitsOf };
}

/** An exclusive price shuts later stages out, so it must beat the mark-down and the member price by itself. */
export function isNotBelowEveryday(seen: Seen, index: number, units: number, savingFen: number): boolean {
  const piece = seen.pieces[index];
  if (seen.run.stage !== 'exclusive' || piece === undefined) return false;
  return portionOf(seen.goods[index] ?? 0, units, piece.count) - savingFen >= everydayFen(piece.cell.prices) * units;
}

function inSteps(seen: Seen, effect: Of<'steps'>, places: readonly number[], limit: Limit): Verdict {
  const { by, capFen = Infinity, repeats } = effect;
  const goodsFen = sumAt(seen.goods, places);
  const reached = by === 'amount' ? goodsFen : countAt(seen, places);
  const steps = effect.steps.toSorted((a, b) => a.from - b.from);
  const lowest = steps[0];
  if (lowest === undefined || reached < lowest.from) return short(by, (lowest?.from ?? 0) - reached);
  const times = repeats ? Math.floor(reached / lowest.from) : 1;
  const step = repeats ? lowest : (steps.findLast((one) => one.from <= reached) ?? lowest);
  const take = together(seen, places, Math.min(offFen(step.off, goodsFen, times), capFen, limit.amountFen));
  const next = repeats ? { from: lowest.from * (times + 1), isReal: canGrow(lowest.off, times, capFen) } : undefined;
  const nextFrom = next === undefined ? steps.find((one) => one.from > reached)?.from : next.isReal ? next.from : undefined;
  if (nextFrom === undefined) return take;
  return { ...take, ...(by === 'amount' ? { nextFen: nextFrom - reached } : { nextUnits: nextFrom - reached }) };
}

const offFen = (off: Off, goodsFen: number, times: number): number =>
  'fen' in off ? off.fen * times : shareOf(goodsFen, Math.min(off.bp * times, 10_000));

const canGrow = (off: Off, times: number, capFen: number): boolean =>
  'fen' in off ? off.fen * times < capFen : off.bp * times < 10_000;

const short = (by: 'amount' | 'quantity', missing: number): Miss =>
  by === 'amount' ? { reason: 'amount_short', missingFen: missing } : { reason: 'quantity_short', missingUnits: missing };

/** A gift counts at its price against the budget; what the stock or the budget does not hold is left out. */
function gift(seen: Seen, offer: Offer, effect: Of<'gift'>, limit: Limit): Verdict {
  if (seen.open.length === 0) return { reason: reasonOfNone(seen, {}) };
  const { gifts, buyer } = seen.run.request;
  const stock = gifts.get(effect.sku);
  const given = seen.run.gifts.filter((one) => one.sku === effect.sku).reduce((sum, one) => sum + one.quantity, 0);
  const available = (stock?.available ?? 0) - given;
  if (stock === undefined || available <= 0) return { reason: 'gift_out_of_stock' };
  const times = effect.repeats === true ? (timesReached(offer.when, seen) ?? 1) : 1;
  const unitFen = findUnitPrices(stock.goods, 1, buyer)?.unitFen ?? 0;
  const affordable = unitFen === 0 ? Infinity : Math.floor(limit.amountFen / unitFen);
  const wanted = effect.quantity * Math.min(times, effect.timesMax ?? Infinity);
  const quantity = Math.min(wanted, available, limit.units, affordable);
  if (quantity <= 0) return { reason: 'used_up' };
  return { takes: seen.run.amounts.map(() => 0), units: quantity, gift: { sku: effect.sku, quantity, unitFen } };
}
