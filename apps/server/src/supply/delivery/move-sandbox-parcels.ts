import { sql } from 'kysely';
import * as z from 'zod';
import { run } from '../../platform/db.ts';
import { job, jobType } from '../../platform/jobs.ts';
import { journeyOf, type Report, type Travelling } from './sandbox-journey.ts';

/** Tells the house what a carrier saw, as the carrier would: from outside, signed. */
export type PostReport = (carrier: string, reports: readonly Report[]) => Promise<void>;

export const moveSandboxParcels = jobType('delivery/move-sandbox-parcels', z.object({}));

/**
 * Plays the carriers of a house that is only tried out: reports what should have happened by now to every parcel that left. All of it each
 * time, so that what was lost comes again; what was reported before has no effect.
 */
export const moveSandboxParcelsJob = (outside: { post: PostReport }) =>
  job(moveSandboxParcels, async ({ inTx }) => {
    const { parcels, now } = await inTx(async (ctx) => ({
      now: ctx.now,
      parcels: await run(
        ctx.tx,
        sql<
          Travelling & { carrier: string }
        >`select carrier, tracking_number as "trackingNumber", handed_over_at as "handedOverAt",
            location as "from", split_part(region, ' ', 1) || ' ' || split_part(region, ' ', 2) as "to"
          from delivery.parcel where state in ('handed_over', 'in_transit', 'out_for_delivery', 'failed') order by handed_over_at limit 500`,
      ),
    }));
    for (const [carrier, own] of Map.groupBy(parcels, (parcel) => parcel.carrier)) {
      const due = own.flatMap(journeyOf).filter(({ at }) => at <= now);
      for (let at = 0; at < due.length; at += 500) await outside.post(carrier, due.slice(at, at + 500));
    }
  });
