import type { metrics, ReplyOf } from '@tongshang/contract';
import { dimensions as dimensionWords } from '@tongshang/ui';
import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useDefinitions } from '../../lib/definitions.ts';
import type { Definition } from '../../lib/figures.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { AnswerFoot } from './answer-foot.tsx';
import { keyLabel } from './key-label.ts';
import { MetricCharts } from './metric-charts.tsx';
import { type ChartWish, chosenChart, type ShapedRow } from './metric-shape.ts';
import { MetricTables } from './metric-tables.tsx';
import type { Mark } from '../chart-options.ts';

export type MetricAnswer = ReplyOf<typeof metrics.queryMetrics>;

/** One figure of an answer: what it was split by, and which metric. */
export interface CellAt {
  keys: readonly string[];
  metric: string;
}

export interface MetricAnswerViewProps {
  answer: MetricAnswer;
  chart?: ChartWish;
  /** beside: chart and table together (a page); toggle: one at a time (a tile). */
  layout?: 'beside' | 'toggle';
  height?: number;
  /** What happened meanwhile, by days. */
  marks?: readonly Mark[];
  /** Whither a row's name leads: one step deeper. */
  rowTo?: ((key: string) => string | undefined) | undefined;
  /** Whither a figure leads: the rows behind it. */
  cellTo?: ((cell: CellAt) => string | undefined) | undefined;
  isBare?: boolean;
}

/** What every part of an answer's view reads. */
export interface Told {
  answer: MetricAnswer;
  rows: readonly ShapedRow[];
  /** The metrics that were asked and are defined, in their order. */
  shown: readonly Definition[];
  titleOf: (metric: string) => string;
  nameOf: (dimension: string) => string;
}

/** An answer of metrics as the chart its question calls for, with the same numbers as a table, what they mean and as of when. */
export function MetricAnswerView(props: MetricAnswerViewProps) {
  const { answer, chart = 'auto', layout = 'toggle', height = 280, marks = [], rowTo, cellTo, isBare = false } = props;
  const words = useWords();
  const told = useTold(answer);
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const kind = chosenChart(
    chart,
    answer.by,
    told.shown.every(({ additivity }) => additivity === 'sum'),
  );
  const isSplit = answer.by.length > 0;
  const charts = <MetricCharts told={told} kind={kind} height={height} marks={marks} />;
  const tables = <MetricTables told={told} isShaded={kind === 'table'} rowTo={rowTo} cellTo={cellTo} />;
  if (told.rows.length === 0 && isSplit) return <p className="empty">{words('answers.none')}</p>;
  const hasToggle = layout === 'toggle' && isSplit && kind !== 'table';
  return (
    <div className={`answer answer-${layout}`}>
      {hasToggle && (
        <Segmented
          className="answer-toggle"
          size="small"
          aria-label={words('chart.view', { title: told.shown.map(({ name }) => told.titleOf(name)).join(' · ') })}
          value={view}
          onChange={setView}
          options={[
            { value: 'chart', label: words('chart.chart') },
            { value: 'table', label: words('chart.table') },
          ]}
        />
      )}
      <div className={answer.by.length > 1 || kind === 'table' ? 'answer-body' : 'answer-body answer-columns'}>
        {(!hasToggle || view === 'chart') && charts}
        <div className={hasToggle && view === 'chart' ? 'hidden' : undefined}>
          {(isSplit || layout === 'beside' || kind === 'table') && tables}
        </div>
      </div>
      {!isBare && <AnswerFoot asOf={answer.asOf} definitions={told.shown} isCut={answer.isCut} rows={answer.rows.length} />}
    </div>
  );
}

export function useTold(answer: MetricAnswer): Told {
  const language = useLanguage();
  const term = useTerm();
  const { find, titleOf } = useDefinitions();
  return useMemo(
    () => ({
      answer,
      titleOf,
      nameOf: (dimension) => term(dimensionWords, dimension),
      shown: answer.metrics.map((name) => find(name)).filter((one) => one !== undefined),
      rows: answer.rows.map((row) => ({
        keys: row.keys,
        labels: row.keys.map((key, at) => keyLabel(answer.by[at], key, row.labels[at], language)),
        values: row.values,
        before: row.before,
      })),
    }),
    [answer, titleOf, term, find, language],
  );
}
