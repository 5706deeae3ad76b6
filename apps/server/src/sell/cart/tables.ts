import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { StoredLine, StoredTerms } from './cart.ts';

interface CartTable {
  id: Generated<string>;
  customer_id: string | null;
  visitor_id: string | null;
  version: Generated<number>;
  lines: StoredLine[];
  terms: StoredTerms;
  hold_id: string | null;
  hold_expires_at: Date | null;
  hold_renewals: Generated<number>;
  updated_at: Date;
}

interface Tables {
  cart: CartTable;
}

export const cart = (tx: Tx) => openSchema<Tables>(tx, 'cart');
