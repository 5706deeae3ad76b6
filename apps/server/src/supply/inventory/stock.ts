// The rules of stock, pure: what is available, what falls short, what a unit costs.
import { roundHalfUp } from '../../platform/money.ts';
import { keptFrom, type Limits, quotaLeft, type Seller } from './limits.ts';

export interface Level {
  sku: string;
  location: string;
  onHand: number;
  promised: number;
  unavailable: number;
  buffer: number;
  /** Moving-average cost of one unit, fen. */
  unitCostFen: number;
  /** Lots, rules of channels and the like, where there are any; read when a channel wants to sell. */
  limits?: Limits | undefined;
  hasLimits?: boolean;
}

export interface Wanted {
  sku: string;
  location: string;
  quantity: number;
}

export interface Shortage extends Wanted {
  available: number;
}

export const levelKey = ({ sku, location }: { sku: string; location: string }): string => `${sku}\n${location}`;

/** What may still be sold by nobody in particular, units: on hand − promised − unavailable − buffer, never below 0. */
export const availableIn = (level: Level): number =>
  Math.max(0, level.onHand - level.promised - level.unavailable - level.buffer);

/** What this seller may still sell, units: what is available, less what lots, earmarks, sales ahead and the channel's rules keep from it. */
export function availableFor(level: Level, seller: Seller): number {
  if (level.limits === undefined) return availableIn(level);
  const { onHand, promised, unavailable, buffer, limits } = level;
  const there = onHand - promised - unavailable - buffer - keptFrom(limits, seller);
  return Math.max(0, Math.min(there, quotaLeft(limits, seller)));
}

/** Decides whether every wanted line can be promised; names each SKU and location that falls short. */
export function shortagesOf(
  levelAt: (key: string) => Level | undefined,
  lines: readonly Wanted[],
  seller: Seller = { channel: undefined, day: '' },
): Shortage[] {
  return sumByPlace(lines).flatMap((wanted) => {
    const level = levelAt(levelKey(wanted));
    const available = level === undefined ? 0 : availableFor(level, seller);
    return available >= wanted.quantity ? [] : [{ ...wanted, available }];
  });
}

/** Folds lines of the same SKU and location, in the one order in which rows are locked. */
export function sumByPlace(lines: readonly Wanted[]): Wanted[] {
  const sums = new Map<string, Wanted>();
  for (const { sku, location, quantity } of lines) {
    const key = levelKey({ sku, location });
    sums.set(key, { sku, location, quantity: (sums.get(key)?.quantity ?? 0) + quantity });
  }
  return [...sums.values()].toSorted(byPlace);
}

/** SKU, then location: the one order of locks (code units, as PostgreSQL's C.UTF-8 sorts). */
export function byPlace(a: { sku: string; location: string }, b: { sku: string; location: string }): number {
  if (a.sku !== b.sku) return a.sku < b.sku ? -1 : 1;
  if (a.location === b.location) return 0;
  return a.location < b.location ? -1 : 1;
}

export interface Move {
  sku: string;
  location: string;
  /** Units, signed. */
  quantity: number;
  /** What one unit that comes in costs, fen; a unit that leaves goes at the average. */
  unitCostFen?: number | undefined;
}

/**
 * The level after a movement. Units that come in at a known cost move the average (perpetual weighted average, CAS 1 / IAS 2.27):
 * (on hand × average + in × cost) ÷ (on hand + in), to the fen; units that leave do not.
 */
export function afterMove(level: Level, move: Move): Level {
  const onHand = level.onHand + move.quantity;
  const cost = move.unitCostFen ?? level.unitCostFen;
  const unitCostFen =
    move.quantity > 0 && onHand > 0
      ? roundHalfUp((level.onHand * level.unitCostFen + move.quantity * cost) / onHand)
      : level.unitCostFen;
  return { ...level, onHand, unitCostFen };
}

/** Units that may leave without breaking a promise: on hand − promised − unavailable. */
export const freeToLeave = (level: Level): number => level.onHand - level.promised - level.unavailable;
