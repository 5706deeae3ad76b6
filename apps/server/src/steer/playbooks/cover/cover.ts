// What to order for one SKU, and what to expect of it. Quantities in units, time in days, money in fen.
import { roundHalfUp } from '../../../platform/money.ts';
import type { Contribution, CoverAssumptions, CoverExpected, CoverProposal, Range } from '../decision.ts';
import { meanOf, normalCdf, normalPdf, normalQuantile, varianceOf } from '../statistics.ts';

export interface Position {
  available: number;
  openPurchase: number;
}

export interface Terms {
  minimumQuantity: number;
  packSize: number;
  unitCostFen: number;
  /** What one more unit sold earns: price without VAT − cost, fen. */
  unitMarginFen: number;
}

/** Mean and deviation of daily demand from what was sold each day. Days without stock sold nothing and pull both down. */
export const demandOf = (units: readonly number[]) => ({
  dailyUnits: meanOf(units),
  dailyDeviation: Math.sqrt(varianceOf(units)),
});

export const coverDays = (units: number, dailyUnits: number): number | null => (dailyUnits > 0 ? units / dailyUnits : null);

/**
 * The order-up-to level S of a periodic review (R, S) system: demand over lead time + review period, plus safety stock z·σ·√(L+R).
 * Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains, 4th ed., ch. 6 (Silver, Pyke and Peterson, 3rd ed.,
 * §7.9); z is the normal quantile of the service level, days independent of each other.
 */
export function orderUpTo(a: CoverAssumptions): { orderUpTo: number; safetyStock: number } {
  const horizon = a.leadTimeDays + a.reviewDays;
  const safetyStock = normalQuantile(a.serviceLevelBp / 10_000) * a.dailyDeviation * Math.sqrt(horizon);
  return { orderUpTo: a.dailyUnits * horizon + safetyStock, safetyStock };
}

/** What is missing to the order-up-to level, in whole packs and at least the supplier's minimum; 0 when nothing is missing. */
export function quantityToOrder(
  position: Position,
  a: CoverAssumptions,
  terms: Pick<Terms, 'minimumQuantity' | 'packSize'>,
): number {
  const missing = Math.ceil(orderUpTo(a).orderUpTo - position.available - position.openPurchase - 1e-9);
  return missing <= 0 ? 0 : roundToPacks(missing, terms);
}

const roundToPacks = (units: number, { minimumQuantity, packSize }: Pick<Terms, 'minimumQuantity' | 'packSize'>): number =>
  Math.ceil(Math.max(units, minimumQuantity) / packSize) * packSize;

/** E[(D − stock)⁺] for normal demand: σ·(φ(k) − k·(1 − Φ(k))), k = (stock − μ)/σ (the unit normal loss; same source, app. B). */
export function expectedShortage(stock: number, mean: number, deviation: number): number {
  if (deviation === 0) return Math.max(0, mean - stock);
  const k = (stock - mean) / deviation;
  return Math.max(0, deviation * (normalPdf(k) - k * (1 - normalCdf(k))));
}

/** Units that will be asked for and not be there until lead time + review period are over, when `quantity` arrives after the lead time. */
function lostUnits(position: Position, a: CoverAssumptions, quantity: number): number {
  const stock = position.available + position.openPurchase;
  const over = (days: number, units: number) => expectedShortage(units, a.dailyUnits * days, a.dailyDeviation * Math.sqrt(days));
  return Math.max(over(a.leadTimeDays, stock), over(a.leadTimeDays + a.reviewDays, stock + quantity)); // what is lost before arrival stays lost
}

/** The same for the mean demand at both ends of its 95 % interval from `historyDays` days. */
function lostRange(position: Position, a: CoverAssumptions, quantity: number, historyDays: number): Range {
  const reach = (1.96 * a.dailyDeviation) / Math.sqrt(historyDays);
  const at = (dailyUnits: number) => lostUnits(position, { ...a, dailyUnits: Math.max(0, dailyUnits) }, quantity);
  return { low: at(a.dailyUnits - reach), mid: at(a.dailyUnits), high: at(a.dailyUnits + reach) };
}

/** Cover on the day the goods arrive: what is left by then, plus what comes. */
export const coverAfter = (position: Position, a: CoverAssumptions, quantity: number): number | null =>
  coverDays(Math.max(0, position.available + position.openPurchase - a.dailyUnits * a.leadTimeDays) + quantity, a.dailyUnits);

export interface CoverPlan {
  proposal: Pick<CoverProposal, 'quantity' | 'amountFen' | 'orderUpTo' | 'safetyStock' | 'options'>;
  expected: CoverExpected;
}

/** The proposal with its alternatives and what each is expected to do; `quantity` overrides the recommended one. */
export function planCover(
  position: Position,
  a: CoverAssumptions,
  terms: Terms,
  given: { historyDays: number; quantity?: number },
): CoverPlan {
  const quantity = given.quantity ?? quantityToOrder(position, a, terms);
  const margin = (lost: Range): Range => mapRange(lost, (units) => roundHalfUp(units * terms.unitMarginFen));
  const option = (kind: CoverProposal['options'][number]['kind'], units: number) => {
    const lost = lostRange(position, a, units, given.historyDays);
    return {
      kind,
      quantity: units,
      amountFen: units * terms.unitCostFen,
      coverAfterDays: coverAfter(position, a, units),
      lostUnits: lost,
      lostMarginFen: margin(lost),
    };
  };
  const recommended = option('recommended', quantity);
  const nothing = option('nothing', 0);
  const smallest = roundToPacks(1, terms);
  const options = [recommended, nothing, ...(smallest < quantity ? [option('minimum', smallest)] : [])];
  const avoided: Range = {
    low: Math.max(0, nothing.lostUnits.low - recommended.lostUnits.low),
    mid: Math.max(0, nothing.lostUnits.mid - recommended.lostUnits.mid),
    high: Math.max(0, nothing.lostUnits.high - recommended.lostUnits.high),
  };
  const lostBeforeArrival = lostUnits(position, { ...a, reviewDays: 0 }, 0);
  return {
    proposal: { quantity, amountFen: recommended.amountFen, ...orderUpTo(a), options },
    expected: {
      coverAfterDays: recommended.coverAfterDays,
      stockOutDays: coverDays(lostBeforeArrival, a.dailyUnits) ?? 0,
      avoidedLostUnits: avoided,
      avoidedLostMarginFen: margin(avoided),
      costFen: recommended.amountFen,
    },
  };
}

const mapRange = ({ low, mid, high }: Range, f: (value: number) => number): Range => ({
  low: f(low),
  mid: f(mid),
  high: f(high),
});

/** How each key's daily units changed from one period to the next; the changes add up to the whole change, the largest first. */
export function contributionsOf(
  by: string,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  days: { before: number; after: number },
): Contribution[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => {
      const was = (before.get(key) ?? 0) / days.before;
      const is = (after.get(key) ?? 0) / days.after;
      return { by, key, before: was, after: is, change: is - was };
    })
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.key < b.key ? -1 : 1));
}
