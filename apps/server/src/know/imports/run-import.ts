import * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { isDatabaseError, json, run } from '../../platform/db.ts';
import { Refusal } from '../../platform/fail.ts';
import { enqueue, job, type JobRun, jobType } from '../../platform/jobs.ts';
import { sql } from 'kysely';
import { checkBlocks } from './landing/check-blocks.ts';
import { type Job, Stopped } from './landing/job.ts';
import { landBlocks } from './landing/land-blocks.ts';
import { readFileIntoBlocks } from './landing/read-file.ts';
import { imports } from './tables.ts';

export const runImport = jobType('imports/run-import', z.object({ importId: z.uuid() }));

/**
 * Carries an import on from where it stands: reads the file into blocks, then checks them or lands them, a block a transaction with its
 * counts and its place. Killed at any moment and run again, every row lands exactly once. Paused or cancelled, it ends between two blocks.
 */
export const runImportJob = job(runImport, async (worker, { importId }) => {
  const started = await worker.inTx((ctx) => takeOver(ctx, importId));
  if (started === undefined) return;
  try {
    if (!started.is_read) await readFileIntoBlocks(worker.inTx, started);
    if (started.state === 'checking') await checkBlocks(worker, started);
    else await landBlocks(worker, started);
    if (worker.signal.aborted)
      await worker.inTx((ctx) => enqueue(ctx.tx, runImport, { importId }, { key: `import:${importId}` }));
  } catch (error) {
    if (error instanceof Stopped) return;
    await fail(worker, started, error);
  }
});

/** From here on, an older worker that still believes the import is its own finds out at its next step. */
async function takeOver(ctx: Ctx, importId: string): Promise<Job | undefined> {
  return imports(ctx.tx)
    .updateTable('job')
    .set((eb) => ({ attempt: eb('attempt', '+', 1), started_at: eb.fn.coalesce('started_at', eb.val(ctx.now)) }))
    .where('id', '=', importId)
    .where('state', 'in', ['checking', 'running'])
    .returningAll()
    .executeTakeFirst();
}

/** A file that cannot be read ends the import with its reason. A bug ends it too, and can be resumed; a lost database is tried again by the queue. */
async function fail({ inTx, now }: JobRun, { id, attempt }: Job, error: unknown): Promise<void> {
  const isLost = isDatabaseError(error)
    ? /^(08|53|57)/.test(error.code)
    : error instanceof Error && /terminat|ECONN|timeout/i.test(error.message);
  if (isLost) throw error;
  const failure = error instanceof Refusal ? { reason: error.code, ...error.details } : { reason: 'server.bug' };
  await inTx((ctx) =>
    run(
      ctx.tx,
      sql`update imports.job set state = case state when 'checking' then 'uploaded' else 'failed' end, phase = null, failure = ${json(failure)}, finished_at = ${now()}
        where id = ${id} and attempt = ${attempt} and state in ('checking', 'running')`,
    ),
  );
  if (!(error instanceof Refusal)) throw error;
}
