import type { imports as contract } from '@tongshang/contract';
import type { ColumnType, Generated } from 'kysely';
import type * as z from 'zod';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { Mapping } from './columns/columns.ts';

export type Kind = z.output<typeof contract.ImportKind>;
export type State = z.output<typeof contract.ImportState>;
export type Options = z.output<typeof contract.ImportOptions>;
export type Effect = z.output<typeof contract.ImportEffect>;
export type LedgerSum = z.output<typeof contract.LedgerSum>;
export type BadReason = z.output<typeof contract.BadRowReason>;
export type EntryClass = 'fee' | 'discount' | 'freight_refund' | 'adjustment' | 'stock_correction';

/** jsonb: read as what it holds, written as text. */
type Json<T> = ColumnType<T, string, string>;
type JsonWithDefault<T> = ColumnType<T, string | undefined, string>;

export interface JobTable {
  id: Generated<string>;
  kind: Kind;
  state: State;
  file_name: string;
  size_bytes: number;
  text_bytes: number;
  format: 'csv' | 'xlsx';
  is_gzip: boolean;
  sheets: Json<string[]>;
  headers: Json<string[]>;
  mapping: Json<Mapping>;
  options: Json<Options>;
  source: string;
  phase: 'reading' | 'landing' | null;
  is_read: Generated<boolean>;
  read_bytes: Generated<number>;
  rows_total: number | null;
  rows_read: Generated<number>;
  rows_landed: Generated<number>;
  rows_good: Generated<number>;
  rows_unchanged: Generated<number>;
  rows_bad: Generated<number>;
  blocks: Generated<number>;
  next_block: Generated<number>;
  effects: JsonWithDefault<Effect[]>;
  ledger: JsonWithDefault<LedgerSum[]>;
  preview: Json<{ rows: number; isWhole: boolean; effects: Effect[] } | null>;
  failure: Json<{ reason: string } | null>;
  attempt: Generated<number>;
  created_by: string;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

interface FilePartTable {
  job_id: string;
  part_no: number;
  bytes: Buffer;
}

interface BlockTable {
  job_id: string;
  block_no: number;
  part_no: number;
  rows: number;
  body: Buffer;
}

interface BadRowTable {
  job_id: string;
  row_no: number;
  cells: Json<string[]>;
  reasons: Json<BadReason[]>;
}

interface EntryTable {
  channel: string;
  document: string;
  position: number;
  job_id: string;
  row_no: number;
  class: EntryClass;
  code: string;
  text: string;
  quantity: number;
  amount_fen: number;
  customer: string | null;
  at: Date;
}

interface RememberedTable {
  kind: Kind;
  source: string;
  headers_hash: string;
  mapping: Json<Mapping>;
  options: Json<Options>;
  chosen_at: Date;
}

interface CancellationTable {
  channel: string;
  document: string;
  job_id: string;
}

interface Tables {
  job: JobTable;
  file_part: FilePartTable;
  block: BlockTable;
  bad_row: BadRowTable;
  entry: EntryTable;
  remembered: RememberedTable;
  cancellation: CancellationTable;
}

export const imports = (tx: Tx) => openSchema<Tables>(tx, 'imports');
