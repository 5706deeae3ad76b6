import type { Generated } from 'kysely';

interface LotTable {
  id: Generated<string>;
  sku: string;
  location: string;
  code: string;
  expires_on: string | null;
  on_hand: number;
  allocated: Generated<number>;
  is_recalled: Generated<boolean>;
  /** Made by the database of the two: recalled is before all time, no last day is beyond it. */
  usable_until: Generated<string>;
}

interface AllocationTable {
  order_id: string;
  line_no: number;
  sku: string;
  location: string;
  lot: string;
  quantity: number;
  at: Date;
}

interface DispatchTable {
  order_id: string;
  cause: string;
  line_no: number;
  sku: string;
  location: string;
  lot: string | null;
  quantity: number;
  unit_cost_fen: number;
  at: Date;
}

interface TakebackTable {
  order_id: string;
  cause: string;
  line_no: number;
  sku: string;
  location: string;
  lot: string | null;
  quantity: number;
  is_sellable: boolean;
  at: Date;
}

interface ChannelRuleTable {
  channel: string;
  sku: Generated<string>;
  minimum_life_days: number | null;
  buffer: number | null;
  changed_by: string;
  changed_at: Date;
}

interface EarmarkTable {
  id: Generated<string>;
  kind: 'earmark' | 'quota';
  sku: string;
  location: string;
  channel: string;
  campaign: Generated<string>;
  units: number;
  taken: Generated<number>;
  starts_at: Date;
  ends_at: Date;
  ended_at: Date | null;
  created_by: string;
  created_at: Date;
  ended_by: string | null;
}

interface SafetyStockTable {
  sku: string;
  location: string;
  changed_by: string;
  changed_at: Date;
}

interface EarmarkUseTable {
  order_id: string;
  line_no: number;
  earmark_id: string;
  quantity: number;
}

interface AheadTable {
  sku: string;
  location: string;
  from_day: string;
  units_max: number;
  promised: Generated<number>;
  changed_by: string;
  changed_at: Date;
}

interface AheadPromiseTable {
  order_id: string;
  line_no: number;
  sku: string;
  location: string;
  from_day: string;
  channel: string;
  quantity: number;
  state: Generated<'waiting' | 'covered' | 'released'>;
  at: Date;
}

interface SerialTable {
  sku: string;
  serial: string;
  location: string | null;
  state: 'in_stock' | 'shipped';
  order_id: string | null;
  warranty_until: string | null;
  changed_at: Date;
}

interface SerialEventTable {
  id: Generated<string>;
  sku: string;
  serial: string;
  what: 'received' | 'shipped' | 'returned' | 'moved' | 'removed';
  location: string | null;
  order_id: string | null;
  cause: string;
  actor: string;
  warranty_until: string | null;
  at: Date;
}

interface RecallTable {
  id: Generated<string>;
  number: string;
  sku: string;
  lot: string;
  reason: string;
  state: Generated<'open' | 'closed' | 'lifted'>;
  started_by: string;
  started_at: Date;
  ended_by: string | null;
  ended_at: Date | null;
  end_reason: string | null;
}

/** Lots, serial numbers and what limits a channel: part of schema "inventory". */
export interface LotTables {
  lot: LotTable;
  serial: SerialTable;
  allocation: AllocationTable;
  dispatch: DispatchTable;
  takeback: TakebackTable;
  channel_rule: ChannelRuleTable;
  safety_stock: SafetyStockTable;
  earmark: EarmarkTable;
  earmark_use: EarmarkUseTable;
  ahead: AheadTable;
  ahead_promise: AheadPromiseTable;
  serial_event: SerialEventTable;
  recall: RecallTable;
}
