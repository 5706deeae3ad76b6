import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { Storage } from '../delivery/index.ts';
import type { FulfilmentKind, FulfilmentState, Recipient, RejectReason } from './fulfilment.ts';

interface BinTable {
  location: string;
  sku: string;
  bin: string;
}

interface PickListTable {
  id: Generated<string>;
  number: string;
  location: string;
  state: Generated<'open' | 'done' | 'abandoned'>;
  picker: string;
  started_at: Date;
  done_at: Date | null;
}

interface ManifestTable {
  id: Generated<string>;
  number: string;
  location: string;
  carrier: string;
  handed_over_at: Date;
  handed_over_by: string;
}

interface FulfilmentTable {
  id: string;
  number: string;
  location: string;
  kind: FulfilmentKind;
  state: FulfilmentState;
  channel: string;
  buyer_key: string;
  address_key: string;
  merge_key: string | null;
  recipient: Recipient;
  storage: Generated<Storage>;
  grams: Generated<number>;
  carrier: string | null;
  service: string | null;
  tracking_number: string | null;
  parcel_id: string | null;
  pickup_code: string | null;
  pick_list_id: string | null;
  manifest_id: string | null;
  reject_reason: RejectReason | null;
  dispatch_by: Date | null;
  promised_on: string | null;
  keep_until: string | null;
  created_at: Date;
  changed_at: Date;
  packed_at: Date | null;
  left_at: Date | null;
  version: Generated<number>;
}

interface FulfilmentLineTable {
  fulfilment_id: string;
  order_id: string;
  order_number: string;
  line_no: number;
  sku: string;
  sold_sku: Generated<string>;
  per_sold: Generated<number>;
  quantity: number;
  picked: Generated<number>;
  packed: Generated<number>;
}

interface PackedUnitTable {
  id: Generated<string>;
  fulfilment_id: string;
  order_id: string;
  line_no: number;
  sku: string;
  lot: string | null;
  serial: string | null;
  quantity: number;
  at: Date;
  actor: string;
}

interface HistoryTable {
  id: Generated<string>;
  fulfilment_id: string;
  state: FulfilmentState;
  what: string;
  details: Generated<Record<string, unknown>>;
  actor: string;
  at: Date;
}

interface Tables {
  bin: BinTable;
  pick_list: PickListTable;
  manifest: ManifestTable;
  fulfilment: FulfilmentTable;
  fulfilment_line: FulfilmentLineTable;
  packed_unit: PackedUnitTable;
  history: HistoryTable;
}

export const warehouse = (tx: Tx) => openSchema<Tables>(tx, 'warehouse');
