import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { dayOf, startOfDay } from '../../../platform/time.ts';
import { endMarkdowns } from '../../../sell/pricing/index.ts';
import { cancelPurchase } from '../../../supply/purchasing/index.ts';
import { approvePermission, move, stepProblem } from '../decision.ts';
import { playbooks } from '../tables.ts';
import { lockDecision, type LockedDecision } from './lock-decision.ts';
import { addSteps, announceMoves } from './steps.ts';

/**
 * Undoes what is carried out as far as it can be: prices return to list now, or what is still open at the supplier is given up. A mark-down
 * that ran at least one whole day is still measured. Refuses `decision.wrong_state` when the window is over and `purchase.wrong_state` when
 * everything has arrived.
 */
export async function rollBackDecision(
  ctx: Ctx,
  { id, version, reason }: { id: string; version: number; reason: string },
): Promise<void> {
  const decision = await lockDecision(ctx.tx, id, version);
  const problem = stepProblem(
    decision,
    ctx.actor,
    { permission: approvePermission[decision.playbook], to: 'rolled_back' },
    ctx.now,
  );
  if (problem !== undefined) refuse(problem.code, problem.details);
  const state = move(decision.state, 'rolled_back');
  const window = decision.playbook === 'slow_mover' ? await endEarly(ctx, decision) : {};
  if (decision.purchaseId !== null) await cancelPurchase(ctx, { id: decision.purchaseId, reason });

  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ state, version: decision.version + 1, ...window })
    .where('id', '=', id)
    .execute();
  await addSteps(ctx, [{ decisionId: id, stage: 'execution', what: 'rolled_back', note: reason }]);

  await announceMoves(ctx, [{ ...decision, from: decision.state, to: state }]);
}

async function endEarly(ctx: Ctx, { id, effectiveFrom, effectiveTo }: LockedDecision) {
  if (effectiveFrom === null || effectiveTo === null || ctx.now >= effectiveTo)
    refuse('decision.wrong_state', { from: 'carried_out', to: 'rolled_back' });
  await endMarkdowns(ctx, { cause: `decision:${id}` });
  const wholeDaysUntil = startOfDay(dayOf(ctx.now));
  return { effective_to: ctx.now, measure_at: wholeDaysUntil > effectiveFrom ? ctx.now : null };
}
