import type { catalog as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { matchProducts } from './search-products.ts';
import { catalog } from './tables.ts';

type ListProducts = z.output<typeof contract.listProducts.query>;
type ProductPage = z.input<typeof contract.listProducts.reply>;
type Product = z.input<typeof contract.Product>;
export type CategoryFacts = z.output<typeof contract.Category>;
export type CategoryName = Pick<CategoryFacts, 'code' | 'parent' | 'name' | 'nameEn'>;

/** All categories, parents before children, each with the number of active products in and below it. */
export async function listCategories(tx: Tx): Promise<CategoryFacts[]> {
  return run(
    tx,
    sql<CategoryFacts>`with recursive
      counted as (select category, count(*)::int as count from catalog.product where state = 'active' group by category), ${tree}
      select c.code, c.parent, c.name, c.name_en as "nameEn", c.position,
        coalesce((select sum(count) from counted where category = c.code or category like c.code || '/%'), 0)::int as "productCount"
      from catalog.category c join tree on tree.code = c.code order by tree.place`,
  );
}

/** All categories, parents before children, without counting: a look at the tree alone. */
export const listCategoryNames = (tx: Tx): Promise<CategoryName[]> =>
  run(
    tx,
    sql<CategoryName>`with recursive ${tree} select c.code, c.parent, c.name, c.name_en as "nameEn"
      from catalog.category c join tree on tree.code = c.code order by tree.place`,
  );

const tree = sql`tree as (
    select code, array[lpad(position::text, 6, '0') || code] as place from catalog.category where parent is null
    union all
    select c.code, tree.place || (lpad(c.position::text, 6, '0') || c.code) from catalog.category c join tree on tree.code = c.parent
  )`;

/** Products for the console: newest first, or best match first when words are given. */
export async function listProducts(tx: Tx, { search, category, line, state, after, limit }: ListProducts): Promise<ProductPage> {
  const matched =
    search === undefined || search.trim() === ''
      ? undefined
      : (await matchProducts(tx, search, { onlyActive: false })).productIds;
  const offset = matched === undefined ? 0 : Number(after ?? 0) || 0;
  let query = catalog(tx)
    .selectFrom('product as p')
    .select([
      'p.id',
      'p.code',
      'p.slug',
      'p.name',
      'p.name_en as nameEn',
      'p.brand',
      'p.category',
      'p.line',
      'p.state',
      'p.updated_at as updatedAt',
    ])
    .select(sql<number>`(select count(*)::int from catalog.variant v where v.product_id = p.id)`.as('variantCount'))
    .select(
      sql<
        Product['images'][number] | null
      >`(select jsonb_build_object('src', m.path, 'alt', m.alt, 'altEn', m.alt_en, 'width', m.width,
        'height', m.height) from catalog.media m where m.product_id = p.id order by m.position limit 1)`.as('image'),
    );
  if (category !== undefined) query = query.where(sql<boolean>`(p.category = ${category} or p.category like ${`${category}/%`})`);
  if (line !== undefined) query = query.where('p.line', '=', line);
  if (state !== undefined) query = query.where('p.state', '=', state);
  if (matched === undefined) {
    if (after !== undefined) query = query.where('p.id', '<', after);
    query = query.orderBy('p.id', 'desc');
  } else {
    query = query
      .where(sql<boolean>`p.id = any(${matched}::uuid[])`)
      .orderBy(sql`array_position(${matched}::uuid[], p.id)`)
      .offset(offset);
  }
  const rows = await query.limit(limit + 1).execute();
  const items = rows.slice(0, limit).map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
  const hasMore = rows.length > limit;
  return { items, next: hasMore ? (matched === undefined ? (items.at(-1)?.id ?? null) : String(offset + limit)) : null };
}

/** One product with everything about it. Refuses `product.not_found`. */
export async function getProduct(tx: Tx, id: string): Promise<Product> {
  const [row] = await run(
    tx,
    sql<Omit<Product, 'createdAt' | 'updatedAt'> & { createdAt: Date; updatedAt: Date }>`
      select p.id, p.code, p.slug, p.name, p.name_en as "nameEn", p.summary, p.summary_en as "summaryEn", p.description,
        p.description_en as "descriptionEn", p.brand, p.category, p.line, p.state, p.specs, p.version, p.created_at as "createdAt",
        p.updated_at as "updatedAt",
        coalesce((select jsonb_agg(jsonb_build_object('sku', v.sku, 'options', v.options, 'barcode', v.barcode, 'weightGrams', v.weight_grams,
          'costFen', v.cost_fen, 'taxRateBp', v.tax_rate_bp, 'shelfLifeDays', v.shelf_life_days, 'isLotTracked', v.is_lot_tracked,
          'isSerialised', v.is_serialised, 'warrantyMonths', v.warranty_months, 'state', v.state) order by v.position, v.sku)
          from catalog.variant v where v.product_id = p.id), '[]') as variants,
        coalesce((select jsonb_agg(jsonb_build_object('src', m.path, 'alt', m.alt, 'altEn', m.alt_en, 'width', m.width, 'height', m.height,
          'sku', m.sku) order by m.position) from catalog.media m where m.product_id = p.id), '[]') as images
      from catalog.product p where p.id = ${id}`,
  );
  if (row === undefined) refuse('product.not_found', { id });
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}
