import type { stream as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { addMs } from '../../../platform/time.ts';
import { oldestBatchAfter } from '../../collection/index.ts';
import { beginning, lastArrived } from '../batches.ts';
import { readFreshness } from '../freshness.ts';
import { oldestAfter } from '../log.ts';
import { type FeedName, stream } from '../tables.ts';

type Reconciliation = z.input<typeof contract.Reconciliation>;

/** Comparisons of PostgreSQL with ClickHouse, newest first, each with what differed. */
export async function listReconciliations(
  tx: Tx,
  { after, limit }: z.output<typeof contract.listReconciliations.query>,
): Promise<z.input<typeof contract.listReconciliations.reply>> {
  let query = stream(tx)
    .selectFrom('reconciliation')
    .select(['id', 'started_at as startedAt', 'finished_at as finishedAt', 'asked_by as askedBy', 'outcome', 'checks'])
    .select([sql<string>`from_day::text`.as('from'), sql<string>`to_day::text`.as('to')]);
  if (after !== undefined) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const differences = await differencesOf(
    tx,
    shown.map(({ id }) => id),
  );
  const items = shown.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    differences: differences.get(row.id) ?? [],
  }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

async function differencesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Reconciliation['differences']>> {
  if (ids.length === 0) return new Map();
  const rows = await stream(tx)
    .selectFrom('difference')
    .select(['reconciliation_id as of', 'what', 'measure', 'expected', 'found', 'found_after as foundAfter', 'ids', 'repair'])
    .select(sql<string>`day::text`.as('day'))
    .where('reconciliation_id', 'in', ids)
    .orderBy('row_no')
    .execute();
  return new Map([...Map.groupBy(rows, (row) => row.of)].map(([of, found]) => [of, found.map(({ of: _, ...row }) => row)]));
}

/** How fresh the figures are, feed by feed; what came late; the last comparison. From PostgreSQL alone: it answers while ClickHouse is away. */
export async function getQuality({ tx, now }: Ctx): Promise<z.input<typeof contract.getQuality.reply>> {
  const { asOf, version, lagMs } = await readFreshness(tx, now);
  const [counts] = await run(
    tx,
    sql<{ lateOpen: number; reopenedLastDay: number }>`select
      (select count(*)::int from stream.late_entry where state = 'open') as "lateOpen",
      (select count(*)::int from stream.bucket_version where reopened_at > ${addMs(now, -86_400_000)}) as "reopenedLastDay"`,
  );
  const { items } = await listReconciliations(tx, { limit: 1 });
  return {
    asOf: asOf.toISOString(),
    version,
    lagMs,
    feeds: [await feedState(tx, 'events', now), await feedState(tx, 'behaviour', now)],
    lateOpen: counts?.lateOpen ?? 0,
    reopenedLastDay: counts?.reopenedLastDay ?? 0,
    lastReconciliation: items[0] ?? null,
  };
}

async function feedState(tx: Tx, feed: FeedName, now: Date) {
  const last = await lastArrived(tx, feed);
  const waiting = await (feed === 'events' ? oldestAfter : oldestBatchAfter)(tx, last?.upto ?? beginning);
  return {
    feed,
    batches: last?.number ?? 0,
    arrivedAt: last?.arrivedAt?.toISOString() ?? null,
    lagMs: waiting === undefined ? 0 : Math.max(0, now.getTime() - waiting.getTime()),
  };
}
