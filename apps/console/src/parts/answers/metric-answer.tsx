import type { metrics, ReplyOf } from '@tongshang/contract';
import { dimensions as dimensionWords } from '@tongshang/ui';
import { useMemo } from 'react';
import { useDefinitions } from '../../lib/definitions.ts';
import type { Definition } from '../../lib/figures.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { AnswerFoot } from './answer-foot.tsx';
import { AnswerLayout, type AnswerLayoutKind } from './answer-layout.tsx';
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
  layout?: AnswerLayoutKind;
  height?: number;
  /** What happened meanwhile, at points of the time axis by their labels. */
  marks?: readonly Mark[];
  /** Whither a row's name leads: one step deeper. */
  rowTo?: ((key: string) => string | undefined) | undefined;
  /** Whither a figure leads: the rows behind it. */
  cellTo?: ((cell: CellAt) => string | undefined) | undefined;
  /** Of an answer split by two: the same split by the first alone and by the second alone, whose rows are the totals of the table. */
  totals?: { rows: MetricAnswer | undefined; columns: MetricAnswer | undefined } | undefined;
  /** Without what it means and as of when: the place around it says so. */
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
  const { answer, chart = 'auto', layout = 'toggle', height = 280, marks = [], rowTo, cellTo, totals, isBare = false } = props;
  const words = useWords();
  const told = useTold(answer);
  const kind = chosenChart(
    chart,
    answer.by,
    told.shown.every(({ additivity }) => additivity === 'sum'),
  );
  const isSplit = answer.by.length > 0;
  const tables = <MetricTables told={told} isShaded={kind === 'table'} rowTo={rowTo} cellTo={cellTo} totals={totals} />;
  if (told.rows.length === 0 && isSplit) return <p className="empty">{words('answers.none')}</p>;
  return (
    <AnswerLayout
      title={told.shown.map(({ name }) => told.titleOf(name)).join(' · ')}
      layout={layout}
      chart={kind === 'table' ? null : <MetricCharts told={told} kind={kind} height={height} marks={marks} />}
      table={isSplit || layout === 'beside' || kind === 'table' ? tables : null}
      isWide={answer.by.length > 1 || told.shown.length * (answer.compared === null ? 1 : 3) > 4}
      foot={
        !isBare && (
          <>
            <Gaps told={told} />
            <AnswerFoot
              asOf={answer.asOf}
              definitions={told.shown}
              isOpen={layout === 'beside'}
              isCut={answer.isCut}
              rows={answer.rows.length}
            />
          </>
        )
      }
    />
  );
}

/** What keeps a figure from being whole: no source yet, a definition that changed meanwhile. */
function Gaps({ told: { answer, titleOf } }: { told: Told }) {
  const words = useWords();
  const changed = answer.versions.filter(({ metric, version }) =>
    answer.versions.some((other) => other.metric === metric && other.version !== version),
  );
  return (
    <>
      {answer.noSource.length > 0 && (
        <p className="notice">{words('answers.noSource', { names: answer.noSource.map((name) => titleOf(name)).join(', ') })}</p>
      )}
      {changed.length > 0 && (
        <p className="notice">
          {words('answers.versions', {
            names: changed.map(({ metric, version, from, to }) => `${titleOf(metric)} v${version} ${from}—${to}`).join(' · '),
          })}
        </p>
      )}
    </>
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
