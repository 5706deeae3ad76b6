import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { Scope } from './target.ts';

interface TargetTable {
  id: Generated<string>;
  metric: string;
  scope: Scope;
  scope_key: string;
  period: 'month' | 'day';
  starts_on: string;
  version: number;
}

interface VersionTable {
  target_id: string;
  version: number;
  value: number;
  weekday_weights: number[];
  note: string | null;
  set_by: string;
  set_at: Date;
}

interface Tables {
  target: TargetTable;
  version: VersionTable;
}

export const targets = (tx: Tx) => openSchema<Tables>(tx, 'targets');
