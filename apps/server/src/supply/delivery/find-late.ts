import { sql } from 'kysely';
import * as z from 'zod';
import { run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { job, jobType } from '../../platform/jobs.ts';
import { dayOf } from '../../platform/time.ts';
import { parcelLate } from './events.ts';

export const findLate = jobType('delivery/find-late', z.object({}));

/** Marks parcels that are not there although their promised day is over, and says so, once a parcel. */
export const findLateJob = job(findLate, ({ inTx }) =>
  inTx(async (ctx) => {
    const late = await run(
      ctx.tx,
      sql<{ parcelId: string; fulfilmentId: string; carrier: string; trackingNumber: string; promisedOn: string }>`
        update delivery.parcel set late_at = ${ctx.now}
        where state in ('handed_over', 'in_transit', 'out_for_delivery', 'failed') and promised_on < ${dayOf(ctx.now)} and late_at is null
        returning id as "parcelId", fulfilment_id as "fulfilmentId", carrier, tracking_number as "trackingNumber", promised_on as "promisedOn"`,
    );
    await emitMany(ctx, parcelLate, late);
  }),
);
