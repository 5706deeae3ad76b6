import { metrics } from '@tongshang/contract';
import { explorePath } from '../../lib/question-url.ts';

const kept = ['from', 'to', 'channel', 'category', 'sku', 'store'] as const;

/**
 * The analysis of a figure stood on the overview once: links to it lead to the explorer, which asks the same. Undefined for an address
 * that asked no figure.
 */
export function formerly(url: URLSearchParams): string | undefined {
  const metric = url.get('metric');
  if (metric === null) return undefined;
  const given = Object.fromEntries(kept.flatMap((name) => (url.has(name) ? [[name, url.getAll(name)]] : [])));
  const hasDays = url.has('from') && url.has('to');
  const question = {
    metrics: [metric],
    by: [metrics.dimensions.find((one) => one === url.get('by')) ?? 'day'],
    ...(!hasDays && { period: 'last_28_days' }),
    ...given,
    compare: url.get('compare') ?? 'previous',
  };
  return explorePath({ kind: 'metrics', question });
}
