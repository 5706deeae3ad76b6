import { sql } from 'kysely';
import { json, run, type Tx } from '../../platform/db.ts';
import { type Searchable, searchRowOf } from './words.ts';

/** Writes what these products are found by, from what they are now. */
export async function indexProducts(tx: Tx, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return;
  const products = await run(
    tx,
    sql<Searchable & { productId: string }>`
      select p.id as "productId", p.name, p.name_en as "nameEn", p.brand,
        array[p.code] || array(select unnest(array[v.sku, v.barcode]) from catalog.variant v where v.product_id = p.id) as codes,
        array[p.summary, p.summary_en] || array(select unnest(array[c.name, c.name_en]) from catalog.category c
            where p.category = c.code or p.category like c.code || '/%')
          || array(select distinct unnest(array[o->>'value', o->>'valueEn']) from catalog.variant v, jsonb_array_elements(v.options) o
            where v.product_id = p.id)
          || array(select unnest(array[s->>'value', s->>'valueEn']) from jsonb_array_elements(p.specs) s) as more
      from catalog.product p where p.id = any(${productIds}::uuid[])`,
  );
  const rows = products.map((product) => ({
    productId: product.productId,
    ...searchRowOf({ ...product, codes: present(product.codes), more: present(product.more) }),
  }));
  await run(
    tx,
    sql`insert into catalog.search (product_id, document, names)
      select "productId", document::tsvector, names from jsonb_to_recordset(${json(rows)}) as g ("productId" uuid, document text, names text)
      order by "productId"
      on conflict (product_id) do update set document = excluded.document, names = excluded.names`,
  );
}

const present = (texts: readonly (string | null)[]): string[] => texts.filter((text) => text !== null);
