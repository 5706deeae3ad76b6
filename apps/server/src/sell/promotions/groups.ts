import type { promotions as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import type { GroupChange } from './tables.ts';

type Group = z.input<typeof contract.PromotionGroup>;

/** Groups in the order in which they are applied: by stage, then the higher priority first. */
export async function listGroups(ctx: Ctx): Promise<Group[]> {
  const rows = await run(
    ctx.tx,
    sql<Row>`${groups} order by array_position(array['exclusive', 'line', 'threshold', 'coupon', 'freight'], g.stage),
    g.priority desc, g.id`,
  );
  return rows.map((row) => shown(ctx, row));
}

/** Refuses `promotion_group.not_found`. */
export async function getGroup(ctx: Ctx, id: string): Promise<Group> {
  const [group] = await run(ctx.tx, sql<Row>`${groups} where g.id = ${id}`);
  return group === undefined ? refuse('promotion_group.not_found', { id }) : shown(ctx, group);
}

type Row = Omit<Group, 'change'> & { change: GroupChange | null };

const shown = (ctx: Ctx, { change, ...row }: Row): Group => ({ ...row, change: change && shownChange(ctx, change) });

function shownChange({ actor }: Ctx, { byId, ...change }: GroupChange): Group['change'] {
  const mayDecide = actor.kind === 'staff' && actor.permissions.has('promotions.approve');
  return { ...change, mayApprove: mayDecide && byId !== actorLabel(actor).id };
}

const groups = sql`select g.id, g.name, g.name_en as "nameEn", g.stage, g.mode, g.parent_id as "parentId", g.priority, g.version, g.change,
  (select count(*)::int from promotions.promotion p where p.group_id = g.id and p.state <> 'ended') as members from promotions."group" g`;
