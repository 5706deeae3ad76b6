import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { LogPlace } from '../collection/index.ts';

export interface LoggedEvent {
  xid: string;
  seq: number;
  name: string;
  payload: unknown;
  at: Date;
}

const eventsAtOnceMax = 6_000;
/** An order, a return or a product out of an import weighs so much: it is told once, with everything that it is. */
const importedWeight = 12;

/**
 * Where a reader of the house's log that stands at `after` may read to next: events worth about `weightMax` (at least one event). Only
 * transactions older than every one still running count, so one that commits late is never stepped over.
 */
export async function nextEventPlace(
  tx: Tx,
  after: LogPlace,
  weightMax: number,
): Promise<(LogPlace & { entries: number }) | undefined> {
  const [place] = await run(
    tx,
    sql<LogPlace & { entries: number }>`with log as (
        select event.xid, seq, coalesce(${importedWeight} * jsonb_array_length(
          coalesce(payload -> 'orderIds', payload -> 'returnIds', payload -> 'movements', payload -> 'productIds')), 1) as weight
        from platform.event
        where (event.xid, seq) > (${after.xid}::xid8, ${after.seq}::bigint) and event.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by event.xid, seq limit ${eventsAtOnceMax}
      ), weighed as (
        select xid, seq, sum(weight) over so_far as weights, row_number() over so_far as entries
        from log window so_far as (order by xid, seq rows unbounded preceding)
      )
      select xid::text as xid, seq, entries from weighed where entries = 1 or weights <= ${weightMax} order by entries desc limit 1`,
  );
  return place;
}

/** The events after one place up to another, in log order. The same two places always give the same events. */
export const eventsBetween = (tx: Tx, after: LogPlace, upto: LogPlace): Promise<LoggedEvent[]> =>
  run(
    tx,
    sql<LoggedEvent>`select event.xid::text as xid, seq, name, payload, at from platform.event
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
