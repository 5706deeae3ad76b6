import { sql } from 'kysely';
import * as z from 'zod';
import { listProductIds, showProducts } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { job, jobType } from '../../platform/jobs.ts';
import { isInStock, lowestPrice } from './card.ts';
import { momentOf } from './moment.ts';

const batch = 500;

/** Makes the cards of these products what catalogue, prices and stock say now; only cards that differ are written. */
export async function refreshCards(ctx: Ctx, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return;
  const products = [...(await showProducts(ctx.tx, productIds)).values()];
  const moment = await momentOf(
    ctx.tx,
    products.flatMap((product) => product.skus),
    ctx.now,
  );

  const rows = products.map(({ name, nameEn, options, images, skus, ...product }) => ({
    ...product,
    options: options.flatMap((option) => option.values.map(({ value }) => `${option.name}:${value}`)),
    optionsEn: options.flatMap((option) => option.values.map(({ valueEn }) => `${option.nameEn}:${valueEn}`)),
    priceFen: lowestPrice(skus, moment),
    isInStock: isInStock(skus, moment),
    display: { name, nameEn, options, images, skus },
  }));

  await run(
    ctx.tx,
    sql`insert into storefront.card as c (product_id, slug, category, crumbs, brand, options, options_en, price_fen, is_in_stock, display,
        created_at, updated_at)
      select "productId", slug, category, crumbs, brand, options, "optionsEn", "priceFen", "isInStock", display,
        "createdAt", "updatedAt"
      from jsonb_to_recordset(${json(rows)}) as g ("productId" uuid, slug text, category text, crumbs jsonb, brand text, options text[],
        "optionsEn" text[], "priceFen" bigint, "isInStock" boolean, display jsonb, "createdAt" timestamptz, "updatedAt" timestamptz)
      order by "productId"
      on conflict (product_id) do update set slug = excluded.slug, category = excluded.category, crumbs = excluded.crumbs, brand = excluded.brand,
        options = excluded.options, options_en = excluded.options_en, price_fen = excluded.price_fen, is_in_stock = excluded.is_in_stock,
        display = excluded.display, updated_at = excluded.updated_at, changed = default
      where (c.slug, c.category, c.crumbs, c.brand, c.options, c.options_en, c.price_fen, c.is_in_stock, c.display, c.updated_at)
        is distinct from (excluded.slug, excluded.category, excluded.crumbs, excluded.brand, excluded.options, excluded.options_en,
          excluded.price_fen, excluded.is_in_stock, excluded.display, excluded.updated_at)`,
  );
  const shown = new Set(products.map((product) => product.productId));
  const gone = productIds.filter((id) => !shown.has(id));
  if (gone.length === 0) return;
  await run(
    ctx.tx, // taken off the shelf, not deleted: whoever follows the cards must see it go
    sql`update storefront.card set price_fen = null, is_in_stock = false, display = jsonb_set(display, '{skus}', '[]'), changed = default
      where product_id = any(${gone}::uuid[]) and display->'skus' <> '[]'`,
  );
}

export const refreshAllCards = jobType('storefront/refresh-all-cards', z.object({}));

/** Makes every card anew, a batch a transaction; for what touches them all, and once a night for what nobody foresaw. Safe to run twice. */
export const refreshAllCardsJob = job(refreshAllCards, async ({ inTx, signal }) => {
  let after: string | undefined;
  do {
    after = await inTx(async (ctx) => {
      const ids = await listProductIds(ctx.tx, { after, limit: batch });
      await refreshCards(ctx, ids);
      return ids.length === batch ? ids.at(-1) : undefined;
    });
  } while (after !== undefined && !signal.aborted);
});
