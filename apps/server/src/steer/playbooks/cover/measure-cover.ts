import { type Figures, openFigures, queryMetrics, wholeHouse } from '../../../know/metrics/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { json } from '../../../platform/db.ts';
import { job } from '../../../platform/jobs.ts';
import { addDays, dayOf, daysBetween } from '../../../platform/time.ts';
import { totalsOf } from '../../../supply/inventory/index.ts';
import { getPurchase } from '../../../supply/purchasing/index.ts';
import type { Analytics } from '../../targets/index.ts';
import { type CoverEffect, move } from '../decision.ts';
import { lockDecision, partsOf, readDecision } from '../decision/lock-decision.ts';
import { measureCover } from '../decision/queue.ts';
import { addSteps, announceMoves } from '../decision/steps.ts';
import { playbooks } from '../tables.ts';
import { coverDays } from './cover.ts';

/**
 * When what was ordered has arrived: stock-out days between proposal and receipt, cover after it and the lead time, each beside what was
 * expected; stored with the decision. Safe to run twice.
 */
export const measureCoverJob = (outside: { analytics: Analytics }) =>
  job(measureCover, async ({ inTx }, { decisionId }) => {
    const facts = await inTx((ctx) => readFacts(ctx, decisionId));
    if (facts === undefined) return;
    const stockOutDays = await countStockOuts(
      await openFigures(outside.analytics, inTx),
      facts.proposal.sku,
      dayOf(facts.proposedAt),
      facts.receivedOn,
    );
    await inTx((ctx) => storeEffect(ctx, decisionId, { ...facts.effect, stockOutDays }));
  });

async function readFacts(ctx: Ctx, decisionId: string) {
  const decision = await readDecision(ctx.tx, decisionId);
  if (decision.state !== 'carried_out' || decision.purchaseId === null) return undefined;
  const parts = partsOf(decision, []);
  if (parts.playbook !== 'cover') return undefined;
  const { proposal, expected } = parts;
  const purchase = await getPurchase(ctx, decision.purchaseId);
  const receivedOn = dayOf(new Date(purchase.receipts.at(-1)?.receivedAt ?? ctx.now));
  const [total] = await totalsOf(ctx.tx, [proposal.sku], ctx.now);
  const effect = {
    measuredAt: ctx.now.toISOString(),
    receivedOn,
    receivedUnits: purchase.received,
    coverAfterDays: coverDays(total?.available ?? 0, proposal.assumptions.dailyUnits),
    expectedCoverDays: expected.coverAfterDays,
    expectedStockOutDays: expected.stockOutDays,
    leadTimeDays: daysBetween(dayOf(new Date(purchase.createdAt)), receivedOn),
    expectedLeadTimeDays: proposal.assumptions.leadTimeDays,
  };
  return { proposal, receivedOn, proposedAt: decision.proposedAt, effect };
}

/** Days from the proposal until the day before the receipt on which nothing was on hand at the end. */
async function countStockOuts(figures: Figures, sku: string, from: string, receivedOn: string): Promise<number> {
  const to = addDays(receivedOn, -1);
  if (to < from) return 0;
  const answer = await queryMetrics(
    figures,
    {
      metrics: ['stock_units'],
      from,
      to,
      by: ['day'],
      filters: { sku: [sku] },
      limit: 1000,
    },
    wholeHouse,
  );
  return answer.rows.filter((row) => (row.values['stock_units'] ?? 0) <= 0).length;
}

async function storeEffect(ctx: Ctx, decisionId: string, effect: CoverEffect): Promise<void> {
  const decision = await lockDecision(ctx.tx, decisionId);
  if (decision.state !== 'carried_out') return;
  const state = move(decision.state, 'measured');
  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ state, effect: json(effect), version: decision.version + 1 })
    .where('id', '=', decisionId)
    .execute();
  await addSteps(ctx, [
    {
      decisionId,
      stage: 'effect',
      what: 'measured',
      rule: 'playbooks.cover.effect',
      details: {
        coverAfterDays: effect.coverAfterDays,
        expectedCoverDays: effect.expectedCoverDays,
        stockOutDays: effect.stockOutDays,
      },
    },
  ]);
  await announceMoves(ctx, [{ ...decision, from: decision.state, to: state }]);
}
