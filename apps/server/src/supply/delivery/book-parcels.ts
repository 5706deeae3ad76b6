import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { newTrackingNumber } from './parcel.ts';

export interface BookParcel {
  fulfilmentId: string;
  fulfilmentNumber: string;
  location: string;
  region: string;
  grams: number;
  carrier: string;
  service: string;
  priceFen: number;
  promisedOn: string | undefined;
}

export interface BookedParcel {
  fulfilmentId: string;
  parcelId: string;
  trackingNumber: string;
}

/** Makes the waybill of each parcel: a number of its carrier that no other parcel has. */
export async function bookParcels(ctx: Ctx, parcels: readonly BookParcel[]): Promise<BookedParcel[]> {
  if (parcels.length === 0) return [];
  const serials = await run(
    ctx.tx,
    sql<{ serial: number }>`select nextval('delivery.waybill') as serial from generate_series(1, ${parcels.length}::int)`,
  );
  const rows = parcels.map((parcel, index) => ({
    ...parcel,
    trackingNumber: newTrackingNumber(parcel.carrier, serials[index]?.serial ?? 0),
  }));
  return run(
    ctx.tx,
    sql<BookedParcel>`insert into delivery.parcel (fulfilment_id, fulfilment_number, location, carrier, service, tracking_number, state, region,
        grams, price_fen, promised_on, booked_at)
      select "fulfilmentId", "fulfilmentNumber", location, carrier, service, "trackingNumber", 'booked', region, grams, "priceFen", "promisedOn", ${ctx.now}
      from jsonb_to_recordset(${json(rows)}) as p ("fulfilmentId" uuid, "fulfilmentNumber" text, location text, region text, grams int, carrier text,
        service text, "priceFen" bigint, "promisedOn" date, "trackingNumber" text)
      returning fulfilment_id as "fulfilmentId", id as "parcelId", tracking_number as "trackingNumber"`,
  );
}

/** Takes waybills back whose parcels were opened again or called off; one that left stays. */
export async function voidParcels(ctx: Ctx, fulfilmentIds: readonly string[]): Promise<void> {
  await run(
    ctx.tx,
    sql`update delivery.parcel set state = 'voided' where fulfilment_id = any(${[...fulfilmentIds]}::uuid[]) and state = 'booked'`,
  );
}

/** The driver has them: from now on the carrier reports. Told twice, once in effect. */
export async function handOverParcels(ctx: Ctx, fulfilmentIds: readonly string[]): Promise<void> {
  await run(
    ctx.tx,
    sql`with gone as (
        update delivery.parcel set state = 'handed_over', handed_over_at = ${ctx.now}
        where fulfilment_id = any(${[...fulfilmentIds]}::uuid[]) and state = 'booked' returning id, carrier, location
      )
      insert into delivery.tracking_event (carrier, event_id, parcel_id, status, at, place, received_at)
      select carrier, 'handed_over:' || id, id, 'handed_over', ${ctx.now}, location, ${ctx.now} from gone on conflict do nothing`,
  );
}
