import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

/** What rules are about, and no more: light enough to ask for on every page. */
export interface Goods {
  sku: string;
  productId: string;
  category: string;
  brand: string;
  taxRateBp: number;
}

/** The SKUs of these products, active or not. */
export async function goodsOfProducts(tx: Tx, productIds: readonly string[]): Promise<Map<string, Goods[]>> {
  if (productIds.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<Goods>`select ${goods} from catalog.product p join catalog.variant v on v.product_id = p.id
      where p.id = any(${[...new Set(productIds)]}::uuid[])`,
  );
  return Map.groupBy(rows, (row) => row.productId);
}

/** The same by the addresses that active products have or had; an unknown address is absent. */
export async function goodsAtAddresses(tx: Tx, slugs: readonly string[]): Promise<Map<string, Goods[]>> {
  const rows = await run(
    tx,
    sql<Goods & { asked: string }>`select ${goods}, asked
      from unnest(${[...new Set(slugs)]}::text[]) as asked
      join catalog.product p on p.id = coalesce((select id from catalog.product where slug = asked),
        (select product_id from catalog.former_slug where slug = asked))
      join catalog.variant v on v.product_id = p.id
      where p.state = 'active'`,
  );
  return Map.groupBy(rows, (row) => row.asked);
}

const goods = sql`v.sku, v.product_id as "productId", p.category, p.brand, v.tax_rate_bp as "taxRateBp"`;
