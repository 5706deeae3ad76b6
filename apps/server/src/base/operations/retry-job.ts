import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { jobRetried } from './events.ts';

/** Runs a failed job again now, with fresh tries; a job that runs at this moment is left alone. Refuses `job.not_found`. */
export async function retryJob(ctx: Ctx, { id }: { id: string }): Promise<{ id: string }> {
  const [job] = await run(
    ctx.tx,
    sql<{ id: string }>`select id::text from graphile_worker.reschedule_jobs(
      array[${id}]::bigint[], run_at => ${ctx.now}, attempts => 0) where id is not null`,
  );
  if (job === undefined) return refuse('job.not_found', { id });

  await emit(ctx, jobRetried, { jobId: job.id });
  return { id: job.id };
}
