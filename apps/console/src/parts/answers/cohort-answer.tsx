import type { explore } from '@tongshang/contract';
import { useMemo } from 'react';
import { type Format, useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { useLook } from '../../lib/theme.ts';
import { linesOption } from '../chart-options.ts';
import { ChartPlot } from '../chart.tsx';
import type { AnswerSheet } from './answer-file.tsx';
import { AnswerFoot } from './answer-foot.tsx';
import { AnswerLayout, type AnswerLayoutKind } from './answer-layout.tsx';
import { AnswerTable, type TableCell } from './answer-table.tsx';

type Answer = explore.CohortAnswer;
type Row = Answer['rows'][number];
type Bought = Pick<NonNullable<Row['cells'][number]>, 'customers' | 'orders' | 'netSalesFen' | 'cumulatedFen'>;

/** What of a cohort is shown: the share that bought, its orders, its net sales, these since the start, and the latter a customer. */
export const cohortShows = ['share', 'orders', 'sales', 'cumulated', 'each'] as const;
export type CohortShow = (typeof cohortShows)[number];

const valueOf = (show: CohortShow, cell: Bought, size: number): number | null => {
  if (show === 'orders') return cell.orders;
  if (show === 'sales') return cell.netSalesFen;
  if (show === 'cumulated') return cell.cumulatedFen;
  if (size === 0) return null;
  return show === 'share' ? cell.customers / size : cell.cumulatedFen / size;
};

const sayIn = (show: CohortShow, f: Format) => (value: number | null) => {
  if (show === 'share') return f.percent(value);
  return show === 'orders' ? f.count(value) : f.money(value === null ? null : Math.round(value));
};

interface CohortViewProps {
  answer: Answer;
  show?: CohortShow;
  layout?: AnswerLayoutKind;
  height?: number;
  isBare?: boolean;
}

/** Customers by the month of their first purchase, and what they bought since: the mean curve and every cohort. */
export function CohortView({ answer, show = 'share', layout = 'toggle', height = 280, isBare = false }: CohortViewProps) {
  const words = useWords();
  const f = useFormat();
  const { palette } = useLook();
  // Cohorts differ in size, so that their mean is told a customer.
  const perHead: CohortShow = show === 'share' ? 'share' : 'each';
  // Everybody buys in the first month: of shares there is something to see from the second on.
  const first = perHead === 'share' ? 1 : 0;
  const option = useMemo(
    () =>
      linesOption({
        labels: answer.overall.slice(first).map((_, at) => words('answers.monthsLater', { at: at + first })),
        lines: [
          {
            name: words(`answers.cohort.${perHead}`),
            values: answer.overall.slice(first).map((one) => (one === null ? null : valueOf(perHead, one, one.size))),
          },
        ],
        say: (value) => (perHead === 'share' ? f.percent(value) : f.moneyShort(value)),
        grey: palette.textThird,
      }),
    [answer, perHead, first, words, f, palette],
  );
  if (answer.rows.every(({ customers }) => customers === 0)) return <p className="empty">{words('answers.cohortNone')}</p>;
  const last = answer.overall.findLast((one) => one !== null);
  const at = answer.overall.findLastIndex((one) => one !== null);
  return (
    <AnswerLayout
      title={words('answers.cohorts')}
      layout={layout}
      isWide
      chart={
        <figure className="chart">
          <figcaption>
            <span className="chart-finding">
              {last
                ? words('answers.cohortFinding', {
                    at,
                    value: sayIn(perHead, f)(valueOf(perHead, last, last.size)),
                    what: words(`answers.cohort.${perHead}`),
                  })
                : ''}
            </span>
          </figcaption>
          <ChartPlot option={option} height={height} />
        </figure>
      }
      table={<CohortTable answer={answer} show={show} />}
      foot={!isBare && <AnswerFoot asOf={answer.asOf} notes={[words('answers.cohortAbout'), words('answers.openCells')]} />}
    />
  );
}

function CohortTable({ answer, show }: { answer: Answer; show: CohortShow }) {
  const words = useWords();
  const f = useFormat();
  const say = sayIn(show, f);
  const values = answer.rows.flatMap(({ cells, customers }) =>
    // The first month is the largest by its nature; shading by it would hide all others.
    cells
      .slice(show === 'cumulated' || show === 'each' ? 0 : 1)
      .map((cell) => (cell === null ? 0 : (valueOf(show, cell, customers) ?? 0))),
  );
  const largest = Math.max(0, ...values);
  return (
    <AnswerTable
      title={words('answers.cohorts')}
      heads={[
        words('answers.cohortMonth'),
        words('answers.cohortSize'),
        ...answer.overall.map((_, at) => words('answers.monthsLater', { at })),
      ]}
      rows={answer.rows.map(({ month, customers, cells }) => ({
        key: month,
        head: month,
        cells: [
          { text: f.count(customers) },
          ...cells.map((cell): TableCell => {
            if (cell === null) return { text: '' };
            const value = valueOf(show, cell, customers);
            return {
              text: cell.isComplete ? say(value) : `${say(value)} *`,
              shade: largest === 0 ? 0 : Math.min(1, (value ?? 0) / largest),
              ...(!cell.isComplete && { note: words('answers.openCell') }),
            };
          }),
        ],
      }))}
    />
  );
}

export function useCohortSheet(answer: Answer, show: CohortShow): AnswerSheet {
  const words = useWords();
  const f = useFormat();
  const say = sayIn(show, f);
  return {
    heads: [
      words('answers.cohortMonth'),
      words('answers.cohortSize'),
      ...answer.overall.map((_, at) => words('answers.monthsLater', { at })),
    ],
    rows: answer.rows.map(({ month, customers, cells }) => [
      month,
      f.count(customers),
      ...cells.map((cell) => (cell === null ? '' : say(valueOf(show, cell, customers)) + (cell.isComplete ? '' : ' *'))),
    ]),
  };
}
