import { system } from '../../platform/ctx.ts';
import { type Db, inTx } from '../../platform/db.ts';
import type { Clock } from '../../platform/time.ts';
import type { EventLog } from '../collection/index.ts';
import type { Analytics } from './analytics.ts';
import { type Batch, beginning, generationNow, lastBatch, markInserted, openBatch, recordBatch, tokenOf } from './batches.ts';
import { columnsOf, type Facts, type FactTable } from './facts.ts';
import type { Feed } from './feeds.ts';
import { keepLate } from './late/keep-late.ts';

export interface ShipParts {
  db: Db;
  analytics: Analytics;
  clock: Clock;
  /** Where behaviour events lie; in PostgreSQL when absent. */
  log?: EventLog | undefined;
}

/**
 * Brings one batch of a feed to ClickHouse and answers how many entries it had; 0 when nothing waits. Exactly once through a crash at any point: the range is fixed in
 * PostgreSQL first, the rows follow from it, and ClickHouse keeps one insert a token, in the facts and in the sums made of them.
 */
export async function shipNext(parts: ShipParts, feed: Feed): Promise<number> {
  const batch = await inTx(parts.db, { actor, now: parts.clock() }, async ({ tx }) => {
    const open = await openBatch(tx, feed.name);
    if (open !== undefined) return open;
    const last = await lastBatch(tx, feed.name);
    const after = last?.upto ?? beginning;
    const place = await feed.next(tx, after);
    if (place === undefined) return undefined;
    const { entries, ...upto } = place;
    const generation = last?.generation ?? (await generationNow(tx));
    const next: Batch = { feed: feed.name, generation, number: (last?.number ?? 0) + 1, after, upto, entries, isInserted: false };
    await recordBatch(tx, next);
    return next;
  });
  if (batch === undefined) return 0;

  const makeFacts = await inTx(parts.db, { actor, now: parts.clock(), isReadOnly: true, byKey: true }, ({ tx }) =>
    feed.expand(tx, batch.after, batch.upto),
  );
  const expansion = await makeFacts();
  await keepLate(parts, { name: feed.name, token: tokenOf(batch) }, expansion);
  await insertFacts(parts.analytics, expansion.facts, tokenOf(batch));
  await tellShipped(parts.analytics, batch);
  await inTx(parts.db, { actor, now: parts.clock() }, ({ tx, now }) => markInserted(tx, batch, now));
  return batch.entries;
}

const actor = system('stream');

/** Inserts rows under a token: however often it is done, ClickHouse keeps them once. */
export async function insertFacts({ client }: Analytics, facts: Partial<Facts>, token: string): Promise<void> {
  const settings = {
    insert_deduplicate: 1 as const,
    insert_deduplication_token: token,
    deduplicate_blocks_in_dependent_materialized_views: 1 as const,
    async_insert: 0 as const,
    max_partitions_per_insert_block: '0', // an import may span many months
  };
  for (const table of Object.keys(columnsOf) as FactTable[]) {
    const values = facts[table];
    if (values === undefined || values.length === 0) continue;
    const columns: readonly string[] = columnsOf[table];
    await client.insert({
      table,
      columns: columns as [string, ...string[]],
      values,
      format: 'JSONCompactEachRow',
      clickhouse_settings: settings,
    });
  }
}

const tellShipped = ({ client }: Analytics, { feed, generation, number }: Batch): Promise<unknown> =>
  client.insert({
    table: 'shipped',
    columns: ['feed', 'generation', 'number'],
    values: [[feed, generation, number]],
    format: 'JSONCompactEachRow',
  });
