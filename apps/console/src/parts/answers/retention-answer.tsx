import type { explore } from '@tongshang/contract';
import { retentionUnitWords, say } from '@tongshang/ui';
import { useMemo } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { useLook } from '../../lib/theme.ts';
import { linesOption } from '../chart-options.ts';
import { ChartPlot } from '../chart.tsx';
import type { AnswerSheet } from './answer-file.tsx';
import { AnswerFoot } from './answer-foot.tsx';
import { AnswerLayout, type AnswerLayoutKind } from './answer-layout.tsx';
import { AnswerTable, type TableCell } from './answer-table.tsx';
import { keyLabel } from './key-label.ts';
import { shadeOf } from './metric-shape.ts';

type Answer = explore.RetentionAnswer;
export type RetentionShow = 'ratio' | 'persons';

interface RetentionViewProps {
  answer: Answer;
  show?: RetentionShow;
  layout?: AnswerLayoutKind;
  height?: number;
  isBare?: boolean;
}

/** Of those who started, how many came back: the mean curve and the table of every start, shaded; what still runs is marked. */
export function RetentionView({ answer, show = 'ratio', layout = 'toggle', height = 280, isBare = false }: RetentionViewProps) {
  const words = useWords();
  const f = useFormat();
  const language = useLanguage();
  const { palette } = useLook();
  const unit = say(retentionUnitWords[answer.unit], language);
  const option = useMemo(
    () =>
      linesOption({
        // The first unit holds everybody: from the second on there is something to see.
        labels: answer.overall.slice(1).map((_, at) => words('answers.later', { at: at + 1, unit })),
        lines: [{ name: words('answers.retention'), values: answer.overall.slice(1).map((one) => one?.ratio ?? null) }],
        say: (value) => f.percent(value),
        grey: palette.textThird,
      }),
    [answer, unit, words, f, palette],
  );
  const hasStarted = answer.rows.some(({ size }) => size > 0);
  if (!hasStarted) return <p className="empty">{words('answers.retentionNone')}</p>;
  const hasOpen = answer.rows.some(({ cells }) => cells.some((cell) => cell?.isComplete === false));
  const [, next] = answer.overall;
  return (
    <AnswerLayout
      title={words('answers.retention')}
      layout={layout}
      isWide
      chart={
        <figure className="chart">
          <figcaption>
            <span className="chart-finding">
              {next
                ? words('answers.retentionFinding', { share: f.percent(next.ratio), unit, persons: f.count(next.size) })
                : words('answers.retentionEarly', { unit })}
            </span>
          </figcaption>
          <ChartPlot option={option} height={height} />
        </figure>
      }
      table={<RetentionTable answer={answer} show={show} />}
      foot={
        !isBare && (
          <AnswerFoot
            asOf={answer.asOf}
            notes={[words('answers.retentionAbout', { unit }), ...(hasOpen ? [words('answers.openCells')] : [])]}
          />
        )
      }
    />
  );
}

function RetentionTable({ answer, show }: { answer: Answer; show: RetentionShow }) {
  const largest = Math.max(0, ...answer.rows.flatMap(({ cells }) => cells.slice(1).map((cell) => cell?.ratio ?? 0)));
  const words = useWords();
  const f = useFormat();
  const language = useLanguage();
  const unit = say(retentionUnitWords[answer.unit], language);
  const cellOf = (cell: Answer['rows'][number]['cells'][number]): TableCell => {
    if (cell === null) return { text: '' };
    const text = show === 'ratio' ? f.percent(cell.ratio) : f.count(cell.persons);
    return {
      text: cell.isComplete ? text : `${text} *`,
      shade: shadeOf(cell.ratio, largest),
      ...(!cell.isComplete && { note: words('answers.openCell') }),
    };
  };
  return (
    <AnswerTable
      title={words('answers.retention')}
      heads={[
        words('answers.start'),
        words('answers.size'),
        ...answer.overall.map((_, at) => words('answers.later', { at, unit })),
      ]}
      rows={[
        {
          key: 'overall',
          head: words('answers.overall'),
          cells: [
            { text: f.count(answer.rows.reduce((sum, { size }) => sum + size, 0)) },
            ...answer.overall.map((one): TableCell => {
              if (one === null) return { text: '' };
              return { text: show === 'ratio' ? f.percent(one.ratio) : f.count(one.persons), shade: shadeOf(one.ratio, largest) };
            }),
          ],
        },
        ...answer.rows.map(({ start, size, cells }) => ({
          key: start,
          head: startLabel(answer.unit, start, language),
          cells: [{ text: f.count(size) }, ...cells.map((cell) => cellOf(cell))],
        })),
      ]}
    />
  );
}

const startLabel = (unit: Answer['unit'], start: string, language: 'zh-CN' | 'en'): string =>
  unit === 'month' ? start.slice(0, 7) : keyLabel(unit, start, null, language);

export function useRetentionSheet(answer: Answer, show: RetentionShow): AnswerSheet {
  const words = useWords();
  const f = useFormat();
  const language = useLanguage();
  const unit = say(retentionUnitWords[answer.unit], language);
  return {
    heads: [
      words('answers.start'),
      words('answers.size'),
      ...answer.overall.map((_, at) => words('answers.later', { at, unit })),
    ],
    rows: answer.rows.map(({ start, size, cells }) => [
      startLabel(answer.unit, start, language),
      f.count(size),
      ...cells.map((cell) => {
        if (cell === null) return '';
        const text = show === 'ratio' ? f.percent(cell.ratio) : f.count(cell.persons);
        return cell.isComplete ? text : `${text} *`;
      }),
    ]),
  };
}
