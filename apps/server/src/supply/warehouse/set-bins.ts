import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { listLocations } from '../inventory/index.ts';

export interface SetBins {
  location: string;
  /** null takes the place away. */
  bins: readonly { sku: string; bin: string | null }[];
}

/** Says where SKUs lie at a location; the last word about a SKU counts. Refuses `location.not_found`, `sku.not_found`. */
export async function setBins(ctx: Ctx, { location, bins }: SetBins): Promise<number> {
  const { items } = await listLocations(ctx.tx);
  if (!items.some(({ code }) => code === location)) refuse('location.not_found', { location });
  const known = await findSkus(
    ctx.tx,
    bins.map(({ sku }) => sku),
  );
  const rows = [...new Map(bins.map((row) => [row.sku, row])).values()];
  for (const { sku } of rows) if (!known.has(sku)) refuse('sku.not_found', { sku });
  const gone = rows.filter(({ bin }) => bin === null).map(({ sku }) => sku);
  await run(ctx.tx, sql`delete from warehouse.bin where location = ${location} and sku = any(${gone}::text[])`);
  await run(
    ctx.tx,
    sql`insert into warehouse.bin (location, sku, bin)
      select ${location}, sku, upper(bin) from jsonb_to_recordset(${json(rows)}) as r (sku text, bin text) where bin is not null
      on conflict (location, sku) do update set bin = excluded.bin`,
  );
  return rows.length;
}
