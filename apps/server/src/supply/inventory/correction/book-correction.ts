import type { Ctx } from '../../../platform/ctx.ts';
import { withLots } from '../lot/with-lots.ts';
import { moveStock, type StockMove } from '../move-stock.ts';
import { byPlace } from '../stock.ts';
import { type CorrectionLine, movementKindOf } from './correction.ts';

interface BookCorrection {
  kind: 'adjustment' | 'count' | 'import';
  reason: string;
  note?: string | undefined;
  cause: string;
  lines: readonly CorrectionLine[];
}

/** Writes the movements of a correction, units that leave before those that come in. Refuses `stock.insufficient`. */
export async function bookCorrection(ctx: Ctx, { kind, reason, note, cause, lines }: BookCorrection): Promise<void> {
  const why = note === undefined ? reason : `${reason}: ${note}`;
  const moves = lines
    .map((line) => ({ movement: movementKindOf(kind, reason, line.condition), move: toMove(line, why) }))
    .toSorted((a, b) => byPlace(a.move, b.move) || a.move.quantity - b.move.quantity);
  for (const [movement, some] of Map.groupBy(moves, (one) => one.movement)) {
    const split = await withLots(
      ctx,
      some.map(({ move }) => move),
    );
    await moveStock(ctx, { kind: movement, cause, moves: split });
  }
}

const toMove = ({ sku, location, lot, expiresOn, condition, change, newCostFen }: CorrectionLine, reason: string): StockMove => ({
  sku,
  location,
  lot: lot ?? undefined,
  expiresOn: expiresOn ?? undefined,
  condition: change < 0 ? (condition ?? undefined) : undefined,
  quantity: change,
  unitCostFen: newCostFen ?? undefined,
  reason,
});
