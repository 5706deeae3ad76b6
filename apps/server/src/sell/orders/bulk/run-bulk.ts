import { staffActor } from '../../../base/identity/index.ts';
import type { StaffActor } from '../../../platform/ctx.ts';
import type { Tx } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { enqueue, job, type JobRun } from '../../../platform/jobs.ts';
import { tryOne } from '../act-on-orders.ts';
import { bulkFinished } from '../events.ts';
import { orders } from '../tables.ts';
import { hasBulkRight } from './bulk-right.ts';
import { actInBulk } from './jobs.ts';

interface Run {
  action: 'release' | 'cancel';
  reason: string | null;
  staffId: string;
}

/** Read at once; a run that is stopped ends after these at the latest. */
const atOnce = 20;

/**
 * Goes through the waiting rows of a run, each order in a transaction of its own that also writes down what became of it: a worker that
 * dies leaves no order half done, and the next one goes on with the first that waits. Rights are those of now, not those of the start.
 */
export const actInBulkJob = job(actInBulk, async (worker, { runId }) => {
  for (;;) {
    if (worker.signal.aborted) {
      await worker.inTx((ctx) => enqueue(ctx.tx, actInBulk, { runId }, { key: `bulk:${runId}` }));
      return;
    }
    const next = await worker.inTx((ctx) => nextRows(ctx.tx, runId));
    if (next === undefined) return;
    if (next.rows.length === 0) return finish(worker, runId);
    const actor = await worker.inTx((ctx) => staffActor(ctx.tx, next.run.staffId));
    for (const row of next.rows) await actOnRow(worker, runId, next.run, row, actor);
  }
});

interface Row {
  seq: number;
  orderId: string;
}

async function nextRows(tx: Tx, runId: string): Promise<{ run: Run; rows: Row[] } | undefined> {
  const run = await orders(tx)
    .selectFrom('bulk_run')
    .select(['action', 'reason', 'staff_id as staffId'])
    .where('id', '=', runId)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (run === undefined) return undefined;
  const rows = await orders(tx)
    .selectFrom('bulk_row')
    .select(['seq', 'order_id as orderId'])
    .where('run_id', '=', runId)
    .where('state', '=', 'waiting')
    .orderBy('seq')
    .limit(atOnce)
    .execute();
  return { run, rows };
}

async function actOnRow(
  { inTx }: JobRun,
  runId: string,
  { action, reason }: Run,
  { seq, orderId }: Row,
  actor: StaffActor | undefined,
): Promise<void> {
  const settle = (state: 'done' | 'refused', problem: string | null) => (ctx: { tx: Tx }) =>
    orders(ctx.tx)
      .updateTable('bulk_row')
      .set({ state, problem })
      .where('run_id', '=', runId)
      .where('seq', '=', seq)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
  if (actor === undefined || !hasBulkRight(actor, action)) return void (await inTx(settle('refused', 'auth.forbidden')));
  const asked = { action, ...(reason !== null && { reason }) };
  const { problem } = await tryOne(
    { inTx: (work) => inTx((ctx) => work({ ...ctx, actor })) },
    orderId,
    asked,
    settle('done', null),
  );
  if (problem !== null) await inTx(settle('refused', problem));
}

async function finish({ inTx }: JobRun, runId: string): Promise<void> {
  await inTx(async (ctx) => {
    const done = await orders(ctx.tx)
      .updateTable('bulk_run')
      .set({ state: 'done', finished_at: ctx.now })
      .where('id', '=', runId)
      .where('state', '=', 'running')
      .executeTakeFirst();
    if (done.numUpdatedRows === 1n) await emit(ctx, bulkFinished, { runId });
  });
}
