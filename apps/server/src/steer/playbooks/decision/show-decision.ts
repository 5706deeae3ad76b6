import type { playbooks as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { type Figures, openFigures } from '../../../know/metrics/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { Refusal } from '../../../platform/fail.ts';
import { addDays, dayOf, daysBetween } from '../../../platform/time.ts';
import type { Analytics } from '../../targets/index.ts';
import { readDaily } from '../slow-mover/measure-markdown.ts';
import { getDecision } from './queries.ts';

type Decision = z.output<typeof contract.Decision>;

interface Run {
  inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
  now: Date;
}

/** Everything the page shows; while a mark-down runs also both groups' sales so far, read after the transaction is over. */
export async function showDecision(analytics: Analytics, { inTx, now }: Run, id: string): Promise<Decision> {
  const decision = await inTx((ctx) => getDecision(ctx, id));
  if (decision.playbook !== 'slow_mover' || decision.state !== 'carried_out' || decision.effectiveFrom === null) return decision;
  const start = addDays(dayOf(new Date(decision.effectiveFrom)), -decision.cause.sales.length);
  const length = Math.max(0, daysBetween(start, dayOf(now)) + 1);
  const days = Array.from({ length }, (_, index) => addDays(start, index));
  try {
    return { ...decision, live: await liveSeries(await openFigures(analytics, inTx), decision.arms, days) };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'analytics.unavailable') return decision; // the page works without the curve
    throw error;
  }
}

async function liveSeries(figures: Figures, arms: readonly { sku: string; arm: string }[], days: readonly string[]) {
  const inArm = (name: string) => arms.filter(({ arm }) => arm === name).map(({ sku }) => sku);
  const [treated, control] = [inArm('treated'), inArm('control')];
  const sold = await readDaily(figures, [...treated, ...control], days);
  const mean = (skus: readonly string[], day: string) =>
    skus.length === 0 ? 0 : skus.reduce((sum, sku) => sum + (sold.get(`${sku}\n${day}`)?.units_sold ?? 0), 0) / skus.length;
  return days.map((day) => ({ day, treated: mean(treated, day), control: mean(control, day) }));
}
