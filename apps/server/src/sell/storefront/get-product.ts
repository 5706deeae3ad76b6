import type { storefront as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findProductBySlug } from '../../base/catalog/index.ts';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { type CardFacts, cardOf, variantOf } from './card.ts';
import { within } from './list-products.ts';
import { momentOf } from './moment.ts';

const relatedMax = 8;

/** A product page as of this moment, in four statements. A former address answers too, with the present one in `slug`. Refuses `product.not_found`. */
export async function getProduct(tx: Tx, slug: string, at: Date): Promise<z.input<typeof contract.ShopProduct>> {
  const product = await findProductBySlug(tx, slug);
  if (product === undefined) return refuse('product.not_found', { slug });
  const related = await findRelated(tx, product);

  const moment = await momentOf(
    tx,
    [...product.variants.map((variant) => variant.sku), ...related.flatMap((card) => card.skus)],
    at,
  );
  return {
    id: product.productId,
    slug: product.slug,
    name: product.name,
    nameEn: product.nameEn,
    summary: product.summary,
    summaryEn: product.summaryEn,
    description: product.description,
    descriptionEn: product.descriptionEn,
    brand: product.brand,
    line: product.line,
    category: product.category,
    crumbs: product.crumbs,
    specs: product.specs,
    images: product.pictures,
    options: product.options,
    variants: product.variants
      .map((variant) => variantOf(variant, moment))
      .filter((variant) => variant.disabledReason !== 'not_for_sale'),
    related: related.flatMap((card) => cardOf(card, moment) ?? []),
    updatedAt: product.updatedAt,
  };
}

/** What can be had of the same category, newest first, then of the category above; each part stops at an index after a few rows. */
const findRelated = (tx: Tx, { productId, category }: { productId: string; category: string }): Promise<CardFacts[]> =>
  run(
    tx,
    sql<CardFacts>`select c.display->>'name' as name, c.display->>'nameEn' as "nameEn",
        c.display->'options' as options, c.display->'images' as images,
        array(select jsonb_array_elements_text(c.display->'skus')) as skus, c.product_id as "productId", c.slug, c.brand, c.category
      from (
        (select c.*, 0 as distance from storefront.card c where c.category = ${category} and ${others(productId)} ${newest})
        union all
        (select c.*, 1 from storefront.card c where ${within(parentOf(category))} and c.category <> ${category} and ${others(productId)} ${newest})
      ) c order by distance, created_at desc, product_id desc limit ${relatedMax}`,
  );

const others = (productId: string) => sql`c.price_fen is not null and c.is_in_stock and c.product_id <> ${productId}`;
const newest = sql`order by c.created_at desc, c.product_id desc limit ${relatedMax}`;
const parentOf = (category: string): string => category.split('/').slice(0, -1).join('/') || category;
