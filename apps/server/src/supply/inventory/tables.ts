import type { counts, inventory as contract, transfers, valuation } from '@tongshang/contract';
import type { Generated } from 'kysely';
import type { LotTables } from './lot/lot-tables.ts';
import { openSchema, type Tx } from '../../platform/db.ts';

interface LocationTable {
  code: string;
  name: string;
  name_en: string;
  kind: 'warehouse' | 'store';
  position: Generated<number>;
}

interface StockTable {
  sku: string;
  location: string;
  on_hand: Generated<number>;
  promised: Generated<number>;
  unavailable: Generated<number>;
  buffer: Generated<number>;
  unit_cost_fen: Generated<number>;
  has_limits: Generated<boolean>;
  version: Generated<number>;
  changed: Generated<number>;
}

export type MovementKind = (typeof contract.movementKinds)[number];
export type Condition = (typeof contract.conditions)[number];
export type LandedCostKind = (typeof valuation.landedCostKinds)[number];
export type LandedCostBasis = (typeof valuation.landedCostBases)[number];

interface MovementTable {
  id: Generated<string>;
  sku: string;
  location: string;
  kind: MovementKind;
  quantity: number;
  balance: number;
  unit_cost_fen: number;
  cause: string;
  actor: string;
  reason: string | null;
  lot: string | null;
  at: Date;
}

interface ReservationTable {
  order_id: string;
  line_no: number;
  sku: string;
  location: string;
  channel: Generated<string>;
  quantity: number;
  shipped: Generated<number>;
  state: Generated<'held' | 'shipped' | 'released'>;
  at: Date;
}

interface UnavailableTable {
  sku: string;
  location: string;
  condition: Condition;
  lot: Generated<string>;
  quantity: number;
}

interface ConditionMoveTable {
  id: Generated<string>;
  sku: string;
  location: string;
  lot: Generated<string>;
  from_condition: Condition | 'sellable' | 'away';
  to_condition: Condition | 'sellable' | 'away';
  quantity: number;
  cause: string;
  actor: string;
  reason: string | null;
  at: Date;
}

interface TransferTable {
  id: Generated<string>;
  number: Generated<string>;
  from_location: string;
  to_location: string;
  state: Generated<(typeof transfers.transferStates)[number]>;
  expected_on: string;
  cause: Generated<string>;
  note: string | null;
  requested_by: string;
  requested_at: Date;
  sent_by: string | null;
  sent_at: Date | null;
  received_by: string | null;
  received_at: Date | null;
  cancelled_by: string | null;
  cancelled_at: Date | null;
  cancel_reason: string | null;
}

interface TransferLineTable {
  transfer_id: string;
  line_no: number;
  sku: string;
  requested: number;
  sent: Generated<number>;
  received: Generated<number>;
  damaged: Generated<number>;
  lost: Generated<number>;
  reason: string | null;
  unit_cost_fen: Generated<number>;
  serials: Generated<string[]>;
}

interface TransferPartTable {
  transfer_id: string;
  line_no: number;
  lot: Generated<string>;
  expires_on: string | null;
  quantity: number;
}

interface CorrectionLimitTable {
  kind: (typeof contract.correctionKinds)[number];
  limit_fen: number;
  version: Generated<number>;
}

interface CorrectionTable {
  id: Generated<string>;
  number: Generated<string>;
  kind: (typeof contract.correctionKinds)[number];
  state: (typeof contract.correctionStates)[number];
  location: string | null;
  value_fen: number;
  limit_fen: number;
  units: number;
  reason: string;
  note: string | null;
  cause: string;
  count_id: string | null;
  proposed_by: string;
  proposer_ids: string[];
  proposed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision_note: string | null;
}

interface CorrectionLineTable {
  correction_id: string;
  line_no: number;
  sku: string;
  location: string;
  lot: string | null;
  expires_on: string | null;
  condition: Condition | null;
  before: number;
  change: number;
  unit_cost_fen: number;
  new_cost_fen: number | null;
}

interface CountTable {
  id: Generated<string>;
  number: Generated<string>;
  location: string;
  state: Generated<(typeof counts.countStates)[number]>;
  cause: Generated<string>;
  note: string | null;
  opened_by: string;
  opened_at: Date;
  counted_by: string | null;
  counter_id: string | null;
  counted_at: Date | null;
  recounted_by: string | null;
  recounter_id: string | null;
  recounted_at: Date | null;
  closed_at: Date | null;
  difference_fen: number | null;
  correction_id: string | null;
}

interface CountLineTable {
  count_id: string;
  line_no: number;
  sku: string;
  bin: string | null;
  lot: string | null;
  expires_on: string | null;
  is_asked: Generated<boolean>;
  first: number | null;
  second: number | null;
  expected: number | null;
  difference: number | null;
}

interface LandedCostTable {
  id: Generated<string>;
  number: Generated<string>;
  cause: string;
  kind: LandedCostKind;
  basis: LandedCostBasis;
  amount_fen: number;
  to_stock_fen: number;
  to_variance_fen: number;
  reference: string | null;
  note: string | null;
  actor: string;
  at: Date;
}

interface LandedCostPartTable {
  landed_cost_id: string;
  sku: string;
  received: number;
  units_left: number;
  share_fen: number;
  sold_fen: number;
  rounding_fen: number;
}

interface CostChangeTable {
  id: Generated<string>;
  landed_cost_id: string;
  sku: string;
  location: string | null;
  quantity: number;
  before_fen: number;
  after_fen: number;
  amount_fen: number;
  at: Date;
}

interface CostVarianceTable {
  id: Generated<string>;
  sku: string;
  location: string | null;
  kind: (typeof valuation.varianceKinds)[number];
  amount_fen: number;
  cause: string;
  at: Date;
}

interface DriftReportTable {
  id: Generated<string>;
  at: Date;
  actor: string;
  checked: number;
}

interface DriftRowTable {
  report_id: string;
  row_no: number;
  sku: string;
  location: string;
  what: (typeof valuation.driftWhats)[number];
  stored: number;
  summed: number;
  state: Generated<(typeof valuation.driftStates)[number]>;
  repaired_by: string | null;
  repaired_at: Date | null;
  note: string | null;
}

interface Tables extends LotTables {
  unavailable: UnavailableTable;
  condition_move: ConditionMoveTable;
  transfer: TransferTable;
  transfer_line: TransferLineTable;
  transfer_part: TransferPartTable;
  correction_limit: CorrectionLimitTable;
  correction: CorrectionTable;
  correction_line: CorrectionLineTable;
  count: CountTable;
  count_line: CountLineTable;
  landed_cost: LandedCostTable;
  landed_cost_part: LandedCostPartTable;
  cost_change: CostChangeTable;
  cost_variance: CostVarianceTable;
  drift_report: DriftReportTable;
  drift_row: DriftRowTable;
  location: LocationTable;
  stock: StockTable;
  movement: MovementTable;
  reservation: ReservationTable;
}

export const inventory = (tx: Tx) => openSchema<Tables>(tx, 'inventory');
