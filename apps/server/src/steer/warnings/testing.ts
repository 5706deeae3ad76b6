import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { findSignal } from './queries.ts';
import { warnings } from './tables.ts';

/** Of the default rules only those of this metric look; the others are off. */
export async function onlyRulesOf(ctx: Ctx, metric: string): Promise<void> {
  await warnings(ctx.tx)
    .updateTable('rule')
    .set({ is_active: sql<boolean>`metric = ${metric}` })
    .execute();
}

/** An entity that fires now on the default rule of a metric, `minutesAgo` since it did. */
export async function aFiring(
  ctx: Ctx,
  { metric, entityKey, value, minutesAgo = 0 }: { metric: string; entityKey: string; value: number; minutesAgo?: number },
): Promise<void> {
  const rule = await warnings(ctx.tx).selectFrom('rule').selectAll().where('metric', '=', metric).executeTakeFirstOrThrow();
  const at = new Date(ctx.now.getTime() - minutesAgo * 60_000);
  const { id } = await warnings(ctx.tx)
    .insertInto('signal')
    .values({
      rule_id: rule.id,
      rule_version: rule.version,
      metric,
      entity: rule.entity,
      entity_key: entityKey,
      direction: rule.direction,
      fire_level: rule.fire_level,
      clear_level: rule.clear_level,
      fired_value: rule.fire_level,
      pending_since: at,
      fired_at: at,
      resolved_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const standing = { state: 'firing', pending_since: at, fired_at: at, resolved_at: null, evaluated_at: ctx.now } as const;
  await warnings(ctx.tx)
    .insertInto('state')
    .values({ rule_id: rule.id, entity_key: entityKey, value, signal_id: id, ...standing })
    .execute();
}

/** A low-cover signal of a SKU that fired now and is over already, so that several may follow each other. */
export async function aSignal(ctx: Ctx, sku: string) {
  const rule = await warnings(ctx.tx)
    .selectFrom('rule')
    .selectAll()
    .where('metric', '=', 'days_of_cover')
    .executeTakeFirstOrThrow();
  const { id } = await warnings(ctx.tx)
    .insertInto('signal')
    .values({
      rule_id: rule.id,
      rule_version: rule.version,
      metric: rule.metric,
      entity: rule.entity,
      entity_key: sku,
      direction: rule.direction,
      fire_level: rule.fire_level,
      clear_level: rule.clear_level,
      fired_value: 3,
      pending_since: ctx.now,
      fired_at: ctx.now,
      resolved_at: ctx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const signal = await findSignal(ctx.tx, id);
  if (signal === undefined) throw new Error('no signal was made');
  return signal;
}
