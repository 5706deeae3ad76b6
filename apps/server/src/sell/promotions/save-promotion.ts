import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { promotionChanged } from './events.ts';
import { contradictionIn, moved, type PromotionDraft } from './promotion.ts';
import { draftOf } from './queries.ts';
import { touchRevision } from './revision.ts';
import { noteStep } from './steps.ts';
import { promotions } from './tables.ts';

/** Writes a promotion as a draft; answers its id. Refuses `promotion.invalid_rule`, `promotion_group.not_found`. */
export async function createPromotion(ctx: Ctx, draft: PromotionDraft): Promise<string> {
  await touchRevision(ctx.tx); // first: nobody changes a group's stage meanwhile
  await checkDraft(ctx, draft);

  const by = actorLabel(ctx.actor);
  const db = promotions(ctx.tx);
  const { id, state, version } = await db
    .insertInto('promotion')
    .values({
      ...rowOf(draft),
      created_by_id: by.id,
      created_by: by.name,
      created_at: ctx.now,
      changed_by_id: by.id,
      changed_by: by.name,
      changed_at: ctx.now,
    })
    .returning(['id', 'state', 'version'])
    .executeTakeFirstOrThrow();
  await db.insertInto('balance').values({ promotion_id: id, shard: 0 }).execute();

  await noteStep(ctx, id, 'created');
  await emit(ctx, promotionChanged, { promotionId: id, state, version });
  return id;
}

export interface SavePromotion {
  id: string;
  version: number;
  draft: PromotionDraft;
}

/**
 * Changes a promotion that does not run; one that waited or was paused is a draft again and has to be approved anew. What it has taken
 * so far stays. Refuses `promotion.not_found`, `promotion.stale`, `promotion.wrong_state`, `promotion.invalid_rule`, `promotion_group.not_found`.
 */
export async function savePromotion(ctx: Ctx, { id, version, draft }: SavePromotion): Promise<void> {
  const promotion = await lockPromotion(ctx, { id, version });
  const state = moved(promotion.state, 'edit');
  await touchRevision(ctx.tx);
  await checkDraft(ctx, draft);

  const by = actorLabel(ctx.actor);
  await promotions(ctx.tx)
    .updateTable('promotion')
    .set({
      ...rowOf(draft),
      state,
      version: version + 1,
      changed_by_id: by.id,
      changed_by: by.name,
      changed_at: ctx.now,
      approved_by_id: null,
      approved_by: null,
      approved_at: null,
    })
    .where('id', '=', id)
    .execute();

  await noteStep(ctx, id, 'changed');
  await emit(ctx, promotionChanged, { promotionId: id, state, version: version + 1 });
}

/** A new draft with the same rule, written by who asks; answers its id. Refuses `promotion.not_found`. */
export async function duplicatePromotion(ctx: Ctx, id: string): Promise<string> {
  const row = await promotions(ctx.tx).selectFrom('promotion').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? refuse('promotion.not_found', { id }) : createPromotion(ctx, draftOf(row));
}

/** Locks a promotion until the transaction ends. Refuses `promotion.not_found` and, when somebody changed it since, `promotion.stale`. */
export async function lockPromotion(ctx: Ctx, { id, version }: { id: string; version?: number | undefined }) {
  const row = await promotions(ctx.tx).selectFrom('promotion').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) refuse('promotion.not_found', { id });
  if (version !== undefined && row.version !== version) refuse('promotion.stale', { seen: version, current: row.version });
  return row;
}

/** Refuses what cannot be meant: `promotion.invalid_rule` with the field, `promotion_group.not_found`. */
export async function checkDraft({ tx }: Pick<Ctx, 'tx'>, draft: PromotionDraft): Promise<void> {
  const field = contradictionIn({ ...draft, ...windowOf(draft) });
  if (field !== undefined) refuse('promotion.invalid_rule', { field });
  if (draft.groupId !== null) {
    const group = await promotions(tx).selectFrom('group').select('stage').where('id', '=', draft.groupId).executeTakeFirst();
    if (group === undefined) refuse('promotion_group.not_found', { id: draft.groupId });
    if (group.stage !== draft.stage) refuse('promotion.invalid_rule', { field: 'groupId' });
  }
  if (draft.then.gives === 'coupon') {
    const next = promotions(tx).selectFrom('promotion').select('needs_code').where('id', '=', draft.then.promotionId);
    if ((await next.executeTakeFirst())?.needs_code !== true) refuse('promotion.invalid_rule', { field: 'then.promotionId' });
  }
}

export const windowOf = ({ startsAt, endsAt }: Pick<PromotionDraft, 'startsAt' | 'endsAt'>) => ({
  startsAt: new Date(startsAt),
  endsAt: endsAt === null ? null : new Date(endsAt),
});

const rowOf = (draft: PromotionDraft) => ({
  name: draft.name,
  name_en: draft.nameEn,
  stage: draft.stage,
  group_id: draft.groupId,
  priority: draft.priority,
  when: json(draft.when) as never,
  then: json(draft.then) as never,
  joins_exclusive: draft.joinsExclusive,
  needs_code: draft.needsCode,
  starts_at: windowOf(draft).startsAt,
  ends_at: windowOf(draft).endsAt,
  budget_fen: draft.budgetFen,
  uses_max: draft.usesMax,
  uses_per_customer: draft.usesPerCustomer,
  units_max: draft.unitsMax,
  units_per_customer: draft.unitsPerCustomer,
  expected_cost_fen: draft.expectedCostFen,
  rejected_reason: null,
});
