import { promotions as contract } from '@tongshang/contract';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { inBusinessZone } from '../../platform/time.ts';
import {
  costAtMost, isSecondPerson, leftOf, needsSecondPerson, type PromotionDraft, type PromotionStatus, statusOf,
} from './promotion.ts'; // prettier-ignore
import { getSettings } from './settings.ts';
import type { PromotionTable } from './tables.ts';

type Promotion = z.input<typeof contract.Promotion>;
type ListPromotions = z.output<typeof contract.listPromotions.query>;
type PromotionRow = Selectable<PromotionTable>;
type ShownRow = PromotionRow & {
  groupName: string | null;
  groupNameEn: string | null;
  spentFen: number;
  uses: number;
  units: number;
};

/** Promotions, the latest start first, and how many there are in each status. */
export async function listPromotions(
  ctx: Ctx,
  { status, stage, text, after, limit }: ListPromotions,
): Promise<z.input<typeof contract.listPromotions.reply>> {
  const wanted = [
    stage === undefined ? sql`true` : sql`p.stage = ${stage}`,
    text === undefined || text === '' ? sql`true` : sql`(p.name || ' ' || p.name_en || ' ' || p.number) ilike ${likePart(text)}`,
  ];
  const counted = await run(
    ctx.tx,
    sql<{ status: PromotionStatus; count: number }>`select ${statusIn(ctx.now)} as status, count(*)::int as count
      from promotions.promotion p where ${sql.join(wanted, sql` and `)} group by 1`,
  );
  const counts = Object.fromEntries(contract.promotionStatuses.map((one) => [one, 0])) as Record<PromotionStatus, number>;
  for (const row of counted) counts[row.status] = row.count;

  if (status !== undefined) wanted.push(sql`${statusIn(ctx.now)} = ${status}`);
  if (after !== undefined) {
    const [at = '', id = ''] = after.split('_');
    if (Number.isNaN(Date.parse(at)) || !/^[\da-f-]{36}$/.test(id))
      refuse('request.invalid', { issues: [{ at: 'query', path: 'after' }] });
    wanted.push(sql`(p.starts_at, p.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const rows = await run(
    ctx.tx,
    sql<ShownRow>`${shownRows} where ${sql.join(wanted, sql` and `)} order by p.starts_at desc, p.id desc limit ${limit + 1}`,
  );
  const { secondPersonAboveFen } = await getSettings(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? `${last.starts_at.toISOString()}_${last.id}` : null;
  return { items: shown.map((row) => onWire(ctx, row, secondPersonAboveFen)), next, counts };
}

/** One promotion as who asks sees it. Refuses `promotion.not_found`. */
export async function getPromotion(ctx: Ctx, id: string): Promise<Promotion> {
  const [row] = await run(ctx.tx, sql<ShownRow>`${shownRows} where p.id = ${id}`);
  if (row === undefined) refuse('promotion.not_found', { id });
  const { secondPersonAboveFen } = await getSettings(ctx.tx);
  return onWire(ctx, row, secondPersonAboveFen);
}

/** How promotions are called and what is so with them now, by id. */
export async function namesOf(tx: Tx, ids: readonly string[], at: Date) {
  const rows = await run(
    tx,
    sql<{ id: string; name: string; nameEn: string; status: PromotionStatus }>`
      select p.id, p.name, p.name_en as "nameEn", ${statusIn(at)} as status from promotions.promotion p where p.id = any(${[...ids]}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const likePart = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (mark) => `\\${mark}`)}%`;

/** `statusOf` in SQL, for filters and counts. */
const statusIn = (at: Date): RawBuilder<PromotionStatus> => sql<PromotionStatus>`case
  when p.state in ('approved', 'paused') and p.ends_at <= ${at} then 'ended'
  when p.state = 'approved' and p.starts_at > ${at} then 'scheduled'
  when p.state = 'approved' then 'running' else p.state end`;

const shownRows = sql`select p.*, g.name as "groupName", g.name_en as "groupNameEn", b.spent_fen::bigint as "spentFen", b.uses::bigint as uses,
    b.units::bigint as units
  from promotions.promotion p
  left join promotions."group" g on g.id = p.group_id
  cross join lateral (select sum(spent_fen) as spent_fen, sum(uses) as uses, sum(units) as units from promotions.balance
    where promotion_id = p.id) b`;

function onWire(ctx: Ctx, row: ShownRow, secondPersonAboveFen: number): Promotion {
  const costMaxFen = costAtMost({ then: row.then, budgetFen: row.budget_fen, usesMax: row.uses_max });
  const people = { createdById: row.created_by_id, changedById: row.changed_by_id };
  return {
    ...draftOf(row),
    id: row.id,
    number: row.number,
    version: row.version,
    state: row.state,
    status: statusOf({ state: row.state, startsAt: row.starts_at, endsAt: row.ends_at }, ctx.now),
    groupName: row.groupName,
    groupNameEn: row.groupNameEn,
    balance: {
      spentFen: row.spentFen,
      uses: row.uses,
      units: row.units,
      leftFen: leftOf(row.budget_fen, row.spentFen),
      usesLeft: leftOf(row.uses_max, row.uses),
      unitsLeft: leftOf(row.units_max, row.units),
    },
    costMaxFen,
    needsSecondPerson: needsSecondPerson(costMaxFen, secondPersonAboveFen),
    mayApprove:
      isSecondPerson(people, actorLabel(ctx.actor).id) &&
      ctx.actor.kind === 'staff' &&
      ctx.actor.permissions.has('promotions.approve'),
    createdBy: { id: row.created_by_id, name: row.created_by },
    changedBy: { id: row.changed_by_id, name: row.changed_by },
    approvedBy: row.approved_by === null ? null : { id: row.approved_by_id ?? '', name: row.approved_by },
    rejectedReason: row.rejected_reason,
    createdAt: inBusinessZone(row.created_at),
    changedAt: inBusinessZone(row.changed_at),
    approvedAt: zoned(row.approved_at),
    endedAt: zoned(row.ended_at),
  };
}

/** The rule as its form writes it: sent back unchanged it is the same rule, in whatever zone the form was open. */
export const draftOf = (row: PromotionRow): PromotionDraft => ({
  name: row.name,
  nameEn: row.name_en,
  stage: row.stage,
  groupId: row.group_id,
  priority: row.priority,
  when: row.when,
  then: row.then,
  joinsExclusive: row.joins_exclusive,
  needsCode: row.needs_code,
  startsAt: inBusinessZone(row.starts_at),
  endsAt: zoned(row.ends_at),
  budgetFen: row.budget_fen,
  usesMax: row.uses_max,
  usesPerCustomer: row.uses_per_customer,
  unitsMax: row.units_max,
  unitsPerCustomer: row.units_per_customer,
  expectedCostFen: row.expected_cost_fen,
});

const zoned = (at: Date | null): string | null => (at === null ? null : inBusinessZone(at));
