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
