import type { stream as contract } from '@tongshang/contract';
import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { Facts } from './facts.ts';
import type { Amounts, BucketKey } from './late/buckets.ts';
import type { Grain } from './late/lateness.ts';

export type FeedName = 'events' | 'behaviour';

interface GenerationTable {
  is_only: Generated<boolean>;
  number: number;
  started_at: Date;
}

interface BatchTable {
  feed: FeedName;
  generation: number;
  number: number;
  after_xid: string;
  after_seq: number;
  upto_xid: string;
  upto_seq: number;
  entries: number;
  recorded_at: Generated<Date>;
  inserted_at: Date | null;
}

interface LateEntryTable {
  id: Generated<string>;
  feed: FeedName;
  xid: string;
  seq: number;
  day: string;
  what: string;
  ref: string;
  channel: string;
  store: string;
  happened_at: Date;
  arrived_at: Date;
  entries: number;
  units: number;
  amount_fen: number;
  rows: Partial<Facts>;
  state: Generated<(typeof contract.lateStates)[number]>;
  reason: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  version: Generated<number>;
}

interface BucketVersionTable {
  id: Generated<string>;
  source: BucketKey['source'];
  grain: Grain;
  starts_at: Date;
  channel: string;
  store: string;
  category: string;
  sku: string;
  campaign: string;
  event: string;
  version: number;
  batch: string;
  reopened_at: Date;
  before: Amounts;
  after: Amounts;
}

interface LateMarkTable {
  feed: FeedName;
  xid: string;
  seq: number;
}

interface CampaignTouchTable {
  visitor_id: string;
  at: Date;
  campaign: string;
  known_at: Date;
}

interface ReconciliationTable {
  id: Generated<string>;
  started_at: Date;
  finished_at: Date | null;
  asked_by: string;
  from_day: string;
  to_day: string;
  outcome: Generated<contract.Outcome>;
  checks: Generated<number>;
}

interface DifferenceTable {
  reconciliation_id: string;
  row_no: number;
  what: contract.CheckName;
  day: string;
  measure: string;
  expected: number;
  found: number;
  found_after: number | null;
  ids: string[];
  repair: contract.Repair;
}

interface Tables {
  generation: GenerationTable;
  batch: BatchTable;
  late_mark: LateMarkTable;
  late_entry: LateEntryTable;
  bucket_version: BucketVersionTable;
  campaign_touch: CampaignTouchTable;
  reconciliation: ReconciliationTable;
  difference: DifferenceTable;
}

export const stream = (tx: Tx) => openSchema<Tables>(tx, 'stream');
