import { createHmac, timingSafeEqual } from 'node:crypto';
import { delivery as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { parcelDelivered, parcelReturned } from './events.ts';
import { type ParcelState, type Reported, standingOf } from './parcel.ts';
import { delivery } from './tables.ts';

export interface TrackingPost {
  carrier: string;
  payload: string;
  signature: string;
}

/** A carrier's key: made from the house's secret, so that none lies in the database. */
export const carrierKey = (secret: string, carrier: string): string =>
  createHmac('sha256', secret).update(`tracking:${carrier}`).digest('hex');

export const signReport = (key: string, payload: string): string => createHmac('sha256', key).update(payload).digest('hex');

interface Known {
  parcelId: string;
  fulfilmentId: string;
  trackingNumber: string;
  state: ParcelState;
}

/**
 * Takes a carrier's signed report: each event stored and in effect once, however often and in whatever order it comes. Numbers that are
 * not ours come back as `unknown`. Refuses `carrier.not_found`, `tracking.bad_signature`, `tracking.unreadable`.
 */
export async function receiveTracking(
  ctx: Ctx,
  secret: string,
  { carrier, payload, signature }: TrackingPost,
): Promise<{ taken: number; repeated: number; unknown: string[] }> {
  if (!isSigned(carrierKey(secret, carrier), payload, signature)) refuse('tracking.bad_signature', { carrier });
  const events = readReport(payload);
  const known = await delivery(ctx.tx).selectFrom('carrier').select('code').where('code', '=', carrier).executeTakeFirst();
  if (known === undefined) refuse('carrier.not_found', { carrier });

  const parcels = await lockParcels(
    ctx,
    carrier,
    events.map(({ trackingNumber }) => trackingNumber),
  );
  const ours = events.flatMap((event) => {
    const parcel = parcels.get(event.trackingNumber);
    return parcel === undefined ? [] : [{ ...event, parcelId: parcel.parcelId }];
  });
  const kept = await keepEvents(ctx, carrier, ours);
  await moveParcels(
    ctx,
    carrier,
    [...parcels.values()].filter(({ parcelId }) => kept.has(parcelId)),
  );
  const taken = [...kept.values()].reduce((sum, count) => sum + count, 0);
  const unknown = new Set(events.map((event) => event.trackingNumber).filter((number) => !parcels.has(number)));
  return { taken, repeated: ours.length - taken, unknown: [...unknown] };
}

function isSigned(key: string, payload: string, signature: string): boolean {
  const [wanted, given] = [Buffer.from(signReport(key, payload)), Buffer.from(signature)];
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

function readReport(payload: string) {
  try {
    return contract.TrackingReport.parse(JSON.parse(payload)).events;
  } catch {
    return refuse('tracking.unreadable'); // signed, so it is the carrier's mistake: it gets to know
  }
}

/** Locks the parcels in the one order: reports about one parcel are judged one after another. */
async function lockParcels(ctx: Ctx, carrier: string, numbers: readonly string[]): Promise<Map<string, Known>> {
  const rows = await run(
    ctx.tx,
    sql<Known>`select id as "parcelId", fulfilment_id as "fulfilmentId", tracking_number as "trackingNumber", state from delivery.parcel
      where carrier = ${carrier} and tracking_number in (select jsonb_array_elements_text(${json([...new Set(numbers)])}))
        and state <> 'voided' order by id for no key update`,
  );
  return new Map(rows.map((row) => [row.trackingNumber, row]));
}

/** How many events of each parcel are new; carriers number them as they like, some by parcel. */
async function keepEvents(
  ctx: Ctx,
  carrier: string,
  events: readonly { eventId: string; parcelId: string }[],
): Promise<Map<string, number>> {
  const rows = await run(
    ctx.tx,
    sql<{
      parcelId: string;
    }>`insert into delivery.tracking_event (carrier, event_id, parcel_id, status, at, place, note, received_at)
      select ${carrier}, "parcelId" || ':' || "eventId", "parcelId", status, at, place, note, ${ctx.now}
      from jsonb_to_recordset(${json(events)}) as e ("eventId" text, "parcelId" uuid, status text, at timestamptz, place text, note text)
      order by "eventId" on conflict (carrier, event_id) do nothing returning parcel_id as "parcelId"`,
  );
  return new Map([...Map.groupBy(rows, (row) => row.parcelId)].map(([parcelId, own]) => [parcelId, own.length]));
}

async function moveParcels(ctx: Ctx, carrier: string, parcels: readonly Known[]): Promise<void> {
  if (parcels.length === 0) return;
  const reports = await run(
    ctx.tx,
    sql<Reported & { parcelId: string }>`select parcel_id as "parcelId", status, at from delivery.tracking_event
      where parcel_id in (select jsonb_array_elements_text(${json(parcels.map(({ parcelId }) => parcelId))})::uuid)`,
  );
  const byParcel = Map.groupBy(reports, ({ parcelId }) => parcelId);
  const moved = parcels.flatMap((parcel) => {
    const standing = standingOf(byParcel.get(parcel.parcelId) ?? []);
    return standing === undefined ? [] : [{ ...parcel, to: standing.status, at: standing.at }];
  });
  await run(
    ctx.tx,
    sql`update delivery.parcel p set state = m."to", reported_at = m.at, handed_over_at = coalesce(p.handed_over_at, m.at),
        delivered_at = case when m."to" = 'delivered' then m.at end
      from jsonb_to_recordset(${json(moved)}) as m ("parcelId" uuid, "to" text, at timestamptz) where p.id = m."parcelId"`,
  );
  const told = (state: ParcelState) =>
    moved
      .filter((parcel) => parcel.to === state && parcel.state !== state)
      .map(({ parcelId, fulfilmentId, trackingNumber, at }) => ({
        parcelId,
        fulfilmentId,
        carrier,
        trackingNumber,
        at: at.toISOString(),
      }));
  await emitMany(ctx, parcelDelivered, told('delivered'));
  await emitMany(ctx, parcelReturned, told('returned'));
}
