import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { inventory } from '../tables.ts';
import { correctionLimits } from './queries.ts';

/** Sets the value up to which a correction of a kind needs nobody else, fen. Refuses `correction.limit_stale` when another changed it. */
export async function setCorrectionLimit(
  ctx: Ctx,
  { kind, limitFen, version }: { kind: 'adjustment' | 'count' | 'import'; limitFen: number; version: number },
) {
  const changed = await inventory(ctx.tx)
    .updateTable('correction_limit')
    .set({ limit_fen: limitFen, version: sql<number>`version + 1` })
    .where('kind', '=', kind)
    .where('version', '=', version)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) refuse('correction.limit_stale', { kind });
  return correctionLimits(ctx.tx);
}
