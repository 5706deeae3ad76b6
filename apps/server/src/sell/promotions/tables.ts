import type { ConditionTree, Effect, GroupMode, PromotionStage } from '@tongshang/contract';
import type { ColumnType, Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { PromotionState, StepKind } from './promotion.ts';

interface RevisionTable {
  is_only: Generated<boolean>;
  token: string;
}

interface SettingTable {
  is_only: Generated<boolean>;
  second_person_above_fen: number;
  version: number;
  changed_by: string;
  changed_at: Date;
}

/** What somebody asked of a group whose promotions may cost more than one person decides. */
export interface GroupChange {
  mode: GroupMode;
  parentId: string | null;
  priority: number;
  byId: string;
  by: string;
  at: string;
}

interface GroupTable {
  id: Generated<string>;
  name: string;
  name_en: string;
  stage: PromotionStage;
  mode: GroupMode;
  parent_id: string | null;
  priority: number;
  version: Generated<number>;
  change: ColumnType<GroupChange | null, undefined, string | null>;
}

export interface PromotionTable {
  id: Generated<string>;
  number: Generated<string>;
  name: string;
  name_en: string;
  stage: PromotionStage;
  group_id: string | null;
  priority: number;
  when: ConditionTree;
  then: Effect;
  joins_exclusive: boolean;
  needs_code: boolean;
  starts_at: Date;
  ends_at: Date | null;
  budget_fen: number | null;
  uses_max: number | null;
  uses_per_customer: number | null;
  units_max: number | null;
  units_per_customer: number | null;
  expected_cost_fen: number;
  state: Generated<PromotionState>;
  version: Generated<number>;
  created_by_id: string;
  created_by: string;
  created_at: Date;
  changed_by_id: string;
  changed_by: string;
  changed_at: Date;
  approved_by_id: string | null;
  approved_by: string | null;
  approved_at: Date | null;
  rejected_reason: string | null;
  ended_at: Date | null;
}

interface BalanceTable {
  promotion_id: string;
  shard: number;
  spent_fen: Generated<number>;
  uses: Generated<number>;
  units: Generated<number>;
}

interface CustomerUseTable {
  scope: string;
  customer_key: string;
  uses: Generated<number>;
  units: Generated<number>;
}

export interface CouponBatchTable {
  id: Generated<string>;
  number: Generated<string>;
  name: string;
  promotion_id: string;
  kind: 'single' | 'multi';
  size: number;
  prefix: string;
  word: string | null;
  uses_per_code: number | null;
  uses_per_customer: number | null;
  valid_from: Date;
  valid_to: Date | null;
  valid_days: number | null;
  is_public: boolean;
  is_earned: Generated<boolean>;
  state: Generated<'making' | 'ready' | 'stopped'>;
  made: Generated<number>;
  given: Generated<number>;
  created_by_id: string;
  created_by: string;
  created_at: Date;
}

interface CouponTable {
  code: string;
  batch_id: string;
  position: number;
  customer_id: string | null;
  given_at: Date | null;
  valid_to: Date | null;
  earned_by: string | null;
  uses: Generated<number>;
}

interface ClaimTable {
  order_id: string;
  promotion_id: string;
  coupon_code: string;
  kind: 'taken' | 'returned';
  round: Generated<number>;
  batch_id: string | null;
  shard: number;
  customer_key: string;
  counts_customer: boolean;
  counts_batch: boolean;
  amount_fen: number;
  uses: number;
  units: number;
  goods_fen: number;
  tax_fen: number;
  cost_fen: number;
  at: Date;
}

interface StepTable {
  id: Generated<string>;
  promotion_id: string;
  what: StepKind;
  note: string | null;
  by_id: string;
  by: string;
  at: Date;
}

interface Tables {
  revision: RevisionTable;
  setting: SettingTable;
  group: GroupTable;
  promotion: PromotionTable;
  balance: BalanceTable;
  customer_use: CustomerUseTable;
  coupon_batch: CouponBatchTable;
  coupon: CouponTable;
  claim: ClaimTable;
  step: StepTable;
}

export const promotions = (tx: Tx) => openSchema<Tables>(tx, 'promotions');
