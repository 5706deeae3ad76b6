import type { metrics as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import { definitionOf, findDefinition, versionOn, versionsOver } from './book.ts';
import { figureOf, isAdditive } from './definition.ts';
import { findUnfed } from './fed.ts';
import type { Figures } from './figures.ts';
import { findLabels } from './labels.ts';
import { findMeasure } from './measures/index.ts';
import { type Filters, usedFilters } from './measures/slice.ts';
import { alignedKey, calendarKeys, comparedPeriod, isBucket, isCalendar, lengthOf, type Period } from './period.ts';
import { type FigureRow, keyOf, missingParts, readFigures, readParts, valuesOf } from './read-figures.ts';
import { dayIn, relativePeriod } from './relative-period.ts';
import { type Scope, scopedStores } from './scope.ts';
import { windowed, windowStart } from './window.ts';

type Dimension = contract.Dimension;

export interface MetricQuestion {
  metrics: readonly string[];
  /** Relative to now; else `from` and `to`. */
  period?: contract.Period | undefined;
  from?: string | undefined;
  to?: string | undefined;
  until?: Date | undefined;
  by?: readonly Dimension[];
  filters?: Filters;
  compare?: contract.CompareKind | undefined;
  window?: contract.MetricWindow | undefined;
  limit?: number;
}

export type MetricFigures = Omit<contract.MetricAnswer, 'asOf'>;

const daysMax = 3_700;
const bucketsMax = 400;

interface Plan {
  metrics: readonly string[];
  by: readonly Dimension[];
  filters: Filters;
  window: contract.MetricWindow;
}

/**
 * Answers a question about figures within a scope: rows and their total come from the same sums, so what adds up does add up. Refuses
 * `metric.not_found`, `metric.dimension_unknown`, `metric.period_invalid`, `metric.window_unfit`, `metric.zones_mixed`,
 * `metric.out_of_scope`, `metric.too_much`, `analytics.unavailable`.
 */
export async function queryMetrics(figures: Figures, question: MetricQuestion, scope: Scope): Promise<MetricFigures> {
  const { metrics, by = [], compare, window = 'none', limit = 500 } = question;
  const zone = checkedZone(figures, metrics);
  const period = checkedPeriod(question, figures.now, zone);
  const filters = { ...question.filters, store: scopedStores(scope, question.filters?.store) };
  const plan: Plan = { metrics, by, filters, window };
  for (const name of metrics) checkMetric(figures, name, plan, period, scope);
  const compared = compare && comparedPeriod(period, compare);

  const [rows, total, rowsBefore, totalBefore, unfed] = await Promise.all([
    readRows(figures, plan, period),
    readFigures(figures, metrics, { ...period, by: [], filters }),
    compared === undefined ? new Map<string, FigureRow>() : readRows(figures, plan, compared),
    compared && readFigures(figures, metrics, { ...compared, by: [], filters }),
    findUnfed(figures, metrics),
  ]);

  const before = alignRows(rowsBefore, by, compared, period);
  const ordered = orderRows(completeRows(rows, before, by, period), by, metrics[0]);
  const shown = ordered.slice(0, limit);
  const labels = await findLabels(figures, by, shown);
  const pick = (row: FigureRow | undefined, of: Period): Record<string, number | null> => {
    const values = row?.values ?? valuesOf(figures, metrics, of, undefined);
    return Object.fromEntries(metrics.map((name) => [name, unfed.has(name) ? null : (values[name] ?? null)]));
  };
  return {
    metrics: [...metrics],
    by: [...by],
    period: written(period),
    compared: compared === undefined || compare === undefined ? null : { kind: compare, ...written(compared) },
    window,
    rows: shown.map(({ keys, row }) => ({
      keys,
      labels: keys.map((key, index) => labels(by[index], key)),
      values: isToCome(keys, by, period, zone) ? nothingYet(metrics) : pick(row, period),
      before: compared === undefined ? null : pick(before.get(keyOf(keys)), compared),
    })),
    isCut: ordered.length > shown.length,
    total: {
      values: pick(total.get(''), period),
      before: compared === undefined ? null : pick(totalBefore?.get(''), compared),
    },
    versions: metrics.flatMap((metric) =>
      versionsOver(figures.book, metric, period).map(({ from, to, version }) => ({ metric, version: version.version, from, to })),
    ),
    noSource: metrics.filter((name) => unfed.has(name)),
    zone,
  };
}

/** An hour of today that has not begun has no figure; 0 would say that nothing was sold in it. */
function isToCome([hour = '']: readonly string[], by: readonly Dimension[], { from, to, until }: Period, zone: string): boolean {
  if (by.length !== 1 || by[0] !== 'hour' || from !== to || until === undefined) return false;
  return hour > new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(until);
}

const nothingYet = (metrics: readonly string[]): Record<string, null> => Object.fromEntries(metrics.map((name) => [name, null]));

/** One question counts days of one zone. */
function checkedZone({ book }: Figures, metrics: readonly string[]): string {
  const zones = metrics.map((metric) => (findDefinition(book, metric) ?? refuse('metric.not_found', { metric })).zone);
  const [zone = 'Asia/Shanghai'] = zones;
  return zones.every((one) => one === zone) ? zone : refuse('metric.zones_mixed', { zones: [...new Set(zones)] });
}

function checkedPeriod({ period: name, from, to, until, by = [] }: MetricQuestion, now: Date, zone: string): Period {
  const today = dayIn(now, zone);
  const period = name === undefined ? { from: from ?? today, to: to ?? today, until } : relativePeriod(name, now, zone);
  const days = lengthOf(period);
  if (days < 1 || days > daysMax) refuse('metric.period_invalid', { from: period.from, to: period.to, daysMax });
  if (by.includes('day') && days > bucketsMax)
    refuse('metric.period_invalid', { from: period.from, to: period.to, daysMax: bucketsMax });
  if (new Set(by).size !== by.length || by.filter(isBucket).length > 1) refuse('metric.period_invalid', { by });
  return period;
}

function checkMetric({ book }: Figures, name: string, { by, filters, window }: Plan, period: Period, scope: Scope): void {
  const used = [...by, ...usedFilters(filters)];
  for (const { version } of versionsOver(book, name, period)) {
    const { dimensions } = definitionOf(version);
    if (scope.store !== undefined && !dimensions.includes('store')) refuse('metric.out_of_scope', { metric: name });
    const unknown = used.find((dimension) => !dimensions.includes(dimension));
    if (unknown !== undefined) refuse('metric.dimension_unknown', { metric: name, dimension: unknown });
    if (window === 'none') continue;
    if (by.length !== 1 || by[0] !== 'day' || !isAdditive(version.body.expression, findMeasure))
      refuse('metric.window_unfit', { metric: name, window });
  }
}

async function readRows(
  figures: Figures,
  { metrics, by, filters, window }: Plan,
  period: Period,
): Promise<Map<string, FigureRow>> {
  if (by.length === 0) return new Map();
  if (window === 'none') return readFigures(figures, metrics, { ...period, by, filters });
  const days = calendarKeys(period, 'day') ?? [];
  const rows = await readParts(figures, metrics, { ...period, from: windowStart(window, period.from), by, filters });
  const values = new Map(days.map((day) => [day, new Map<string, number | null>()]));
  for (const name of metrics) {
    const partsOn = (day: string) => rows.get(day)?.parts.get(name) ?? missingParts(versionOn(figures.book, name, day)?.body);
    for (const [day, parts] of windowed(window, days, partsOn)) values.get(day)?.set(name, figureOf(parts));
  }
  return new Map(
    [...values].map(([day, of]) => [day, { keys: [day], values: Object.fromEntries(of), n: rows.get(day)?.n ?? 0 }]),
  );
}

/** The rows of the compared period under the keys of the asked one. */
function alignRows(rows: ReadonlyMap<string, FigureRow>, by: readonly Dimension[], compared: Period | undefined, period: Period) {
  if (compared === undefined) return new Map<string, FigureRow>();
  return new Map(
    [...rows.values()].map((row) => {
      const keys = row.keys.map((key, index) => {
        const dimension = by[index];
        return dimension === undefined ? key : alignedKey(dimension, key, compared, period);
      });
      return [keyOf(keys), row];
    }),
  );
}

interface KeyedRow {
  keys: string[];
  row: FigureRow | undefined;
}

/** A calendar has no holes: a day without sales is a row too. What only the compared period has is a row as well. */
function completeRows(
  rows: ReadonlyMap<string, FigureRow>,
  before: ReadonlyMap<string, FigureRow>,
  by: readonly Dimension[],
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
function orderRows(rows: readonly KeyedRow[], by: readonly Dimension[], first: string | undefined): KeyedRow[] {
  const inOrder = by.some(isCalendar);
  const valueOf = ({ row }: KeyedRow): number =>
    (first === undefined ? undefined : row?.values[first]) ?? Number.NEGATIVE_INFINITY;
  const byKey = (a: KeyedRow, b: KeyedRow): number => (keyOf(a.keys) < keyOf(b.keys) ? -1 : 1);
  return rows.toSorted((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    return inOrder || x === y ? byKey(a, b) : y > x ? 1 : -1;
  });
}

const written = ({ from, to, until }: Period) => ({ from, to, until: until?.toISOString() ?? null });
