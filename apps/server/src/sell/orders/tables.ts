import type { Adjustment, Applied, orders as contract, routing } from '@tongshang/contract';
import type { Generated, Selectable } from 'kysely';
import type * as z from 'zod';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { FrozenComponent } from './frozen.ts';
import type { Attention, HoldReason, OrderSource, OrderState, Recipient, TimelineKind } from './order.ts';

type Invoice = z.output<typeof contract.InvoiceForOrder>;
type ReviewRule = z.output<typeof routing.ReviewRule>;
type StoredParcel = { parcelNo: number; recipient: Recipient };

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
  points_fen: Generated<number>;
  points_spent: Generated<number>;
  freight_list_fen: Generated<number>;
  cancelled_fen: Generated<number>;
  coupon_codes: Generated<string[]>;
  buyer_key: string | null;
  applied: Generated<Applied[]>;
  invoice: Invoice | null;
  parcels: StoredParcel[] | null;
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
  /** A person had to do something before it was released. */
  touched_at: Date | null;
  pickup_at: string | null;
  promised_on: string | null;
  /** Only of imported orders. */
  campaign: string | null;
}

export type OrderRow = Selectable<OrderTable>;

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
  adjustments: Generated<Adjustment[]>;
  is_gift: Generated<boolean>;
  parcel_no: Generated<number>;
  components: FrozenComponent[] | null;
  expected_on: string | null;
}

interface LineCancellationTable {
  id: Generated<string>;
  order_id: string;
  line_no: number;
  quantity: number;
  amount_fen: number;
  tax_fen: number;
  points: number;
  at: Date;
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

interface HoldTable {
  id: Generated<string>;
  order_id: string;
  reason: HoldReason;
  details: Generated<Record<string, unknown>>;
  raised_at: Date;
  raised_by: string;
  released_at: Date | null;
  released_by: string | null;
  note: string | null;
}

interface ReviewRulesTable {
  only_one: Generated<boolean>;
  rules: ReviewRule[];
  version: Generated<number>;
  changed_at: Date;
  changed_by: string;
}

interface SubstitutionTable {
  id: Generated<string>;
  order_id: string;
  line_no: number;
  sku: string;
  substitute_sku: string;
  quantity: number;
  refund_fen: number;
  state: (typeof contract.substitutionStates)[number];
  at: Date;
  settled_at: Date | null;
}

interface BulkRunTable {
  id: Generated<string>;
  action: (typeof contract.bulkActions)[number];
  reason: string | null;
  state: Generated<(typeof contract.bulkRunStates)[number]>;
  total: number;
  staff_id: string;
  staff_name: string;
  started_at: Date;
  finished_at: Date | null;
}

interface BulkRowTable {
  run_id: string;
  seq: number;
  order_id: string;
  number: string;
  state: Generated<(typeof contract.bulkRowStates)[number]>;
  problem: string | null;
}

interface Tables {
  bulk_run: BulkRunTable;
  bulk_row: BulkRowTable;
  hold: HoldTable;
  review_rules: ReviewRulesTable;
  substitution: SubstitutionTable;
  order: OrderTable;
  line: LineTable;
  line_cancellation: LineCancellationTable;
  timeline: TimelineTable;
}

export const orders = (tx: Tx) => openSchema<Tables>(tx, 'orders');
