import type { metrics as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { run } from '../../platform/db.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { dayOf } from '../../platform/time.ts';
import { shipped } from './shipped/index.ts';
import { metrics } from './tables.ts';

/**
 * Publishes the metrics that come with the house: version 1 where there is none, a new version from today where a release revised one that
 * nobody else has defined since. Runs at every start; starting twice changes nothing.
 */
export async function shipMetrics({ tx, actor, now }: Ctx): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended('metrics:publish', 0))`);
  const newest = await metrics(tx)
    .selectFrom('definition')
    .distinctOn('name')
    .select(['name', 'version', 'shipped_revision'])
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute();
  const byName = new Map(newest.map((row) => [row.name, row]));
  const rows = shipped.flatMap(({ name, revision, body }) => {
    const last = byName.get(name);
    if (last !== undefined && (last.shipped_revision === null || last.shipped_revision >= revision)) return [];
    return [rowOf({ name, revision, body, version: (last?.version ?? 0) + 1, validFrom: last && dayOf(now) })];
  });
  if (rows.length > 0) await metrics(tx).insertInto('definition').values(rows).execute();

  function rowOf(of: {
    name: string;
    revision: number;
    body: contract.MetricBody;
    version: number;
    validFrom: string | undefined;
  }) {
    return {
      name: of.name,
      version: of.version,
      valid_from: of.validFrom ?? null,
      body: JSON.stringify(of.body),
      note: '',
      shipped_revision: of.revision,
      published_by: actorLabel(actor).id,
      published_by_name: null,
      published_at: now,
    };
  }
}
