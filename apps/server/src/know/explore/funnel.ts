import type { explore as contract } from '@tongshang/contract';
import { addDays, addMs, startOfDay } from '../../platform/time.ts';
import type { Scope } from '../metrics/index.ts';
import { ask } from '../stream/index.ts';
import { funnelSql, windowMs } from './funnel-sql.ts';
import { checkBehaviourScope, daysOf, type Parameters, planRows, type Reading, zone } from './reading.ts';

type Answer = Omit<contract.FunnelAnswer, 'asOf'>;

interface Row {
  key: string;
  is_total: number;
  persons: number[];
  medians: (number | null)[];
}

const daysMax = 400;
const segmentsMax = 20;
/**
 * How many persons get from step to step, of all and by segment. Duplicates of a message count once. Refuses `metric.out_of_scope` to a
 * viewer of one store, `metric.period_invalid`, `metric.too_much`, `analytics.unavailable`.
 */
export async function readFunnel(reading: Reading, question: contract.FunnelQuestion, scope: Scope): Promise<Answer> {
  checkBehaviourScope(scope, 'funnel');
  const days = daysOf(question, reading.now, daysMax);
  const ms = windowMs(question);
  await planRows(reading, 'behaviour', { from: days.from, to: addDays(days.to, Math.ceil(ms / 86_400_000)) });

  const parameters: Parameters = {};
  const found = await ask<Row>(reading.analytics, funnelSql(question, days, parameters), parameters);
  const total = found.find((row) => row.is_total === 1);
  const parts = found
    .filter((row) => row.is_total === 0)
    .toSorted((a, b) => (b.persons[0] ?? 0) - (a.persons[0] ?? 0) || (a.key < b.key ? -1 : 1));
  const shown = question.by === undefined ? [] : parts.slice(0, segmentsMax);
  const others = question.by === undefined ? [] : parts.slice(segmentsMax);
  return {
    period: days,
    zone,
    steps: question.steps,
    total: stepsOf(total?.persons ?? question.steps.map(() => 0), total?.medians ?? []),
    by: question.by ?? null,
    segments: [
      ...shown.map(({ key, persons, medians }) => ({
        key,
        isOthers: false,
        label: labelOf(question.by, key),
        steps: stepsOf(persons, medians),
      })),
      ...(others.length === 0 ? [] : [{ key: 'others', isOthers: true, label: null, steps: stepsOf(addUp(others), []) }]),
    ],
    isOpen: addMs(startOfDay(addDays(days.to, 1)), ms) > reading.now,
    medianOfOneIn: 1,
  };
}

const words = {
  new: { zh: '新客', en: 'New' },
  returning: { zh: '回头客', en: 'Returning' },
} as const;

/** Channels, campaigns and languages speak for themselves. */
const labelOf = (by: contract.FunnelQuestion['by'], key: string) =>
  by === 'customer' && (key === 'new' || key === 'returning') ? words[key] : null;

function stepsOf(persons: readonly number[], medians: readonly (number | null)[]): contract.FunnelStep[] {
  return persons.map((count, index) => {
    const median = index === 0 || count === 0 ? null : (medians[index] ?? null);
    return {
      persons: count,
      ofFirst: shareOf(count, persons[0]),
      ofPrevious: shareOf(count, persons[Math.max(0, index - 1)]),
      medianSeconds: median === null ? null : median / 1000,
    };
  });
}

const shareOf = (part: number, whole: number | undefined): number | null =>
  whole === undefined || whole === 0 ? null : part / whole;

const addUp = (rows: readonly Row[]): number[] =>
  (rows[0]?.persons ?? []).map((_, index) => rows.reduce((sum, { persons }) => sum + (persons[index] ?? 0), 0));
