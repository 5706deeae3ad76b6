// How an answer of metrics is laid out: which chart tells it, and what stands in which row and column. Pure.

type Figures = Readonly<Record<string, number | null | undefined>>;

export interface ShapedRow {
  keys: readonly string[];
  labels: readonly string[];
  values: Figures;
  before: Figures | null;
}

const times: readonly string[] = ['day', 'hour', 'week', 'month', 'quarter', 'year'];
/** Whether a dimension is an order of time, so that its points are joined by a line. */
export const isTime = (dimension: string | undefined): boolean => dimension !== undefined && times.includes(dimension);

/** How an answer may be drawn; `auto` picks the most telling one. */
export type ChartWish = 'auto' | DrawnAs;
export type DrawnAs = 'figure' | 'line' | 'bars' | 'stacked' | 'table';

/** Charts that can tell an answer split by these dimensions, the most telling first. A table of two dimensions is shaded like a heat map. */
export function chartsFor(by: readonly string[], addsUp: boolean): readonly DrawnAs[] {
  const [first, second] = by;
  if (first === undefined) return ['figure', 'table'];
  if (second === undefined) return isTime(first) ? ['line', 'bars', 'table'] : ['bars', 'table'];
  if (isTime(first) === isTime(second)) return addsUp ? ['table', 'stacked'] : ['table'];
  return addsUp ? ['stacked', 'line', 'table'] : ['line', 'table'];
}

/** The wished chart where it can tell this answer, otherwise the most telling one. */
export function chosenChart(wished: ChartWish, by: readonly string[], addsUp: boolean): DrawnAs {
  const able = chartsFor(by, addsUp);
  return able.find((one) => one === wished) ?? able[0] ?? 'table';
}

export interface Point {
  key: string;
  label: string;
}

export interface Pivot {
  rows: readonly Point[];
  columns: readonly Point[];
  at: (row: string, column: string) => ShapedRow | undefined;
}

/** Two dimensions as rows × columns. Times stand in their order, things the largest first (as the house sent them). */
export function pivotOf(rows: readonly ShapedRow[], by: readonly string[], metric: string): Pivot {
  const cells = new Map(rows.map((row) => [cellKey(row.keys[0], row.keys[1]), row]));
  const points = (at: 0 | 1): Point[] => {
    const sums = new Map<string, { label: string; sum: number }>();
    for (const { keys, labels, values } of rows) {
      const key = keys[at] ?? '';
      const known = sums.get(key) ?? { label: labels[at] ?? key, sum: 0 };
      sums.set(key, { ...known, sum: known.sum + Math.abs(values[metric] ?? 0) });
    }
    const all = [...sums].map(([key, { label, sum }]) => ({ key, label, sum }));
    const sorted = isTime(by[at])
      ? all.toSorted((one, other) => (one.key < other.key ? -1 : 1))
      : all.toSorted((one, other) => other.sum - one.sum);
    return sorted.map(({ key, label }) => ({ key, label }));
  };
  return { rows: points(0), columns: points(1), at: (row, column) => cells.get(cellKey(row, column)) };
}

const cellKey = (row: string | undefined, column: string | undefined): string => JSON.stringify([row, column]);

export interface Series {
  key: string;
  name: string;
  values: readonly (number | null)[];
}

/**
 * The lines or stacked parts of a pivot along its time: at most six. Of what adds up the sixth is all the rest together; of what does
 * not add up only the six largest are drawn, because a rest of ratios means nothing.
 */
export function seriesOf(pivot: Pivot, metric: string, along: 'rows' | 'columns', rest: string | undefined): Series[] {
  const ticks = pivot[along];
  const parts = pivot[along === 'rows' ? 'columns' : 'rows'];
  const valueAt = (tick: Point, part: Point): number | null =>
    (along === 'rows' ? pivot.at(tick.key, part.key) : pivot.at(part.key, tick.key))?.values[metric] ?? null;
  const line = (part: Point): Series => ({
    key: part.key,
    name: part.label,
    values: ticks.map((tick) => valueAt(tick, part)),
  });
  if (parts.length <= seriesMax || rest === undefined) return parts.slice(0, seriesMax).map(line);
  const shown = parts.slice(0, seriesMax - 1);
  const others = parts.slice(seriesMax - 1);
  const sum = (tick: Point): number | null => {
    const values = others.map((part) => valueAt(tick, part)).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((one, other) => one + other, 0);
  };
  return [...shown.map(line), { key: '', name: rest, values: ticks.map(sum) }];
}

/** More colours than this nobody tells apart. */
const seriesMax = 6;

/** Metrics that may share one axis: those of one unit, in their order. */
export function byUnit<Item extends { unit: string }>(items: readonly Item[]): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(item.unit, [...(groups.get(item.unit) ?? []), item]);
  return [...groups.values()];
}

/**
 * How dark a cell is shaded, 0 to 1: its part of the largest one, or where it stands between the smallest and the largest. A gap and what
 * is below the smallest have no shade.
 */
export function shadeOf(value: number | null | undefined, largest: number, smallest = 0): number {
  if (value === null || value === undefined || largest <= smallest) return 0;
  return Math.max(0, Math.min(1, (value - smallest) / (largest - smallest)));
}
