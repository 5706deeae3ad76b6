import type { metrics } from '@tongshang/contract';
import { addDays } from '@tongshang/ui';

type Question = metrics.MetricQuestion;
type Dimension = metrics.Dimension;

const next: Readonly<Partial<Record<Dimension, Dimension>>> = {
  year: 'month',
  quarter: 'month',
  month: 'day',
  week: 'day',
  day: 'hour',
};

/** First and last day of a point of the calendar; undefined for what is no span of days. */
export function daysOf(dimension: Dimension, key: string): { from: string; to: string } | undefined {
  const [year = 0, part = 0] = key.split(/-Q?/).map(Number);
  const lastOf = (month: number): string => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  const two = (month: number): string => String(month).padStart(2, '0');
  if (dimension === 'day') return { from: key, to: key };
  if (dimension === 'week') return { from: key, to: addDays(key, 6) };
  if (dimension === 'month') return { from: `${key}-01`, to: lastOf(part) };
  if (dimension === 'quarter') return { from: `${year}-${two(part * 3 - 2)}-01`, to: lastOf(part * 3) };
  return dimension === 'year' ? { from: `${key}-01-01`, to: `${key}-12-31` } : undefined;
}

/**
 * What to ask one step deeper into a row of the first dimension: a month becomes its days (as far as they lie in the period), a thing a
 * filter that is seen by the next dimension. Undefined where nothing lies deeper.
 */
export function drillDown(
  question: Question,
  period: { from: string; to: string },
  key: string,
  able: readonly Dimension[],
): Partial<Question> | undefined {
  const [first, second] = question.by;
  if (first === undefined || first === 'hour' || key === '') return undefined;
  const days = daysOf(first, key);
  const deeper = deeperThan(first, able);
  if (deeper === undefined) return undefined;
  const by = second === undefined || second === deeper ? [deeper] : [deeper, second];
  const window = deeper === 'day' ? question.window : 'none';
  if (days !== undefined) {
    const from = days.from > period.from ? days.from : period.from;
    const to = days.to < period.to ? days.to : period.to;
    return { period: undefined, from, to, by, window };
  }
  const name = first as Exclude<Dimension, keyof typeof next | 'hour'>;
  return { [name]: [key], by, window };
}

function deeperThan(dimension: Dimension, able: readonly Dimension[]): Dimension | undefined {
  const wished = next[dimension] ?? (dimension === 'category' && able.includes('sku') ? 'sku' : 'day');
  if (able.includes(wished)) return wished;
  return able.find((one) => one !== dimension && next[one] === undefined && one !== 'hour');
}

/** Dimensions that all of these metrics share, in the order of the first. */
export function sharedDimensions(all: readonly { dimensions: readonly Dimension[] }[]): Dimension[] {
  const [first, ...others] = all;
  return (first?.dimensions ?? []).filter((one) => others.every(({ dimensions }) => dimensions.includes(one)));
}

/** Measures that are sums over the lines of orders, and over their steps: a figure is made of one kind or of none. */
const ofLines = 'placed_fen paid_fen net_fen net_cost_fen net_units returned_fen paid_orders cancelled_orders'.split(' ');
const ofSteps = ['released_orders', 'released_untouched'];

/** Whether a figure is made of orders, so that those behind one of its cells can be listed. */
export function isOfOrders({ expression }: { expression: metrics.Expression }): boolean {
  if (expression.kind === 'one') return false;
  const terms = expression.kind === 'sum' ? expression.terms : [...expression.over, ...expression.under];
  return [ofLines, ofSteps].some((able) => terms.every(({ measure }) => able.includes(measure)));
}
