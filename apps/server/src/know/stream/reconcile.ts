import { sql } from 'kysely';
import { system } from '../../platform/ctx.ts';
import { inTx, run, type Tx } from '../../platform/db.ts';
import { ask } from './analytics.ts';
import { generationNow } from './batches.ts';
import { rebuildAnalytics } from './rebuild.ts';
import type { ShipParts } from './ship-next.ts';

/**
 * Compares what PostgreSQL believes to be in ClickHouse with what is there. Recent batches that are missing (a machine that lost power
 * before ClickHouse wrote to disk) are sent again; a ClickHouse that has forgotten older ones too is rebuilt.
 */
export async function reconcile(parts: ShipParts): Promise<'complete' | 'sent_again' | 'rebuilt'> {
  const who = { actor: system('stream'), now: parts.clock() };
  const { generation, believed } = await inTx(parts.db, { ...who, isReadOnly: true }, async ({ tx }) => ({
    generation: await generationNow(tx),
    believed: await believedBatches(tx),
  }));
  const there = await ask<{ feed: string; number: number }>(
    parts.analytics,
    'select distinct feed, number from shipped where generation = {generation:UInt32}',
    { generation },
  );
  const arrived = new Set(there.map(({ feed, number }) => `${feed}.${number}`));
  const missing = believed.filter(({ feed, number }) => !arrived.has(`${feed}.${number}`));
  if (missing.length === 0) return 'complete';

  const isOldMissing = missing.some(({ feed, number }) => number > 1 && number === firstKept(believed, feed));
  if (isOldMissing) {
    await rebuildAnalytics(parts);
    return 'rebuilt';
  }
  await inTx(parts.db, who, ({ tx }) =>
    run(
      tx,
      sql`update stream.batch set inserted_at = null where generation = ${generation}
        and (feed, number) in (select feed, number from jsonb_to_recordset(${JSON.stringify(missing)}::jsonb) as m (feed text, number bigint))`,
    ),
  );
  return 'sent_again';
}

interface BatchName {
  feed: string;
  number: number;
}

const believedBatches = (tx: Tx): Promise<BatchName[]> =>
  run(
    tx,
    sql<BatchName>`select feed, number from stream.batch
      where inserted_at is not null and generation = (select number from stream.generation) order by feed, number`,
  );

const firstKept = (believed: readonly BatchName[], feed: string): number | undefined =>
  believed.find((batch) => batch.feed === feed)?.number;
