import type { Ctx } from '../../../platform/ctx.ts';
import { inventory } from '../tables.ts';

/** What becomes of a count whose difference somebody decided on: booked, or counted once more by somebody else than the first counter. */
export async function settleCount(ctx: Ctx, id: string, outcome: 'booked' | 'recount'): Promise<void> {
  const db = inventory(ctx.tx);
  if (outcome === 'booked') {
    await db.updateTable('count').set({ state: 'booked', closed_at: ctx.now }).where('id', '=', id).execute();
    return;
  }
  await db
    .updateTable('count')
    .set({
      state: 'recount',
      recounted_by: null,
      recounter_id: null,
      recounted_at: null,
      correction_id: null,
      difference_fen: null,
    })
    .where('id', '=', id)
    .execute();
  await db.updateTable('count_line').set({ second: null }).where('count_id', '=', id).execute();
}
