import type { metrics, targets as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { type Figures, findDefinition, openFigures, queryMetrics, wholeHouse } from '../../know/metrics/index.ts';
import type { Tx } from '../../platform/db.ts';
import { addDays, dayOf } from '../../platform/time.ts';
import type { Analytics } from './figures.ts';
import { listTargets } from './queries.ts';
import { daysOfMonth, monthOf, progressOf, splitMonth } from './target.ts';

type Target = z.input<typeof contract.Target>;
type TargetProgress = z.input<typeof contract.TargetProgress>;

/** How many actual figures are asked for at once: enough to hide the wait, few enough to leave room for others. */
const atOnce = 4;

/** Whether a metric grows day by day towards its target, or is a ratio or level that should be the same every day. */
export const isAdditive = ({ additivity }: metrics.MetricDefinition): boolean =>
  additivity === 'sum' || additivity === 'distinct';

/** Every target of a month against the actual figure so far. The figures are read after the transaction is over. */
export async function trackProgress(
  { analytics }: { analytics: Analytics },
  run: { inTx: <T>(work: (ctx: { tx: Tx; now: Date }) => Promise<T>) => Promise<T>; now: Date },
  asked: { month: string; metric?: string | undefined },
): Promise<{ items: TargetProgress[] }> {
  const found = await run.inTx((ctx) => listTargets(ctx.tx, asked));
  if (found.length === 0) return { items: [] };
  const figures = await openFigures(analytics, run.inTx);
  const items: TargetProgress[] = [];
  for (let start = 0; start < found.length; start += atOnce) {
    const some = found.slice(start, start + atOnce).map((target) => progressOfTarget(figures, target, run.now));
    items.push(...(await Promise.all(some)).filter((progress) => progress !== undefined));
  }
  return { items };
}

async function progressOfTarget(figures: Figures, target: Target, now: Date): Promise<TargetProgress | undefined> {
  const definition = findDefinition(figures.book, target.metric);
  if (definition === undefined) return undefined; // the metric was dropped; its targets stay as history
  const nature = { isAdditive: isAdditive(definition), polarity: definition.polarity };
  const days =
    target.period === 'day'
      ? new Map([[target.startsOn, target.value]])
      : splitMonth(monthOf(target.startsOn), target.value, target.weekdayWeights, nature.isAdditive);
  const { total, byDay } = await readActual(figures, definition.name, target, now);
  return {
    target,
    unit: definition.unit,
    isAdditive: nature.isAdditive,
    asOf: now.toISOString(),
    actual: total,
    ...progressOf({ days, value: target.value }, total, now, nature),
    days: [...days].map(([day, value]) => ({ day, target: value, actual: byDay.get(day) ?? null })),
  };
}

async function readActual(figures: Figures, metric: string, target: Target, now: Date) {
  const today = dayOf(now);
  const last = target.period === 'day' ? target.startsOn : (daysOfMonth(monthOf(target.startsOn)).at(-1) ?? target.startsOn);
  const nothing = { total: null, byDay: new Map<string, number | null>() };
  if (target.startsOn > today) return nothing;
  const { channel, category, store } = target.scope;
  const answer = await queryMetrics(
    figures,
    {
      metrics: [metric],
      from: target.startsOn,
      to: last < today ? last : today,
      ...(last >= today && { until: now }),
      by: ['day'],
      filters: {
        ...(channel !== undefined && { channel: [channel] }),
        ...(category !== undefined && { category: [category] }),
        ...(store !== undefined && { store: [store] }),
      },
    },
    wholeHouse,
  );
  const byDay = new Map(answer.rows.map((row) => [row.keys[0] ?? '', row.values[metric] ?? null]));
  for (let day = target.startsOn; day <= last && day <= today; day = addDays(day, 1)) if (!byDay.has(day)) byDay.set(day, null);
  return { total: answer.total.values[metric] ?? null, byDay };
}
