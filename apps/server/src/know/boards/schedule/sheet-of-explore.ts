// Funnels, retention, cohorts, paths and RFM as sheets. Pure.
import type { explore } from '@tongshang/contract';
import type { Cell, Column, Language, Sheet } from './sheet.ts';
import { rfmWords, unitWords, words } from './words.ts';

const text = (head: string): Column => ({ head, kind: 'text' });
const periodOf = ({ period }: { period: { from: string; to: string } }, language: Language): [string, string][] => [
  [words[language].period, period.from === period.to ? period.from : `${period.from} — ${period.to}`],
];

export function sheetOfFunnel(title: string, answer: explore.FunnelAnswer, language: Language): Sheet {
  const say = words[language];
  const rowsOf = (segment: string, steps: readonly explore.FunnelStep[]): Cell[][] =>
    steps.map((step, index) => [
      segment,
      `${index + 1}. ${answer.steps[index]?.event ?? ''}`,
      step.persons,
      step.ofFirst,
      step.ofPrevious,
      step.medianSeconds,
    ]);
  const segments = answer.segments.flatMap(({ key, isOthers, label, steps }) => {
    const named = label === null ? key || say.none : language === 'en' ? label.en : label.zh;
    return rowsOf(isOthers ? say.others20 : named, steps);
  });
  return {
    title,
    facts: periodOf(answer, language),
    columns: [
      text(say.segment),
      text(say.step),
      { head: say.persons, kind: 'count' },
      { head: say.ofFirst, kind: 'ratio' },
      { head: say.ofPrevious, kind: 'ratio' },
      { head: `${say.median} (${unitWords[language].seconds})`, kind: 'seconds' },
    ],
    rows: [...rowsOf(say.anySegment, answer.total), ...segments],
    total: undefined,
    chart: {
      kind: 'bars',
      labels: answer.steps.map(({ event }) => event),
      series: [{ name: say.persons, values: answer.total.map(({ persons }) => persons) }],
      unit: 'count',
    },
    notes: answer.isOpen ? [say.open] : [],
  };
}

export function sheetOfRetention(title: string, answer: explore.RetentionAnswer, language: Language): Sheet {
  const say = words[language];
  const offsets = answer.overall.map((_, index) => index);
  return {
    title,
    facts: periodOf(answer, language),
    columns: [
      text(say.start),
      { head: say.size, kind: 'count' },
      ...offsets.map((offset): Column => ({ head: `+${offset}`, kind: 'ratio' })),
    ],
    rows: answer.rows.map(({ start, size, cells }) => [start, size, ...offsets.map((offset) => cells[offset]?.ratio ?? null)]),
    total: [
      say.overall,
      answer.rows.reduce((sum, { size }) => sum + size, 0),
      ...answer.overall.map((one) => one?.ratio ?? null),
    ],
    chart: {
      kind: 'lines',
      labels: offsets.map((offset) => `+${offset}`),
      series: [{ name: say.overall, values: answer.overall.map((one) => one?.ratio ?? null) }],
      unit: 'ratio',
    },
    notes: [],
  };
}

export function sheetOfCohorts(title: string, answer: explore.CohortAnswer, language: Language): Sheet {
  const say = words[language];
  const offsets = answer.overall.map((_, index) => index);
  const unit = unitWords[language].fen;
  return {
    title,
    facts: periodOf(answer, language),
    columns: [
      text(say.start),
      { head: say.customers, kind: 'count' },
      ...offsets.map((offset): Column => ({ head: `${say.netSales} 0…${offset} (${unit})`, kind: 'fen' })),
    ],
    rows: answer.rows.map(({ month, customers, cells }) => [
      month,
      customers,
      ...offsets.map((offset) => cells[offset]?.cumulatedFen ?? null),
    ]),
    total: [
      say.overall,
      answer.rows.reduce((sum, { customers }) => sum + customers, 0),
      ...answer.overall.map((one) => one?.cumulatedFen ?? null),
    ],
    chart: undefined,
    notes: [],
  };
}

export function sheetOfPaths(title: string, answer: explore.PathAnswer, language: Language): Sheet {
  const say = words[language];
  const named = ({ kind, event, gathered }: explore.PathNode): string =>
    kind === 'event' ? (event ?? '') : kind === 'end' ? say.end : say.others(gathered);
  const byId = new Map(answer.nodes.map((node) => [node.id, node]));
  return {
    title,
    facts: periodOf(answer, language),
    columns: [{ head: say.step, kind: 'count' }, text(say.previous), text(say.event), { head: say.visits, kind: 'count' }],
    rows: answer.nodes.map((node) => {
      const parent = node.parent === null ? undefined : byId.get(node.parent);
      return [node.depth, parent === undefined ? '' : named(parent), named(node), node.visits];
    }),
    total: undefined,
    chart: undefined,
    notes: [],
  };
}

export function sheetOfRfm(title: string, answer: explore.RfmAnswer, language: Language): Sheet {
  const say = words[language];
  return {
    title,
    facts: periodOf(answer, language),
    columns: [
      text(say.segment),
      { head: say.customers, kind: 'count' },
      { head: say.orders, kind: 'count' },
      { head: `${say.netSales} (${unitWords[language].fen})`, kind: 'fen' },
      { head: `${say.recency} (${unitWords[language].days})`, kind: 'days' },
    ],
    rows: answer.segments.map(({ segment, customers, orders, netSalesFen, recencyDays }) => [
      rfmWords[language][segment],
      customers,
      orders,
      netSalesFen,
      recencyDays,
    ]),
    total: [say.total, answer.customers, answer.orders, answer.netSalesFen, null],
    chart: {
      kind: 'bars',
      labels: answer.segments.map(({ segment }) => rfmWords[language][segment]),
      series: [{ name: say.customers, values: answer.segments.map(({ customers }) => customers) }],
      unit: 'count',
    },
    notes: [],
  };
}
