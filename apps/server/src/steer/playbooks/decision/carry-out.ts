import type { Ctx } from '../../../platform/ctx.ts';
import { Refusal } from '../../../platform/fail.ts';
import { job } from '../../../platform/jobs.ts';
import { addDays, addMs, dayOf, startOfDay } from '../../../platform/time.ts';
import { scheduleMarkdowns } from '../../../sell/pricing/index.ts';
import { requestPurchase } from '../../../supply/purchasing/index.ts';
import { move } from '../decision.ts';
import { playbooks } from '../tables.ts';
import { armsOf, lockDecision, type LockedDecision, partsOf } from './lock-decision.ts';
import { carryOut } from './queue.ts';
import { addSteps, announceMoves } from './steps.ts';

/** How long after the window the last facts are waited for. */
const settleMs = 2 * 3_600_000;

/**
 * Carries out an approved decision by the use case that a person's button calls. Safe to run twice or after a kill: the state is checked
 * under a lock and the cause `decision:<id>` asks once. What the use case refuses becomes the state `failed`, which people see.
 */
export const carryOutJob = job(carryOut, async ({ inTx }, { decisionId }) => {
  try {
    await inTx((ctx) => carryOutDecision(ctx, decisionId));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await inTx((ctx) => failDecision(ctx, decisionId, error));
  }
});

async function carryOutDecision(ctx: Ctx, id: string): Promise<void> {
  const decision = await lockDecision(ctx.tx, id);
  if (decision.state !== 'approved') return;
  const state = move(decision.state, 'carried_out');
  await (decision.playbook === 'cover' ? askSupplier(ctx, decision) : lowerPrices(ctx, decision));

  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ state, version: decision.version + 1 })
    .where('id', '=', id)
    .execute();

  await announceMoves(ctx, [{ ...decision, from: decision.state, to: state }]);
}

async function askSupplier(ctx: Ctx, decision: LockedDecision): Promise<void> {
  const { proposal } = partsOf(decision, []);
  if (!('sku' in proposal)) return;
  const { sku, quantity, unitCostFen, supplier, location } = proposal;
  const purchase = await requestPurchase(ctx, {
    supplier,
    location,
    expectedOn: addDays(dayOf(ctx.now), proposal.assumptions.leadTimeDays),
    cause: `decision:${decision.id}`,
    lines: [{ sku, quantity, unitCostFen }],
  });
  await playbooks(ctx.tx).updateTable('decision').set({ purchase_id: purchase.id }).where('id', '=', decision.id).execute();
  await addSteps(ctx, [
    {
      decisionId: decision.id,
      stage: 'execution',
      what: 'purchase_requested',
      rule: ruleOf(decision),
      details: { purchaseId: purchase.id, number: purchase.number, sku, quantity, amountFen: quantity * unitCostFen },
    },
  ]);
}

async function lowerPrices(ctx: Ctx, decision: LockedDecision): Promise<void> {
  const parts = partsOf(decision, await armsOf(ctx.tx, decision.id));
  if (parts.playbook !== 'slow_mover') return;
  const tomorrow = addDays(dayOf(ctx.now), 1);
  const startsOn = parts.proposal.startsOn > tomorrow ? parts.proposal.startsOn : tomorrow; // approved late: start late, run as long
  const from = startOfDay(startsOn);
  const to = startOfDay(addDays(startsOn, parts.proposal.assumptions.windowDays));
  const rows = parts.arms.flatMap(({ sku, arm, newPriceFen }) =>
    arm === 'treated' && newPriceFen !== null ? [{ sku, amountFen: newPriceFen }] : [],
  );
  await scheduleMarkdowns(ctx, { cause: `decision:${decision.id}`, rows, validFrom: from, validTo: to });
  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ effective_from: from, effective_to: to, measure_at: addMs(to, settleMs) })
    .where('id', '=', decision.id)
    .execute();
  await addSteps(ctx, [
    {
      decisionId: decision.id,
      stage: 'execution',
      what: 'markdown_scheduled',
      rule: ruleOf(decision),
      details: { from: from.toISOString(), to: to.toISOString(), skus: rows.length },
    },
  ]);
}

/** What carries decisions out, with the version of the setting they were made under. */
const ruleOf = ({ playbook, settingVersion }: LockedDecision): string => `playbooks.${playbook}.carry_out@${settingVersion}`;

async function failDecision(ctx: Ctx, id: string, refusal: Refusal): Promise<void> {
  const decision = await lockDecision(ctx.tx, id);
  if (decision.state !== 'approved') return;
  const state = move(decision.state, 'failed');
  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ state, version: decision.version + 1 })
    .where('id', '=', id)
    .execute();
  await addSteps(ctx, [
    {
      decisionId: id,
      stage: 'execution',
      what: 'execution_failed',
      rule: ruleOf(decision),
      details: { code: refusal.code, ...refusal.details },
    },
  ]);
  await announceMoves(ctx, [{ ...decision, from: decision.state, to: state }]);
}
