import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { EntityKind, WarningState } from './warning.ts';

interface RuleTable {
  id: Generated<string>;
  name: string;
  name_en: string;
  metric: string;
  entity: EntityKind;
  direction: 'below' | 'above';
  fire_level: number;
  clear_level: number;
  hold_minutes: number;
  against: 'level' | 'target';
  is_active: boolean;
  version: Generated<number>;
  changed_by: string;
  changed_at: Date;
  evaluated_at: Date | null;
}

interface RuleVersionTable {
  rule_id: string;
  version: number;
  body: unknown;
  changed_by: string;
  changed_at: Date;
}

interface SignalTable {
  id: Generated<string>;
  rule_id: string;
  rule_version: number;
  metric: string;
  entity: EntityKind;
  entity_key: string;
  direction: 'below' | 'above';
  fire_level: number;
  clear_level: number;
  fired_value: number;
  pending_since: Date;
  fired_at: Date;
  resolved_at: Date | null;
}

interface StateTable {
  rule_id: string;
  entity_key: string;
  state: WarningState;
  value: number | null;
  pending_since: Date | null;
  fired_at: Date | null;
  resolved_at: Date | null;
  signal_id: string | null;
  evaluated_at: Date;
}

interface Tables {
  rule: RuleTable;
  rule_version: RuleVersionTable;
  signal: SignalTable;
  state: StateTable;
}

export const warnings = (tx: Tx) => openSchema<Tables>(tx, 'warnings');
