import type { Generated } from 'kysely';
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
}

export type MovementKind = 'receipt' | 'shipment' | 'return' | 'adjustment' | 'opening' | 'import';

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
  quantity: number;
  state: Generated<'held' | 'shipped' | 'released'>;
  at: Date;
}

interface LotTable {
  id: Generated<string>;
  sku: string;
  location: string;
  code: string;
  expires_on: string | null;
  on_hand: number;
}

interface SerialTable {
  sku: string;
  serial: string;
  location: string | null;
  state: 'in_stock' | 'shipped';
  order_id: string | null;
  changed_at: Date;
}

interface Tables {
  location: LocationTable;
  stock: StockTable;
  movement: MovementTable;
  reservation: ReservationTable;
  lot: LotTable;
  serial: SerialTable;
}

export const inventory = (tx: Tx) => openSchema<Tables>(tx, 'inventory');
