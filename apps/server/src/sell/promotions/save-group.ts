import type { Effect, promotions as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { getGroup } from './groups.ts';
import { costAtMost, needsSecondPerson } from './promotion.ts';
import { touchRevision } from './revision.ts';
import { getSettings } from './settings.ts';
import { type GroupChange, promotions } from './tables.ts';

type Group = z.input<typeof contract.PromotionGroup>;
type GroupForm = z.output<typeof contract.createPromotionGroup.body>;

/** Adds a group. Refuses `promotion_group.not_found` and `promotion_group.invalid` for a parent that is missing or of another stage. */
export async function createGroup(ctx: Ctx, form: GroupForm): Promise<Group> {
  await touchRevision(ctx.tx); // first: writers of groups wait for one another here, so that no two make a circle
  await checkParent(ctx.tx, form);
  const { id } = await promotions(ctx.tx).insertInto('group').values(rowOf(form)).returning('id').executeTakeFirstOrThrow();
  return getGroup(ctx, id);
}

/**
 * Changes a group. How its promotions get along (mode, place, priority) waits for a second person when they may cost more than one
 * decides; names change at once, and a group saved as it is has nothing waiting any more. Refuses `promotion_group.not_found`,
 * `promotion.stale`, and `promotion_group.invalid` for a parent that stands below it, or a new stage while something stands in it.
 */
export async function saveGroup(ctx: Ctx, id: string, { version, ...form }: GroupForm & { version: number }): Promise<Group> {
  const group = await lockGroup(ctx, { id, version });
  if (group.stage !== form.stage && (await standIn(ctx.tx, id))) refuse('promotion_group.invalid', { field: 'stage' });
  await checkParent(ctx.tx, form, id);

  const isSame = group.mode === form.mode && group.parentId === form.parentId && group.priority === form.priority;
  const waits = !isSame && (await isDear(ctx, id));
  const now = waits ? { ...form, mode: group.mode, parentId: group.parentId, priority: group.priority } : form;
  await promotions(ctx.tx)
    .updateTable('group')
    .set({ ...rowOf(now), change: waits ? JSON.stringify(changeOf(ctx, form)) : null, version: version + 1 })
    .where('id', '=', id)
    .execute();
  return getGroup(ctx, id);
}

const changeOf = (ctx: Ctx, { mode, parentId, priority }: GroupForm): GroupChange => {
  const { id: byId, name: by } = actorLabel(ctx.actor);
  return { mode, parentId, priority, byId, by, at: ctx.now.toISOString() };
};

/** Whether what stands in a group, however deep, and has been approved or waits for it may cost more than one person decides. */
async function isDear(ctx: Ctx, id: string): Promise<boolean> {
  const members = await run(
    ctx.tx,
    sql<{ then: Effect; budgetFen: number | null; usesMax: number | null }>`with recursive below as (
        select id from promotions."group" where id = ${id}
        union all
        select g.id from promotions."group" g join below on g.parent_id = below.id
      )
      select p."then", p.budget_fen as "budgetFen", p.uses_max as "usesMax"
      from promotions.promotion p join below on below.id = p.group_id
      where p.state in ('waiting', 'approved', 'paused') and (p.ends_at is null or p.ends_at > ${ctx.now})`,
  );
  if (members.length === 0) return false;
  const costs = members.map(costAtMost);
  const sum = costs.includes(null) ? null : costs.reduce<number>((total, cost) => total + (cost ?? 0), 0);
  return needsSecondPerson(sum, (await getSettings(ctx.tx)).secondPersonAboveFen);
}

/**
 * Lets the change that waits take effect. Refuses `promotion_group.not_found`, `promotion.stale`, `promotion.wrong_state` when nothing
 * waits, `promotion.needs_second_person` to who asked for it, and `promotion_group.invalid` when its place has become impossible.
 */
export async function approveGroupChange(ctx: Ctx, { id, version }: { id: string; version: number }): Promise<Group> {
  const group = await lockGroup(ctx, { id, version });
  const change = await waitingChange(ctx.tx, id);
  if (change.byId === actorLabel(ctx.actor).id) refuse('promotion.needs_second_person', { id });
  const { mode, parentId, priority } = change;
  await checkParent(ctx.tx, { ...group, parentId }, id);
  await promotions(ctx.tx)
    .updateTable('group')
    .set({ mode, parent_id: parentId, priority, change: null, version: version + 1 })
    .where('id', '=', id)
    .execute();
  return getGroup(ctx, id);
}

/** Drops the change that waits. Refuses `promotion_group.not_found`, `promotion.stale`, `promotion.wrong_state` when nothing waits. */
export async function rejectGroupChange(ctx: Ctx, { id, version }: { id: string; version: number }): Promise<Group> {
  await lockGroup(ctx, { id, version });
  await waitingChange(ctx.tx, id);
  await promotions(ctx.tx)
    .updateTable('group')
    .set({ change: null, version: version + 1 })
    .where('id', '=', id)
    .execute();
  return getGroup(ctx, id);
}

/** Writers of groups wait for one another, so that no two make a circle. */
async function lockGroup(ctx: Ctx, { id, version }: { id: string; version: number }): Promise<Group> {
  await touchRevision(ctx.tx);
  const group = await getGroup(ctx, id);
  return group.version === version ? group : refuse('promotion.stale', { seen: version, current: group.version });
}

async function waitingChange(tx: Tx, id: string): Promise<GroupChange> {
  const row = await promotions(tx).selectFrom('group').select('change').where('id', '=', id).executeTakeFirst();
  return row?.change ?? refuse('promotion.wrong_state', { state: 'approved', wanted: 'approve', moves: [] });
}

/** Removes a group. Refuses `promotion_group.not_found`, and `promotion_group.in_use` while a promotion or group stands in it. */
export async function deleteGroup(ctx: Ctx, id: string): Promise<void> {
  await touchRevision(ctx.tx);
  await getGroup(ctx, id);
  if (await standIn(ctx.tx, id)) refuse('promotion_group.in_use', { id });
  await promotions(ctx.tx).deleteFrom('group').where('id', '=', id).execute();
}

/** A parent is of the same stage and not below the group itself. */
async function checkParent(tx: Tx, { parentId, stage }: Pick<GroupForm, 'parentId' | 'stage'>, id?: string): Promise<void> {
  if (parentId === null) return;
  const above = await run(
    tx,
    sql<{ id: string; stage: string }>`with recursive above as (
        select id, parent_id, stage, 1 as depth from promotions."group" where id = ${parentId}
        union all
        select g.id, g.parent_id, g.stage, above.depth + 1 from promotions."group" g join above on above.parent_id = g.id where above.depth < 20
      )
      select id, stage from above`,
  );
  if (above.length === 0) refuse('promotion_group.not_found', { id: parentId });
  const isWrong = above.length > groupDepthMax || above.some((group) => group.stage !== stage || group.id === id);
  if (isWrong) refuse('promotion_group.invalid', { field: 'parentId' });
}

const groupDepthMax = 5;

async function standIn(tx: Tx, id: string): Promise<boolean> {
  const [found] = await run(
    tx,
    sql<{ isUsed: boolean }>`select exists (select from promotions.promotion where group_id = ${id})
      or exists (select from promotions."group" where parent_id = ${id}) as "isUsed"`,
  );
  return found?.isUsed === true;
}

const rowOf = ({ name, nameEn, stage, mode, parentId, priority }: GroupForm) => ({
  name,
  name_en: nameEn,
  stage,
  mode,
  parent_id: parentId,
  priority,
});
