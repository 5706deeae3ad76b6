import type { collection as contract } from '@tongshang/contract';
import type { Generated, JSONColumnType } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { SourceKind } from './sort-out.ts';

interface SourceTable {
  write_key: string;
  name: string;
  channel: string;
  kind: Generated<SourceKind>;
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
  /** A JSON array of KeptEvent. Text, not jsonb: written once, read once, and free to hold any character. Null: they lie in a slot of the log. */
  events: string | null;
  received_at: Date;
  log_seq: number | null;
  log_part: number | null;
  log_id: string | null;
  /** Places in the slot of events that had been taken before, and of those that joined a visitor to a customer. */
  skipped: number[] | null;
  joining: number[] | null;
}

interface SeenTable {
  week: number;
  key: string;
}

interface BadEventTable {
  id: Generated<string>;
  key: string;
  source: string;
  channel: string;
  source_kind: SourceKind;
  event_name: string | null;
  message_id: string | null;
  reasons: contract.BadReason[];
  /** JSON text, as it was sent. */
  event: string;
  mended: string | null;
  sent_at: string | null;
  /** Whom our own cookie named. */
  visitor_id: string | null;
  received_at: Date;
  state: Generated<(typeof contract.badEventStates)[number]>;
  version: Generated<number>;
  settled_by: string | null;
  settled_at: Date | null;
  note: string | null;
}

interface BadDayTable {
  day: string;
  source: string;
  events: number;
}

interface PlannedEventTable {
  name: string;
  properties: JSONColumnType<contract.PlannedProperty[]>;
  is_enforced: Generated<boolean>;
  is_server_only: Generated<boolean>;
  version: Generated<number>;
  changed_by: Generated<string>;
  changed_at: Generated<Date>;
}

interface ViolationTable {
  day: string;
  source: string;
  event: string;
  property: string;
  problem: contract.PlanProblem;
  times: number;
  last_at: Date;
  message_id: string;
}

interface VisitorTable {
  visitor_id: string;
  customer_id: string;
  source: string;
  joined_at: Date;
}

interface IdentityConflictTable {
  id: Generated<string>;
  visitor_id: string;
  customer_id: string;
  other_customer_id: string;
  source: string;
  times: Generated<number>;
  first_at: Date;
  last_at: Date;
}

interface Tables {
  source: SourceTable;
  batch: BatchTable;
  seen: SeenTable;
  bad_event: BadEventTable;
  bad_day: BadDayTable;
  planned_event: PlannedEventTable;
  violation: ViolationTable;
  visitor: VisitorTable;
  identity_conflict: IdentityConflictTable;
}

export const collection = (tx: Tx) => openSchema<Tables>(tx, 'collection');
