import type { catalog as contract } from '@tongshang/contract';
import type { Generated, JSONColumnType } from 'kysely';
import type * as z from 'zod';
import { openSchema, type Tx } from '../../platform/db.ts';

export type Line = z.output<typeof contract.ProductLine>;
export type ProductState = z.output<typeof contract.ProductState>;
export type Option = z.output<typeof contract.VariantOption>;

interface CategoryTable {
  code: string;
  parent: string | null;
  name: string;
  name_en: Generated<string>;
  position: Generated<number>;
}

interface ProductTable {
  id: Generated<string>;
  code: string;
  slug: string;
  name: string;
  name_en: Generated<string>;
  summary: Generated<string>;
  summary_en: Generated<string>;
  description: Generated<string>;
  description_en: Generated<string>;
  brand: Generated<string>;
  category: string;
  line: Generated<Line>;
  state: Generated<ProductState>;
  specs: JSONColumnType<Option[]>;
  storage: Generated<'ambient' | 'chilled' | 'frozen'>;
  created_at: Date;
  updated_at: Date;
  version: Generated<number>;
}

interface FormerSlugTable {
  slug: string;
  product_id: string;
}

interface VariantTable {
  sku: string;
  product_id: string;
  options: JSONColumnType<Option[]>;
  barcode: string | null;
  weight_grams: number | null;
  cost_fen: Generated<number>;
  tax_rate_bp: Generated<number>;
  shelf_life_days: number | null;
  is_lot_tracked: Generated<boolean>;
  is_serialised: Generated<boolean>;
  warranty_months: number | null;
  state: Generated<'active' | 'retired'>;
  position: Generated<number>;
  is_kit: Generated<boolean>;
}

interface KitComponentTable {
  kit_sku: string;
  sku: string;
  quantity: number;
}

interface MediaTable {
  id: Generated<string>;
  product_id: string;
  sku: string | null;
  path: string;
  alt: Generated<string>;
  alt_en: Generated<string>;
  width: number;
  height: number;
  position: number;
}

interface SearchTable {
  product_id: string;
  document: string;
  names: string;
}

interface Tables {
  category: CategoryTable;
  product: ProductTable;
  former_slug: FormerSlugTable;
  variant: VariantTable;
  kit_component: KitComponentTable;
  media: MediaTable;
  search: SearchTable;
}

export const catalog = (tx: Tx) => openSchema<Tables>(tx, 'catalog');
