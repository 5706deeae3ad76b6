import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { approvalProblem, move } from '../decision.ts';
import { limitsInForce } from '../settings.ts';
import { playbooks } from '../tables.ts';
import { dropArms } from '../slow-mover/drop-arms.ts';
import { lockDecision } from './lock-decision.ts';
import { queueCarryOut } from './queue.ts';
import { addSteps, announceMoves } from './steps.ts';

export interface ApproveDecision {
  id: string;
  version: number;
  /** Mark-downs only: these SKUs keep their price. */
  dropSkus: readonly string[];
  note?: string | undefined;
}

/**
 * A person approves, all or without some SKUs; it is carried out by a job, once. Refuses who lacks the right, `decision.over_limit` above the
 * limit of their role, `decision.four_eyes` for their own proposal, `decision.expired`, `decision.wrong_state` and `decision.stale`.
 */
export async function approveDecision(ctx: Ctx, { id, version, dropSkus, note }: ApproveDecision): Promise<void> {
  const decision = await lockDecision(ctx.tx, id, version);
  const dropped = dropSkus.length > 0 ? await dropArms(ctx, decision, dropSkus) : undefined;
  const amountFen = dropped?.amountFen ?? decision.amountFen;
  const limits = await limitsInForce(ctx.tx);
  const problem = approvalProblem({ ...decision, amountFen }, ctx.actor, limits[decision.playbook], ctx.now);
  if (problem !== undefined) refuse(problem.code, problem.details);
  const state = move(decision.state, 'approved');

  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({
      state,
      amount_fen: amountFen,
      decided_by: actorLabel(ctx.actor).name,
      decided_at: ctx.now,
      version: decision.version + 1,
    })
    .where('id', '=', id)
    .execute();
  await addSteps(ctx, [
    {
      decisionId: id,
      stage: 'approval',
      what: 'approved_by_person',
      note,
      details: { amountFen, ...(dropSkus.length > 0 && { dropped: dropSkus }) },
    },
  ]);
  await queueCarryOut(ctx, id);

  await announceMoves(ctx, [{ ...decision, from: decision.state, to: state }]);
}
