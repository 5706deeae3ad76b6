import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { type Comparison, Figure } from '../figure.tsx';
import { ChartPlot } from '../chart.tsx';
import { barsOption, linesOption, type Mark, stackOption } from '../chart-options.ts';
import { compareFigure, type Definition, exactFigure, shortFigure } from '../../lib/figures.ts';
import { type Format, useFormat } from '../../lib/format.ts';
import { type Say, useWords } from '../../lib/language.ts';
import { useLook } from '../../lib/theme.ts';
import type { Told } from './metric-answer.tsx';
import { byUnit, type DrawnAs, isTime, pivotOf, seriesOf } from './metric-shape.ts';

interface MetricChartsProps {
  told: Told;
  kind: DrawnAs;
  height: number;
  marks: readonly Mark[];
}

interface Panel {
  key: string;
  title: string;
  finding: string;
  option: EChartsCoreOption;
}

/** The pictures of an answer: one panel a unit (or a metric), never two axes in one. */
export function MetricCharts({ told, kind, height, marks }: MetricChartsProps) {
  const words = useWords();
  const f = useFormat();
  const { palette } = useLook();
  const panels = useMemo(() => {
    const made = { told, marks, words, f, grey: palette.textThird };
    if (kind === 'figure' || kind === 'table') return [];
    if (told.answer.by.length > 1) return told.shown.map((one) => crossPanel(made, one, kind === 'stacked'));
    return kind === 'line' ? linePanels(made) : told.shown.map((one) => barPanel(made, one));
  }, [told, kind, marks, words, f, palette]);
  if (kind === 'figure') return <Totals told={told} />;
  if (panels.length === 0) return null;
  return (
    <div className="answer-charts">
      {panels.map(({ key, title, finding, option }) => (
        <figure key={key} className="chart">
          <figcaption>
            {panels.length > 1 && <strong>{title}</strong>} <span className="chart-finding">{finding}</span>
          </figcaption>
          <ChartPlot option={option} height={height} />
        </figure>
      ))}
    </div>
  );
}

interface Made {
  told: Told;
  marks: readonly Mark[];
  words: Say;
  f: Format;
  grey: string;
}

const barsMax = 12;

function linePanels({ told, marks, words, f, grey }: Made): Panel[] {
  const { rows, shown, titleOf, answer } = told;
  return byUnit(shown).map((group) => {
    const [first] = group;
    const names = group.map(({ name }) => titleOf(name)).join(' · ');
    const onlyOne = group.length === 1 && answer.compared !== null;
    return {
      key: names,
      title: names,
      finding: first ? findingOf(told, first, words, f) : '',
      option: linesOption({
        labels: rows.map(({ labels }) => labels[0] ?? ''),
        lines: [
          ...group.map(({ name }) => ({ name: titleOf(name), values: rows.map(({ values }) => values[name] ?? null) })),
          ...(onlyOne && first
            ? [{ name: words('answers.before'), values: rows.map(({ before }) => before?.[first.name] ?? null), isPast: true }]
            : []),
        ],
        say: (value) => shortFigure(first?.unit ?? 'count', value, f),
        grey,
        marks,
      }),
    };
  });
}

function barPanel({ told, words, f, grey }: Made, metric: Definition): Panel {
  const rows = told.rows.slice(0, isTime(told.answer.by[0]) ? undefined : barsMax);
  const title = told.titleOf(metric.name);
  const has = told.answer.compared !== null;
  return {
    key: metric.name,
    title,
    finding: findingOf(told, metric, words, f),
    option: barsOption({
      labels: rows.map(({ labels }) => labels[0] ?? ''),
      values: rows.map(({ values }) => values[metric.name] ?? null),
      ...(has && { before: rows.map(({ before }) => before?.[metric.name] ?? null) }),
      names: { now: title, before: words('answers.before') },
      say: (value) => shortFigure(metric.unit, value, f),
      grey,
    }),
  };
}

function crossPanel({ told, marks, words, f, grey }: Made, metric: Definition, isStack: boolean): Panel {
  const { by } = told.answer;
  const pivot = pivotOf(told.rows, by, metric.name);
  const along = isTime(by[0]) || !isTime(by[1]) ? 'rows' : 'columns';
  const addsUp = metric.additivity === 'sum';
  const lines = seriesOf(pivot, metric.name, along, addsUp ? words('answers.rest') : undefined);
  const labels = pivot[along].map(({ label }) => label);
  const say = (value: number) => shortFigure(metric.unit, value, f);
  const own = isTime(by[along === 'rows' ? 0 : 1]) ? marks : [];
  return {
    key: metric.name,
    title: told.titleOf(metric.name),
    finding: findingOf(told, metric, words, f),
    option: isStack
      ? stackOption({ labels, series: lines, say, grey, marks: own })
      : linesOption({ labels, lines, say, grey, marks: own }),
  };
}

/** The one sentence above: the whole and where it is highest. */
function findingOf({ rows, answer }: Told, { name, unit }: Definition, words: Say, f: Format): string {
  const [best] = rows.toSorted((one, other) => (other.values[name] ?? -Infinity) - (one.values[name] ?? -Infinity));
  const total = exactFigure(unit, answer.total.values[name], f);
  if (best === undefined || best.values[name] === null || best.values[name] === undefined)
    return words('answers.whole', { total });
  return words('answers.finding', { total, label: best.labels.join(' · '), value: exactFigure(unit, best.values[name], f) });
}

/** Figures that are not split: large, beside the compared period. */
function Totals({ told: { answer, shown, titleOf } }: { told: Told }) {
  const words = useWords();
  const f = useFormat();
  const { compared, total } = answer;
  return (
    <div className="figures">
      {shown.map((metric) => {
        const value = total.values[metric.name];
        const against = compared === null ? '' : words('answers.comparedWith', { from: compared.from, to: compared.to });
        const comparison = compareFigure(metric, value, total.before?.[metric.name], against, f);
        return (
          <Figure
            key={metric.name}
            name={titleOf(metric.name)}
            value={shortFigure(metric.unit, value, f)}
            exact={exactFigure(metric.unit, value, f)}
            comparisons={[comparison].filter((one): one is Comparison => one !== undefined)}
          />
        );
      })}
    </div>
  );
}
