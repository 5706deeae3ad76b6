import type { Ctx } from '../../../platform/ctx.ts';
import { levelKey, takeFirstExpiring } from '../stock.ts';
import { lotsAt } from './lots-at.ts';

export interface LotLine {
  lineNo: number;
  sku: string;
  location: string;
  quantity: number;
}

export interface LotPart {
  /** Position of the line that it serves. */
  index: number;
  lineNo: number;
  sku: string;
  location: string;
  lot: string | undefined;
  quantity: number;
}

/** Splits each line over its lots, first expiring first; the stock rows are locked, so the lots hold still. */
export async function chooseLots(ctx: Ctx, lines: readonly LotLine[]): Promise<LotPart[]> {
  const there = await lotsAt(ctx.tx, lines);
  const lowered = new Map<string, number>();
  return lines.flatMap(({ lineNo, sku, location, quantity }, index) => {
    const open = (there.get(levelKey({ sku, location })) ?? []).map((lot) => ({
      ...lot,
      onHand: lot.onHand - (lowered.get(lot.id) ?? 0),
    }));
    const { taken, rest } = takeFirstExpiring(open, quantity);
    for (const { lot, quantity: units } of taken) lowered.set(lot.id, (lowered.get(lot.id) ?? 0) + units);
    const parts: LotPart[] = taken.map(({ lot, quantity: units }) => ({
      index,
      lineNo,
      sku,
      location,
      lot: lot.code,
      quantity: units,
    }));
    return rest > 0 ? [...parts, { index, lineNo, sku, location, lot: undefined, quantity: rest }] : parts;
  });
}
