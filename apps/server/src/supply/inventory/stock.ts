// The rules of stock, pure: what is available, what can be promised, which lots go first, what a unit costs.
import { roundHalfUp } from '../../platform/money.ts';

export interface Level {
  sku: string;
  location: string;
  onHand: number;
  promised: number;
  unavailable: number;
  buffer: number;
  /** Moving-average cost of one unit, fen. */
  unitCostFen: number;
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

/** What may still be sold, units: on hand − promised − unavailable − buffer, never below 0. */
export const availableIn = (level: Level): number =>
  Math.max(0, level.onHand - level.promised - level.unavailable - level.buffer);

/** Decides whether every wanted line can be promised; names each SKU and location that falls short. */
export function shortagesOf(levels: ReadonlyMap<string, Level>, lines: readonly Wanted[]): Shortage[] {
  return sumByPlace(lines).flatMap((wanted) => {
    const level = levels.get(levelKey(wanted));
    const available = level === undefined ? 0 : availableIn(level);
    return available >= wanted.quantity ? [] : [{ ...wanted, available }];
  });
}

export interface Turn {
  lines: readonly Wanted[];
  /** Promised units that go back if, and only if, this turn succeeds. */
  givesBack: readonly Wanted[];
}

/**
 * Decides turns one after another on the same levels: each gets every line, or nothing. Answers what fell short for each, and by how
 * much `promised` changes at each place in the end. The given levels stay as they are.
 */
export function promiseInTurn(
  levels: ReadonlyMap<string, Level>,
  turns: readonly Turn[],
): { shortages: Shortage[][]; changes: Wanted[] } {
  const now = new Map(levels);
  const change = (lines: readonly Wanted[], sign: 1 | -1) => {
    for (const { sku, location, quantity } of lines) {
      const level = now.get(levelKey({ sku, location }));
      if (level !== undefined) now.set(levelKey(level), { ...level, promised: level.promised + sign * quantity });
    }
  };
  const shortages = turns.map(({ lines, givesBack }) => {
    change(givesBack, -1);
    const short = shortagesOf(now, lines);
    change(short.length === 0 ? lines : givesBack, 1);
    return short;
  });
  const changes = [...now.values()].flatMap(({ sku, location, promised }) => {
    const quantity = promised - (levels.get(levelKey({ sku, location }))?.promised ?? 0);
    return quantity === 0 ? [] : [{ sku, location, quantity }];
  });
  return { shortages, changes: changes.toSorted(byPlace) };
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

export interface LotLevel {
  id: string;
  code: string;
  /** Last usable day; undefined never expires. */
  expiresOn: string | undefined;
  onHand: number;
}

/** Takes units first expired, first out (FEFO); what no lot covers comes back as `rest`, units without a lot. */
export function takeFirstExpiring(
  lots: readonly LotLevel[],
  quantity: number,
): { taken: { lot: LotLevel; quantity: number }[]; rest: number } {
  const taken: { lot: LotLevel; quantity: number }[] = [];
  let rest = quantity;
  for (const lot of lots.toSorted(firstExpiring)) {
    if (rest === 0) break;
    const part = Math.min(rest, lot.onHand);
    if (part > 0) taken.push({ lot, quantity: part });
    rest -= part;
  }
  return { taken, rest };
}

function firstExpiring(a: LotLevel, b: LotLevel): number {
  const [dayA, dayB] = [a.expiresOn ?? '9999-12-31', b.expiresOn ?? '9999-12-31'];
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  return a.code < b.code ? -1 : 1;
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
