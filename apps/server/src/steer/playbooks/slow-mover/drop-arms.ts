import type { Ctx } from '../../../platform/ctx.ts';
import { json } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { armsOf, type LockedDecision, partsOf } from '../decision/lock-decision.ts';
import { playbooks } from '../tables.ts';
import { planMarkdown } from './slow-mover.ts';

/**
 * Takes SKUs out of a mark-down before it is approved; plan and amount follow. Refuses `decision.nothing_to_do` when fewer than two SKUs
 * would stay in either group, as there would be nothing to measure.
 */
export async function dropArms(ctx: Ctx, decision: LockedDecision, skus: readonly string[]): Promise<{ amountFen: number }> {
  const before = await armsOf(ctx.tx, decision.id);
  const parts = partsOf(decision, before);
  if (parts.playbook !== 'slow_mover') refuse('decision.nothing_to_do', { playbook: parts.playbook });
  const arms = before.map((arm) => (skus.includes(arm.sku) ? { ...arm, arm: 'dropped' as const, newPriceFen: null } : arm));
  const count = (name: string) => arms.filter(({ arm }) => arm === name).length;
  const [treatedCount, controlCount] = [count('treated'), count('control')];
  if (treatedCount < 2 || controlCount < 2) refuse('decision.nothing_to_do', { treatedCount, controlCount });
  const { amountFen, options, expected } = planMarkdown(arms, parts.proposal.assumptions, parts.cause.sales.length);

  await playbooks(ctx.tx)
    .updateTable('arm')
    .set({ arm: 'dropped', new_price_fen: null, is_open: false })
    .where('decision_id', '=', decision.id)
    .where('sku', 'in', [...skus])
    .execute();
  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ proposal: json({ ...parts.proposal, treatedCount, controlCount, amountFen, options }), expected: json(expected) })
    .where('id', '=', decision.id)
    .execute();
  return { amountFen };
}
