import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

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

interface Tables {
  generation: GenerationTable;
  batch: BatchTable;
}

export const stream = (tx: Tx) => openSchema<Tables>(tx, 'stream');
