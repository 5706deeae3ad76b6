import { type RawBuilder, sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { Plan } from './plan.ts';
import type { EventLog, LogSlot } from './log/event-log.ts';
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

interface Stored {
  xid: string;
  seq: number;
  channel: string;
  receivedAt: Date;
}

export interface StoredBatch extends Stored {
  events: KeptEvent[];
}

/** A batch as its row says it: with its events, or with where they lie. */
export interface BatchRow extends Stored {
  events: string | null;
  slot: LogSlot | null;
  skipped: number[] | null;
  joining: number[] | null;
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

/** The rows of the batches after one place up to another, in log order. The same two places always give the same rows. */
export const rowsBetween = (tx: Tx, after: LogPlace, upto: LogPlace): Promise<BatchRow[]> =>
  rowsWhere(
    tx,
    sql`(xid, id) > (${after.xid}::xid8, ${after.seq}::bigint) and (xid, id) <= (${upto.xid}::xid8, ${upto.seq}::bigint)`,
  );

/** The rows of the batches for which something is true, in log order. */
export async function rowsWhere(tx: Tx, condition: RawBuilder<unknown>): Promise<BatchRow[]> {
  const rows = await run(
    tx,
    sql<BatchRow & { logSeq: number | null; logPart: number; logId: string }>`
      select xid::text, id as seq, channel, received_at as "receivedAt", events, log_seq as "logSeq", log_part as "logPart", log_id as "logId",
        skipped, joining from collection.batch where ${condition} order by collection.batch.xid, id`,
  );
  return rows.map(({ logSeq, logPart, logId, ...row }) => ({
    ...row,
    slot: logSeq === null ? null : { seq: logSeq, part: logPart, id: logId },
  }));
}

/** What rows stand for. The same rows always give the same batches, wherever their events lie; outside a transaction, as the log is elsewhere. */
export async function batchesOf(rows: readonly BatchRow[], log: EventLog): Promise<StoredBatch[]> {
  const parts = await log.read(rows.flatMap(({ slot }) => slot ?? []));
  let part = 0;
  return rows.map(({ events, slot, skipped, joining, ...row }) => {
    if (slot === null) return { ...row, events: JSON.parse(events ?? '[]') as KeptEvent[] };
    const sent = parts[part] ?? [];
    part += 1;
    for (const place of joining ?? []) if (sent[place] !== undefined) sent[place].isJoining = true;
    const left = new Set(skipped);
    return { ...row, events: sent.filter((_, place) => !left.has(place)) };
  });
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
