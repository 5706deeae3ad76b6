import { sql } from 'kysely';
import { json, run, type Tx } from '../../platform/db.ts';

/** What parcels cost by their carrier's tariff when they were booked, fen, by carrier and tracking number; unknown ones are absent. */
export const parcelPrices = (
  tx: Tx,
  parcels: readonly { carrier: string; trackingNumber: string }[],
): Promise<{ carrier: string; trackingNumber: string; priceFen: number }[]> =>
  run(
    tx,
    sql<{ carrier: string; trackingNumber: string; priceFen: number }>`
      select p.carrier, p.tracking_number as "trackingNumber", p.price_fen as "priceFen" from delivery.parcel p
      where (p.carrier, p.tracking_number) in
        (select carrier, "trackingNumber" from jsonb_to_recordset(${json(parcels)}) as w (carrier text, "trackingNumber" text))`,
  );
