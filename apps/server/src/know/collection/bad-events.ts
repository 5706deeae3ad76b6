import type { collection as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { badEventsADayMax } from './store-bad-events.ts';
import { collection } from './tables.ts';

type Head = z.input<typeof contract.BadEvent>;
type Whole = z.input<typeof contract.BadEventWhole>;

const columns = [
  'id', 'state', 'source', 'event_name as eventName', 'message_id as messageId', 'reasons', 'received_at as receivedAt', 'version',
  'settled_by as settledBy', 'settled_at as settledAt', 'note',
] as const; // prettier-ignore

interface Row extends Omit<Head, 'receivedAt' | 'settledAt'> {
  receivedAt: Date;
  settledAt: Date | null;
}

const headOf = <R extends Row>(row: R) => ({
  ...row,
  receivedAt: row.receivedAt.toISOString(),
  settledAt: row.settledAt?.toISOString() ?? null,
});

/** Bad events, newest first, a page at a time. */
export async function listBadEvents(
  tx: Tx,
  { state, source, reason, after, limit }: z.output<typeof contract.listBadEvents.query>,
): Promise<z.input<typeof contract.listBadEvents.reply>> {
  let query = collection(tx)
    .selectFrom('bad_event')
    .select([...columns, sql<boolean>`mended is not null`.as('isMended')]);
  if (state !== undefined) query = query.where('state', '=', state);
  if (source !== undefined) query = query.where('source', '=', source);
  if (reason !== undefined) query = query.where(sql<boolean>`${reason} = any(reasons)`);
  if (after !== undefined) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(headOf);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null, ...(await countBadEvents(tx)) };
}

async function countBadEvents(tx: Tx): Promise<{ open: number; beyond: number }> {
  const db = collection(tx);
  const { open } = await db
    .selectFrom('bad_event')
    .select(sql<number>`count(*)::int`.as('open'))
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  const { beyond } = await db
    .selectFrom('bad_day')
    .select(sql<number>`coalesce(sum(greatest(0, events - ${badEventsADayMax})), 0)::int`.as('beyond'))
    .executeTakeFirstOrThrow();
  return { open, beyond };
}

/** One bad event, as sent and as mended. Refuses `bad_event.not_found`. */
export async function getBadEvent(tx: Tx, id: string): Promise<Whole> {
  const row = await collection(tx)
    .selectFrom('bad_event')
    .select([...columns, sql<boolean>`mended is not null`.as('isMended'), 'event as sent', 'mended'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? refuse('bad_event.not_found', { id }) : headOf(row);
}
