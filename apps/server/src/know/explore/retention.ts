import type { explore as contract } from '@tongshang/contract';
import { addDays, dayOf } from '../../platform/time.ts';
import { refuse } from '../../platform/fail.ts';
import { type Scope, scopedStores } from '../metrics/index.ts';
import { ask } from '../stream/index.ts';
import { eventSql, joinSql, keepSql, peopleSql, personSql, signedInSql } from './events-sql.ts';
import { careful, checkBehaviourScope, type Days, daysOf, type Parameters, planRows, type Reading, zone } from './reading.ts';
import { overComplete, startOfUnit, stateOfUnit, unitLater, unitsBetween } from './retention-grid.ts';

type Question = contract.RetentionQuestion;
type Answer = Omit<contract.RetentionAnswer, 'asOf'>;

const daysMax = 1_000;
/** A person's units are the bits of one number; a longer table cannot be read either. */
const rowsMax = 31;

/**
 * Of those who started in a unit, how many came back in later ones. Units that still run are marked, units to come are null. Refuses
 * `metric.out_of_scope` (behaviour, to a viewer of one store), `metric.period_invalid`, `metric.too_much`, `analytics.unavailable`.
 */
export async function readRetention(reading: Reading, question: Question, scope: Scope): Promise<Answer> {
  const { unit, units } = question;
  const asked = daysOf(question, reading.now, daysMax);
  const first = startOfUnit(unit, asked.from);
  const last = startOfUnit(unit, asked.to);
  const count = unitsBetween(unit, first, last) + 1;
  if (count > rowsMax) refuse('metric.period_invalid', { ...asked, daysMax: rowsMax * daysIn[unit] });

  const today = dayOf(reading.now);
  const end = unitLater(unit, last, units + 1); // the first day that no cell looks at
  const parameters: Parameters = { first, end, unit, count, units };
  const source =
    question.of === 'purchase'
      ? await purchases(reading, question, { from: first, to: end }, scope, parameters)
      : await deeds(reading, question, { from: first, to: end }, scope, parameters);
  const found = await ask<{ start: number; size: number; persons: number[] }>(
    reading.analytics,
    `select start, count() as size,
       sumForEach(arrayMap(n -> toUInt64(bitAnd(bitShiftRight(came, start + n), 1)), range(toUInt8({units:UInt8} + 1)))) as persons
     from (
       select person, minIf(number, is_start) as start, countIf(is_start) as starts, groupBitOrIf(bitShiftLeft(toUInt64(1), number), is_back) as came
       from (${source}) group by person having starts > 0
     ) where start < {count:UInt8} group by start order by start ${careful}`,
    parameters,
  );

  const byStart = new Map(found.map((row) => [row.start, row]));
  const rows = Array.from({ length: count }, (_, index) => {
    const row = byStart.get(index);
    const start = unitLater(unit, first, index);
    const size = row?.size ?? 0;
    const ownState = stateOfUnit(unit, start, today);
    const cells = Array.from({ length: units + 1 }, (__, offset) => {
      const state = stateOfUnit(unit, unitLater(unit, start, offset), today);
      if (state === 'ahead') return null;
      const persons = offset === 0 ? size : (row?.persons[offset] ?? 0);
      return { persons, ratio: size === 0 ? null : persons / size, isComplete: state === 'complete' && ownState === 'complete' };
    });
    return { start, size, cells };
  });
  const overall = Array.from({ length: units + 1 }, (_, offset) =>
    overComplete(rows, offset, (cells, size) => {
      const persons = cells.reduce((sum, cell) => sum + cell.persons, 0);
      return { persons, size, ratio: size === 0 ? null : persons / size };
    }),
  );
  return { period: { from: first, to: lastDayOf(unit, last) }, zone, of: question.of, unit, rows, overall };
}

const daysIn = { day: 1, week: 7, month: 31 } as const;
const lastDayOf = (unit: contract.RetentionUnit, start: string): string => addDays(unitLater(unit, start, 1), -1);

/** The place of a day's unit after the first one. */
const numberSql = `toUInt8(multiIf({unit:String} = 'day', day - {first:Date}, {unit:String} = 'week', intDiv(day - {first:Date}, 7),
  dateDiff('month', {first:Date}, day)))`;

/** Who did what in which unit. Without a choice of events everything a visitor does counts, read from the sums of visits. */
async function deeds(
  reading: Reading,
  question: Extract<Question, { of: 'behaviour' }>,
  days: Days,
  scope: Scope,
  parameters: Parameters,
): Promise<string> {
  checkBehaviourScope(scope, 'retention');
  const { start, back, filters } = question;
  const isPlain =
    start === undefined && back === undefined && (filters.campaign?.length ?? 0) + (filters.language?.length ?? 0) === 0;
  await planRows(reading, isPlain ? 'visit' : 'behaviour', days);
  const keep = `1 ${keepSql(filters, parameters)}`;
  if (isPlain)
    return `
      select multiIf(joined != 0, joined, visitor) as person, number, is_start, is_back from (
        select visitor, ${numberSql} as number, ${keep} as is_start, 1 as is_back
        from visit where day >= {first:Date} and day < {end:Date}
      ) as came ${joinSql}`;
  const isDeed = "type in ('track', 'page', 'screen')";
  const isStart = start === undefined ? isDeed : eventSql(start, 'start', parameters);
  const isBack = back === undefined ? isDeed : eventSql(back, 'back', parameters);
  return `
    select ${personSql} as person, number, is_start, is_back from (
      select cityHash64(visitor_id) as visitor, ${signedInSql}, ${numberSql} as number, (${isStart}) and ${keep} as is_start, ${isBack} as is_back
      from behaviour final where day >= {first:Date} and day < {end:Date} and ${peopleSql} and (${isStart} or ${isBack})
    ) as did ${joinSql}`;
}

/** Who paid an order in which unit. Who first paid before the period starts in none of its units when only first purchases count. */
async function purchases(
  reading: Reading,
  question: Extract<Question, { of: 'purchase' }>,
  days: Days,
  scope: Scope,
  parameters: Parameters,
): Promise<string> {
  const { isFirstEver, filters } = question;
  await planRows(reading, 'customer_day', isFirstEver ? { ...days, from: '1970-01-01' } : days);
  const keep = keepSql({ ...filters, store: scopedStores(scope, filters.store) }, parameters);
  const before = `customer_id not in (select customer_id from customer_day where orders > 0 and day < {first:Date} ${keep})`;
  return `
    select customer_id as person, ${numberSql} as number, 1 as is_start, 1 as is_back
    from customer_day where orders > 0 and day >= {first:Date} and day < {end:Date} ${keep} ${isFirstEver ? `and ${before}` : ''}`;
}
