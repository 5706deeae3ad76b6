import type { EChartsCoreOption } from 'echarts/core';

export interface Line {
  name: string;
  values: readonly (number | null)[];
  /** The comparison: grey and dashed, the same thing at another time. */
  isPast?: boolean;
  colour?: string;
}

/** Something that happened, on a time axis: a campaign, an outage, a holiday, a note. Points of the axis by their labels. */
export interface Mark {
  name: string;
  from: string;
  to: string;
}

interface LinesInput {
  labels: readonly string[];
  lines: readonly Line[];
  /** How ticks and tooltips say a value. */
  say: (value: number) => string;
  grey: string;
  /** A level that matters, with its name. */
  level?: { value: number; name: string };
  /** A span that matters, by its labels. */
  span?: { from: string; to: string; name: string };
  fromZero?: boolean;
  marks?: readonly Mark[];
}

/** Development over time: gaps stay gaps, direct tooltips, the past in grey. */
export function linesOption({
  labels,
  lines,
  say,
  grey,
  level,
  span,
  marks = [],
  fromZero = true,
}: LinesInput): EChartsCoreOption {
  return {
    grid: { left: 8, right: 16, top: 32, bottom: 4, containLabel: true },
    legend: { show: lines.length > 1, top: 0, left: 0, itemHeight: 8 },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => (typeof value === 'number' ? say(value) : '—') },
    xAxis: { type: 'category', data: [...labels], boundaryGap: false, axisLabel: { hideOverlap: true } },
    yAxis: { type: 'value', splitNumber: 4, scale: !fromZero, axisLabel: { formatter: say } },
    series: lines.map(({ name, values, isPast, colour }, index) => ({
      type: 'line',
      name,
      data: values.map((value) => value ?? '-'),
      // A line of one or two points is seen only by its points.
      showSymbol: values.filter((value) => value !== null).length <= 2,
      symbolSize: 6,
      connectNulls: false,
      lineStyle: { width: 2, ...(isPast && { type: 'dashed', color: grey }), ...(colour && { color: colour }) },
      itemStyle: { ...(isPast && { color: grey }), ...(colour && { color: colour }) },
      ...(index === 0 && marksOn([...(span ? [span] : []), ...marks], grey, level && { ...level, say })),
    })),
  };
}

/** What happened, behind the figures: a faint span with its name, or a line where it was one point of time; and a level that matters. */
function marksOn(marks: readonly Mark[], grey: string, level?: { value: number; name: string; say: LinesInput['say'] }): object {
  const spans = marks.filter(({ from, to }) => from !== to);
  const points = marks.filter(({ from, to }) => from === to);
  const label = { color: grey, fontSize: 11, overflow: 'truncate', width: 96 };
  return {
    ...(spans.length > 0 && {
      markArea: {
        silent: true,
        itemStyle: { opacity: 0.12 },
        label: { ...label, position: 'insideTop' },
        data: spans.map(({ name, from, to }) => [{ xAxis: from, name }, { xAxis: to }]),
      },
    }),
    ...((points.length > 0 || level) && {
      markLine: {
        symbol: 'none',
        silent: true,
        data: [
          ...(level
            ? [
                {
                  yAxis: level.value,
                  label: { formatter: `${level.name} ${level.say(level.value)}`, position: 'insideEndTop' },
                },
              ]
            : []),
          ...points.map(({ name, from }) => ({
            xAxis: from,
            lineStyle: { color: grey },
            label: { ...label, formatter: name, position: 'end', distance: 2 },
          })),
        ],
      },
    }),
  };
}

interface BarsInput {
  labels: readonly string[];
  values: readonly (number | null)[];
  before?: readonly (number | null)[];
  names: { now: string; before: string };
  say: (value: number) => string;
  grey: string;
}

/** Things compared: horizontal bars from zero, the largest on top. */
export function barsOption({ labels, values, before, names, say, grey }: BarsInput): EChartsCoreOption {
  const upward = <Item>(items: readonly Item[]): Item[] => items.toReversed();
  const bar = (name: string, data: readonly (number | null)[], colour?: string) => ({
    type: 'bar',
    name,
    data: upward(data).map((value) => value ?? '-'),
    barMaxWidth: 18,
    ...(colour && { itemStyle: { color: colour } }),
  });
  return {
    grid: { left: 8, right: 24, top: 32, bottom: 4, containLabel: true },
    legend: { show: before !== undefined, top: 0, left: 0, itemHeight: 8 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? say(value) : '—'),
    },
    xAxis: { type: 'value', splitNumber: 4, axisLabel: { formatter: say, hideOverlap: true } },
    yAxis: { type: 'category', data: upward(labels), axisLabel: { width: 140, overflow: 'truncate' } },
    series: [bar(names.now, values), ...(before ? [bar(names.before, before, grey)] : [])],
  };
}

interface StackInput {
  labels: readonly string[];
  series: readonly Line[];
  say: (value: number) => string;
  grey: string;
  marks?: readonly Mark[];
}

/** Parts of a whole over time: bars from zero, one colour a part. */
export function stackOption({ labels, series, say, grey, marks = [] }: StackInput): EChartsCoreOption {
  return {
    grid: { left: 8, right: 16, top: 40, bottom: 4, containLabel: true },
    legend: { show: series.length > 1, top: 0, left: 0, itemHeight: 8, type: 'plain' },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? say(value) : '—'),
    },
    xAxis: { type: 'category', data: [...labels], axisLabel: { hideOverlap: true } },
    yAxis: { type: 'value', splitNumber: 4, axisLabel: { formatter: say } },
    series: series.map(({ name, values }, index) => ({
      type: 'bar',
      stack: 'whole',
      name,
      barMaxWidth: 32,
      data: values.map((value) => value ?? '-'),
      ...(index === 0 && marksOn(marks, grey)),
    })),
  };
}
