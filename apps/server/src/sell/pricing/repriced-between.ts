import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

/** SKUs of which a price began or ended in (from, to], by the clock. */
export async function skusRepricedBetween(tx: Tx, { from, to }: { from: Date; to: Date }): Promise<string[]> {
  const rows = await run(
    tx,
    sql<{ sku: string }>`select sku from pricing.price where valid_from > ${from} and valid_from <= ${to}
      union select sku from pricing.price where valid_to > ${from} and valid_to <= ${to}`,
  );
  return rows.map(({ sku }) => sku);
}
