import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { Picture } from './product.ts';
import type { Line, Option } from './tables.ts';

/** What a list shows of a product, without price and stock. */
export interface ShownProduct {
  productId: string;
  slug: string;
  name: string;
  nameEn: string;
  brand: string;
  category: string;
  /** From the root category down to the product's own. */
  crumbs: { code: string; name: string; nameEn: string }[];
  images: Picture[];
  /** Each option of the variants for sale, its values in their order. */
  options: { name: string; nameEn: string; values: { value: string; valueEn: string }[] }[];
  /** Variants for sale, in their order. */
  skus: string[];
  createdAt: string;
  updatedAt: string;
}

export interface PublicProduct extends ShownProduct {
  summary: string;
  summaryEn: string;
  description: string;
  descriptionEn: string;
  line: Line;
  storage: 'ambient' | 'chilled' | 'frozen';
  specs: Option[];
  pictures: (Picture & { sku: string | null })[];
  variants: { sku: string; options: Option[]; weightGrams: number | null; state: 'active' | 'retired' }[];
}

type Row<T extends ShownProduct> = Omit<T, 'options' | 'createdAt' | 'updatedAt'> & {
  flatOptions: Option[][];
  createdAt: Date;
  updatedAt: Date;
};

/** Active products as lists show them; one that is not for sale is absent. */
export async function showProducts(tx: Tx, productIds: readonly string[]): Promise<Map<string, ShownProduct>> {
  if (productIds.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<Row<ShownProduct>>`select ${shown} from catalog.product p where p.id = any(${productIds}::uuid[]) and p.state = 'active'`,
  );
  return new Map(rows.map((row) => [row.productId, asShown(row)]));
}

/** Active products by the address that was asked for, which may be one they had before; one statement for any number. */
export async function findProductsBySlug(tx: Tx, slugs: readonly string[]): Promise<Map<string, PublicProduct>> {
  const rows = await run(
    tx,
    sql<
      Row<PublicProduct> & { asked: string }
    >`select ${shown}, p.summary, p.summary_en as "summaryEn", p.description, p.description_en as "descriptionEn", p.line, p.storage, p.specs,
        coalesce((select jsonb_agg(jsonb_build_object('src', m.path, 'alt', m.alt, 'altEn', m.alt_en, 'width', m.width,
          'height', m.height, 'sku', m.sku) order by m.position) from catalog.media m where m.product_id = p.id), '[]') as pictures,
        (select jsonb_agg(jsonb_build_object('sku', v.sku, 'options', v.options, 'weightGrams', v.weight_grams, 'state', v.state)
          order by v.position) from catalog.variant v where v.product_id = p.id) as variants, asked
      from unnest(${[...new Set(slugs)]}::text[]) as asked join catalog.product p
        on p.id = coalesce((select id from catalog.product where slug = asked),
          (select product_id from catalog.former_slug where slug = asked))
      where p.state = 'active'`,
  );
  return new Map(rows.map(({ asked, ...row }) => [asked, asShown(row) as PublicProduct]));
}

/** Ids of all products in their order, a page at a time: for what is derived from the whole catalogue. */
export async function listProductIds(tx: Tx, { after, limit }: { after: string | undefined; limit: number }): Promise<string[]> {
  const rows = await run(
    tx,
    sql<{
      id: string;
    }>`select id from catalog.product where ${after === undefined ? sql`true` : sql`id > ${after}`} order by id limit ${limit}`,
  );
  return rows.map((row) => row.id);
}

const shown = sql`
  p.id as "productId", p.slug, p.name, p.name_en as "nameEn", p.brand, p.category, p.created_at as "createdAt", p.updated_at as "updatedAt",
  (select jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name, 'nameEn', c.name_en) order by c.code)
    from catalog.category c where c.code = any(array(
      select array_to_string((string_to_array(p.category, '/'))[1:depth], '/')
      from generate_series(1, cardinality(string_to_array(p.category, '/'))) depth
    ))) as crumbs,
  coalesce((select jsonb_agg(jsonb_build_object('src', m.path, 'alt', m.alt, 'altEn', m.alt_en, 'width', m.width, 'height', m.height)
    order by m.position) from (select * from catalog.media m where m.product_id = p.id and m.sku is null order by m.position limit 2) m), '[]') as images,
  coalesce((select jsonb_agg(v.options order by v.position)
    from catalog.variant v where v.product_id = p.id and v.state = 'active'), '[]') as "flatOptions",
  array(select v.sku from catalog.variant v where v.product_id = p.id and v.state = 'active' order by v.position) as skus`;

function asShown<T extends ShownProduct>({ flatOptions, createdAt, updatedAt, ...row }: Row<T>): ShownProduct {
  return { ...row, options: groupOptions(flatOptions), createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** Variants' options as one list a name, values in order of first appearance. */
function groupOptions(variants: readonly (readonly Option[])[]): ShownProduct['options'] {
  const groups = new Map<string, ShownProduct['options'][number]>();
  for (const { name, nameEn, value, valueEn } of variants.flat()) {
    const group = groups.get(name) ?? { name, nameEn, values: [] };
    groups.set(name, group);
    if (!group.values.some((known) => known.value === value)) group.values.push({ value, valueEn });
  }
  return [...groups.values()];
}
