import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

export type ReturnSource = 'live' | 'import' | 'demo';

interface ReturnTable {
  id: Generated<string>;
  number: string;
  order_id: string | null;
  channel: string;
  store: string | null;
  customer_id: string | null;
  external_id: string | null;
  source: ReturnSource;
  reason: string;
  note: string | null;
  currency: string;
  refund_fen: number;
  received_at: Date;
  actor: string;
}

interface LineTable {
  return_id: string;
  line_no: number;
  order_id: string | null;
  order_line_no: number | null;
  sku: string;
  product_id: string | null;
  category: string | null;
  name: string;
  quantity: number;
  amount_fen: number;
  tax_fen: number;
  unit_cost_fen: number;
  is_restocked: boolean;
}

interface Tables {
  return: ReturnTable;
  line: LineTable;
}

export const returns = (tx: Tx) => openSchema<Tables>(tx, 'returns');
