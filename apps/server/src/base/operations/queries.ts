import type { operations as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { run, type Tx } from '../../platform/db.ts';

type Jobs = z.input<typeof contract.listJobs.reply>;
type Audit = z.input<typeof contract.listAudit.reply>;

/** Failed jobs, newest first, and how the queue stands. */
export async function listJobs(tx: Tx, now: Date, { after, limit }: z.output<typeof contract.listJobs.query>): Promise<Jobs> {
  const rows = await run(
    tx,
    sql<Omit<Jobs['items'][number], 'createdAt' | 'nextRunAt'> & { createdAt: Date; nextRunAt: Date | null }>`
      select id::text, task_identifier as name, case when attempts >= max_attempts then 'dead' else 'retrying' end as state,
        attempts, max_attempts as "attemptsMax", coalesce(split_part(last_error, E'\n', 1), '') as "lastError",
        created_at as "createdAt", case when attempts < max_attempts then run_at end as "nextRunAt"
      from graphile_worker.jobs
      where last_error is not null and (${after ?? null}::bigint is null or id < ${after ?? null}::bigint)
      order by graphile_worker.jobs.id desc limit ${limit + 1}`,
  );
  const items = rows
    .slice(0, limit)
    .map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), nextRunAt: row.nextRunAt?.toISOString() ?? null }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null, queue: await queueState(tx, now) };
}

async function queueState(tx: Tx, now: Date): Promise<Jobs['queue']> {
  const [state] = await run(
    tx,
    sql<Jobs['queue']>`select
        count(*) filter (where attempts < max_attempts and locked_at is null and run_at <= ${now})::int as due,
        count(*) filter (where attempts < max_attempts and locked_at is null and run_at > ${now})::int as planned,
        count(*) filter (where locked_at is not null)::int as running,
        count(*) filter (where attempts >= max_attempts)::int as dead,
        coalesce(greatest(0, extract(epoch from ${now} - min(run_at)
          filter (where attempts < max_attempts and locked_at is null))), 0)::int as "oldestDueSeconds"
      from graphile_worker.jobs`,
  );
  return state ?? { due: 0, planned: 0, running: 0, dead: 0, oldestDueSeconds: 0 };
}

/** The permanent log, newest first: every event with its actor. */
export async function listAudit(
  tx: Tx,
  { name, actorKind, after, limit }: z.output<typeof contract.listAudit.query>,
): Promise<Audit> {
  const [xid = null, seq = null] = after?.split('.') ?? [];
  const rows = await run(
    tx,
    sql<Omit<Audit['items'][number], 'at'> & { at: Date; place: string }>`
      select id, at, name, actor ->> 'kind' as "actorKind", actor ->> 'name' as actor, payload, xid::text || '.' || seq as place
      from platform.event
      where ${name === undefined ? sql`true` : sql`name = ${name}`}
        and (${actorKind ?? null}::text is null or actor ->> 'kind' = ${actorKind ?? null})
        and (${seq}::bigint is null or (xid, seq) < (${xid}::text::xid8, ${seq}::bigint))
      order by xid desc, seq desc limit ${limit + 1}`,
  );
  const next = rows.length > limit ? (rows[limit - 1]?.place ?? null) : null;
  return { items: rows.slice(0, limit).map(({ place: _, at, ...row }) => ({ ...row, at: at.toISOString() })), next };
}
