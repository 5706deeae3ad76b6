import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { PurchaseState } from './purchase.ts';

interface SupplierTable {
  code: string;
  name: string;
  lead_time_days: number;
}

interface SupplyTermTable {
  sku: string;
  supplier: string;
  unit_cost_fen: number;
  minimum_quantity: Generated<number>;
  pack_size: Generated<number>;
  lead_time_days: number | null;
  is_preferred: Generated<boolean>;
}

interface RequestTable {
  id: Generated<string>;
  number: string;
  supplier: string;
  location: string;
  state: PurchaseState;
  cause: string;
  expected_on: string;
  note: string | null;
  closed_reason: string | null;
  created_by: string;
  created_at: Date;
  changed_at: Date;
}

interface RequestLineTable {
  request_id: string;
  line_no: number;
  sku: string;
  quantity: number;
  received: Generated<number>;
  unit_cost_fen: number;
}

interface ReceiptTable {
  id: Generated<string>;
  request_id: string;
  note: string | null;
  received_by: string;
  received_at: Date;
}

interface ReceiptLineTable {
  receipt_id: string;
  position: number;
  line_no: number;
  sku: string;
  quantity: number;
  lot: string | null;
  expires_on: string | null;
  serials: Generated<string[]>;
}

interface Tables {
  supplier: SupplierTable;
  supply_term: SupplyTermTable;
  request: RequestTable;
  request_line: RequestLineTable;
  receipt: ReceiptTable;
  receipt_line: ReceiptLineTable;
}

export const purchasing = (tx: Tx) => openSchema<Tables>(tx, 'purchasing');
