import type { Ctx } from '../../platform/ctx.ts';
import { lockLevels } from './lock-levels.ts';
import { moveStock } from './move-stock.ts';
import { byPlace, levelKey } from './stock.ts';

export interface OpeningLevel {
  sku: string;
  location: string;
  /** Units that are really there; the difference to the balance becomes a movement. */
  onHand: number;
  unitCostFen?: number | undefined;
}

/**
 * Sets balances to counted levels, as imports and openings do: writes the difference as movements, so a second call with the same
 * levels changes nothing. Answers for each row, in order, whether it changed. Refuses `stock.insufficient` below what is promised.
 */
export async function setOpeningStock(
  ctx: Ctx,
  { cause, kind = 'import', rows, at }: { cause: string; kind?: 'import' | 'opening'; rows: readonly OpeningLevel[]; at?: Date },
): Promise<('changed' | 'unchanged')[]> {
  const levels = await lockLevels(ctx, rows.toSorted(byPlace));
  const seen = new Map([...levels].map(([key, level]) => [key, level.onHand]));
  const differences = rows.map((row) => {
    const difference = row.onHand - (seen.get(levelKey(row)) ?? 0);
    seen.set(levelKey(row), row.onHand);
    return difference;
  });

  const moves = rows
    .map(({ sku, location, unitCostFen }, index) => ({ sku, location, unitCostFen, quantity: differences[index] ?? 0 }))
    .filter((move) => move.quantity !== 0);
  if (moves.length > 0) await moveStock(ctx, { kind, cause, moves, ...(at && { at }) });

  return differences.map((difference) => (difference === 0 ? 'unchanged' : 'changed'));
}
