// Stock figures for other systems: absolute, each with a version that only grows, so that a late or repeated one does no harm.
import type { inventory as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { daysBetween, dayOf } from '../../../platform/time.ts';
import { availableSql } from '../lot/available.ts';

interface Cursor {
  /** Figures that changed in this transaction or later are told. */
  since: number;
  /** What this walk leaves to the next: transactions that were still open when it began. */
  until: number;
  /** The business day of the walk before: lots that expired since have changed a figure without anybody touching it. */
  day: string;
  /** Where the walk stands; empty at its beginning. */
  place: string;
}

interface Row {
  sku: string;
  location: string;
  onHand: number;
  available: number;
  version: number;
}

/**
 * Walks all figures once, then those that changed since. Every change is told at least once, also one that was under way while the walk
 * before read: the next walk begins where the oldest open transaction stood. A cursor of another database begins anew.
 */
export async function listFigures(
  ctx: Ctx,
  { location, after, limit }: z.output<typeof contract.listFigures.query>,
): Promise<z.input<typeof contract.listFigures.reply>> {
  const today = dayOf(ctx.now);
  const [horizon = { xmin: 0, xmax: 0 }] = await run(
    ctx.tx,
    sql<{ xmin: number; xmax: number }>`select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xmin,
      pg_snapshot_xmax(pg_current_snapshot())::text::bigint as xmax`,
  );
  const given = after === undefined ? undefined : readCursor(after);
  const isOurs = given !== undefined && given.since <= horizon.xmax && given.until <= horizon.xmax;
  const start: Cursor = isOurs ? given : { since: 0, until: 0, day: '', place: '' };
  const cursor = start.place === '' ? { ...start, until: horizon.xmin } : start;

  const rows = await readFigures(ctx, cursor, { location, limit: limit + 1, today });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const isComplete = rows.length <= limit;
  const next: Cursor =
    isComplete || last === undefined
      ? { since: cursor.until, until: cursor.until, day: today, place: '' }
      : { ...cursor, place: `${last.sku}\t${last.location}` };
  return { items, next: writeCursor(next), isComplete, asOf: ctx.now.toISOString() };
}

/** The version grows with the row, and with the day: midnight may take expired lots away. */
const readFigures = (
  ctx: Ctx,
  { since, day, place }: Cursor,
  { location, limit, today }: { location: string | undefined; limit: number; today: string },
): Promise<Row[]> => {
  const [sku = '', shelf = ''] = place.split('\t');
  const dayNumber = daysBetween('1970-01-01', today);
  return run(
    ctx.tx,
    sql<Row>`select s.sku, s.location, s.on_hand as "onHand", ${availableSql({ at: ctx.now })} as available, s.version + ${dayNumber}::int as version
      from inventory.stock s
      where (s.changed >= ${since} or (${day !== '' && day < today} and s.has_limits and exists (
          select from inventory.lot l where l.sku = s.sku and l.location = s.location and l.on_hand > 0
            and l.expires_on >= ${day || null}::date and l.expires_on < ${today}::date)))
        and (${location === undefined} or s.location = ${location ?? ''}) and (${place === ''} or (s.sku, s.location) > (${sku}, ${shelf}))
      order by s.sku, s.location limit ${limit}`,
  );
};

const writeCursor = ({ since, until, day, place }: Cursor): string => [since, until, day, place].join('\n');

function readCursor(text: string): Cursor {
  const [since, until, day = '', place = ''] = text.split('\n');
  const cursor = { since: Number(since), until: Number(until), day, place };
  if (!Number.isSafeInteger(cursor.since) || !Number.isSafeInteger(cursor.until) || !/^(\d{4}-\d{2}-\d{2})?$/.test(day))
    refuse('request.invalid', { issues: [{ at: 'query', path: 'after', code: 'invalid', message: 'after' }] });
  return cursor;
}
