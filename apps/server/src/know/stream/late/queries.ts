import type { stream as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import type { Facts } from '../facts.ts';
import { stream } from '../tables.ts';

export type LateEntryView = z.input<typeof contract.LateEntry>;

interface LateRows {
  id: string;
  happenedAt: Date;
  rows: Partial<Facts>;
}

/** The rows of entries of the late ledger, as they were put there. */
export const lateRowsOf = (tx: Tx, ids: readonly string[]): Promise<LateRows[]> =>
  run(tx, sql<LateRows>`select id, happened_at as "happenedAt", rows from stream.late_entry where id = any(${[...ids]}::uuid[])`);

const lateEntries = (tx: Tx) =>
  stream(tx)
    .selectFrom('late_entry')
    .select(['id', 'feed', 'what', 'ref', 'channel', 'store', 'state', 'entries', 'units', 'reason', 'version'])
    .select(['happened_at as happenedAt', 'arrived_at as arrivedAt', 'amount_fen as amountFen'])
    .select(['decided_by as decidedBy', 'decided_at as decidedAt', sql<string>`day::text`.as('day')]);

type LateRow = Omit<LateEntryView, 'happenedAt' | 'arrivedAt' | 'decidedAt'> & {
  happenedAt: Date;
  arrivedAt: Date;
  decidedAt: Date | null;
};

const shown = ({ happenedAt, arrivedAt, decidedAt, ...row }: LateRow): LateEntryView => ({
  ...row,
  happenedAt: happenedAt.toISOString(),
  arrivedAt: arrivedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
});

/** One entry of the late ledger. Refuses `late_entry.not_found`. */
export async function lateEntry(tx: Tx, id: string): Promise<LateEntryView> {
  const row = await lateEntries(tx).where('id', '=', id).executeTakeFirst();
  return row === undefined ? refuse('late_entry.not_found', { id }) : shown(row);
}

/** What came too late for the figures, newest first, and the sums of all that fits the filter; money in fen. */
export async function listLate(
  tx: Tx,
  { state, after, limit }: z.output<typeof contract.listLate.query>,
): Promise<z.input<typeof contract.listLate.reply>> {
  let query = lateEntries(tx);
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const sums = await run(
    tx,
    sql<{ state: LateEntryView['state']; ledger: number; entries: number; amountFen: number }>`
      select state, count(*)::int as ledger, sum(entries)::int as entries, sum(amount_fen)::bigint as "amountFen"
      from stream.late_entry group by state order by state`,
  );
  const items = rows.slice(0, limit).map(shown);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null, sums };
}

/** Closed buckets that late entries opened again, newest first: a version each, with the figures before and after. */
export async function listReopened(
  tx: Tx,
  { grain, source, after, limit }: z.output<typeof contract.listReopened.query>,
): Promise<z.input<typeof contract.listReopened.reply>> {
  let query = stream(tx)
    .selectFrom('bucket_version')
    .select(['id', 'source', 'grain', 'channel', 'store', 'category', 'sku', 'campaign', 'event', 'version', 'batch'])
    .select(['starts_at as startsAt', 'reopened_at as reopenedAt', 'before', 'after']);
  if (grain !== undefined) query = query.where('grain', '=', grain);
  if (source !== undefined) query = query.where('source', '=', source);
  if (after !== undefined) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(({ startsAt, reopenedAt, ...row }) => ({
    ...row,
    startsAt: startsAt.toISOString(),
    reopenedAt: reopenedAt.toISOString(),
  }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
