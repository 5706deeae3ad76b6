import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from './ctx.ts';
import { json, run, type Tx } from './db.ts';

/** Work to be done later, by name. Payloads are parsed on the way in and out. */
export interface JobType<Payload extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: Payload;
}

/** What a job gets: the means to open transactions (it may open several, and call out between them), and the clock. */
export interface JobRun {
  inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
  now: () => Date;
  /** Aborted when the worker is asked to stop: long jobs save where they are and return. */
  signal: AbortSignal;
}

export interface Job {
  readonly type: JobType;
  readonly work: (run: JobRun, payload: never) => Promise<void>;
}

/** A job on a clock. `cron` is five fields in the business zone's minutes, hours and days as UTC: see schedule in house.ts. */
export interface Schedule {
  readonly cron: string;
  readonly type: JobType;
}

export const jobType = <P extends z.ZodType>(name: string, payload: P): JobType<P> => ({ name, payload });

/** Binds a job type to its work. Safe to run twice or late: send levels, never differences. */
export const job = <P extends z.ZodType>(type: JobType<P>, work: (run: JobRun, payload: z.output<P>) => Promise<void>): Job => ({
  type,
  work: work as Job['work'],
});

export const every = (cron: string, type: JobType): Schedule => ({ cron, type });

/** Queues a job in the caller's transaction. Jobs with the same `key` fold into one; `queue` makes its jobs run one after another. */
export async function enqueue<P extends z.ZodType>(
  tx: Tx,
  type: JobType<P>,
  payload: z.input<P>,
  { key, runAt, queue, attemptsMax = 12 }: { key?: string; runAt?: Date; queue?: string; attemptsMax?: number } = {},
): Promise<void> {
  const checked = type.payload.parse(payload);
  await run(
    tx,
    sql`select graphile_worker.add_job(${type.name}, ${json(checked)}::json, queue_name => ${queue ?? null}::text,
      run_at => ${runAt ?? null}::timestamptz, max_attempts => ${attemptsMax}::int, job_key => ${key ?? null}::text)`,
  );
}
