import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';

interface SourceTable {
  write_key: string;
  name: string;
  channel: string;
  is_active: Generated<boolean>;
  created_at: Generated<Date>;
}

interface BatchTable {
  id: Generated<number>;
  /** xid8, as text: it orders batches by the transaction that wrote them. */
  xid: Generated<string>;
  source: string;
  channel: string;
  event_count: number;
  /** A JSON array of KeptEvent. Text, not jsonb: written once, read once, and free to hold any character. */
  events: string;
  received_at: Date;
}

interface Tables {
  source: SourceTable;
  batch: BatchTable;
}

export const collection = (tx: Tx) => openSchema<Tables>(tx, 'collection');
