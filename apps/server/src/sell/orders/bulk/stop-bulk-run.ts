import type { Ctx } from '../../../platform/ctx.ts';
import { emit } from '../../../platform/events.ts';
import { refuse } from '../../../platform/fail.ts';
import { bulkFinished } from '../events.ts';
import { orders } from '../tables.ts';
import { checkBulkRight } from './bulk-right.ts';
import { getBulkRun } from './queries.ts';

/** Leaves the rest of a run alone; what is done stays done. Refuses `bulk.not_found`, `bulk.wrong_state`, `auth.forbidden`. */
export async function stopBulkRun(ctx: Ctx, runId: string): Promise<void> {
  checkBulkRight(ctx.actor, (await getBulkRun(ctx, runId)).action);
  const stopped = await orders(ctx.tx)
    .updateTable('bulk_run')
    .set({ state: 'stopped', finished_at: ctx.now })
    .where('id', '=', runId)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (stopped.numUpdatedRows === 0n) refuse('bulk.wrong_state', { runId });
  await emit(ctx, bulkFinished, { runId });
}
