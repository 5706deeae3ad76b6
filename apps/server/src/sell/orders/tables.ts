import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { Attention, OrderSource, OrderState, TimelineKind } from './order.ts';

interface OrderTable {
  id: Generated<string>;
  number: string;
  channel: string;
  store: string | null;
  customer_id: string | null;
  visitor_id: string | null;
  state: OrderState;
  attention: Attention | null;
  currency: string;
  goods_fen: number;
  freight_fen: number;
  discount_fen: number;
  tax_fen: number;
  total_fen: number;
  placed_at: Date;
  paid_at: Date | null;
  released_at: Date | null;
  shipped_at: Date | null;
  delivered_at: Date | null;
  cancelled_at: Date | null;
  cancel_reason: string | null;
  expires_at: Date | null;
  source: OrderSource;
  external_id: string | null;
  recipient_name: string | null;
  recipient_phone: string | null;
  region: string | null;
  address: string | null;
  note: string | null;
  access_token_hash: string | null;
  placement_key: string | null;
  carrier: string | null;
  tracking_number: string | null;
  version: Generated<number>;
}

interface LineTable {
  order_id: string;
  line_no: number;
  sku: string;
  product_id: string | null;
  category: string | null;
  name: string;
  name_en: string;
  quantity: number;
  list_fen: number;
  unit_fen: number;
  discount_fen: Generated<number>;
  amount_fen: number;
  tax_rate_bp: number;
  tax_fen: number;
  unit_cost_fen: number;
  location: string | null;
}

interface TimelineTable {
  id: Generated<string>;
  order_id: string;
  at: Date;
  actor_kind: 'staff' | 'shopper' | 'system';
  actor: string;
  what: TimelineKind;
  details: Record<string, unknown>;
}

interface Tables {
  order: OrderTable;
  line: LineTable;
  timeline: TimelineTable;
}

export const orders = (tx: Tx) => openSchema<Tables>(tx, 'orders');
