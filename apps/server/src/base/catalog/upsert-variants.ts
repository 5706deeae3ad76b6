import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import type { VariantRow } from './product.ts';

/** Adds variants and brings existing ones up to date; what is left out stays, a null clears. Answers the products that are different now. */
export async function upsertVariants(
  ctx: Ctx,
  variants: readonly (VariantRow & { productId: string; position: number })[],
): Promise<Set<string>> {
  const rows = [...new Map(variants.map((variant) => [variant.sku, variant])).values()];
  const written = await run(
    ctx.tx,
    sql<{ productId: string; before: string | null }>`
      insert into catalog.variant as v (sku, product_id, options, barcode, weight_grams, cost_fen, tax_rate_bp, shelf_life_days, is_lot_tracked,
        is_serialised, warranty_months, state, position)
      select g.sku, g."productId", coalesce(g.options, o.options, '[]'), case when raw ? 'barcode' then g.barcode else o.barcode end,
        case when raw ? 'weightGrams' then g."weightGrams" else o.weight_grams end,
        coalesce(g."costFen", o.cost_fen, 0), coalesce(g."taxRateBp", o.tax_rate_bp, 1300),
        case when raw ? 'shelfLifeDays' then g."shelfLifeDays" else o.shelf_life_days end,
        coalesce(g."isLotTracked", o.is_lot_tracked, false), coalesce(g."isSerialised", o.is_serialised, false),
        case when raw ? 'warrantyMonths' then g."warrantyMonths" else o.warranty_months end,
        coalesce(g.state, o.state, 'active'), g.position
      from jsonb_array_elements(${json(rows)}) as given (raw)
      cross join lateral jsonb_to_record(raw) as g (sku text, "productId" uuid, options jsonb, barcode text, "weightGrams" int, "costFen" bigint,
        "taxRateBp" int, "shelfLifeDays" int, "isLotTracked" boolean, "isSerialised" boolean, "warrantyMonths" int, state text, position int)
      left join catalog.variant o on o.sku = g.sku
      order by g.sku
      on conflict (sku) do update set product_id = excluded.product_id, options = excluded.options, barcode = excluded.barcode,
        weight_grams = excluded.weight_grams, cost_fen = excluded.cost_fen, tax_rate_bp = excluded.tax_rate_bp,
        shelf_life_days = excluded.shelf_life_days, is_lot_tracked = excluded.is_lot_tracked, is_serialised = excluded.is_serialised,
        warranty_months = excluded.warranty_months, state = excluded.state, position = excluded.position
      where (v.product_id, v.options, v.barcode, v.weight_grams, v.cost_fen, v.tax_rate_bp, v.shelf_life_days, v.is_lot_tracked, v.is_serialised,
          v.warranty_months, v.state, v.position)
        is distinct from (excluded.product_id, excluded.options, excluded.barcode, excluded.weight_grams, excluded.cost_fen, excluded.tax_rate_bp,
          excluded.shelf_life_days, excluded.is_lot_tracked, excluded.is_serialised, excluded.warranty_months, excluded.state,
          excluded.position)
      returning new.product_id as "productId", old.product_id as before`,
  );
  return new Set(
    written.flatMap((row) =>
      row.before === null || row.before === row.productId ? [row.productId] : [row.productId, row.before],
    ),
  );
}
