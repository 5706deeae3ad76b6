import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { DecisionState, Playbook, Stage, StepKind } from './decision.ts';

interface SettingTable {
  playbook: Playbook;
  version: number;
  params: unknown;
  changed_by: string;
  changed_at: Date;
}

interface DecisionTable {
  id: Generated<string>;
  number: string;
  playbook: Playbook;
  entity_kind: 'sku' | 'category';
  entity_key: string;
  entity_name: string;
  entity_name_en: string;
  signal_id: string | null;
  state: DecisionState;
  amount_fen: number;
  cause: unknown;
  proposal: unknown;
  expected: unknown;
  effect: unknown;
  setting_version: number;
  proposed_by_kind: 'staff' | 'system';
  proposed_by_id: string;
  proposed_by: string;
  proposed_at: Date;
  expires_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  purchase_id: string | null;
  superseded_by: string | null;
  effective_from: Date | null;
  effective_to: Date | null;
  measure_at: Date | null;
  version: Generated<number>;
}

interface StepTable {
  id: Generated<string>;
  decision_id: string;
  at: Date;
  stage: Stage;
  what: StepKind;
  actor_kind: 'staff' | 'system';
  actor: string;
  rule: string | null;
  note: string | null;
  details: Generated<Record<string, unknown>>;
}

interface ArmTable {
  decision_id: string;
  sku: string;
  name: string;
  name_en: string;
  category: string;
  arm: 'treated' | 'control' | 'dropped';
  old_price_fen: number;
  new_price_fen: number | null;
  floor_fen: number;
  unit_cost_fen: number;
  tax_rate_bp: number;
  available: number;
  daily_units: number;
  is_open: Generated<boolean>;
}

interface Tables {
  setting: SettingTable;
  decision: DecisionTable;
  step: StepTable;
  arm: ArmTable;
}

export const playbooks = (tx: Tx) => openSchema<Tables>(tx, 'playbooks');
