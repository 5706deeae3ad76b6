import { compareFigure, exactFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { AnswerFile, type AnswerSheet } from './answer-file.tsx';
import { type MetricAnswer, useTold } from './metric-answer.tsx';

/** An answer of metrics as a file, one row a combination; the workbook comes from the house, with its definitions. */
export function MetricFile({ answer, xlsx }: { answer: MetricAnswer; xlsx: (language: 'zh-CN' | 'en') => string }) {
  const words = useWords();
  const f = useFormat();
  const { shown, rows, titleOf, nameOf } = useTold(answer);
  const hasBefore = answer.compared !== null;
  const cells = (values: MetricAnswer['total']['values'], before: MetricAnswer['total']['before']): string[] =>
    shown.flatMap((metric) => [
      exactFigure(metric.unit, values[metric.name], f),
      ...(hasBefore
        ? [
            exactFigure(metric.unit, before?.[metric.name], f),
            compareFigure(metric, values[metric.name], before?.[metric.name], '', f)?.text ?? '—',
          ]
        : []),
    ]);
  const names = answer.by.length;
  const sheet = (): AnswerSheet => ({
    heads: [
      ...(names === 0 ? [''] : answer.by.map((one) => nameOf(one))),
      ...shown.flatMap(({ name }) => [
        titleOf(name),
        ...(hasBefore ? [`${titleOf(name)} ${words('answers.before')}`, `${titleOf(name)} ${words('answers.change')}`] : []),
      ]),
    ],
    rows: [
      ...answer.rows.map((row, at) => [
        ...row.keys.map((key, dimension) => {
          const label = rows[at]?.labels[dimension] ?? key;
          return label === key ? key : `${label} (${key})`;
        }),
        ...cells(row.values, row.before),
      ]),
      [
        words('answers.total'),
        ...Array.from({ length: Math.max(0, names - 1) }, () => ''),
        ...cells(answer.total.values, answer.total.before),
      ],
    ],
  });
  const title = shown.map(({ name }) => titleOf(name)).join(' ');
  return <AnswerFile title={title} period={answer.period} sheet={sheet} xlsx={xlsx} />;
}
