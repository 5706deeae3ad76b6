import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { approvePermission, move, stepProblem } from '../decision.ts';
import { playbooks } from '../tables.ts';
import { lockDecision } from './lock-decision.ts';
import { addSteps, announceMoves } from './steps.ts';

interface Answer {
  id: string;
  version: number;
}

/** Rejects a proposal for good, with the reason. An expired one may still be rejected, so that it says why. */
export async function rejectDecision(ctx: Ctx, { id, version, reason }: Answer & { reason: string }): Promise<void> {
  const decision = await lockDecision(ctx.tx, id, version);
  const step = { permission: approvePermission[decision.playbook], to: 'rejected' as const, ignoresExpiry: true };
  const problem = stepProblem(decision, ctx.actor, step, ctx.now);
  if (problem !== undefined) refuse(problem.code, problem.details);
  const state = move(decision.state, 'rejected');

  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ state, decided_by: actorLabel(ctx.actor).name, decided_at: ctx.now, version: decision.version + 1 })
    .where('id', '=', id)
    .execute();
  await addSteps(ctx, [{ decisionId: id, stage: 'approval', what: 'rejected', note: reason }]);

  await announceMoves(ctx, [{ ...decision, from: decision.state, to: state }]);
}

/** Sends a proposal back, saying what should change; whoever changes it becomes its proposer. */
export async function requestChange(ctx: Ctx, { id, version, note }: Answer & { note: string }): Promise<void> {
  const decision = await lockDecision(ctx.tx, id, version);
  const step = { permission: approvePermission[decision.playbook], to: 'change_requested' as const };
  const problem = stepProblem(decision, ctx.actor, step, ctx.now);
  if (problem !== undefined) refuse(problem.code, problem.details);
  const state = move(decision.state, 'change_requested');

  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ state, version: decision.version + 1 })
    .where('id', '=', id)
    .execute();
  await addSteps(ctx, [{ decisionId: id, stage: 'approval', what: 'change_requested', note }]);

  await announceMoves(ctx, [{ ...decision, from: decision.state, to: state }]);
}
