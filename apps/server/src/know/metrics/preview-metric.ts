import type { metrics as contract } from '@tongshang/contract';
import type { Figures } from './figures.ts';
import { definitionOf, type Version } from './book.ts';
import { checkBody } from './publish-metric.ts';
import { type MetricFigures, type MetricQuestion, queryMetrics } from './query-metrics.ts';
import type { Scope } from './scope.ts';

interface Draft extends Pick<MetricQuestion, 'period' | 'from' | 'to'> {
  name: string;
  body: contract.MetricBody;
  by?: contract.Dimension | undefined;
}

/**
 * What a draft would show beside today's definition, each as if it had been valid over the whole period. A metric that is not there yet has
 * no old side. Refuses `metric.invalid` and what a question refuses.
 */
export async function previewMetric(figures: Figures, { name, body, by, ...when }: Draft, scope: Scope) {
  checkBody(body);
  const newest = figures.book.metrics.get(name)?.at(-1);
  const asked = { ...when, metrics: [name], by: by === undefined ? [] : [by], limit: 60 };
  const alone = (version: Version | undefined): Figures => ({
    ...figures,
    book: { ...figures.book, metrics: new Map(version === undefined ? [] : [[name, [{ ...version, validFrom: undefined }]]]) },
  });
  const draft: Version = {
    name, version: 1, validFrom: undefined, body, note: '', publishedAt: undefined, publishedByName: undefined,
  }; // prettier-ignore
  const [now, then] = await Promise.all([
    queryMetrics(alone(draft), asked, scope),
    newest === undefined || (by !== undefined && !definitionOf(newest).dimensions.includes(by))
      ? undefined
      : queryMetrics(alone(newest), asked, scope),
  ]);
  const oldRows = new Map(then?.rows.map((row) => [row.keys[0] ?? '', row]));
  const newRows = new Map(now.rows.map((row) => [row.keys[0] ?? '', row]));
  const valueOf = (row: MetricFigures['rows'][number] | undefined): number | null => row?.values[name] ?? null;
  return {
    period: now.period,
    rows: [...new Set([...newRows.keys(), ...oldRows.keys()])].map((key) => ({
      key,
      label: (newRows.get(key) ?? oldRows.get(key))?.labels[0] ?? null,
      old: valueOf(oldRows.get(key)),
      new: valueOf(newRows.get(key)),
    })),
    total: { old: then?.total.values[name] ?? null, new: now.total.values[name] ?? null },
  };
}
