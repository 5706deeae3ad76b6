import { sql } from 'kysely';
import { json, run, type Tx } from '../../../platform/db.ts';
import { levelKey, type LotLevel } from '../stock.ts';

/** The lots on hand at these places, by place. */
export async function lotsAt(tx: Tx, places: readonly { sku: string; location: string }[]): Promise<Map<string, LotLevel[]>> {
  const rows = await run(
    tx,
    sql<Omit<LotLevel, 'expiresOn'> & { sku: string; location: string; expiresOn: string | null }>`
      select id, sku, location, code, expires_on as "expiresOn", on_hand as "onHand" from inventory.lot
      where on_hand > 0 and (sku, location) in (select sku, location from jsonb_to_recordset(${json(places)}) as l (sku text, location text))`,
  );
  return Map.groupBy(
    rows.map((row) => ({ ...row, expiresOn: row.expiresOn ?? undefined })),
    levelKey,
  );
}
