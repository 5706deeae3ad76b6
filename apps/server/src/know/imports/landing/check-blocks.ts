import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import type { JobRun } from '../../../platform/jobs.ts';
import { type Effect, imports } from '../tables.ts';
import { type Block } from './block.ts';
import { holdJob, type Job, nextBlock } from './job.ts';
import { keepBadRows } from './land-blocks.ts';
import { landerOf } from './lander.ts';

/** Judges every row and tries the first block out without keeping it. Changes nothing but the import's own findings. */
export async function checkBlocks({ inTx, signal }: JobRun, job: Job): Promise<void> {
  const prepare = landerOf(job);
  let from = job.next_block;
  while (!signal.aborted) {
    const found = await inTx((ctx) => nextBlock(ctx.tx, job.id, from));
    if (found === undefined) break;
    const prepared = prepare(found.block);
    await inTx(async (ctx) => {
      const before = await holdJob(ctx, job);
      const bad = await prepared.judge(ctx);
      await keepBadRows(ctx, job.id, bad);
      await imports(ctx.tx)
        .updateTable('job')
        .set({
          phase: 'landing',
          next_block: found.blockNo + 1,
          rows_landed: before.rows_landed + found.block.rows.length,
          rows_bad: before.rows_bad + bad.length,
          rows_good: before.rows_good + found.block.rows.length - bad.length,
        })
        .where('id', '=', job.id)
        .execute();
    });
    from = found.blockNo + 1;
  }
  if (signal.aborted) return;
  const preview = await previewFirst(inTx, job);
  await inTx(async (ctx) => {
    await holdJob(ctx, job);
    await imports(ctx.tx)
      .updateTable('job')
      .set({ state: 'checked', phase: null, next_block: 0, rows_landed: 0, preview: JSON.stringify(preview) })
      .where('id', '=', job.id)
      .execute();
  });
}

/** Carries the rollback of a trial; never seen outside this file. */
class TriedOut extends Error {
  readonly effects: Effect[];
  constructor(effects: Effect[]) {
    super('tried out');
    this.effects = effects;
  }
}

async function previewFirst(inTx: JobRun['inTx'], job: Job) {
  const found = await inTx((ctx) => nextBlock(ctx.tx, job.id, 0));
  if (found === undefined) return { rows: 0, isWhole: true, effects: [] };
  const effects = await tryOut(inTx, job, found.block);
  const isWhole = await inTx((ctx) => isOnlyBlock(ctx, job.id));
  return { rows: found.block.rows.length, isWhole, effects };
}

/** Lands a block for real in a transaction that is then undone: the preview cannot differ from the run. */
async function tryOut(inTx: JobRun['inTx'], job: Job, block: Block): Promise<Effect[]> {
  try {
    return await inTx(async (ctx) => {
      const { effects } = await landerOf(job)(block).land(ctx);
      throw new TriedOut(effects);
    });
  } catch (error) {
    if (error instanceof TriedOut) return error.effects;
    throw error;
  }
}

const isOnlyBlock = async (ctx: Ctx, jobId: string): Promise<boolean> =>
  (await run(ctx.tx, sql`select distinct block_no from imports.block where job_id = ${jobId} limit 2`)).length === 1;
