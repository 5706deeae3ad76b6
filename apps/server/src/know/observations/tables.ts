import type { observations as contract } from '@tongshang/contract';
import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

interface LineTable {
  id: Generated<string>;
  name: contract.ObservableName;
  channel: string;
  campaign: string;
}

interface FileTable {
  id: Generated<string>;
  name: string;
  rows: number;
  recorded: number;
  corrected: number;
  unchanged: number;
  bad: number;
  recorded_by: string;
  recorded_at: Date;
}

interface ObservationTable {
  id: Generated<string>;
  line_id: string;
  from_on: string;
  to_on: string;
  version: number;
}

interface VersionTable {
  observation_id: string;
  version: number;
  value: number;
  cases: number | null;
  source: string;
  note: string | null;
  is_withdrawn: boolean;
  file_id: string | null;
  recorded_by: string;
  recorded_at: Date;
}

interface Tables {
  line: LineTable;
  file: FileTable;
  observation: ObservationTable;
  version: VersionTable;
}

export const observations = (tx: Tx) => openSchema<Tables>(tx, 'observations');
