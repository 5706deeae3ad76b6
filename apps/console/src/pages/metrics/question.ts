import { metrics, type QueryOf } from '@tongshang/contract';
import { addDays, daysBetween } from '@tongshang/ui';

type Question = QueryOf<typeof metrics.queryMetrics>;
export type Dimension = (typeof metrics.dimensions)[number];
export const filterDimensions = ['channel', 'category', 'sku', 'store'] as const;
export type FilterDimension = (typeof filterDimensions)[number];

export interface Analysis {
  metric: (typeof metrics.metricNames)[number];
  by: Dimension;
  from: string;
  to: string;
  compare: (typeof metrics.compareKinds)[number];
  filters: Readonly<Record<FilterDimension, readonly string[]>>;
}

const oneOf = <Value extends string>(values: readonly Value[], wanted: string | null): Value | undefined =>
  values.find((value) => value === wanted);

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** What the address asks; whatever it leaves out or spells wrongly is the usual: net sales by day of the last 30 days. */
export function readAnalysis(url: URLSearchParams, today: string): Analysis {
  const [from, to] = [url.get('from'), url.get('to')];
  const isPeriod = isDay(from) && isDay(to) && from <= to && daysBetween(from, to) <= 731;
  return {
    metric: oneOf(metrics.metricNames, url.get('metric')) ?? 'net_sales',
    by: oneOf(metrics.dimensions, url.get('by')) ?? 'day',
    from: isPeriod ? from : addDays(today, -29),
    to: isPeriod ? to : today,
    compare: oneOf(metrics.compareKinds, url.get('compare')) ?? 'previous',
    filters: {
      channel: url.getAll('channel'),
      category: url.getAll('category'),
      sku: url.getAll('sku'),
      store: url.getAll('store'),
    },
  };
}

/** The question as the contract wants it. */
export function questionOf({ metric, by, from, to, compare, filters }: Analysis): Question {
  const set = Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length > 0));
  return { metrics: [metric], by: [by], from, to, compare, limit: by === 'day' ? 731 : 50, ...set };
}

/** The address one step deeper into a row: a day becomes its hours, anything else a filter seen day by day. */
export function drillInto(url: URLSearchParams, by: Dimension, key: string, dimensions: readonly Dimension[]): URLSearchParams {
  const next = new URLSearchParams(url);
  if (by === 'month') {
    const [year = 0, month = 1] = key.split('-').map(Number);
    next.set('from', `${key.slice(0, 7)}-01`);
    next.set('to', new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10));
    next.set('by', 'day');
  } else if (by === 'day') {
    next.set('from', key);
    next.set('to', key);
    next.set('by', dimensions.includes('hour') ? 'hour' : (dimensions.find((one) => one !== 'day' && one !== 'month') ?? 'day'));
  } else if (by !== 'hour') {
    if (!next.getAll(by).includes(key)) next.append(by, key);
    next.set('by', by === 'category' && dimensions.includes('sku') ? 'sku' : 'day');
  }
  return next;
}
