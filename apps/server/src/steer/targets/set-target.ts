import type { targets as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { targetSet } from './events.ts';
import { getTarget } from './queries.ts';
import { targets } from './tables.ts';
import { evenWeights, firstDayOf, monthOf, normalScope, scopeKey } from './target.ts';

export type SetTarget = z.output<typeof contract.setTarget.body> & {
  /** Whether the metric is a sum; undefined when there is no such metric. */
  isAdditive: boolean | undefined;
};

/**
 * Sets the target of a metric for a scope and period; the versions before stay. Refuses `metric.not_found`, `target.invalid_value` for a
 * sum that is no whole number (it could not be split exactly), and `target.stale` when somebody set it since `version` was read.
 */
export async function setTarget(ctx: Ctx, input: SetTarget): Promise<z.input<typeof contract.Target>> {
  const { metric, period, value, isAdditive } = input;
  if (isAdditive === undefined) refuse('metric.not_found', { metric });
  if (isAdditive && !Number.isInteger(value)) refuse('target.invalid_value', { metric, value });
  const scope = normalScope(input.scope);
  const startsOn = period === 'month' ? firstDayOf(monthOf(input.startsOn)) : input.startsOn;

  const [saved] = await run(
    ctx.tx,
    sql<{ id: string; version: number }>`insert into targets.target (metric, scope, scope_key, period, starts_on, version)
      values (${metric}, ${json(scope)}, ${scopeKey(scope)}, ${period}, ${startsOn}, 1)
      on conflict on constraint target_once do update set version = target.version + 1 returning id, version`,
  );
  if (saved === undefined) throw new Error('the target was not saved');
  if (input.version !== undefined && input.version !== saved.version - 1)
    refuse('target.stale', { seen: input.version, current: saved.version - 1 });
  await targets(ctx.tx)
    .insertInto('version')
    .values({
      target_id: saved.id,
      version: saved.version,
      value,
      weekday_weights: [...(input.weekdayWeights ?? evenWeights)],
      note: input.note ?? null,
      set_by: actorLabel(ctx.actor).name,
      set_at: ctx.now,
    })
    .execute();

  await emit(ctx, targetSet, { targetId: saved.id, metric, version: saved.version, value });
  return getTarget(ctx.tx, saved.id);
}
