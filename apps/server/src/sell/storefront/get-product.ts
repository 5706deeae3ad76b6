import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { cardOf, variantOf } from './card.ts';
import { inOrder, type Shelf } from './shelf.ts';
import type { Window } from './window.ts';

const relatedMax = 8;

/**
 * A product page as of this moment. A former address answers too, with the present one in `slug`. Where there is none, `refuseMissing`
 * says why.
 */
export async function getProduct(
  window: Window,
  slug: string,
  refuseMissing: (slug: string) => Promise<never>,
): Promise<z.input<typeof contract.ShopProduct>> {
  const [product, shelves] = await Promise.all([window.product(slug), window.shelves()]);
  if (product === undefined) return refuseMissing(slug);
  const related = await window.cards(shelves, relatedTo(shelves.shelf, product));

  const moment = await window.moment([
    ...product.variants.map((variant) => variant.sku),
    ...related.flatMap((card) => card.skus),
  ]);
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

/** What can be had of the same category, newest first, then of the category above; each part stops after a few looks. */
function relatedTo(shelf: Shelf, { productId, category }: { productId: string; category: string }): number[] {
  const own = shelf.positions.get(productId);
  const found: number[] = [];
  for (const within of new Set([category, parentOf(category)])) {
    for (const position of inOrder(shelf, 'newest', within)) {
      if (found.length === relatedMax) return found;
      if (position !== own && shelf.isInStock[position] === true && !found.includes(position)) found.push(position);
    }
  }
  return found;
}

const parentOf = (category: string): string => category.split('/').slice(0, -1).join('/') || category;
