import * as z from 'zod';
import { CategoryCode, Image, ProductImage, ProductLine, Slug, Spec, VariantOption } from './catalog.ts';
import { DeliveryPromise } from './delivery.ts';
import { endpoint } from './endpoint.ts';
import { Fen, Id, Instant, LocationCode, Sku } from './values.ts';

/** The online shop as a channel: its prices, orders and figures carry this code. */
export const shopChannel = 'shop';
/** Where the shop's parcels leave from: what it shows as in stock and what it promises are of this place. */
export const shopLocation = 'WH1';

/** One value or several of the same query parameter: `?brand=a&brand=b`. */
const several = z
  .union([z.string().max(120), z.array(z.string().max(120)).max(40)])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()));

export const Crumb = z.object({ code: CategoryCode, name: z.string(), nameEn: z.string() });

export const ShopCategory = Crumb.extend({
  parent: CategoryCode.nullable(),
  /** Products for sale in it and below it. */
  count: z.int(),
});

const OptionValues = z.object({
  name: z.string(),
  nameEn: z.string(),
  values: z.array(z.object({ value: z.string(), valueEn: z.string() })),
});

/** A product in a list. Prices and stock are those of this moment. */
export const Card = z.object({
  id: Id,
  slug: Slug,
  name: z.string(),
  nameEn: z.string(),
  brand: z.string(),
  category: CategoryCode,
  /** The lowest price of its variants. */
  priceFen: Fen,
  priceMaxFen: Fen,
  /** The struck price when a mark-down runs. */
  listFen: Fen.nullable(),
  /** When the present price of the lowest variant ends, if that is known. */
  priceEndsAt: Instant.nullable(),
  isInStock: z.boolean(),
  image: Image.nullable(),
  imageSecond: Image.nullable(),
  options: z.array(OptionValues),
});

export const sorts = ['recommended', 'newest', 'price_asc', 'price_desc'] as const;

const FacetValue = z.object({ value: z.string(), valueEn: z.string(), count: z.int() });
/** What the list can be narrowed by; a facet's counts follow the other filters, not its own. */
export const Facets = z.object({
  categories: z.array(Crumb.extend({ count: z.int() })),
  brands: z.array(z.object({ value: z.string(), count: z.int() })),
  options: z.array(z.object({ name: z.string(), nameEn: z.string(), values: z.array(FacetValue) })),
  /** Half-open bands [fromFen, toFen); the last is open. */
  prices: z.array(z.object({ fromFen: Fen, toFen: Fen.nullable(), count: z.int() })),
  inStock: z.int(),
});

export const listProducts = endpoint({
  method: 'GET',
  path: '/shop/products',
  summary: 'Products for sale: search, category, filters with counts, sort, pages',
  access: 'public',
  query: z.object({
    text: z.string().trim().max(100).optional(),
    category: CategoryCode.optional(),
    brand: several,
    /** `name:value`, `颜色:红`; several values of one name widen, several names narrow. */
    option: several,
    priceMinFen: z.coerce.number().int().min(0).optional(),
    priceMaxFen: z.coerce.number().int().min(0).optional(),
    only: z.enum(['in_stock']).optional(),
    sort: z.enum(sorts).default('recommended'),
    page: z.coerce.number().int().min(1).max(500).default(1),
    limit: z.coerce.number().int().min(1).max(60).default(24),
  }),
  reply: z.object({
    items: z.array(Card),
    total: z.int(),
    page: z.int(),
    pages: z.int(),
    crumbs: z.array(Crumb),
    facets: Facets,
    /** True when nothing matched the words exactly and likenesses are shown. */
    isApproximate: z.boolean(),
    /** True when more was found than is ranked and counted: say "3,000+", not "3,000". */
    isCut: z.boolean(),
  }),
  errors: ['category.not_found'],
});

export const ShopVariant = z.object({
  sku: Sku,
  options: z.array(VariantOption),
  priceFen: Fen.nullable(),
  /** The struck price when a mark-down runs. */
  listFen: Fen.nullable(),
  /** When the present price ends, if that is known. */
  priceEndsAt: Instant.nullable(),
  available: z.int(),
  /** Why it cannot be bought now. */
  disabledReason: z.enum(['sold_out', 'not_for_sale']).nullable(),
  weightGrams: z.int().nullable(),
});

export const ShopProduct = z.object({
  id: Id,
  /** The address it has now; another one was asked for when they differ: redirect. */
  slug: Slug,
  name: z.string(),
  nameEn: z.string(),
  summary: z.string(),
  summaryEn: z.string(),
  description: z.string(),
  descriptionEn: z.string(),
  brand: z.string(),
  line: ProductLine,
  category: CategoryCode,
  crumbs: z.array(Crumb),
  specs: z.array(Spec),
  images: z.array(ProductImage),
  options: z.array(OptionValues),
  variants: z.array(ShopVariant),
  related: z.array(Card),
  updatedAt: Instant,
});

export const getProduct = endpoint({
  method: 'GET',
  path: '/shop/products/:slug',
  summary: 'A product page: variants with price, stock and why one cannot be bought',
  access: 'public',
  params: z.object({ slug: Slug }),
  reply: ShopProduct,
  errors: ['product.not_found', 'product.retired'],
});

export const arrivalOf = endpoint({
  method: 'GET',
  path: '/shop/products/:slug/arrival',
  summary: 'The day by which one unit of a product’s SKU would be there',
  access: 'public',
  params: z.object({ slug: Slug }),
  query: z.object({ sku: Sku }),
  reply: DeliveryPromise,
  errors: ['product.not_found', 'sku.not_found'],
});

export const stockByStore = endpoint({
  method: 'GET',
  path: '/shop/products/:slug/stores',
  summary: 'What each store has of a product on its shelves, variant by variant; stores without any are named too',
  access: 'public',
  params: z.object({ slug: Slug }),
  reply: z.object({
    items: z.array(
      z.object({
        code: LocationCode,
        name: z.string(),
        nameEn: z.string(),
        variants: z.array(z.object({ sku: Sku, available: z.int() })),
      }),
    ),
  }),
  errors: ['product.not_found'],
});

export const showSkus = endpoint({
  method: 'GET',
  path: '/shop/skus',
  summary:
    'Picture, choices and present address of SKUs, also of those sold no more (their address is null); unknown ones are absent',
  access: 'public',
  query: z.object({
    sku: z
      .union([Sku, z.array(Sku).max(200)])
      .optional()
      .transform((value) => (value === undefined ? [] : [value].flat())),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        sku: Sku,
        name: z.string(),
        nameEn: z.string(),
        slug: Slug.nullable(),
        options: z.array(VariantOption),
        image: Image.nullable(),
      }),
    ),
  }),
  errors: [],
});

export const suggest = endpoint({
  method: 'GET',
  path: '/shop/suggestions',
  summary: 'At most 8 suggestions while typing: terms, categories, products',
  access: 'public',
  query: z.object({ text: z.string().trim().min(1).max(100) }),
  reply: z.object({
    terms: z.array(z.string()),
    categories: z.array(Crumb.extend({ count: z.int() })),
    products: z.array(z.object({ slug: Slug, name: z.string(), nameEn: z.string(), priceFen: Fen, image: Image.nullable() })),
  }),
  errors: [],
});

export const listCategories = endpoint({
  method: 'GET',
  path: '/shop/categories',
  summary: 'The category tree with counts of products for sale, parents before children',
  access: 'public',
  reply: z.object({ items: z.array(ShopCategory) }),
  errors: [],
});

export const getShopTerms = endpoint({
  method: 'GET',
  path: '/shop/terms',
  summary: 'What the shop charges for delivery: a fee a parcel, free from an amount of goods; the rule that prices carts',
  access: 'public',
  reply: z.object({ freight: z.object({ feeFen: Fen, freeFromFen: Fen }) }),
  errors: [],
});

export const listSitemap = endpoint({
  method: 'GET',
  path: '/shop/sitemap',
  summary: 'Addresses of all products for sale',
  access: 'public',
  query: z.object({ after: z.string().optional(), limit: z.coerce.number().int().min(1).max(10_000).default(5000) }),
  reply: z.object({ items: z.array(z.object({ slug: Slug, updatedAt: Instant })), next: z.string().nullable() }),
  errors: [],
});
