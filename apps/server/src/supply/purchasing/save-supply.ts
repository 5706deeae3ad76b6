import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { purchasing } from './tables.ts';

export interface SupplierFacts {
  code: string;
  name: string;
  leadTimeDays: number;
}

export interface TermFacts {
  sku: string;
  supplier: string;
  unitCostFen: number;
  minimumQuantity: number;
  packSize: number;
  leadTimeDays: number | null;
  isPreferred: boolean;
}

/** Adds suppliers, or changes those that exist. */
export async function saveSuppliers(ctx: Ctx, suppliers: readonly SupplierFacts[]): Promise<void> {
  await run(
    ctx.tx,
    sql`insert into purchasing.supplier (code, name, lead_time_days)
      select code, name, "leadTimeDays" from jsonb_to_recordset(${json(suppliers)}) as s (code text, name text, "leadTimeDays" int)
      on conflict (code) do update set name = excluded.name, lead_time_days = excluded.lead_time_days`,
  );
}

/**
 * Records terms of supply; of the terms of one SKU the last that says so is the preferred one. Refuses `sku.not_found` and
 * `supplier.not_found`.
 */
export async function saveSupplyTerms(ctx: Ctx, terms: readonly TermFacts[]): Promise<void> {
  const known = await findSkus(
    ctx.tx,
    terms.map((term) => term.sku),
  );
  const suppliers = new Set((await purchasing(ctx.tx).selectFrom('supplier').select('code').execute()).map((row) => row.code));
  for (const { sku, supplier } of terms) {
    if (!known.has(sku)) refuse('sku.not_found', { sku });
    if (!suppliers.has(supplier)) refuse('supplier.not_found', { supplier });
  }
  const preferred = new Map(terms.filter((term) => term.isPreferred).map((term) => [term.sku, term.supplier]));
  const rows = [...new Map(terms.map((term) => [`${term.sku}\n${term.supplier}`, term])).values()]
    .map((term) => ({ ...term, isPreferred: preferred.get(term.sku) === term.supplier }))
    .toSorted((a, b) => (a.sku < b.sku ? -1 : 1));

  await run(
    ctx.tx,
    sql`update purchasing.supply_term set is_preferred = false
      where is_preferred and sku in (select jsonb_array_elements_text(${json([...preferred.keys()])}))`,
  );
  await run(
    ctx.tx,
    sql`insert into purchasing.supply_term (sku, supplier, unit_cost_fen, minimum_quantity, pack_size, lead_time_days, is_preferred)
      select sku, supplier, "unitCostFen", "minimumQuantity", "packSize", "leadTimeDays", "isPreferred"
      from jsonb_to_recordset(${json(rows)}) as t (sku text, supplier text, "unitCostFen" bigint, "minimumQuantity" int, "packSize" int,
        "leadTimeDays" int, "isPreferred" boolean)
      on conflict (sku, supplier) do update set unit_cost_fen = excluded.unit_cost_fen, minimum_quantity = excluded.minimum_quantity,
        pack_size = excluded.pack_size, lead_time_days = excluded.lead_time_days, is_preferred = excluded.is_preferred`,
  );
}
