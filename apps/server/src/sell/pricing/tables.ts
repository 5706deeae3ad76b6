import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { PriceKind } from './price.ts';

interface PriceTable {
  id: Generated<string>;
  sku: string;
  channel: string | null;
  kind: PriceKind;
  customer_group: string | null;
  from_quantity: Generated<number>;
  amount_fen: number;
  currency: Generated<string>;
  valid_from: Date;
  valid_to: Date | null;
  wanted_to: Date | null;
  cause: string;
  created_by: string;
  created_at: Date;
}

interface Tables {
  price: PriceTable;
}

export const pricing = (tx: Tx) => openSchema<Tables>(tx, 'pricing');
