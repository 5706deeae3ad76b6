import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { productChanged, productCreated } from './events.ts';
import { indexProducts } from './index-products.ts';
import { distinctSlug, type ProductRow, slugOf } from './product.ts';
import { upsertMedia } from './upsert-media.ts';
import { upsertVariants } from './upsert-variants.ts';

export type Outcome = 'new' | 'changed' | 'unchanged';
export interface UpsertedProduct {
  code: string;
  productId: string;
  outcome: Outcome;
}

const productsMax = 5000;
const eventMax = 1000;

/**
 * Adds products and brings existing ones up to date, any number at once; what a row leaves out stays as it is. Doing it again changes
 * nothing and announces nothing. Of rows with the same code the last one counts. A SKU follows the product it is given under.
 * Answers one outcome for each code, in the order given. Refuses `category.not_found`.
 */
export async function upsertProducts(ctx: Ctx, products: readonly ProductRow[]): Promise<UpsertedProduct[]> {
  const rows = [...new Map(products.map((row) => [row.code, row])).values()];
  const upserted: UpsertedProduct[] = [];
  for (let start = 0; start < rows.length; start += productsMax)
    upserted.push(...(await upsertSome(ctx, rows.slice(start, start + productsMax))));
  return upserted;
}

async function upsertSome(ctx: Ctx, rows: readonly ProductRow[]): Promise<UpsertedProduct[]> {
  await checkCategories(ctx, rows);
  const slugs = await chooseSlugs(ctx, rows);
  const written = await writeProducts(
    ctx,
    rows.map((row) => ({ ...row, newSlug: slugs.get(row.code) })),
  );
  const ids = await idsOf(ctx, rows);

  const touched = new Set(written.filter((row) => !row.isNew).map((row) => row.id));
  const variants = rows.flatMap((row) =>
    row.variants.map((variant, position) => ({ ...variant, position, productId: ids.get(row.code) ?? '' })),
  );
  for (const id of await upsertVariants(ctx, variants)) touched.add(id);
  for (const id of await upsertMedia(
    ctx,
    rows.flatMap((row) => (row.images === undefined ? [] : [{ productId: ids.get(row.code) ?? '', images: row.images }])),
  ))
    touched.add(id);
  const created = new Set(written.filter((row) => row.isNew).map((row) => row.id));
  const changed = [...touched].filter((id) => !created.has(id));
  await indexProducts(ctx.tx, [...created, ...changed]);

  for (const some of slices([...created])) await emit(ctx, productCreated, { productIds: some });
  for (const some of slices(changed)) await emit(ctx, productChanged, { productIds: some });
  return rows.map(({ code }) => {
    const productId = ids.get(code) ?? '';
    return { code, productId, outcome: created.has(productId) ? 'new' : touched.has(productId) ? 'changed' : 'unchanged' };
  });
}

async function checkCategories(ctx: Ctx, rows: readonly ProductRow[]): Promise<void> {
  const wanted = [...new Set(rows.flatMap((row) => row.category ?? []))];
  const missing = await run(
    ctx.tx,
    sql<{ code: string }>`select code from unnest(${wanted}::text[]) as w (code)
      where not exists (select from catalog.category c where c.code = w.code)`,
  );
  if (missing[0] !== undefined) refuse('category.not_found', { category: missing[0].code });
  if (rows.every((row) => row.category !== undefined)) return;
  await run(
    ctx.tx,
    sql`insert into catalog.category (code, name, name_en, position) values ('other', '其他', 'Other', 999) on conflict do nothing`,
  );
}

/** A free address for each product: the one given, else one made of its name; made distinct by its code when another has it. */
async function chooseSlugs(ctx: Ctx, rows: readonly ProductRow[]): Promise<Map<string, string>> {
  const wanted = rows.map((row) => ({ code: row.code, slug: row.slug ?? slugOf(row) }));
  const taken = await run(
    ctx.tx,
    sql<{
      code: string;
      slug: string;
    }>`select code, slug from catalog.product where slug = any(${wanted.map((row) => row.slug)}::text[])
      union all select p.code, f.slug from catalog.former_slug f join catalog.product p on p.id = f.product_id
      where f.slug = any(${wanted.map((row) => row.slug)}::text[])`,
  );
  const owner = new Map(taken.map((row) => [row.slug, row.code]));
  return new Map(
    wanted.map(({ code, slug }) => {
      const isFree = (owner.get(slug) ?? code) === code;
      if (isFree) owner.set(slug, code);
      return [code, isFree ? slug : distinctSlug(slug, code)];
    }),
  );
}

const writeProducts = (ctx: Ctx, rows: readonly (ProductRow & { newSlug: string | undefined })[]) =>
  run(
    ctx.tx,
    sql<{ id: string; isNew: boolean }>`
      insert into catalog.product as p (code, slug, name, name_en, summary, summary_en, description, description_en, brand, category, line, state,
        specs, storage, created_at, updated_at)
      select g.code, coalesce(case when g.slug is not null then g."newSlug" end, o.slug, g."newSlug"), g.name,
        coalesce(g."nameEn", o.name_en, ''), coalesce(g.summary, o.summary, ''), coalesce(g."summaryEn", o.summary_en, ''),
        coalesce(g.description, o.description, ''), coalesce(g."descriptionEn", o.description_en, ''), coalesce(g.brand, o.brand, ''),
        coalesce(g.category, o.category, 'other'), coalesce(g.line, o.line, 'general'), coalesce(g.state, o.state, 'active'),
        coalesce(g.specs, o.specs, '[]'), coalesce(g.storage, o.storage, 'ambient'), ${ctx.now}, ${ctx.now}
      from jsonb_to_recordset(${json(rows.map((row) => ({ ...row, variants: undefined, images: undefined })))})
        as g (code text, slug text, "newSlug" text, name text, "nameEn" text, summary text, "summaryEn" text, description text,
          "descriptionEn" text, brand text, category text, line text, state text, specs jsonb, storage text)
      left join catalog.product o on o.code = g.code
      order by g.code
      on conflict (code) do update set slug = excluded.slug, name = excluded.name, name_en = excluded.name_en, summary = excluded.summary,
        summary_en = excluded.summary_en, description = excluded.description, description_en = excluded.description_en, brand = excluded.brand,
        category = excluded.category, line = excluded.line, state = excluded.state, specs = excluded.specs, storage = excluded.storage, updated_at = excluded.updated_at,
        version = p.version + 1
      where (p.slug, p.name, p.name_en, p.summary, p.summary_en, p.description, p.description_en, p.brand, p.category, p.line, p.state, p.specs, p.storage)
        is distinct from (excluded.slug, excluded.name, excluded.name_en, excluded.summary, excluded.summary_en, excluded.description,
          excluded.description_en, excluded.brand, excluded.category, excluded.line, excluded.state, excluded.specs, excluded.storage)
      returning new.id, old.id is null as "isNew"`,
  );

async function idsOf(ctx: Ctx, rows: readonly ProductRow[]): Promise<Map<string, string>> {
  const found = await run(
    ctx.tx,
    sql<{
      code: string;
      id: string;
    }>`select code, id from catalog.product where code = any(${rows.map((row) => row.code)}::text[])`,
  );
  return new Map(found.map((row) => [row.code, row.id]));
}

function* slices(ids: readonly string[]): Generator<string[]> {
  for (let start = 0; start < ids.length; start += eventMax) yield ids.slice(start, start + eventMax);
}
