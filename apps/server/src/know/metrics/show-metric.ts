import type { metrics as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { refuse } from '../../platform/fail.ts';
import type { Tx } from '../../platform/db.ts';
import { type Analytics, readFreshness } from '../stream/index.ts';
import { definitionOf, findDefinition } from './book.ts';
import { measureNames } from './definition.ts';
import { findUnfed } from './fed.ts';
import { openFigures } from './figures.ts';
import { findMeasure } from './measures/index.ts';

/** One metric with every version, newest first, what its formula is made of, and how fresh it is. Refuses `metric.not_found`. */
export async function showMetric(
  analytics: Analytics,
  { inTx }: { inTx: <T>(work: (ctx: { tx: Tx; now: Date }) => Promise<T>) => Promise<T> },
  name: string,
): Promise<z.input<typeof contract.getMetric.reply>> {
  const figures = await openFigures(analytics, inTx);
  const definition = findDefinition(figures.book, name) ?? refuse('metric.not_found', { metric: name });
  const { asOf, lagMs } = await inTx((ctx) => readFreshness(ctx.tx, ctx.now));
  const unfed = await findUnfed(figures, [name]).catch(() => new Set(definition.hasSource ? [] : [name]));
  return {
    definition: { ...definition, hasSource: !unfed.has(name) },
    versions: (figures.book.metrics.get(name) ?? []).toReversed().map((version) => ({
      ...definitionOf(version),
      note: version.note,
      publishedAt: version.publishedAt?.toISOString() ?? null,
      publishedByName: version.publishedByName ?? null,
    })),
    measures: measureNames(definition.expression).flatMap((measure) => findMeasure(measure) ?? []),
    freshness: { asOf: asOf.toISOString(), lagMs, isWithinGoal: lagMs <= definition.quality.freshnessGoalSeconds * 1000 },
  };
}
