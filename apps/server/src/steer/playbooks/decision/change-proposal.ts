import type { playbooks as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { replanCover } from '../cover/replan-cover.ts';
import { isUndecided, move, proposePermission, stepProblem } from '../decision.ts';
import { replanMarkdown } from '../slow-mover/replan-markdown.ts';
import type { ArmRow } from '../slow-mover/slow-mover.ts';
import { playbooks } from '../tables.ts';
import { armsOf, lockDecision, type LockedDecision, type Parts, partsOf, readDecision } from './lock-decision.ts';
import { insertArms } from './save-decision.ts';
import { addSteps, announceMoves } from './steps.ts';

export type Change = z.output<typeof contract.previewProposal.body>;

/** The proposal under other assumptions. Nothing is stored. Refuses `decision.wrong_state` once it is decided. */
export async function previewProposal(ctx: Ctx, id: string, change: Change): Promise<Parts> {
  const decision = await readDecision(ctx.tx, id);
  if (!isUndecided(decision.state)) refuse('decision.wrong_state', { from: decision.state, to: 'proposed' });
  const { parts, arms } = await replan(ctx.tx, decision, change);
  return partsOf({ ...decision, ...parts }, arms);
}

/**
 * Changes a proposal that is not decided yet; the caller becomes its proposer, so somebody else approves it. Refuses `decision.stale`,
 * `decision.expired`, and `decision.nothing_to_do` when nothing would be left to do.
 */
export async function changeProposal(
  ctx: Ctx,
  { id, version, change, note }: { id: string; version: number; change: Change; note?: string | undefined },
): Promise<void> {
  const decision = await lockDecision(ctx.tx, id, version);
  const problem = stepProblem(decision, ctx.actor, { permission: proposePermission[decision.playbook], to: 'proposed' }, ctx.now);
  if (problem !== undefined) refuse(problem.code, problem.details);
  const { parts, arms } = await replan(ctx.tx, decision, change);
  const state = move(decision.state, 'proposed');
  const { kind, id: actorId, name } = actorLabel(ctx.actor);

  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({
      state,
      proposal: json(parts.proposal),
      expected: json(parts.expected),
      amount_fen: parts.proposal.amountFen,
      proposed_by_kind: kind === 'staff' ? 'staff' : 'system',
      proposed_by_id: actorId,
      proposed_by: name,
      proposed_at: ctx.now,
      version: decision.version + 1,
    })
    .where('id', '=', id)
    .execute();
  await run(ctx.tx, sql`delete from playbooks.arm where decision_id = ${id}`);
  await insertArms(ctx, id, arms);
  const { playbook: _, ...asked } = change;
  await addSteps(ctx, [
    {
      decisionId: id,
      stage: 'proposal',
      what: 'proposal_changed',
      note,
      details: { ...asked, wasFen: decision.amountFen, amountFen: parts.proposal.amountFen },
    },
  ]);

  await announceMoves(ctx, [{ ...decision, from: decision.state, to: state }]);
}

async function replan(tx: Tx, decision: LockedDecision, change: Change): Promise<{ parts: Parts; arms: readonly ArmRow[] }> {
  const arms = await armsOf(tx, decision.id);
  const parts = partsOf(decision, arms);
  if (parts.playbook === 'cover' && change.playbook === 'cover') return { parts: replanCover(parts, change), arms };
  if (parts.playbook === 'slow_mover' && change.playbook === 'slow_mover') return replanMarkdown(parts, arms, change);
  return refuse('decision.nothing_to_do', { playbook: parts.playbook });
}
