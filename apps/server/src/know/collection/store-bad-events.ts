import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { dayOf } from '../../platform/time.ts';
import type { BadEvent, SourceKind } from './sort-out.ts';

export interface BadBatch {
  source: string;
  channel: string;
  kind: SourceKind;
  receivedAt: Date;
  sentAt: string | undefined;
  visitorId: string | undefined;
  bad: readonly BadEvent[];
}

/** So many a source and day are kept one by one; write keys are public, and nobody mends more. */
export const badEventsADayMax = 10_000;

/** Keeps bad events until somebody mends or discards them; one sent twice stands there once. Beyond a day's limit they are counted. */
export async function storeBadEvents(ctx: Ctx, batches: readonly BadBatch[]): Promise<void> {
  const bySource = Map.groupBy(
    batches.filter(({ bad }) => bad.length > 0),
    ({ source }) => source,
  );
  for (const source of [...bySource.keys()].toSorted()) {
    const rows = (bySource.get(source) ?? []).flatMap(({ bad, ...arrival }) => bad.map((one) => ({ ...arrival, ...one })));
    const before = await countBad(ctx, source, rows.length);
    const room = Math.max(0, badEventsADayMax - before);
    if (room === 0) continue;
    await run(
      ctx.tx,
      sql`insert into collection.bad_event
          (key, source, channel, source_kind, event_name, message_id, reasons, event, sent_at, visitor_id, received_at)
        select key, source, channel, kind, "eventName", "messageId", array(select jsonb_array_elements_text(reasons)), event, "sentAt",
          "visitorId", "receivedAt"
        from jsonb_to_recordset(${json(rows.slice(0, room))}) as b (key uuid, source text, channel text, kind text, "eventName" text,
          "messageId" text, reasons jsonb, event text, "sentAt" text, "visitorId" text, "receivedAt" timestamptz)
        order by key on conflict (key) do nothing`,
    );
  }
}

async function countBad(ctx: Ctx, source: string, more: number): Promise<number> {
  const [row] = await run(
    ctx.tx,
    sql<{ before: number }>`insert into collection.bad_day (day, source, events) values (${dayOf(ctx.now)}, ${source}, ${more})
      on conflict (day, source) do update set events = bad_day.events + excluded.events returning events - ${more}::int as before`,
  );
  return row?.before ?? 0;
}
