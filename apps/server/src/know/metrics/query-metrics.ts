import type { metrics as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { refuse } from '../../platform/fail.ts';
import type { Analytics } from '../stream/index.ts';
import { findDefinition } from './definitions.ts';
import { keyOf, readRows } from './families.ts';
import { findLabels } from './labels.ts';
import { alignedKey, calendarKeys, comparedPeriod, lengthOf, type Period } from './period.ts';
import type { FamilyRow, Filters, Slice } from './slice.ts';

type Name = contract.MetricName;
type Figures = z.output<typeof contract.Figures>;

export interface MetricQuestion {
  metrics: readonly Name[];
  from: string;
  to: string;
  until?: Date | undefined;
  by?: readonly contract.Dimension[];
  filters?: Filters;
  compare?: contract.CompareKind | undefined;
  limit?: number;
}

export type MetricFigures = Omit<contract.MetricAnswer, 'asOf'>;

const daysMax = 3_700;
const bucketsMax = 400;

/**
 * Answers a question about figures: rows and their total come from the same sums, so what adds up does add up. Refuses
 * `metric.not_found`, `metric.dimension_unknown`, `metric.period_invalid`, `analytics.unavailable`.
 */
export async function queryMetrics(analytics: Analytics, question: MetricQuestion): Promise<MetricFigures> {
  const { metrics, by = [], filters = {}, compare, limit = 500 } = question;
  const period = checkedPeriod(question);
  for (const name of metrics) checkDimensions(name, [...by, ...usedFilters(filters)]);
  const compared = compare && comparedPeriod(period, compare);
  const sliceOf = (of: Period, split: readonly contract.Dimension[]): Slice => ({ ...of, by: split, filters });

  const [rows, total, rowsBefore, totalBefore] = await Promise.all([
    by.length === 0 ? new Map<string, FamilyRow>() : readRows(analytics, metrics, sliceOf(period, by)),
    readRows(analytics, metrics, sliceOf(period, [])),
    compared === undefined || by.length === 0
      ? new Map<string, FamilyRow>()
      : readRows(analytics, metrics, sliceOf(compared, by)),
    compared && readRows(analytics, metrics, sliceOf(compared, [])),
  ]);

  const before = new Map(
    [...rowsBefore.values()].map((row) => {
      const keys = row.keys.map((key, index) => {
        const dimension = by[index];
        return compared === undefined || dimension === undefined ? key : alignedKey(dimension, key, compared, period);
      });
      return [keyOf(keys), row];
    }),
  );
  const ordered = orderRows(completeRows(rows, before, by, period), by, metrics[0]);
  const shown = ordered.slice(0, limit);
  const labels = await findLabels(analytics, by, shown);
  return {
    metrics: [...metrics],
    by: [...by],
    period: written(period),
    compared: compared === undefined || compare === undefined ? null : { kind: compare, ...written(compared) },
    rows: shown.map(({ keys, row }) => ({
      keys,
      labels: keys.map((key, index) => labels(by[index], key)),
      values: pick(metrics, row),
      before: compared === undefined ? null : pick(metrics, before.get(keyOf(keys))),
    })),
    isCut: ordered.length > shown.length,
    total: {
      values: pick(metrics, total.get('')),
      before: totalBefore === undefined ? null : pick(metrics, totalBefore.get('')),
    },
    zone: 'Asia/Shanghai',
  };
}

function checkedPeriod({ from, to, until, by = [] }: MetricQuestion): Period {
  const period = { from, to, until };
  const days = lengthOf(period);
  if (days < 1 || days > daysMax) refuse('metric.period_invalid', { from, to, daysMax });
  if (by.includes('day') && days > bucketsMax) refuse('metric.period_invalid', { from, to, daysMax: bucketsMax });
  if (new Set(by).size !== by.length || (by.includes('day') && by.includes('month'))) refuse('metric.period_invalid', { by });
  return period;
}

const usedFilters = (filters: Filters): contract.Dimension[] =>
  (['channel', 'category', 'sku', 'store'] as const).filter((name) => (filters[name]?.length ?? 0) > 0);

function checkDimensions(name: Name, used: readonly contract.Dimension[]): void {
  const definition = findDefinition(name) ?? refuse('metric.not_found', { metric: name });
  const unknown = used.find((dimension) => !definition.dimensions.includes(dimension));
  if (unknown !== undefined) refuse('metric.dimension_unknown', { metric: name, dimension: unknown });
}

interface KeyedRow {
  keys: string[];
  row: FamilyRow | undefined;
}

/** A calendar has no holes: a day without sales is a row of zeros. What only the compared period has is a row too. */
function completeRows(
  rows: ReadonlyMap<string, FamilyRow>,
  before: ReadonlyMap<string, FamilyRow>,
  by: readonly contract.Dimension[],
  period: Period,
): KeyedRow[] {
  const [only] = by;
  const calendar = by.length === 1 && only !== undefined ? calendarKeys(period, only) : undefined;
  if (calendar !== undefined) return calendar.map((key) => ({ keys: [key], row: rows.get(key) }));
  const names = new Set([...rows.keys(), ...before.keys()]);
  return [...names]
    .filter((name) => by.length > 0 || name !== '')
    .map((name) => ({ keys: name.split('\u0000'), row: rows.get(name) }));
}

/** Calendar keys in their order; else the largest first metric first, then by key, so that pages never change by chance. */
function orderRows(rows: readonly KeyedRow[], by: readonly contract.Dimension[], first: Name | undefined): KeyedRow[] {
  const isCalendar = by.some((dimension) => dimension === 'day' || dimension === 'month' || dimension === 'hour');
  const valueOf = ({ row }: KeyedRow): number =>
    (first === undefined ? undefined : row?.values[first]) ?? Number.NEGATIVE_INFINITY;
  const byKey = (a: KeyedRow, b: KeyedRow): number => (keyOf(a.keys) < keyOf(b.keys) ? -1 : 1);
  return rows.toSorted((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    return isCalendar || x === y ? byKey(a, b) : y > x ? 1 : -1;
  });
}

const pick = (names: readonly Name[], row: FamilyRow | undefined): Figures =>
  Object.fromEntries(names.map((name) => [name, figureOf(name, row)]));

/** Of nothing, a sum and a count are 0; a ratio, a level and a percentile are undefined. */
function figureOf(name: Name, row: FamilyRow | undefined): number | null {
  const additivity = findDefinition(name)?.additivity;
  const whenNone = additivity === 'sum' || additivity === 'distinct' ? 0 : null;
  return row?.values[name] ?? whenNone;
}

const written = ({ from, to, until }: Period) => ({ from, to, until: until?.toISOString() ?? null });
