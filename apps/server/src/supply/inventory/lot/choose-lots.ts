import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { dayOf } from '../../../platform/time.ts';
import { rulesFor } from '../limits.ts';
import { type Level, levelKey } from '../stock.ts';
import { freeOf, isUsable, type LotUnits, type Need, takeUsable } from './lot.ts';

export interface LotLine {
  lineNo: number;
  sku: string;
  location: string;
  channel: string;
  quantity: number;
  /** Set aside for the line when it was released. */
  allocated?: readonly LotShare[] | undefined;
  /** What was scanned; it goes before what was set aside. */
  lots?: readonly LotShare[] | undefined;
}

export interface LotShare {
  lot: string;
  quantity: number;
}

export interface LotPart {
  /** Position of the line that it serves. */
  index: number;
  lineNo: number;
  sku: string;
  location: string;
  /** Undefined: units that belong to no lot. */
  lot: string | undefined;
  quantity: number;
}

/** Units of a line that no usable lot covers. */
export interface Uncovered {
  index: number;
  quantity: number;
}

/**
 * Splits lines over lots, in the given sequence and first expired first out, of usable lots only; what belongs to no lot serves what
 * they leave open. The stock rows are locked and their limits read. `shelves` is what earlier calls left to give, and is written on. Refuses
 * `lot.not_usable` when a named lot may not be used today or has not as many units.
 */
export function chooseLots(
  ctx: Ctx,
  lines: readonly LotLine[],
  levels: ReadonlyMap<string, Level>,
  shelves: Map<string, Shelf> = new Map(),
): { parts: LotPart[]; uncovered: Uncovered[] } {
  const parts: LotPart[] = [];
  const uncovered: Uncovered[] = [];
  for (const [index, line] of lines.entries()) {
    const level = levels.get(levelKey(line));
    const shelf = { ...(shelves.get(levelKey(line)) ?? shelfOf(level)) }; // of its own: a try that fails leaves no trace
    shelves.set(levelKey(line), shelf);
    const need = { day: dayOf(ctx.now), minimumLifeDays: rulesFor(level?.limits, line.channel).minimumLifeDays };
    const { taken, rest } = serve(shelf, line, need);
    const { lineNo, sku, location } = line;
    parts.push(...taken.map(({ lot, quantity }) => ({ index, lineNo, sku, location, lot, quantity })));
    if (rest > 0) uncovered.push({ index, quantity: rest });
  }
  return { parts, uncovered };
}

/** What of a place is still to give, as lines take it. */
export interface Shelf {
  lots: LotUnits[];
  /** Units without a lot. */
  loose: number;
}

function shelfOf(level: Level | undefined): Shelf {
  const lots = [...(level?.limits?.lots ?? [])];
  const inLots = lots.reduce((sum, { onHand }) => sum + onHand, 0);
  return { lots, loose: Math.max(0, (level?.onHand ?? 0) - inLots) };
}

function serve(
  shelf: Shelf,
  { sku, location, quantity, allocated = [], lots: named = allocated }: LotLine,
  need: Need,
): { taken: { lot: string | undefined; quantity: number }[]; rest: number } {
  const own = new Map(allocated.map((share) => [share.lot, share.quantity]));
  const taken: { lot: string | undefined; quantity: number }[] = [];
  let open = quantity;
  const take = (code: string, units: number) => {
    const ownUnits = Math.min(units, own.get(code) ?? 0);
    own.set(code, (own.get(code) ?? 0) - ownUnits);
    shelf.lots = shelf.lots.map((lot) =>
      lot.code === code ? { ...lot, onHand: lot.onHand - units, allocated: lot.allocated - ownUnits } : lot,
    );
    taken.push({ lot: code, quantity: units });
    open -= units;
  };
  for (const { lot: code, quantity: units } of named) {
    const lot = shelf.lots.find((one) => one.code === code);
    const wanted = Math.min(units, open);
    if (wanted === 0) break;
    const there = lot === undefined || !isUsable(lot, need) ? 0 : freeOf(lot) + (own.get(code) ?? 0);
    if (there < wanted)
      refuse('lot.not_usable', {
        sku,
        location,
        lot: code,
        expiresOn: lot?.expiresOn ?? null,
        isRecalled: lot?.isRecalled ?? false,
      });
    take(code, wanted);
  }
  for (const { code, quantity: units } of takeUsable(shelf.lots, open, need).taken) take(code, units);
  const loose = Math.min(open, shelf.loose);
  if (loose > 0) taken.push({ lot: undefined, quantity: loose });
  shelf.loose -= loose;
  return { taken: sumByLot(taken), rest: open - loose };
}

/** One part a lot, whichever way its units were chosen. */
function sumByLot(taken: readonly { lot: string | undefined; quantity: number }[]) {
  return [...Map.groupBy(taken, ({ lot }) => lot)].map(([lot, parts]) => ({
    lot,
    quantity: parts.reduce((sum, { quantity }) => sum + quantity, 0),
  }));
}
