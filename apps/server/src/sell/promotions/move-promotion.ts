import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { promotionChanged } from './events.ts';
import { costAtMost, isSecondPerson, type Move, moved, needsSecondPerson, type PromotionState } from './promotion.ts';
import { touchRevision } from './revision.ts';
import { lockPromotion } from './save-promotion.ts';
import { getSettings } from './settings.ts';
import { noteStep } from './steps.ts';
import { promotions } from './tables.ts';

interface Versioned {
  id: string;
  version: number;
}

/**
 * Asks to start a promotion: one that can cost no more than the limit is approved at once, any other waits for a second person. Refuses
 * `promotion.not_found`, `promotion.stale`, `promotion.wrong_state`, and `promotion.invalid_rule` when its time has passed.
 */
export async function submitPromotion(ctx: Ctx, { id, version }: Versioned): Promise<void> {
  const promotion = await lockPromotion(ctx, { id, version });
  const waiting = moved(promotion.state, 'submit');
  if (promotion.ends_at !== null && promotion.ends_at <= ctx.now) refuse('promotion.invalid_rule', { field: 'endsAt' });

  const { secondPersonAboveFen } = await getSettings(ctx.tx);
  const costMaxFen = costAtMost({ then: promotion.then, budgetFen: promotion.budget_fen, usesMax: promotion.uses_max });
  await noteStep(ctx, id, 'submitted');
  if (needsSecondPerson(costMaxFen, secondPersonAboveFen)) return save(ctx, promotion, { state: waiting });
  await noteStep(ctx, id, 'approved');
  await save(ctx, promotion, { state: moved(waiting, 'approve'), ...approvedBy(ctx) });
}

/** Lets a promotion start. Refuses, besides the usual, `promotion.needs_second_person` to who wrote or last changed it. */
export async function approvePromotion(ctx: Ctx, { id, version }: Versioned): Promise<void> {
  const promotion = await lockPromotion(ctx, { id, version });
  const state = moved(promotion.state, 'approve');
  const people = { createdById: promotion.created_by_id, changedById: promotion.changed_by_id };
  if (!isSecondPerson(people, actorLabel(ctx.actor).id)) refuse('promotion.needs_second_person', { id });

  await noteStep(ctx, id, 'approved');
  await save(ctx, promotion, { state, ...approvedBy(ctx) });
}

/** Sends a promotion back to its writer with a reason. */
export async function rejectPromotion(ctx: Ctx, { id, version, reason }: Versioned & { reason: string }): Promise<void> {
  const promotion = await lockPromotion(ctx, { id, version });
  const state = moved(promotion.state, 'reject');
  await noteStep(ctx, id, 'rejected', reason);
  await save(ctx, promotion, { state, rejected_reason: reason });
}

/**
 * Pauses, resumes or ends a promotion. Orders already placed keep what they were given. Refuses `promotion.not_found` and
 * `promotion.wrong_state`.
 */
export async function movePromotion(ctx: Ctx, { id, move }: { id: string; move: Extract<Move, 'pause' | 'resume' | 'end'> }) {
  const promotion = await lockPromotion(ctx, { id });
  const state = moved(promotion.state, move);
  await noteStep(ctx, id, stepOf[move]);
  await save(ctx, promotion, { state, ...(move === 'end' && { ended_at: ctx.now }) });
}

const stepOf = { pause: 'paused', resume: 'resumed', end: 'ended' } as const;

const approvedBy = (ctx: Ctx) => {
  const by = actorLabel(ctx.actor);
  return { approved_by_id: by.id, approved_by: by.name, approved_at: ctx.now, rejected_reason: null };
};

async function save(
  ctx: Ctx,
  { id, version }: Versioned,
  set: { state: PromotionState; rejected_reason?: string | null; ended_at?: Date },
): Promise<void> {
  await promotions(ctx.tx)
    .updateTable('promotion')
    .set({ ...set, version: version + 1 })
    .where('id', '=', id)
    .execute();

  await touchRevision(ctx.tx);
  await emit(ctx, promotionChanged, { promotionId: id, state: set.state, version: version + 1 });
}
