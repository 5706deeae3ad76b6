import { metrics } from '@tongshang/contract';
import type { Ctx } from '../../platform/ctx.ts';
import { dayOf } from '../../platform/time.ts';
import { type Figures, isAdditive, monthOf, plansByNow } from '../targets/index.ts';
import type { EntityKind } from './warning.ts';

export interface Watched {
  metric: string;
  entity: EntityKind;
  against: 'level' | 'target';
}

interface Run {
  inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
  at: Date;
}

/**
 * What a rule looks at, by entity: the metric itself, or, against a target, this month's figure so far ÷ what the plan wants by now. Null is
 * unknown. A metric that no longer exists has no values.
 */
export async function readValues(figures: Figures, run: Run, watched: Watched): Promise<ReadonlyMap<string, number | null>> {
  const definition = figures.definitionOf(watched.metric);
  const name = metrics.MetricName.safeParse(watched.metric);
  if (definition === undefined || !name.success) return new Map();
  if (watched.against === 'level') return figures.valuesByEntity({ metric: name.data, entity: watched.entity, at: run.at });
  const today = dayOf(run.at);
  const month = monthOf(today);
  const plans = await run.inTx(({ tx }) =>
    plansByNow(tx, { metric: name.data, month, now: run.at, isAdditive: isAdditive(definition) }),
  );
  const wanted = plansOf(watched.entity, plans);
  if (wanted.size === 0) return wanted;
  const actual = await monthSoFar(figures, name.data, watched.entity, { today, month, at: run.at });
  return new Map([...wanted].map(([key, plan]) => [key, shareOfPlan(actual.get(key) ?? null, plan)]));
}

const shareOfPlan = (actual: number | null, plan: number): number | null => (actual === null || plan <= 0 ? null : actual / plan);

/** The plans whose scope is exactly this one dimension: `store=S01` for stores, the empty scope for the total. */
function plansOf(entity: EntityKind, plans: ReadonlyMap<string, number>): Map<string, number> {
  const found = new Map<string, number>();
  for (const [scope, plan] of plans) {
    if (entity === 'total' && scope === '') found.set('total', plan);
    const [dimension, key, ...more] = scope.split(/[=&]/);
    if (dimension === entity && key !== undefined && more.length === 0) found.set(key, plan);
  }
  return found;
}

async function monthSoFar(
  figures: Figures,
  metric: metrics.MetricName,
  entity: EntityKind,
  { today, month, at }: { today: string; month: string; at: Date },
): Promise<Map<string, number | null>> {
  const answer = await figures.query({
    metrics: [metric],
    from: `${month}-01`,
    to: today,
    until: at.toISOString(),
    by: entity === 'total' ? [] : [entity],
    limit: 5000,
  });
  if (entity === 'total') return new Map([['total', answer.total.values[metric] ?? null]]);
  return new Map(answer.rows.map((row) => [row.keys[0] ?? '', row.values[metric] ?? null]));
}
