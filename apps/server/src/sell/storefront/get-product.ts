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

/** Others of the same category that can be had, then of the category above. */
const findRelated = (tx: Tx, { productId, category }: { productId: string; category: string }): Promise<CardFacts[]> =>
  run(
    tx,
    sql<CardFacts>`select c.display->>'name' as name, c.display->>'nameEn' as "nameEn", c.display->'options' as options, c.display->'images' as images,
        array(select jsonb_array_elements_text(c.display->'skus')) as skus, c.product_id as "productId", c.slug, c.brand, c.category
      from storefront.card c
      where c.price_fen is not null and c.product_id <> ${productId} and ${within(category.split('/').slice(0, -1).join('/') || category)}
      order by c.category = ${category} desc, c.is_in_stock desc, c.created_at desc, c.product_id desc limit ${relatedMax}`,
  );
