import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

interface ProductRequestTable {
  id: Generated<string>;
  key: string;
  text: string;
  note: string | null;
  language: string;
  visitor_id: string;
  customer_id: string | null;
  day: string;
  state: Generated<'open' | 'planned' | 'declined' | 'done'>;
  reason: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  version: Generated<number>;
  at: Date;
}

interface Tables {
  product_request: ProductRequestTable;
}

export const insight = (tx: Tx) => openSchema<Tables>(tx, 'insight');
