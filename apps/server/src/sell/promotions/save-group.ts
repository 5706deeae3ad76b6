import type { promotions as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { touchRevision } from './revision.ts';
import { promotions } from './tables.ts';

type Group = z.input<typeof contract.PromotionGroup>;
type GroupForm = z.output<typeof contract.createPromotionGroup.body>;

/** Adds a group. Refuses `promotion_group.not_found` and `promotion_group.invalid` for a parent that is missing or of another stage. */
export async function createGroup(ctx: Ctx, form: GroupForm): Promise<Group> {
  await touchRevision(ctx.tx); // first: writers of groups wait for one another here, so that no two make a circle
  await checkParent(ctx.tx, form);
  const { id } = await promotions(ctx.tx).insertInto('group').values(rowOf(form)).returning('id').executeTakeFirstOrThrow();
  return getGroup(ctx.tx, id);
}

/**
 * Changes a group. Refuses `promotion_group.not_found`, `promotion.stale`, and `promotion_group.invalid` for a parent that stands below
 * it, or a new stage while something stands in it.
 */
export async function saveGroup(ctx: Ctx, id: string, { version, ...form }: GroupForm & { version: number }): Promise<Group> {
  await touchRevision(ctx.tx);
  const group = await getGroup(ctx.tx, id);
  if (group.version !== version) refuse('promotion.stale', { seen: version, current: group.version });
  if (group.stage !== form.stage && (await standIn(ctx.tx, id))) refuse('promotion_group.invalid', { field: 'stage' });
  await checkParent(ctx.tx, form, id);

  await promotions(ctx.tx)
    .updateTable('group')
    .set({ ...rowOf(form), version: version + 1 })
    .where('id', '=', id)
    .execute();
  return getGroup(ctx.tx, id);
}

/** Removes a group. Refuses `promotion_group.not_found`, and `promotion_group.in_use` while a promotion or group stands in it. */
export async function deleteGroup(ctx: Ctx, id: string): Promise<void> {
  await touchRevision(ctx.tx);
  await getGroup(ctx.tx, id);
  if (await standIn(ctx.tx, id)) refuse('promotion_group.in_use', { id });
  await promotions(ctx.tx).deleteFrom('group').where('id', '=', id).execute();
}

/** Groups in the order in which they are applied: by stage, then the higher priority first. */
export async function listGroups(tx: Tx): Promise<Group[]> {
  return run(
    tx,
    sql<Group>`${groups} order by array_position(array['exclusive', 'line', 'threshold', 'coupon', 'freight'], g.stage),
    g.priority desc, g.id`,
  );
}

async function getGroup(tx: Tx, id: string): Promise<Group> {
  const [group] = await run(tx, sql<Group>`${groups} where g.id = ${id}`);
  return group ?? refuse('promotion_group.not_found', { id });
}

const groups = sql`select g.id, g.name, g.name_en as "nameEn", g.stage, g.mode, g.parent_id as "parentId", g.priority, g.version,
  (select count(*)::int from promotions.promotion p where p.group_id = g.id and p.state <> 'ended') as members from promotions."group" g`;

/** A parent is of the same stage and not below the group itself. */
async function checkParent(tx: Tx, { parentId, stage }: GroupForm, id?: string): Promise<void> {
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
