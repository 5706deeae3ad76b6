// A metric's answer as a sheet. Pure.
import type { metrics } from '@tongshang/contract';
import { inBusinessZone } from '../../../platform/time.ts';
import type { Cell, Chart, Column, Language, Sheet, Unit } from './sheet.ts';
import { dimensionWords, unitWords, words } from './words.ts';

type Answer = metrics.MetricAnswer;

export interface Described {
  title: { zh: string; en: string };
  unit: Unit;
}
/** What a metric is called and counted in; a name without one shows itself. */
export type Describe = (metric: string) => Described | undefined;

const calendar = new Set<metrics.Dimension>(['day', 'hour', 'week', 'month', 'quarter', 'year']);
const barsMax = 15;
const linesMax = 4;

const inLanguage = (text: { zh: string; en: string }, language: Language): string => (language === 'en' ? text.en : text.zh);

export function sheetOfMetrics(title: string, answer: Answer, describe: Describe, language: Language): Sheet {
  const say = words[language];
  const titleOf = (name: string): string => {
    const found = describe(name);
    return found === undefined ? name : inLanguage(found.title, language);
  };
  const unitOf = (name: string): Unit => describe(name)?.unit ?? 'count';
  const isCompared = answer.compared !== null;
  const figures = answer.metrics.flatMap((name): Column[] => {
    const head = `${titleOf(name)} (${unitWords[language][unitOf(name)]})`;
    const kind = unitOf(name);
    return isCompared
      ? [
          { head, kind },
          { head: `${titleOf(name)} · ${say.before}`, kind },
        ]
      : [{ head, kind }];
  });
  const valuesOf = (row: Pick<Answer['total'], 'values' | 'before'>): Cell[] =>
    answer.metrics.flatMap((name) =>
      isCompared ? [row.values[name] ?? null, row.before?.[name] ?? null] : [row.values[name] ?? null],
    );
  const nameOf = (row: Answer['rows'][number], index: number): string => {
    const label = row.labels[index];
    const key = row.keys[index] ?? '';
    return label === null || label === undefined ? key || say.none : inLanguage(label, language);
  };
  const first: Column[] =
    answer.by.length === 0
      ? [{ head: '', kind: 'text' }]
      : answer.by.map((dimension) => ({ head: dimensionWords[language][dimension], kind: 'text' }));
  return {
    title,
    facts: factsOf(answer, language),
    columns: [...first, ...figures],
    rows: answer.rows.map((row) => [...answer.by.map((_, index) => nameOf(row, index)), ...valuesOf(row)]),
    total: [say.total, ...first.slice(1).map(() => ''), ...valuesOf(answer.total)],
    chart: chartOf(answer, { titleOf, unitOf, nameOf, language }),
    notes: [
      ...(answer.isCut ? [say.cut(answer.rows.length)] : []),
      ...(answer.noSource.length > 0 ? [say.noSource(answer.noSource.map(titleOf).join(', '))] : []),
    ],
  };
}

function factsOf(answer: Answer, language: Language): [string, string][] {
  const say = words[language];
  const range = ({ from, to, until }: { from: string; to: string; until: string | null }): string =>
    `${from === to ? from : `${from} — ${to}`}${until === null ? '' : ` (${say.until(inBusinessZone(new Date(until)).slice(11, 16))})`}`;
  return [
    [say.period, range(answer.period)],
    ...(answer.compared === null ? [] : [[say.compared, range(answer.compared)] satisfies [string, string]]),
  ];
}

interface Namers {
  titleOf: (name: string) => string;
  unitOf: (name: string) => Unit;
  nameOf: (row: Answer['rows'][number], index: number) => string;
  language: Language;
}

/** Along a calendar lines, else bars of the largest; of the metrics that share the first one's unit. None for a lone figure or a pivot. */
function chartOf(answer: Answer, { titleOf, unitOf, nameOf, language }: Namers): Chart | undefined {
  const [by] = answer.by;
  const [lead] = answer.metrics;
  if (by === undefined || lead === undefined || answer.by.length !== 1 || answer.rows.length < 2) return undefined;
  const unit = unitOf(lead);
  const isCalendar = calendar.has(by);
  const names = isCalendar ? answer.metrics.filter((name) => unitOf(name) === unit).slice(0, linesMax) : [lead];
  const rows = isCalendar ? answer.rows : answer.rows.slice(0, barsMax);
  const before =
    names.length === 1 && answer.compared !== null && isCalendar
      ? [{ name: `${titleOf(lead)} · ${words[language].before}`, values: rows.map((row) => row.before?.[lead] ?? null) }]
      : [];
  return {
    kind: isCalendar ? 'lines' : 'bars',
    labels: rows.map((row) => nameOf(row, 0)),
    series: [...names.map((name) => ({ name: titleOf(name), values: rows.map((row) => row.values[name] ?? null) })), ...before],
    unit,
  };
}
