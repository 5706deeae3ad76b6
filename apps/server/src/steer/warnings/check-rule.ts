import { metrics } from '@tongshang/contract';
import { type Book, findDefinition } from '../../know/metrics/index.ts';
import { refuse } from '../../platform/fail.ts';
import { areLevelsInOrder, type EntityKind, type Line } from './warning.ts';

/**
 * Refuses `metric.not_found`, `metric.dimension_unknown` for an entity the metric cannot be split by, and `warning_rule.levels_crossed` when
 * the clear level lies beyond the fire level.
 */
export function checkRule(book: Book, rule: Line & { metric: string; entity: EntityKind }): void {
  const definition = findDefinition(book, rule.metric);
  if (definition === undefined) refuse('metric.not_found', { metric: rule.metric });
  const dimension = metrics.Dimension.safeParse(rule.entity);
  if (rule.entity !== 'total' && !(dimension.success && definition.dimensions.includes(dimension.data)))
    refuse('metric.dimension_unknown', { metric: rule.metric, dimension: rule.entity });
  if (!areLevelsInOrder(rule)) refuse('warning_rule.levels_crossed', { fireLevel: rule.fireLevel, clearLevel: rule.clearLevel });
}
