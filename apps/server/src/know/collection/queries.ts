import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { Plan } from './plan.ts';
import type { SourceKind } from './sort-out.ts';
import { collection } from './tables.ts';
import type { KeptEvent } from './wire.ts';

export interface Sender {
  writeKey: string;
  name: string;
  channel: string;
  kind: SourceKind;
}

/** Every source that may send now. */
export async function listSenders(tx: Tx): Promise<Sender[]> {
  return collection(tx)
    .selectFrom('source')
    .select(['write_key as writeKey', 'name', 'channel', 'kind'])
    .where('is_active', '=', true)
    .execute();
}

/** The tracking plan as it stands. */
export async function readPlan(tx: Tx): Promise<Plan> {
  const rows = await collection(tx)
    .selectFrom('planned_event')
    .select(['name', 'properties', 'is_enforced as isEnforced', 'is_server_only as isServerOnly'])
    .execute();
  return new Map(rows.map(({ name, ...plan }) => [name, plan]));
}

/** A place in the log of batches: everything up to and including (xid, seq). */
export interface LogPlace {
  xid: string;
  seq: number;
}

export interface StoredBatch {
  xid: string;
  seq: number;
  channel: string;
  receivedAt: Date;
  events: KeptEvent[];
}

/**
 * Where a reader that stands at `after` may read to next: as many batches as hold about `eventsMax` events (at least one batch), none of
 * a transaction that an older one still running could precede. Undefined when there is nothing new.
 */
export async function nextPlace(
  tx: Tx,
  after: LogPlace,
  eventsMax: number,
): Promise<(LogPlace & { entries: number }) | undefined> {
  const rows = await run(
    tx,
    sql<{ xid: string; seq: number; eventCount: number }>`select xid::text, id as seq, event_count as "eventCount"
      from collection.batch
      where (xid, id) > (${after.xid}::xid8, ${after.seq}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by collection.batch.xid, id limit 500`,
  );
  let events = 0;
  let place: (LogPlace & { entries: number }) | undefined;
  for (const { xid, seq, eventCount } of rows) {
    if (place !== undefined && events + eventCount > eventsMax) break;
    events += eventCount;
    place = { xid, seq, entries: (place?.entries ?? 0) + 1 };
  }
  return place;
}

/** The batches after one place up to another, in log order. The same two places always give the same batches. */
export async function batchesBetween(tx: Tx, after: LogPlace, upto: LogPlace): Promise<StoredBatch[]> {
  const rows = await run(
    tx,
    sql<{ xid: string; seq: number; channel: string; receivedAt: Date; events: string }>`
      select xid::text, id as seq, channel, received_at as "receivedAt", events from collection.batch
      where (xid, id) > (${after.xid}::xid8, ${after.seq}::bigint) and (xid, id) <= (${upto.xid}::xid8, ${upto.seq}::bigint)
      order by collection.batch.xid, id`,
  );
  return rows.map((row) => ({ ...row, events: JSON.parse(row.events) as KeptEvent[] }));
}

/** When the oldest batch after a place was received; undefined when none waits. */
export async function oldestBatchAfter(tx: Tx, after: LogPlace): Promise<Date | undefined> {
  const [row] = await run(
    tx,
    sql<{ at: Date }>`select received_at as at from collection.batch where (xid, id) > (${after.xid}::xid8, ${after.seq}::bigint)
      order by collection.batch.xid, id limit 1`,
  );
  return row?.at;
}
