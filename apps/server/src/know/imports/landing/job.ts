import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { imports, type JobTable } from '../tables.ts';
import { type Block, unpackBlock } from './block.ts';

export type Job = Selectable<JobTable>;

/** The import was paused, cancelled or taken over by another worker: the work ends here, nothing of this step is kept. */
export class Stopped extends Error {}

/** Holds the import against everybody else until the transaction ends. Throws Stopped when it is no longer this worker's to carry on. */
export async function holdJob(ctx: Ctx, { id, attempt, state }: Pick<Job, 'id' | 'attempt' | 'state'>): Promise<Job> {
  const job = await imports(ctx.tx).selectFrom('job').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (job === undefined || job.attempt !== attempt || job.state !== state) throw new Stopped();
  return job;
}

type InTx = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;

/** The stored bytes of an import's file, a part at a time. */
export async function* filePartsOf(inTx: InTx, jobId: string): AsyncGenerator<Buffer> {
  for (let partNo = 0; ; partNo += 1) {
    const part = await inTx((ctx) => findPart(ctx.tx, jobId, partNo));
    if (part === undefined) return;
    yield part;
  }
}

async function findPart(tx: Tx, jobId: string, partNo: number): Promise<Buffer | undefined> {
  const part = await imports(tx)
    .selectFrom('file_part')
    .select('bytes')
    .where('job_id', '=', jobId)
    .where('part_no', '=', partNo)
    .executeTakeFirst();
  return part?.bytes;
}

/** The first block that is not below `from`, with all its parts. */
export async function nextBlock(tx: Tx, jobId: string, from: number): Promise<{ blockNo: number; block: Block } | undefined> {
  const parts = await run(
    tx,
    sql<{ blockNo: number; body: Buffer }>`select block_no as "blockNo", body from imports.block
      where job_id = ${jobId} and block_no = (select min(block_no) from imports.block where job_id = ${jobId} and block_no >= ${from})
      order by part_no`,
  );
  const blockNo = parts[0]?.blockNo;
  return blockNo === undefined ? undefined : { blockNo, block: unpackBlock(parts.map(({ body }) => body)) };
}
