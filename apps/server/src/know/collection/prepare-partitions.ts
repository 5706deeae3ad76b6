import { sql } from 'kysely';
import * as z from 'zod';
import { run } from '../../platform/db.ts';
import { job, jobType } from '../../platform/jobs.ts';
import { addDays, addMs, dayOf } from '../../platform/time.ts';
import { keepSeenWeeks } from './seen.ts';
import { collection } from './tables.ts';

export const preparePartitions = jobType('collection/prepare-partitions', z.object({}));

const settledKeptMs = 90 * 86_400_000;

/**
 * Makes the tables of the next two months and weeks before the first batch arrives that needs them; forgets messages older than two
 * weeks and bad events settled 90 days ago. Safe to run at any time, any number of times.
 */
export const preparePartitionsJob = job(preparePartitions, async ({ inTx }) => {
  await inTx(async ({ tx, now }) => {
    for (const days of [31, 62])
      await run(tx, sql`select collection.ensure_batch_partition(${`${addDays(dayOf(now), days).slice(0, 7)}-01`}::date)`);
  });
  await inTx(({ tx, now }) => keepSeenWeeks(tx, now));
  await inTx(({ tx, now }) =>
    collection(tx).deleteFrom('bad_event').where('settled_at', '<', addMs(now, -settledKeptMs)).execute(),
  );
});
