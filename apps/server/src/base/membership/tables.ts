import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

interface TierTable {
  code: string;
  name: string;
  name_en: string;
  from_fen: number;
}

interface StandingTable {
  customer_id: string;
  tier: Generated<string>;
  points: Generated<number>;
  earned_fen: Generated<number>;
  expired_through: Generated<number>;
}

interface PointsLedgerTable {
  id: Generated<string>;
  customer_id: string;
  kind: 'earned' | 'spent' | 'returned' | 'adjusted' | 'expired';
  points: number;
  balance: number;
  goods_fen: Generated<number>;
  cause: string;
  order_id: string | null;
  actor: string;
  reason: string | null;
  at: Date;
}

interface Tables {
  tier: TierTable;
  standing: StandingTable;
  points_ledger: PointsLedgerTable;
}

export const membership = (tx: Tx) => openSchema<Tables>(tx, 'membership');
