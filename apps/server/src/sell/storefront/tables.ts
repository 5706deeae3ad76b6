import type { Generated, JSONColumnType } from 'kysely';
import type { ShownProduct } from '../../base/catalog/index.ts';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { Display } from './card.ts';

interface CardTable {
  product_id: string;
  slug: string;
  category: string;
  crumbs: JSONColumnType<ShownProduct['crumbs']>;
  brand: string;
  options: string[];
  options_en: string[];
  price_fen: number | null;
  is_in_stock: boolean;
  display: JSONColumnType<Display>;
  created_at: Date;
  updated_at: Date;
  changed: Generated<string>;
}

interface Tables {
  card: CardTable;
}

export const storefront = (tx: Tx) => openSchema<Tables>(tx, 'storefront');
