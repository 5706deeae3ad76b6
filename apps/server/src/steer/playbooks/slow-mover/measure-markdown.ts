import { type Figures, openFigures, queryMetrics, wholeHouse } from '../../../know/metrics/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { json } from '../../../platform/db.ts';
import { Refusal } from '../../../platform/fail.ts';
import { job } from '../../../platform/jobs.ts';
import { addDays, addMs, dayOf, daysBetween } from '../../../platform/time.ts';
import type { Analytics } from '../../targets/index.ts';
import { move, type SlowMoverEffect } from '../decision.ts';
import { armsOf, lockDecision, partsOf, readDecision } from '../decision/lock-decision.ts';
import { measureMarkdown } from '../decision/queue.ts';
import { addSteps, announceMoves } from '../decision/steps.ts';
import { slowMoverSettingAt } from '../settings.ts';
import { playbooks } from '../tables.ts';
import { differenceInDifferences, type Estimate } from './did.ts';
import { chunksOf } from './gather-markdown.ts';
import type { ArmRow } from './slow-mover.ts';

const againAfterMs = 3_600_000;
const rowsMax = 5_000;

/**
 * When the window is over: units and margin of the treated SKUs against the control SKUs, before against during, with a confidence interval;
 * stored with the decision. Days before and during are whole business days. Safe to run twice. When the figures cannot be read it is tried
 * again an hour later, and the decision says so.
 */
export const measureMarkdownJob = (outside: { analytics: Analytics }) =>
  job(measureMarkdown, async ({ inTx }, { decisionId }) => {
    const facts = await inTx((ctx) => readFacts(ctx, decisionId));
    if (facts === undefined) return;
    try {
      const effect = await measure(await openFigures(outside.analytics, inTx), facts);
      await inTx((ctx) => storeEffect(ctx, decisionId, { ...effect, measuredAt: ctx.now.toISOString() }));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'analytics.unavailable') throw error;
      await inTx((ctx) => postpone(ctx, decisionId, error));
    }
  });

type Facts = NonNullable<Awaited<ReturnType<typeof readFacts>>>;

async function readFacts(ctx: Ctx, decisionId: string) {
  const decision = await readDecision(ctx.tx, decisionId);
  const { effectiveFrom, effectiveTo, state } = decision;
  const isRun = state === 'carried_out' || state === 'rolled_back';
  if (!isRun || decision.effect !== null || effectiveFrom === null || effectiveTo === null || effectiveTo > ctx.now)
    return undefined;
  const arms = await armsOf(ctx.tx, decisionId);
  const parts = partsOf(decision, arms);
  if (parts.playbook !== 'slow_mover') return undefined;
  const from = dayOf(effectiveFrom);
  const to = addDays(dayOf(effectiveTo), -1); // the last whole day: the end is excluded, and a day cut short by a roll back does not count
  const preDays = parts.cause.sales.length;
  const { confidenceBp } = await slowMoverSettingAt(ctx.tx, decision.settingVersion);
  return to < from ? undefined : { arms, from, to, preDays, confidenceBp };
}

async function measure(
  figures: Figures,
  { arms, from, to, preDays, confidenceBp }: Facts,
): Promise<Omit<SlowMoverEffect, 'measuredAt'>> {
  const start = addDays(from, -preDays);
  const days = Array.from({ length: daysBetween(start, to) + 1 }, (_, index) => addDays(start, index));
  const sold = await readDaily(
    figures,
    arms.flatMap(({ sku, arm }) => (arm === 'dropped' ? [] : [sku])),
    days,
  );
  const inArm = (name: ArmRow['arm']) => arms.filter(({ arm }) => arm === name).map(({ sku }) => sku);
  const [treated, control] = [inArm('treated'), inArm('control')];
  const windowDays = days.length - preDays;
  const estimate = (metric: Metric): Estimate => {
    const split = (sku: string) => {
      const values = days.map((day) => sold.get(`${sku}\n${day}`)?.[metric] ?? 0);
      return { pre: values.slice(0, preDays), post: values.slice(preDays) };
    };
    const options = { confidence: confidenceBp / 10_000, windowDays };
    return differenceInDifferences(treated.map(split), control.map(split), options) ?? unknown;
  };
  const meanOn = (day: string, skus: readonly string[]) =>
    skus.length === 0 ? 0 : skus.reduce((sum, sku) => sum + (sold.get(`${sku}\n${day}`)?.units_sold ?? 0), 0) / skus.length;
  return {
    from,
    to,
    windowDays,
    preDays,
    confidenceBp,
    treatedCount: treated.length,
    controlCount: control.length,
    method: 'did_welch',
    units: estimate('units_sold'),
    marginFen: estimate('gross_profit'),
    isEnough: treated.length >= 2 && control.length >= 2,
    series: days.map((day) => ({ day, treated: meanOn(day, treated), control: meanOn(day, control) })),
  };
}

type Metric = 'units_sold' | 'gross_profit';

const unknown: Estimate = {
  effect: 0,
  low: 0,
  high: 0,
  total: 0,
  totalLow: 0,
  totalHigh: 0,
  degreesOfFreedom: 0,
  isSignificant: false,
};

/** Units and gross profit of every SKU on every day, by `sku\nday`; absent where nothing was sold. */
export async function readDaily(
  figures: Figures,
  skus: readonly string[],
  days: readonly string[],
): Promise<Map<string, { units_sold: number; gross_profit: number }>> {
  const [from, to] = [days[0], days.at(-1)];
  const found = new Map<string, { units_sold: number; gross_profit: number }>();
  if (from === undefined || to === undefined) return found;
  for (const some of chunksOf(skus, Math.max(1, Math.floor(rowsMax / days.length)))) {
    const answer = await queryMetrics(
      figures,
      {
        metrics: ['units_sold', 'gross_profit'],
        from,
        to,
        by: ['day', 'sku'],
        filters: { sku: some },
        limit: rowsMax,
      },
      wholeHouse,
    );
    for (const { keys, values } of answer.rows)
      found.set(`${keys[1]}\n${keys[0]}`, { units_sold: values['units_sold'] ?? 0, gross_profit: values['gross_profit'] ?? 0 });
  }
  return found;
}

async function storeEffect(ctx: Ctx, decisionId: string, effect: SlowMoverEffect): Promise<void> {
  const decision = await lockDecision(ctx.tx, decisionId);
  if (decision.effect !== null) return;
  const state = decision.state === 'rolled_back' ? decision.state : move(decision.state, 'measured');
  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ state, effect: json(effect), measure_at: null, version: decision.version + 1 })
    .where('id', '=', decisionId)
    .execute();
  const { units, marginFen, windowDays } = effect;
  await addSteps(ctx, [
    {
      decisionId,
      stage: 'effect',
      what: 'measured',
      rule: 'playbooks.slow_mover.effect',
      details: { units: units.total, marginFen: Math.round(marginFen.total), isSignificant: units.isSignificant, windowDays },
    },
  ]);
  if (state !== decision.state) await announceMoves(ctx, [{ ...decision, from: decision.state, to: state }]);
}

async function postpone(ctx: Ctx, decisionId: string, { code }: Refusal): Promise<void> {
  const until = addMs(ctx.now, againAfterMs);
  await playbooks(ctx.tx).updateTable('decision').set({ measure_at: until }).where('id', '=', decisionId).execute();
  await addSteps(ctx, [
    { decisionId, stage: 'effect', what: 'measure_postponed', details: { code, until: until.toISOString() } },
  ]);
}
