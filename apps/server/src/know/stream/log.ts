import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { LogPlace } from '../collection/index.ts';

export interface LoggedEvent {
  name: string;
  payload: unknown;
  at: Date;
}

const eventsAtOnceMax = 2_000;

/**
 * Where a reader of the house's log that stands at `after` may read to next: events worth about `weightMax` orders or movements (at least
 * one event). Only transactions older than every one still running count, so one that commits late is never stepped over.
 */
export async function nextEventPlace(
  tx: Tx,
  after: LogPlace,
  weightMax: number,
): Promise<(LogPlace & { entries: number }) | undefined> {
  const rows = await run(
    tx,
    sql<{ xid: string; seq: number; weight: number }>`
      select event.xid::text as xid, seq, greatest(1, coalesce(jsonb_array_length(
          coalesce(payload -> 'orderIds', payload -> 'returnIds', payload -> 'movements', payload -> 'productIds')), 1)) as weight
      from platform.event
      where (event.xid, seq) > (${after.xid}::xid8, ${after.seq}::bigint) and event.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by event.xid, seq limit ${eventsAtOnceMax}`,
  );
  let weights = 0;
  let place: (LogPlace & { entries: number }) | undefined;
  for (const { xid, seq, weight } of rows) {
    if (place !== undefined && weights + weight > weightMax) break;
    weights += weight;
    place = { xid, seq, entries: (place?.entries ?? 0) + 1 };
  }
  return place;
}

/** The events after one place up to another, in log order. The same two places always give the same events. */
export const eventsBetween = (tx: Tx, after: LogPlace, upto: LogPlace): Promise<LoggedEvent[]> =>
  run(
    tx,
    sql<LoggedEvent>`select name, payload, at from platform.event
      where (event.xid, seq) > (${after.xid}::xid8, ${after.seq}::bigint) and (event.xid, seq) <= (${upto.xid}::xid8, ${upto.seq}::bigint)
      order by event.xid, seq`,
  );

/** When the oldest event after a place was recorded; undefined when none waits. */
export async function oldestAfter(tx: Tx, after: LogPlace): Promise<Date | undefined> {
  const [row] = await run(
    tx,
    sql<{
      at: Date;
    }>`select recorded_at as at from platform.event where (event.xid, seq) > (${after.xid}::xid8, ${after.seq}::bigint)
      order by event.xid, seq limit 1`,
  );
  return row?.at;
}
