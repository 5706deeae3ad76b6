import type { metrics } from '@tongshang/contract';
import { type Figures, findDefinition, queryMetrics, valuesByEntity, wholeHouse } from '../../know/metrics/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { dayOf } from '../../platform/time.ts';
import { isAdditive, monthOf, plansByNow } from '../targets/index.ts';
import type { EntityKind } from './warning.ts';

export interface Watched {
  metric: string;
  entity: EntityKind;
  against: 'level' | 'target';
}

/** More entities than any enterprise has of one kind; a safety net, not a page. */
const entitiesMax = 200_000;

interface Run {
  inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
  at: Date;
}

/**
 * What a rule looks at, by entity: the metric itself, or, against a target, this month's figure so far ÷ what the plan wants by now. Null is
 * unknown. A metric that no longer exists has no values.
 */
export async function readValues(figures: Figures, run: Run, watched: Watched): Promise<ReadonlyMap<string, number | null>> {
  const definition = findDefinition(figures.book, watched.metric);
  if (definition === undefined) return new Map();
  if (watched.against === 'level') return levelsNow(figures, definition, watched.entity, run.at);
  const today = dayOf(run.at);
  const month = monthOf(today);
  const plans = await run.inTx(({ tx }) =>
    plansByNow(tx, { metric: definition.name, month, now: run.at, isAdditive: isAdditive(definition) }),
  );
  const wanted = plansOf(watched.entity, plans);
  if (wanted.size === 0) return wanted;
  const actual = await monthSoFar(figures, definition.name, watched.entity, { today, month, at: run.at });
  return new Map([...wanted].map(([key, plan]) => [key, shareOfPlan(actual.get(key) ?? null, plan)]));
}

/** Ratios are watched over four whole weeks, so that a quiet day does not fire; sums over one week; levels as they are now. */
async function levelsNow(
  figures: Figures,
  { name, additivity }: metrics.MetricDefinition,
  entity: EntityKind,
  at: Date,
): Promise<Map<string, number | null>> {
  const rows = await valuesByEntity(figures, { metric: name, entity, at, days: additivity === 'ratio' ? 28 : 7 });
  return new Map(rows.map((row) => [entity === 'total' ? 'total' : row.entity, row.value]));
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
  metric: string,
  entity: EntityKind,
  { today, month, at }: { today: string; month: string; at: Date },
): Promise<Map<string, number | null>> {
  const answer = await queryMetrics(
    figures,
    {
      metrics: [metric],
      from: `${month}-01`,
      to: today,
      until: at,
      by: entity === 'total' ? [] : [entity],
      limit: entitiesMax,
    },
    wholeHouse,
  );
  if (entity === 'total') return new Map([['total', answer.total.values[metric] ?? null]]);
  return new Map(answer.rows.map((row) => [row.keys[0] ?? '', row.values[metric] ?? null]));
}
