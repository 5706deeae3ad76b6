// Effects that count units over several lines: cheapest free, buy x get y, a set for one price.
import type { Effect } from '@tongshang/contract';
import { allocate, portionOf, shareOf } from '../../../platform/money.ts';
import { reasonOfNone } from './conditions.ts';
import type { Limit, Verdict } from './effects.ts';
import type { Take } from './run.ts';
import { countAt, meantBy, type Seen, unitsAt } from './seen.ts';

type Of<Name extends Effect['gives']> = Extract<Effect, { gives: Name }>;

/** Of all units meant, the cheapest are free: `free` for every `buy`. */
export function cheapestFree(seen: Seen, effect: Of<'cheapest_free'>, places: readonly number[], limit: Limit): Verdict {
  const { buy, free, timesMax = Infinity } = effect;
  const count = countAt(seen, places);
  if (count < buy) return { reason: 'quantity_short', missingUnits: buy - count };
  const times = Math.min(Math.floor(count / buy), timesMax, Math.floor(limit.units / free));
  if (times === 0) return { reason: 'used_up' };
  const chosen = pick(seen, places.toSorted(cheapestFirst(seen)), Math.min(times * free, count));
  return takeOff(seen, chosen, (fen) => fen, limit);
}

/** Buyers pay for the dearer units and get the cheaper ones: every unit stands on one side only. */
export function buyAndGet(seen: Seen, effect: Of<'buy_x_get_y'>, limit: Limit): Verdict {
  const { buyQuantity, getQuantity, bp, timesMax = Infinity } = effect;
  const buy = new Set(meantBy(seen, effect.buy));
  const get = new Set(meantBy(seen, effect.get));
  if (buy.size === 0) return { reason: reasonOfNone(seen, effect.buy) };
  const shared = [...get].filter((index) => buy.has(index));
  const buyCount = countAt(seen, [...buy]);
  const getCount = countAt(seen, [...get]);
  const sharedCount = countAt(seen, shared);
  const allCount = buyCount + getCount - sharedCount;
  const missing = Math.max(buyQuantity - buyCount, getQuantity - getCount, buyQuantity + getQuantity - allCount);
  if (missing > 0) return { reason: 'quantity_short', missingUnits: missing };

  const possible = [buyCount / buyQuantity, getCount / getQuantity, allCount / (buyQuantity + getQuantity)];
  const times = Math.min(...possible.map(Math.floor), timesMax, Math.floor(limit.units / getQuantity));
  if (times === 0) return { reason: 'used_up' };
  const keptForBuying = Math.max(0, times * buyQuantity - (buyCount - sharedCount));
  const chosen = pick(seen, [...get].toSorted(cheapestFirst(seen)), times * getQuantity, {
    places: buy,
    units: sharedCount - keptForBuying,
  });
  return takeOff(seen, chosen, (fen) => shareOf(fen, bp), limit);
}

/** Sets for one price, formed of the dearest units, as many as save something. */
export function setsForOnePrice(seen: Seen, effect: Of<'bundle_price'>, limit: Limit): Verdict {
  const items = effect.items.map(({ of, quantity }) => ({ quantity, places: meantBy(seen, of).toSorted(dearestFirst(seen)) }));
  const perSet = items.reduce((sum, item) => sum + item.quantity, 0);
  const none = effect.items.find((_, nth) => items[nth]?.places.length === 0);
  const missingUnits = items.reduce((sum, item) => sum + Math.max(0, item.quantity - countAt(seen, item.places)), 0);
  if (none !== undefined) return { reason: reasonOfNone(seen, none.of), missingUnits };
  if (missingUnits > 0) return { reason: 'quantity_short', missingUnits };

  const timesMax = Math.min(
    effect.timesMax ?? Infinity,
    Math.floor(limit.units / perSet),
    ...items.map((item) => Math.floor(countAt(seen, item.places) / item.quantity)),
  );
  if (timesMax === 0) return { reason: 'used_up' };
  const saved = (times: number): { fen: number; chosen: Chosen } | undefined => {
    const chosen = fill(seen, items, times);
    return chosen && { fen: sumOf(chosen, 'fen') - times * effect.fen, chosen };
  };
  const first = saved(1);
  if (first === undefined) return { reason: 'quantity_short', missingUnits: 1 }; // its units fit several items, and are too few for all
  if (first.fen <= 0) return { reason: 'nothing_to_take_off' };
  const times = lastThatSaves(timesMax, (count) => saved(count)?.fen);
  const best = saved(times) ?? first;
  return takeOff(seen, best.chosen, undefined, limit, best.fen);
}

/** Each further set is made of cheaper units and saves less: the number of sets that saves most, found by halving. */
function lastThatSaves(timesMax: number, savedBy: (times: number) => number | undefined): number {
  const savesMore = (times: number): boolean => {
    const [more, less] = [savedBy(times), savedBy(times - 1)];
    return more !== undefined && less !== undefined && more > less;
  };
  if (timesMax === 1 || savesMore(timesMax)) return timesMax;
  let [low, high] = [1, timesMax - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (savesMore(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

interface Chosen {
  places: number[];
  units: number[];
  fen: number[];
}

const sumOf = (chosen: Chosen, field: 'units' | 'fen'): number => chosen[field].reduce((a, b) => a + b, 0);
const unitPrice = (seen: Seen, index: number): number => (seen.goods[index] ?? 0) / unitsAt(seen, index);
const cheapestFirst = (seen: Seen) => (a: number, b: number) => unitPrice(seen, a) - unitPrice(seen, b) || a - b;
const dearestFirst = (seen: Seen) => (a: number, b: number) => unitPrice(seen, b) - unitPrice(seen, a) || a - b;

function choose(seen: Seen, chosen: Chosen, index: number, units: number): void {
  chosen.places.push(index);
  chosen.units.push(units);
  chosen.fen.push(portionOf(seen.goods[index] ?? 0, units, unitsAt(seen, index)));
}

/** The first so many units in the order given; of the places under `few`, no more than its units. */
function pick(seen: Seen, order: readonly number[], units: number, few = { places: new Set<number>(), units: 0 }): Chosen {
  const chosen: Chosen = { places: [], units: [], fen: [] };
  let [left, fewLeft] = [units, few.units];
  for (const index of order) {
    const isFew = few.places.has(index);
    const count = Math.min(unitsAt(seen, index), left, isFew ? fewLeft : left);
    if (count === 0) continue;
    choose(seen, chosen, index, count);
    left -= count;
    if (isFew) fewLeft -= count;
  }
  return chosen;
}

/**
 * Units for so many sets, the dearest that can all find a place; undefined when there are too few. A unit that fits several items moves
 * over when another needs its place (augmenting paths), so no set is missed because of the order of items.
 */
function fill(seen: Seen, items: readonly { quantity: number; places: readonly number[] }[], times: number): Chosen | undefined {
  const room = items.map((item) => item.quantity * times);
  const fits = items.map((item) => new Set(item.places));
  const held = items.map(() => new Map<number, number>());
  const push = (index: number, units: number, visited: Set<number>): number => {
    let placed = 0;
    for (const [nth, set] of fits.entries()) {
      if (placed === units) break;
      if (!set.has(index) || visited.has(nth)) continue;
      visited.add(nth);
      const free = Math.min(room[nth] ?? 0, units - placed);
      room[nth] = (room[nth] ?? 0) - free;
      let moved = free;
      for (const [other, count] of held[nth] ?? []) {
        if (placed + moved === units) break;
        if (other === index) continue;
        const left = push(other, Math.min(count, units - placed - moved), visited);
        held[nth]?.set(other, count - left);
        moved += left;
      }
      if (moved > 0) held[nth]?.set(index, (held[nth].get(index) ?? 0) + moved);
      placed += moved;
    }
    return placed;
  };
  const chosen: Chosen = { places: [], units: [], fen: [] };
  const all = [...new Set(items.flatMap((item) => item.places))].toSorted(dearestFirst(seen));
  for (const index of all) {
    let placed = 0;
    for (;;) {
      const more = push(index, unitsAt(seen, index) - placed, new Set());
      if (more === 0) break;
      placed += more;
    }
    if (placed > 0) choose(seen, chosen, index, placed);
  }
  return room.every((left) => left === 0) ? chosen : undefined;
}

/** Takes a saving of each chosen piece, or one total shared out by what the chosen units cost; never more than the budget holds. */
function takeOff(
  seen: Seen,
  chosen: Chosen,
  savingOf: ((fen: number) => number) | undefined,
  limit: Limit,
  totalFen = Infinity,
): Take {
  const takes = seen.run.amounts.map(() => 0);
  const wanted = savingOf === undefined ? allocate(totalFen, chosen.fen) : chosen.fen.map(savingOf);
  const sum = wanted.reduce((a, b) => a + b, 0);
  const savings = sum > limit.amountFen ? allocate(limit.amountFen, wanted) : wanted;
  for (const [nth, index] of chosen.places.entries()) takes[index] = savings[nth] ?? 0;
  return { takes, units: sumOf(chosen, 'units') };
}
