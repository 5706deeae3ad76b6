import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

/** The barcodes printed on these SKUs; one without is absent. */
export async function barcodesOf(tx: Tx, skus: readonly string[]): Promise<Map<string, string>> {
  const rows = await run(
    tx,
    sql<{ sku: string; barcode: string }>`select sku, barcode from catalog.variant
      where sku = any(${[...new Set(skus)]}::text[]) and barcode is not null`,
  );
  return new Map(rows.map(({ sku, barcode }) => [sku, barcode]));
}
