import type { routing as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { listLocations } from '../inventory/index.ts';
import type { Rules } from './route.ts';

/**
 * Replaces the routing rules; orders placed from now on follow them. Refuses `rules.stale` when somebody changed them since they were
 * looked at, and `location.not_found`.
 */
export async function saveRules(
  ctx: Ctx,
  { rules, parcelsMax, parcelFenMin, version }: z.output<typeof contract.RoutingRules>,
): Promise<void> {
  await checkLocations(ctx, { rules });
  const saved = await run(
    ctx.tx,
    sql<{
      version: number;
    }>`insert into routing.rule_set as r (rules, parcels_max, parcel_fen_min, version, changed_at, changed_by)
      select ${json(rules)}, ${parcelsMax}, ${parcelFenMin}, ${version} + 1, ${ctx.now}, ${actorLabel(ctx.actor).name}
      on conflict (only_one) do update set rules = excluded.rules, parcels_max = excluded.parcels_max, parcel_fen_min = excluded.parcel_fen_min,
        version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by
      where r.version = ${version} returning version`,
  );
  if (saved.length === 0) refuse('rules.stale', { version });
}

/** Every location that a rule names is one. Refuses `location.not_found`. */
export async function checkLocations(ctx: Ctx, { rules }: Pick<Rules, 'rules'>): Promise<void> {
  const named = rules.flatMap(({ locations }) => locations);
  if (named.length === 0) return;
  const { items } = await listLocations(ctx.tx);
  const unknown = named.find((location) => !items.some(({ code }) => code === location));
  if (unknown !== undefined) refuse('location.not_found', { location: unknown });
}
