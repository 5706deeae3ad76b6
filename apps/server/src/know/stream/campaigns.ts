import { sql } from 'kysely';
import { json, run, type Tx } from '../../platform/db.ts';
import { addMs } from '../../platform/time.ts';
import type { Touch } from './late/expansion.ts';

/** A visitor who pays came by the campaign that brought them last within so long before it: a visit with its pauses. */
const windowMs = 24 * 3_600_000;

/** Remembers by which campaigns visitors came, and since when that is known. Told again, what is known stays. */
export async function keepTouches(tx: Tx, touches: readonly Touch[], knownAt: Date): Promise<void> {
  if (touches.length === 0) return;
  await run(
    tx,
    sql`insert into stream.campaign_touch (visitor_id, at, campaign, known_at)
      select t."visitorId", t.at, t.campaign, ${knownAt}
      from jsonb_to_recordset(${json(touches)}) as t ("visitorId" text, at timestamptz, campaign text) on conflict do nothing`,
  );
}

/**
 * By which campaign a visitor came before an instant; '' where none is known. Only what was known at that instant counts, so that an order
 * has the same campaign however often its rows are made.
 */
export async function campaignsOf(
  tx: Tx,
  purchases: readonly { visitorId: string; at: Date }[],
): Promise<(visitorId: string | null, at: Date) => string> {
  if (purchases.length === 0) return () => '';
  const first = addMs(new Date(Math.min(...purchases.map(({ at }) => at.getTime()))), -windowMs);
  const touches = await run(
    tx,
    sql<
      Touch & { knownAt: Date }
    >`select visitor_id as "visitorId", at, campaign, known_at as "knownAt" from stream.campaign_touch
      where visitor_id = any(${[...new Set(purchases.map(({ visitorId }) => visitorId))]}::text[]) and at > ${first}
      order by at desc, campaign`,
  );
  const byVisitor = Map.groupBy(touches, ({ visitorId }) => visitorId);
  return (visitorId, at) =>
    byVisitor
      .get(visitorId ?? '')
      ?.find((touch) => touch.at <= at && touch.knownAt <= at && at.getTime() - touch.at.getTime() < windowMs)?.campaign ?? '';
}
