import { sql } from 'kysely';
import * as z from 'zod';
import { run } from '../../platform/db.ts';
import { job, jobType } from '../../platform/jobs.ts';

export const tidy = jobType('operations/tidy', z.object({}));

/** Once a day: next months' event partitions, idempotency keys older than 30 days, marks of reactions older than 90. Safe to run twice. */
export const tidyJob = job(tidy, async ({ inTx }) => {
  await inTx(async ({ tx, now }) => {
    for (const months of [0, 1, 2])
      await run(
        tx,
        sql`select platform.ensure_event_partition((${now}::timestamptz + make_interval(months => ${months}::int))::date)`,
      );
  });
  await inTx(({ tx, now }) =>
    run(tx, sql`delete from platform.idempotency where created_at < ${now}::timestamptz - interval '30 days'`),
  );
  await inTx(({ tx, now }) =>
    run(tx, sql`delete from platform.reaction_done where at < ${now}::timestamptz - interval '90 days'`),
  );
});
