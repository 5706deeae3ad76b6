import type { warnings as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { getRule } from './queries.ts';
import { resetStandings } from './reset-standings.ts';
import { warnings } from './tables.ts';

type Rule = z.input<typeof contract.WarningRule>;
export type RuleBody = z.output<typeof contract.createRule.body>;

/** Draws a warning line; it is looked at from the next minute on. The caller has checked it with `checkRule`. */
export async function createRule(ctx: Ctx, body: RuleBody): Promise<Rule> {
  const { id } = await warnings(ctx.tx)
    .insertInto('rule')
    .values({ ...columnsOf(body), version: 1, changed_by: actorLabel(ctx.actor).name, changed_at: ctx.now, evaluated_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await keepVersion(ctx, id, 1, body);
  return getRule(ctx.tx, id);
}

/**
 * Moves a warning line or switches it off; the version before is kept. When it watches something else from now on, or nothing, what fired
 * is resolved; with other levels only, the next look decides. Refuses `warning_rule.stale` when somebody changed it since `version`.
 */
export async function changeRule(
  ctx: Ctx,
  { id, version, body }: { id: string; version: number; body: RuleBody },
): Promise<Rule> {
  const rule = await warnings(ctx.tx).selectFrom('rule').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (rule === undefined) refuse('warning_rule.not_found', { id });
  if (rule.version !== version) refuse('warning_rule.stale', { seen: version, current: rule.version });

  await warnings(ctx.tx)
    .updateTable('rule')
    .set({ ...columnsOf(body), version: version + 1, changed_by: actorLabel(ctx.actor).name, changed_at: ctx.now })
    .where('id', '=', id)
    .execute();
  await keepVersion(ctx, id, version + 1, body);
  const watchesElse =
    rule.metric !== body.metric ||
    rule.entity !== body.entity ||
    rule.direction !== body.direction ||
    rule.against !== body.against;
  if (watchesElse || !body.isActive) await resetStandings(ctx, id);

  return getRule(ctx.tx, id);
}

const columnsOf = (body: RuleBody) => ({
  name: body.name,
  name_en: body.nameEn,
  metric: body.metric,
  entity: body.entity,
  direction: body.direction,
  fire_level: body.fireLevel,
  clear_level: body.clearLevel,
  hold_minutes: body.holdMinutes,
  against: body.against,
  is_active: body.isActive,
});

async function keepVersion(ctx: Ctx, id: string, version: number, body: RuleBody): Promise<void> {
  await warnings(ctx.tx)
    .insertInto('rule_version')
    .values({ rule_id: id, version, body: json(columnsOf(body)), changed_by: actorLabel(ctx.actor).name, changed_at: ctx.now })
    .execute();
}
