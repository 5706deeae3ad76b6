import type { metrics as contract } from '@tongshang/contract';
import type { JSONColumnType } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

interface DefinitionTable {
  name: string;
  version: number;
  valid_from: string | null;
  body: JSONColumnType<contract.MetricBody>;
  note: string;
  shipped_revision: number | null;
  published_by: string;
  published_by_name: string | null;
  published_at: Date;
}

interface Tables {
  definition: DefinitionTable;
}

export const metrics = (tx: Tx) => openSchema<Tables>(tx, 'metrics');
