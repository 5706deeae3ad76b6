import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Fen, Id, Instant, page, paging, Sku } from './values.ts';

export const productLines = ['apparel', 'food', 'appliance', 'general'] as const;
export const ProductLine = z.enum(productLines);
export const productStates = ['draft', 'active', 'retired'] as const;
export const ProductState = z.enum(productStates);

/** A slug path: a child's code starts with its parent's, `apparel/tshirts` below `apparel`. */
export const CategoryCode = z
  .string()
  .max(120)
  .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/);
export const Slug = z
  .string()
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

const Name = z.string().trim().min(1).max(200);
const NameEn = z.string().trim().max(200);

/** What sets a variant apart: 颜色 / Colour = 红 / Red. */
export const VariantOption = z.object({
  name: z.string().trim().min(1).max(40),
  nameEn: z.string().trim().max(40),
  value: z.string().trim().min(1).max(80),
  valueEn: z.string().trim().max(80),
});
/** One line of a product's table of facts: 材质 / Material = 棉 / Cotton. */
export const Spec = VariantOption;

export const Image = z.object({
  /** A path below the origin, or an absolute address. */
  src: z.string().min(1).max(500),
  alt: z.string().max(200),
  altEn: z.string().max(200),
  width: z.int().min(1),
  height: z.int().min(1),
});
/** A picture of the whole product, or of one variant. */
export const ProductImage = Image.extend({ sku: Sku.nullable() });

export const Category = z.object({
  code: CategoryCode,
  parent: CategoryCode.nullable(),
  name: Name,
  nameEn: NameEn,
  position: z.int(),
  /** Active products in it and below it. */
  productCount: z.int(),
});

export const Variant = z.object({
  sku: Sku,
  options: z.array(VariantOption).max(5),
  barcode: z.string().max(32).nullable(),
  weightGrams: z.int().min(0).nullable(),
  /** Standard cost of one unit without VAT, fen. */
  costFen: Fen.min(0),
  /** VAT inside the price, basis points: 1300 = 13 %. */
  taxRateBp: z.int().min(0).max(10_000),
  shelfLifeDays: z.int().min(1).nullable(),
  isLotTracked: z.boolean(),
  isSerialised: z.boolean(),
  /** How long one is under warranty from the day it is sent; null is not at all. */
  warrantyMonths: z.int().min(1).max(600).nullable().optional(),
  state: z.enum(['active', 'retired']),
});

export const Product = z.object({
  id: Id,
  /** 货号: the firm's own number of the product. */
  code: z.string().trim().min(1).max(64),
  slug: Slug,
  name: Name,
  nameEn: NameEn,
  summary: z.string().max(500),
  summaryEn: z.string().max(500),
  description: z.string().max(20_000),
  descriptionEn: z.string().max(20_000),
  brand: z.string().max(80),
  category: CategoryCode,
  line: ProductLine,
  state: ProductState,
  specs: z.array(Spec).max(60),
  variants: z.array(Variant).min(1).max(200),
  images: z.array(ProductImage).max(60),
  createdAt: Instant,
  updatedAt: Instant,
  /** Counts edits; an edit names the version it saw. */
  version: z.int(),
});

export const ProductRow = z.object({
  id: Id,
  code: z.string(),
  slug: Slug,
  name: z.string(),
  nameEn: z.string(),
  brand: z.string(),
  category: CategoryCode,
  line: ProductLine,
  state: ProductState,
  variantCount: z.int(),
  image: Image.nullable(),
  updatedAt: Instant,
});

const ProductForm = Product.omit({ id: true, createdAt: true, updatedAt: true, version: true }).extend({ slug: Slug.optional() });

export const listCategories = endpoint({
  method: 'GET',
  path: '/catalog/categories',
  summary: 'The category tree with its product counts',
  access: { permission: 'catalog.view' },
  reply: z.object({ items: z.array(Category) }),
  errors: [],
});

export const saveCategory = endpoint({
  method: 'POST',
  path: '/catalog/categories',
  summary: 'Add a category or change its names',
  access: { permission: 'catalog.edit' },
  body: Category.omit({ productCount: true, parent: true }),
  reply: Category,
  errors: ['category.not_found'],
});

export const listProducts = endpoint({
  method: 'GET',
  path: '/catalog/products',
  summary: 'Products by words, SKU, category and state',
  access: { permission: 'catalog.view' },
  query: z.object({
    search: z.string().max(100).optional(),
    category: CategoryCode.optional(),
    line: ProductLine.optional(),
    state: ProductState.optional(),
    ...paging,
  }),
  reply: page(ProductRow),
  errors: [],
});

export const getProduct = endpoint({
  method: 'GET',
  path: '/catalog/products/:id',
  summary: 'A product with its variants and pictures',
  access: { permission: 'catalog.view' },
  params: z.object({ id: Id }),
  reply: Product,
  errors: ['product.not_found'],
});

export const createProduct = endpoint({
  method: 'POST',
  path: '/catalog/products',
  summary: 'Add a product',
  access: { permission: 'catalog.edit' },
  body: ProductForm,
  reply: Product,
  errors: ['product.exists', 'category.not_found'],
  idempotent: true,
});

export const editProduct = endpoint({
  method: 'PUT',
  path: '/catalog/products/:id',
  summary: 'Change a product; its old address keeps leading to it',
  access: { permission: 'catalog.edit' },
  params: z.object({ id: Id }),
  body: ProductForm.extend({ version: z.int() }),
  reply: Product,
  errors: ['product.not_found', 'product.exists', 'product.changed', 'category.not_found'],
});

export const KitComponent = z.object({ sku: Sku, quantity: z.int().min(1).max(1000) });

/** Several units sold as one SKU. */
export const Kit = z.object({
  sku: Sku,
  productId: Id,
  name: z.string(),
  nameEn: z.string(),
  components: z.array(KitComponent.extend({ name: z.string(), nameEn: z.string(), options: z.array(VariantOption) })),
});

export const listKits = endpoint({
  method: 'GET',
  path: '/catalog/kits',
  summary: 'Kits and what they are made of, by SKU; or those that hold one SKU',
  access: { permission: 'catalog.view' },
  query: z.object({ component: Sku.optional(), ...paging }),
  reply: page(Kit),
  errors: [],
});

export const getKit = endpoint({
  method: 'GET',
  path: '/catalog/kits/:sku',
  summary: 'What a SKU is made of; nothing when it is no kit',
  access: { permission: 'catalog.view' },
  params: z.object({ sku: Sku }),
  reply: Kit,
  errors: ['sku.not_found'],
});

export const saveKit = endpoint({
  method: 'PUT',
  path: '/catalog/kits/:sku',
  summary: 'Make a SKU a kit of these components, or an ordinary SKU again with none. Orders placed before keep what they were',
  access: { permission: 'catalog.edit' },
  params: z.object({ sku: Sku }),
  body: z.object({
    components: z
      .array(KitComponent)
      .max(30)
      .refine((list) => new Set(list.map((one) => one.sku)).size === list.length, { message: 'a component is named twice' }),
  }),
  reply: Kit,
  errors: ['sku.not_found', 'kit.nested'],
});
