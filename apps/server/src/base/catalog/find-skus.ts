import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { Picture } from './product.ts';
import type { Line, Option } from './tables.ts';

/** What other modules may know of a SKU. */
export interface SkuFacts {
  sku: string;
  productId: string;
  name: string;
  nameEn: string;
  slug: string;
  brand: string;
  category: string;
  line: Line;
  /** How it must be kept: parcels are split by it. */
  storage: 'ambient' | 'chilled' | 'frozen';
  options: Option[];
  /** Standard cost of one unit without VAT, fen; 0 while unknown. */
  costFen: number;
  taxRateBp: number;
  isLotTracked: boolean;
  isSerialised: boolean;
  warrantyMonths: number | null;
  /** Sold as one, promised and sent as its components. */
  isKit: boolean;
  shelfLifeDays: number | null;
  weightGrams: number | null;
  /** `active` when both the product and this variant of it may be sold. */
  state: 'draft' | 'active' | 'retired';
}

/** What is known of these SKUs; one that does not exist is absent. */
export async function findSkus(tx: Tx, skus: readonly string[]): Promise<Map<string, SkuFacts>> {
  if (skus.length === 0) return new Map();
  const rows = await run(tx, sql<SkuFacts>`${skuFacts} where v.sku = any(${[...new Set(skus)]}::text[])`);
  return new Map(rows.map((row) => [row.sku, row]));
}

/** The picture that shows each of these SKUs, its own before its product's; one without any is absent. */
export async function picturesOf(tx: Tx, skus: readonly string[]): Promise<Map<string, Picture>> {
  if (skus.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<Picture & { sku: string }>`select distinct on (v.sku) v.sku, m.path as src, m.alt, m.alt_en as "altEn", m.width, m.height
      from catalog.variant v join catalog.media m on m.product_id = v.product_id and (m.sku is null or m.sku = v.sku)
      where v.sku = any(${[...new Set(skus)]}::text[]) order by v.sku, m.sku is null, m.position`,
  );
  return new Map(rows.map(({ sku, ...picture }) => [sku, picture]));
}

/** A page of SKUs in their order, for lists of other modules; narrowed to products by id or to a category and what is below it. */
export async function listSkus(
  tx: Tx,
  {
    productIds,
    category,
    after,
    limit,
  }: { productIds?: readonly string[] | undefined; category?: string | undefined; after?: string | undefined; limit: number },
): Promise<SkuFacts[]> {
  const wanted = [
    productIds === undefined ? sql`true` : sql`v.product_id = any(${productIds}::uuid[])`,
    category === undefined ? sql`true` : sql`(p.category = ${category} or p.category like ${`${category}/%`})`,
    after === undefined ? sql`true` : sql`v.sku > ${after}`,
  ];
  return run(tx, sql<SkuFacts>`${skuFacts} where ${sql.join(wanted, sql` and `)} order by v.sku limit ${limit}`);
}

const skuFacts = sql`
  select v.sku, v.product_id as "productId", p.name, p.name_en as "nameEn", p.slug, p.brand, p.category, p.line, p.storage, v.options,
    v.cost_fen as "costFen", v.tax_rate_bp as "taxRateBp", v.is_lot_tracked as "isLotTracked", v.is_serialised as "isSerialised", v.warranty_months as "warrantyMonths",
    v.is_kit as "isKit",
    v.shelf_life_days as "shelfLifeDays", v.weight_grams as "weightGrams",
    case when p.state = 'active' then v.state else p.state end as state
  from catalog.variant v
  join catalog.product p on p.id = v.product_id`;
