import type { Ctx } from '../../platform/ctx.ts';
import { Refusal, refuse } from '../../platform/fail.ts';
import { chooseLots, type LotPart, type LotShare, type Shelf, type Uncovered } from './lot/choose-lots.ts';
import { firstExpiring } from './lot/lot.ts';
import type { ShipLine, ShipUnits } from './ship-units.ts';
import { byPlace, type Level, levelKey } from './stock.ts';

/** Units that are promised to an order's line at a place. */
export interface Held {
  orderId: string;
  lineNo: number;
  sku: string;
  location: string;
  channel: string;
  quantity: number;
}

/** A line that ships, with the document that sends it. */
export type OpenLine = Held &
  Pick<ShipLine, 'serials' | 'lots'> & {
    cause: string;
    /** Promised when it was decided. */ held: number;
    allocated: readonly LotShare[];
  };

export interface Decided {
  lines: OpenLine[];
  /** Their units by lot, `index` counting the lines of this parcel. */
  parts: LotPart[];
}

/** What is there, all of it locked. */
export interface Facts {
  held: readonly Held[];
  levels: ReadonlyMap<string, Level>;
  allocations: ReadonlyMap<string, readonly LotShare[]>;
  /** Scanned numbers that stand where they were scanned. */
  serials: ReadonlySet<string>;
}

interface State {
  held: Map<string, Held>;
  allocations: Map<string, readonly LotShare[]>;
  shelves: Map<string, Shelf>;
  serials: Set<string>;
}

export const promiseKey = ({ orderId, lineNo, sku, location }: Omit<Held, 'channel' | 'quantity'>): string =>
  `${orderId}\n${lineNo}\n${sku}\n${location}`;
export const serialKey = ({ sku, location, serial }: { sku: string; location: string; serial: string }): string =>
  `${sku}\n${location}\n${serial}`;

/** Decides parcels one after another on the same stock, each whole or not at all: what a refused one wanted is there for the next. */
export function decideShipments(ctx: Ctx, parcels: readonly (readonly ShipUnits[])[], facts: Facts): (Decided | Refusal)[] {
  let state: State = {
    held: new Map(facts.held.map((one) => [promiseKey(one), one])),
    allocations: new Map(facts.allocations),
    shelves: new Map(),
    serials: new Set(facts.serials),
  };
  return parcels.map((parcel) => {
    const tried: State = {
      held: new Map(state.held),
      allocations: new Map(state.allocations),
      shelves: new Map(state.shelves),
      serials: new Set(state.serials),
    };
    try {
      const decided = decide(ctx, parcel, facts.levels, tried);
      state = tried;
      return decided;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  });
}

function decide(ctx: Ctx, parcel: readonly ShipUnits[], levels: ReadonlyMap<string, Level>, state: State): Decided {
  const all: Decided = { lines: [], parts: [] };
  for (const document of parcel) {
    const lines = openLines(document, state).toSorted((a, b) => byPlace(a, b) || a.lineNo - b.lineNo);
    for (const line of lines) takeScanned(line, state.serials);
    const { parts, uncovered } = chooseLots(ctx, lines, levels, state.shelves);
    refuseUncovered(lines, uncovered, levels);
    for (const part of parts) useAllocated(lines[part.index], part, state.allocations);
    all.parts.push(...parts.map((part) => ({ ...part, index: part.index + all.lines.length })));
    all.lines.push(...lines);
  }
  return all;
}

function useAllocated(line: OpenLine | undefined, { lot, quantity }: LotPart, allocations: State['allocations']): void {
  if (line === undefined || lot === undefined) return;
  const left = (allocations.get(promiseKey(line)) ?? []).map((share) =>
    share.lot === lot ? { lot, quantity: Math.max(0, share.quantity - quantity) } : share,
  );
  allocations.set(promiseKey(line), left);
}

/** The lines of a document, taken off what is promised; never more than that. */
function openLines({ orderId, cause, lines }: ShipUnits, { held, allocations }: State): OpenLine[] {
  const wanted: readonly ShipLine[] = lines ?? [...held.values()].filter((one) => one.orderId === orderId && one.quantity > 0);
  return wanted.map((line) => {
    const { sku, location, quantity, serials, lots } = line;
    const key = promiseKey({ ...line, orderId });
    const promise = held.get(key);
    if (promise === undefined || promise.quantity < quantity)
      return refuse('stock.insufficient', { lines: [{ sku, location, quantity, available: promise?.quantity ?? 0 }] });
    held.set(key, { ...promise, quantity: promise.quantity - quantity });
    return { ...promise, held: promise.quantity, quantity, serials, lots, cause, allocated: allocations.get(key) ?? [] };
  });
}

/** Scanned numbers must stand there, and be as many as leave. */
function takeScanned({ sku, location, quantity, serials = [] }: OpenLine, there: Set<string>): void {
  for (const serial of serials)
    if (!there.delete(serialKey({ sku, location, serial }))) refuse('serial.not_in_stock', { sku, location, serial });
  if (serials.length > 0 && serials.length !== quantity) refuse('serial.missing', { sku, wanted: quantity });
}

/** Names a lot that is in the way, where there is one. */
function refuseUncovered(lines: readonly OpenLine[], uncovered: readonly Uncovered[], levels: ReadonlyMap<string, Level>): void {
  const [first] = uncovered;
  const line = first === undefined ? undefined : lines[first.index];
  if (first === undefined || line === undefined) return;
  const { sku, location, quantity } = line;
  const [lot] = [...(levels.get(levelKey(line))?.limits?.lots ?? [])].toSorted(firstExpiring);
  if (lot === undefined)
    refuse('stock.insufficient', { lines: [{ sku, location, quantity, available: quantity - first.quantity }] });
  const { code, expiresOn = null, isRecalled } = lot;
  refuse('lot.not_usable', { sku, location, lot: code, expiresOn, isRecalled, missing: first.quantity });
}
