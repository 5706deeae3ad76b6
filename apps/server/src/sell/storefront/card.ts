// The rules of what the shop shows, pure: a product with the prices and stock of this moment.
import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { PublicProduct, ShownProduct } from '../../base/catalog/index.ts';
import type { EffectivePrice } from '../pricing/index.ts';

export type Card = z.input<typeof contract.Card>;
type ShopVariant = z.input<typeof contract.ShopVariant>;

/** What a card shows whatever the price: copied from the catalogue, so that a list needs no second look there. */
export type Display = Pick<ShownProduct, 'name' | 'nameEn' | 'options' | 'images' | 'skus'>;

export interface CardFacts extends Display {
  productId: string;
  slug: string;
  brand: string;
  category: string;
}

/** What is true now: which SKUs have a price, which can be had. */
export interface Moment {
  prices: ReadonlyMap<string, EffectivePrice>;
  stock: ReadonlyMap<string, number>;
}

/** A card with the prices and stock of this moment; undefined when none of its variants has a price. */
export function cardOf(facts: CardFacts, moment: Moment): Card | undefined {
  const prices = facts.skus.flatMap((sku) => moment.prices.get(sku) ?? []).toSorted((a, b) => a.amountFen - b.amountFen);
  const [lowest] = prices;
  const highest = prices.at(-1);
  if (lowest === undefined || highest === undefined) return undefined;
  return {
    id: facts.productId,
    slug: facts.slug,
    name: facts.name,
    nameEn: facts.nameEn,
    brand: facts.brand,
    category: facts.category,
    priceFen: lowest.amountFen,
    priceMaxFen: highest.amountFen,
    listFen: struck(lowest),
    priceEndsAt: lowest.validTo?.toISOString() ?? null,
    isInStock: isInStock(facts.skus, moment),
    image: facts.images[0] ?? null,
    imageSecond: facts.images[1] ?? null,
    options: facts.options,
  };
}

/** A variant that can be bought, or cannot and why. */
export function variantOf(
  { sku, options, weightGrams, state }: PublicProduct['variants'][number],
  { prices, stock }: Moment,
): ShopVariant {
  const price = prices.get(sku);
  const available = stock.get(sku) ?? 0;
  const isForSale = state === 'active' && price !== undefined;
  return {
    sku,
    options,
    weightGrams,
    priceFen: price?.amountFen ?? null,
    listFen: price === undefined ? null : struck(price),
    priceEndsAt: price?.validTo?.toISOString() ?? null,
    available: isForSale ? available : 0,
    disabledReason: !isForSale ? 'not_for_sale' : available > 0 ? null : 'sold_out',
  };
}

/** What lists sort by: the lowest price of its variants, fen; null without any. */
export function lowestPrice(skus: readonly string[], { prices }: Moment): number | null {
  const amounts = skus.flatMap((sku) => prices.get(sku)?.amountFen ?? []);
  return amounts.length === 0 ? null : Math.min(...amounts);
}

/** In stock: a variant that has a price can be had. */
export const isInStock = (skus: readonly string[], { prices, stock }: Moment): boolean =>
  skus.some((sku) => prices.has(sku) && (stock.get(sku) ?? 0) > 0);

const struck = ({ amountFen, listFen }: EffectivePrice): number | null => (listFen > amountFen ? listFen : null);
