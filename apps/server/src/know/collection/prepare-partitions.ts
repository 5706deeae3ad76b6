import { sql } from 'kysely';
import * as z from 'zod';
import { run } from '../../platform/db.ts';
import { job, jobType } from '../../platform/jobs.ts';
import { addDays, dayOf } from '../../platform/time.ts';

export const preparePartitions = jobType('collection/prepare-partitions', z.object({}));

/** Makes the tables of the next two months before the first batch of a month arrives. Safe to run at any time, any number of times. */
export const preparePartitionsJob = job(preparePartitions, async ({ inTx }) => {
  await inTx(async ({ tx, now }) => {
    for (const days of [31, 62])
      await run(tx, sql`select collection.ensure_batch_partition(${`${addDays(dayOf(now), days).slice(0, 7)}-01`}::date)`);
  });
});
