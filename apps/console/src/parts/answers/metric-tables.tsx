import { Link } from 'react-router';
import { compareFigure, type Definition, exactFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { AnswerTable, type TableCell, type TableRow } from './answer-table.tsx';
import type { MetricAnswer, MetricAnswerViewProps, Told } from './metric-answer.tsx';
import { isTime, pivotOf, type ShapedRow, shadeOf } from './metric-shape.ts';

interface MetricTablesProps {
  told: Told;
  isShaded: boolean;
  rowTo: MetricAnswerViewProps['rowTo'];
  cellTo: MetricAnswerViewProps['cellTo'];
  totals: MetricAnswerViewProps['totals'];
}

/** The same numbers: rows of one dimension with every metric and its comparison, or one pivot a metric for two. */
export function MetricTables(props: MetricTablesProps) {
  const { told } = props;
  if (told.answer.by.length < 2) return <RowsTable {...props} />;
  return (
    <div className="stack">
      {told.shown.map((metric) => (
        <PivotTable key={metric.name} {...props} metric={metric} />
      ))}
    </div>
  );
}

const titleIn = ({ shown, titleOf, answer, nameOf }: Told, only?: Definition): string =>
  [
    (only ? [only] : shown).map(({ name }) => titleOf(name)).join(' · '),
    ...(answer.by.length > 0 ? [answer.by.map((one) => nameOf(one)).join(' × ')] : []),
  ].join(' · ');

function RowsTable({ told, rowTo, cellTo }: MetricTablesProps) {
  const words = useWords();
  const f = useFormat();
  const { answer, rows, shown, titleOf, nameOf } = told;
  const [dimension] = answer.by;
  const hasBefore = answer.compared !== null;
  const cellsOf = ({ keys, values, before }: Omit<ShapedRow, 'labels'>): TableCell[] =>
    shown.flatMap((metric) => [
      {
        text: exactFigure(metric.unit, values[metric.name], f),
        to: values[metric.name] ? cellTo?.({ keys, metric: metric.name }) : undefined,
      },
      ...(hasBefore
        ? [
            { text: exactFigure(metric.unit, before?.[metric.name], f) },
            { text: compareFigure(metric, values[metric.name], before?.[metric.name], '', f)?.text ?? '—' },
          ]
        : []),
    ]);
  const tableRows = (isTime(dimension) ? rows.toReversed() : rows).map((row): TableRow => {
    const [key = '', label = ''] = [row.keys[0], row.labels[0]];
    return {
      key,
      head: <RowHead label={label} code={key} isNamed={!isTime(dimension)} to={rowTo?.(key)} />,
      cells: cellsOf(row),
    };
  });
  return (
    <AnswerTable
      title={titleIn(told)}
      heads={[
        dimension === undefined ? words('answers.total') : nameOf(dimension),
        ...shown.flatMap(({ name }) => [titleOf(name), ...(hasBefore ? [words('answers.before'), words('answers.change')] : [])]),
      ]}
      rows={dimension === undefined ? [] : tableRows}
      total={{ key: 'total', head: words('answers.total'), cells: cellsOf({ keys: [], ...answer.total }) }}
    />
  );
}

function PivotTable({ told, metric, isShaded, rowTo, cellTo, totals }: MetricTablesProps & { metric: Definition }) {
  const words = useWords();
  const f = useFormat();
  const { answer, rows, nameOf } = told;
  const [first = '', second = ''] = answer.by;
  const pivot = pivotOf(rows, answer.by, metric.name);
  const known = rows.map(({ values }) => values[metric.name]).filter((value) => value !== null && value !== undefined);
  const largest = Math.max(0, ...known);
  // What adds up is shaded from nothing; of ratios and levels the differences matter.
  const smallest = metric.additivity === 'sum' ? 0 : Math.min(largest, ...known);
  const say = (value: number | null | undefined): string => exactFigure(metric.unit, value, f);
  // What does not add up (ratios, buyers) has totals all the same: the house was asked for them.
  const totalOf = (of: MetricAnswer | undefined, key: string): TableCell => ({
    text: say(of?.rows.find(({ keys }) => keys[0] === key)?.values[metric.name]),
  });
  const whole = { text: say(answer.total.values[metric.name]), to: cellTo?.({ keys: [], metric: metric.name }) };
  return (
    <AnswerTable
      title={titleIn(told, metric)}
      heads={[
        `${nameOf(first)} \\ ${nameOf(second)}`,
        ...pivot.columns.map(({ label }) => label),
        ...(totals ? [words('answers.total')] : []),
      ]}
      rows={pivot.rows.map((row) => ({
        key: row.key,
        head: <RowHead label={row.label} code={row.key} isNamed={!isTime(first)} to={rowTo?.(row.key)} />,
        cells: [
          ...pivot.columns.map((column): TableCell => {
            const value = pivot.at(row.key, column.key)?.values[metric.name];
            return {
              text: say(value),
              to: value ? cellTo?.({ keys: [row.key, column.key], metric: metric.name }) : undefined,
              ...(isShaded && { shade: shadeOf(value, largest, smallest) }),
            };
          }),
          ...(totals ? [totalOf(totals.rows, row.key)] : []),
        ],
      }))}
      total={
        totals && {
          key: 'total',
          head: words('answers.total'),
          cells: [...pivot.columns.map(({ key }) => totalOf(totals.columns, key)), whole],
        }
      }
    />
  );
}

function RowHead({ label, code, isNamed, to }: { label: string; code: string; isNamed: boolean; to: string | undefined }) {
  return (
    <>
      {to === undefined ? (
        label
      ) : (
        <Link to={to} preventScrollReset>
          {label} <span aria-hidden="true">›</span>
        </Link>
      )}
      {isNamed && label !== code && <span className="third"> {code}</span>}
    </>
  );
}
