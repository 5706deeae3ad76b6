import type { catalog as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { productChanged } from './events.ts';
import { indexProducts } from './index-products.ts';
import { getProduct } from './queries.ts';
import { catalog } from './tables.ts';
import { upsertMedia } from './upsert-media.ts';
import { upsertProducts } from './upsert-products.ts';
import { upsertVariants } from './upsert-variants.ts';

type Form = z.output<typeof contract.createProduct.body>;
type EditForm = z.output<typeof contract.editProduct.body>;
type Product = z.input<typeof contract.Product>;

/** Adds one product. Refuses `product.exists` when its code, address or one of its SKUs is in use, and `category.not_found`. */
export async function createProduct(ctx: Ctx, form: Form): Promise<Product> {
  await checkFree(ctx, form, undefined);

  const [created] = await upsertProducts(ctx, [form]);
  if (created?.outcome !== 'new') refuse('product.exists', { code: form.code });

  return getProduct(ctx.tx, created.productId);
}

/**
 * Makes a product what the form says. Variants that the form no longer has are retired, never deleted: orders refer to them. A former
 * address keeps leading here. Refuses `product.changed` when somebody else edited it since this version.
 */
export async function editProduct(ctx: Ctx, id: string, { version, ...form }: EditForm): Promise<Product> {
  const db = catalog(ctx.tx);
  const before = await db.selectFrom('product').select(['slug', 'version']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (before === undefined) refuse('product.not_found', { id });
  if (before.version !== version) refuse('product.changed', { version: before.version });
  const category = await db.selectFrom('category').select('code').where('code', '=', form.category).executeTakeFirst();
  if (category === undefined) refuse('category.not_found', { category: form.category });
  await checkFree(ctx, form, id);

  const { slug = before.slug, variants, images, specs } = form;
  await db
    .updateTable('product')
    .set({ code: form.code, slug, name: form.name, name_en: form.nameEn, summary: form.summary, summary_en: form.summaryEn })
    .set({
      description: form.description,
      description_en: form.descriptionEn,
      brand: form.brand,
      category: form.category,
      line: form.line,
    })
    .set({ state: form.state, specs: json(specs) as never, updated_at: ctx.now, version: version + 1 })
    .where('id', '=', id)
    .execute();
  await keepAddress(ctx, id, before.slug, slug);
  await upsertVariants(
    ctx,
    variants.map((variant, position) => ({ ...variant, position, productId: id })),
  );
  await db
    .updateTable('variant')
    .set({ state: 'retired' })
    .where('product_id', '=', id)
    .where(sql<boolean>`sku <> all(${variants.map((variant) => variant.sku)}::text[])`)
    .execute();
  await upsertMedia(ctx, [{ productId: id, images }]);
  await indexProducts(ctx.tx, [id]);

  await emit(ctx, productChanged, { productIds: [id] });
  return getProduct(ctx.tx, id);
}

async function checkFree(ctx: Ctx, form: Form, id: string | undefined): Promise<void> {
  const skus = form.variants.map((variant) => variant.sku);
  const [taken] = await run(
    ctx.tx,
    sql<{
      found: Record<string, string>;
    }>`select jsonb_build_object('code', code) as found from catalog.product where code = ${form.code} and ${isOther('id', id)}
      union all select jsonb_build_object('slug', slug) from catalog.product where slug = ${form.slug ?? null} and ${isOther('id', id)}
      union all select jsonb_build_object('slug', slug) from catalog.former_slug where slug = ${form.slug ?? null} and ${isOther('product_id', id)}
      union all select jsonb_build_object('sku', sku) from catalog.variant where sku = any(${skus}::text[]) and ${isOther('product_id', id)}
      limit 1`,
  );
  if (taken !== undefined) refuse('product.exists', taken.found);
  const doubled = skus.find((sku, index) => skus.indexOf(sku) !== index);
  if (doubled !== undefined) refuse('product.exists', { sku: doubled });
}

const isOther = (column: 'id' | 'product_id', id: string | undefined) =>
  sql`${sql.ref(column)} is distinct from ${id ?? null}::uuid`;

async function keepAddress(ctx: Ctx, id: string, former: string, slug: string): Promise<void> {
  if (former === slug) return;
  const db = catalog(ctx.tx);
  await db.deleteFrom('former_slug').where('slug', '=', slug).where('product_id', '=', id).execute();
  await db
    .insertInto('former_slug')
    .values({ slug: former, product_id: id })
    .onConflict((oc) => oc.doNothing())
    .execute();
}
