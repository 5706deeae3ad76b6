import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import type { JobRun } from '../../../platform/jobs.ts';
import { imports } from '../tables.ts';
import { countEffects } from './effects.ts';
import { holdJob, type Job, nextBlock } from './job.ts';
import type { BadRow, Landed, Prepare, Prepared } from './judge.ts';
import { addSums } from './ledger.ts';
import { landerOf } from './lander.ts';

interface Ready {
  blockNo: number;
  rows: number;
  prepared: Prepared;
}

/** Lands the blocks that have not landed, in order. While the database is busy with one, the next is fetched and read. */
export async function landBlocks({ inTx, signal, now }: JobRun, job: Job): Promise<void> {
  const prepare = landerOf(job);
  let ready = await fetchBlock(inTx, job, job.next_block, prepare);
  while (ready !== undefined && !signal.aborted) {
    const current = ready;
    const next = fetchBlock(inTx, job, current.blockNo + 1, prepare);
    next.catch(() => undefined); // it is awaited below, unless landing fails first
    await inTx((ctx) => landBlock(ctx, job, current));
    ready = await next;
  }
  if (ready === undefined) await inTx((ctx) => finish(ctx, job, now()));
}

async function fetchBlock(inTx: JobRun['inTx'], { id }: Job, from: number, prepare: Prepare): Promise<Ready | undefined> {
  const found = await inTx((ctx) => nextBlock(ctx.tx, id, from));
  return found && { blockNo: found.blockNo, rows: found.block.rows.length, prepared: prepare(found.block) };
}

/** A block's effects, its bad rows, its counts and the place where to go on: all of it, or nothing. */
async function landBlock(ctx: Ctx, job: Job, { blockNo, rows, prepared }: Ready): Promise<void> {
  const before = await holdJob(ctx, job);
  if (before.next_block > blockNo) return;
  const landed = await prepared.land(ctx);
  await keepBadRows(ctx, job.id, landed.bad);
  await saveProgress(ctx, before, landed, { blockNo, rows });
}

async function saveProgress(
  ctx: Ctx,
  before: Job,
  landed: Landed,
  { blockNo, rows }: { blockNo: number; rows: number },
): Promise<void> {
  await imports(ctx.tx)
    .updateTable('job')
    .set({
      phase: 'landing',
      next_block: blockNo + 1,
      rows_landed: before.rows_landed + rows,
      rows_good: before.rows_good + landed.good,
      rows_unchanged: before.rows_unchanged + landed.unchanged,
      rows_bad: before.rows_bad + landed.bad.length,
      effects: JSON.stringify(countEffects([...before.effects, ...landed.effects])),
      ledger: JSON.stringify(addSums(before.ledger, landed.ledger)),
    })
    .where('id', '=', before.id)
    .execute();
}

export async function keepBadRows(ctx: Ctx, jobId: string, bad: readonly BadRow[]): Promise<void> {
  if (bad.length === 0) return;
  await run(
    ctx.tx,
    sql`insert into imports.bad_row (job_id, row_no, cells, reasons)
      select ${jobId}, "rowNo", cells, reasons from jsonb_to_recordset(${json(bad.map(cleanRow))}) as b ("rowNo" int, cells jsonb, reasons jsonb)
      on conflict (job_id, row_no) do update set cells = excluded.cells, reasons = excluded.reasons`,
  );
}

/** PostgreSQL stores no NUL characters. */
const cleanRow = ({ rowNo, cells, reasons }: BadRow) => ({
  rowNo,
  cells: cells.map((cell) => cell.replaceAll('\u0000', '')),
  reasons: reasons.map((reason) => ({ ...reason, value: reason.value?.replaceAll('\u0000', '') ?? null })),
});

/** The rows that waited are not needed any more; the file is kept. */
async function finish(ctx: Ctx, job: Job, at: Date): Promise<void> {
  await holdJob(ctx, job);
  await imports(ctx.tx).deleteFrom('block').where('job_id', '=', job.id).execute();
  await imports(ctx.tx)
    .updateTable('job')
    .set({ state: 'done', phase: null, finished_at: at, is_read: false, next_block: 0 })
    .where('id', '=', job.id)
    .execute();
}
