import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

interface CartTable {
  id: Generated<string>;
  customer_id: string | null;
  visitor_id: string | null;
  version: Generated<number>;
  updated_at: Date;
}

interface LineTable {
  cart_id: string;
  sku: string;
  quantity: number;
  seen_price_fen: number;
  added_at: Date;
}

interface Tables {
  cart: CartTable;
  line: LineTable;
}

export const cart = (tx: Tx) => openSchema<Tables>(tx, 'cart');
