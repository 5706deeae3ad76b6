import type { Ctx } from '../../platform/ctx.ts';
import { type ProposedLine, proposeCorrection } from './correction/propose-correction.ts';
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

export interface SetOpeningStock {
  cause: string;
  kind?: 'import' | 'opening';
  rows: readonly OpeningLevel[];
  /** When it was so, if not now (history). */
  at?: Date;
  /** Who brought the figures, besides the actor: they may not approve them. */
  proposers?: readonly string[];
}

/** `waiting`: the difference is worth more than the limit of imports, and somebody must approve it first. */
export type OpeningOutcome = 'changed' | 'unchanged' | 'waiting';

/**
 * Sets balances to counted levels, as imports and openings do: writes the difference as movements, so a second call with the same
 * levels changes nothing. Where a balance was kept before, an import's difference is a correction, and waits for approval when all of
 * them together are worth more than the limit. Answers for each row, in order, what became of it. Refuses `stock.insufficient` below what
 * is promised.
 */
export async function setOpeningStock(
  ctx: Ctx,
  { cause, kind = 'import', rows, at, proposers = [] }: SetOpeningStock,
): Promise<OpeningOutcome[]> {
  const levels = await lockLevels(ctx, rows.toSorted(byPlace));
  const seen = new Map([...levels].map(([key, level]) => [key, level.onHand]));
  const changes = rows.map((row) => {
    const change = row.onHand - (seen.get(levelKey(row)) ?? 0);
    seen.set(levelKey(row), row.onHand);
    const { sku, location, unitCostFen } = row;
    return {
      sku,
      location,
      unitCostFen,
      change,
      isCorrection: kind === 'import' && at === undefined && levels.has(levelKey(row)),
    };
  });
  const differing = changes.filter(({ change }) => change !== 0);

  const first = differing
    .filter(({ isCorrection }) => !isCorrection)
    .map(({ change, ...place }) => ({ ...place, quantity: change }));
  if (first.length > 0) await moveStock(ctx, { kind, cause, moves: first, ...(at && { at }) });
  const lines = differing.filter(({ isCorrection }) => isCorrection).map(toLine);
  const correction =
    lines.length > 0 &&
    (await proposeCorrection(ctx, { kind: 'import', reason: 'import', cause, otherProposers: proposers, lines }));
  const corrected: OpeningOutcome = correction && correction.state === 'waiting' ? 'waiting' : 'changed';

  return changes.map(({ change, isCorrection }) => (change === 0 ? 'unchanged' : isCorrection ? corrected : 'changed'));
}

const toLine = ({
  sku,
  location,
  unitCostFen,
  change,
}: {
  sku: string;
  location: string;
  unitCostFen: number | undefined;
  change: number;
}): ProposedLine => ({
  sku,
  location,
  change,
  newCostFen: unitCostFen,
});
