import type { explore as contract } from '@tongshang/contract';
import { addDays } from '../../platform/time.ts';
import { eventSql, joinSql, keepSql, peopleSql, personSql, signedInSql } from './events-sql.ts';
import { careful, type Days, type Parameters } from './reading.ts';

type Question = contract.FunnelQuestion;

/**
 * A deed is one number: `milliseconds × 16 + (15 − step)`. Sorted, it is in the order of time, and at the same instant a later step stands
 * before an earlier one: no step can follow another in the instant of the other.
 */
const places = 16;

const unitMs = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export const windowMs = ({ window }: Question): number => window.amount * unitMs[window.unit];

/** One row a segment and one of all (`is_total`): persons who got so far, and the median milliseconds from the step before. */
export function funnelSql(question: Question, { from, to }: Days, parameters: Parameters): string {
  const count = question.steps.length;
  const ms = windowMs(question);
  Object.assign(parameters, { from, to, last: addDays(to, Math.ceil(ms / unitMs.days)), window: ms });
  const steps = Array.from({ length: count }, (_, index) => index + 1);
  const persons = steps.map((step) => `countIf(level >= ${step})`);
  const medians = steps.map((step) =>
    step === 1 ? 'null' : `quantileExactInclusiveIf(0.5)(toInt64(ms${step}) - toInt64(ms${step - 1}), level >= ${step})`,
  );
  const grouped = question.by === undefined ? '' : 'group by grouping sets ((key), ())';
  return `
    select ${question.by === undefined ? "'' as key, 1" : 'key, grouping(key)'} as is_total,
      [${persons.join(', ')}] as persons, [${medians.join(', ')}] as medians
    from (${attemptsSql(question, steps, parameters)}) ${grouped} ${careful}`;
}

/** One row a person who began: how far they got, when they did each step, and their segment. */
function attemptsSql(question: Question, steps: readonly number[], parameters: Parameters): string {
  const byPerson = `
    select person, arraySort(groupArray(deed)) as deeds, argMinIf(trait, deed, step = 1) as trait,
      minIf(bitShiftRight(deed, 4), step = 1) as began
    from (${deedsSql(question, steps, parameters)}) group by person having began > 0`;
  const reached = steps.map((step) => `(beginnings.${step} > 0)`).join(' + ');
  const isReturning = question.by === 'customer';
  const known = `left any join (
      select cityHash64(toString(customer_id)) as person, toUnixTimestamp64Milli(min(first_at)) as first_ms from customer_first group by customer_id
    ) as bought using person`;
  return `
    select ${isReturning ? "if(first_ms > 0 and first_ms < began, 'returning', 'new')" : 'trait'} as key,
      ${beginningsSql(steps)} as beginnings, ${reached} as level,
      ${instantsSql(steps)}
    from (${byPerson}) as done ${isReturning ? known : ''}`;
}

/** Every deed that is a step, once a step it is. The first step must lie in the period and match the filters; later ones may come after it. */
function deedsSql(question: Question, steps: readonly number[], parameters: Parameters): string {
  const conditions = question.steps.map((choice, index) => eventSql(choice, `s${index + 1}`, parameters));
  conditions[0] = `(${conditions[0]} and day <= {to:Date} ${keepSql(question.filters, parameters)})`;
  const named = question.steps.map(({ type, event }) => `${type}\n${event}`);
  const isPlain = new Set(named).size === named.length; // no event can be two steps
  const step = isPlain
    ? `toUInt8(multiIf(${conditions.map((condition, index) => `${condition}, ${index + 1}`).join(', ')}, 0))`
    : `arrayJoin(arrayFilter(s -> s > 0, [${conditions.map((condition, index) => `toUInt8(if(${condition}, ${index + 1}, 0))`).join(', ')}]))`;
  const trait = question.by === undefined || question.by === 'customer' ? "''" : `toString(${question.by})`;
  parameters['events'] = [...new Set(question.steps.map(({ event }) => event))];
  return `
    select ${personSql} as person, step, toUInt64(ms) * ${places} + toUInt64(${places - 1} - step) as deed, trait
    from (
      select cityHash64(visitor_id) as visitor, ${signedInSql}, toUnixTimestamp64Milli(at) as ms, ${trait} as trait, ${step} as step
      from behaviour final
      where day between {from:Date} and {last:Date} and ${peopleSql} and event in {events:Array(String)}
    ) as done ${joinSql} where step between 1 and ${steps.length}`;
}

const stepOf = `(${places - 1} - bitAnd(deed, ${places - 1}))`;
const msOf = 'bitShiftRight(deed, 4)';

/**
 * Where a person's attempts got, folded over their deeds: for each step the latest beginning of an attempt that got there, 0 for none. A later
 * beginning has more of its window left, so no attempt that it replaces could have got farther.
 */
function beginningsSql(steps: readonly number[]): string {
  const kept = steps.map((step) => `was.${step}`);
  const branches = steps.map((step) => {
    const before = `was.${step - 1}`;
    const isFurther = step === 1 ? '' : `and ${before} > was.${step} and ${msOf} - ${before} <= {window:UInt64}`;
    const moved = kept.map((one, index) => (index + 1 === step ? (step === 1 ? msOf : before) : one));
    return `${stepOf} = ${step} ${isFurther}, tuple(${moved.join(', ')})`;
  });
  return `arrayFold((was, deed) -> multiIf(${branches.join(', ')}, was), deeds, tuple(${steps.map(() => 'toUInt64(0)').join(', ')}))`;
}

/** The instants of the attempt that got farthest, and began last of those: each step the first time it can be. 0 for what was not reached. */
function instantsSql(steps: readonly number[]): string {
  return steps
    .map((step) => {
      if (step === 1) return `[${steps.map((one) => `beginnings.${one}`).join(', ')}][level] as ms1`;
      const next = `arrayFirst(deed -> ${stepOf} = ${step} and ${msOf} > ms${step - 1}, deeds)`;
      return `if(level < ${step}, 0, bitShiftRight(${next}, 4)) as ms${step}`;
    })
    .join(', ');
}
