import { metrics as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import { addDays, dayOf } from '../../platform/time.ts';
import { findDefinition } from './book.ts';
import { findUnfed } from './fed.ts';
import type { Figures } from './figures.ts';
import { readFigures } from './read-figures.ts';

type Entity = 'total' | 'sku' | 'store' | 'channel' | 'category';

interface EntityValue {
  /** The entity's code; empty for the total. */
  entity: string;
  /** In the metric's unit; null when undefined (nothing to divide by, no stock ever, no source yet). */
  value: number | null;
  /** Cases behind it: orders, visitors, customers, units sold in 28 days. Below 30 a ratio says little. */
  n: number;
}

/** How far back a figure looks when it is watched: today so far and the six days before; levels look at now. */
const watchedDays = 7;

/**
 * One metric at an instant for every entity that has one, over `days` business days up to it (7 unless told). Levels (stock, cover,
 * repurchase) are those of the instant. For rules of the house: no viewer's scope. Refuses `metric.not_found`,
 * `metric.dimension_unknown`, `metric.too_much`, `analytics.unavailable`.
 */
export async function valuesByEntity(
  figures: Figures,
  { metric, entity, at, days = watchedDays }: { metric: string; entity: Entity; at: Date; days?: number },
): Promise<EntityValue[]> {
  const definition = findDefinition(figures.book, metric) ?? refuse('metric.not_found', { metric });
  if (entity !== 'total' && !definition.dimensions.includes(entity))
    refuse('metric.dimension_unknown', { metric, dimension: entity });

  const today = dayOf(at);
  const isLevel = definition.additivity === 'level';
  const [rows, unfed] = await Promise.all([
    readFigures(figures, [metric], {
      from: isLevel ? today : addDays(today, 1 - days),
      to: today,
      until: at,
      by: entity === 'total' ? [] : [contract.Dimension.parse(entity)],
      filters: {},
    }),
    findUnfed(figures, [metric]),
  ]);
  return [...rows.values()]
    .map(({ keys, values, n }) => ({ entity: keys[0] ?? '', value: unfed.has(metric) ? null : (values[metric] ?? null), n }))
    .filter((row) => entity === 'total' || row.entity !== '')
    .toSorted((a, b) => (a.entity < b.entity ? -1 : 1));
}
