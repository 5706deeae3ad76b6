import type { explore as contract } from '@tongshang/contract';
import type { Scope } from '../metrics/index.ts';
import { ask } from '../stream/index.ts';
import { eventSql, keepSql, peopleSql } from './events-sql.ts';
import { type Deed, growTree, type Way } from './path-tree.ts';
import { careful, checkBehaviourScope, daysOf, type Parameters, planRows, type Reading, zone } from './reading.ts';

type Question = contract.PathQuestion;
type Answer = Omit<contract.PathAnswer, 'asOf'>;

const daysMax = 92;
/** Deeds that have a number of their own; what is rarer is gathered wherever it happens. */
const deedsMax = 60;
/** Different ways that are looked at one by one; further ones, each of a handful of visits, count as others at the anchor. */
const waysMax = 100_000;

/**
 * What visitors did after or before an event. Counts are of visits: one visitor, one business day, no gap of 30 minutes. Refuses
 * `metric.out_of_scope` to a viewer of one store, `metric.period_invalid`, `metric.too_much`, `analytics.unavailable`.
 */
export async function readPaths(reading: Reading, question: Question, scope: Scope): Promise<Answer> {
  checkBehaviourScope(scope, 'paths');
  const days = daysOf(question, reading.now, daysMax);
  await planRows(reading, 'behaviour', days);
  const parameters: Parameters = { ...days, types: question.types, deedsMax };
  const deeds = await ask<Deed>(
    reading.analytics,
    `select type, event from behaviour
     where day between {from:Date} and {to:Date} and ${peopleSql} and type in {types:Array(String)}
     group by type, event order by count() desc, event, type limit {deedsMax:UInt8}`,
    parameters,
  );
  const found = await ask<{ way: number[]; visits: number; all_visits: number }>(
    reading.analytics,
    waysSql(question, deeds, parameters),
    parameters,
  );
  const ways: Way[] = found.map(({ way, visits }) => ({ deeds: way, visits }));
  const visits = found[0]?.all_visits ?? 0;
  const missed = visits - ways.reduce((sum, way) => sum + way.visits, 0);
  if (missed > 0) ways.push({ deeds: [0], visits: missed });
  const { anchor, steps, branches } = question;
  return {
    period: days,
    zone,
    direction: question.direction,
    visits,
    nodes: growTree(ways, { anchor: { type: anchor.type, event: anchor.event }, deeds, steps, branches }),
  };
}

const gapMs = 30 * 60_000;

/**
 * A deed is one number: `milliseconds × 128 + 2 × its number + whether it is the anchor`. A visitor's day is cut into visits where nothing
 * happened for half an hour; of a visit with the anchor, what lies beyond its first one is the way, the same deed in a row being one.
 */
function waysSql({ anchor, direction, filters, steps }: Question, deeds: readonly Deed[], parameters: Parameters): string {
  const isAnchor = `(${eventSql(anchor, 'anchor', parameters)} ${keepSql(filters, parameters)})`;
  const numbers = ['track', 'page', 'screen'].map((type) => {
    const own = deeds.flatMap((deed, index) => (deed.type === type ? [{ event: deed.event, number: index + 1 }] : []));
    Object.assign(parameters, {
      [`${type}_names`]: own.map(({ event }) => event),
      [`${type}_numbers`]: own.map(({ number }) => number),
    });
    return own.length === 0
      ? ''
      : `type = '${type}', transform(event, {${type}_names:Array(String)}, {${type}_numbers:Array(UInt8)}, toUInt8(0)), `;
  });
  Object.assign(parameters, { steps, waysMax });
  const numberOf = 'bitAnd(bitShiftRight(deed, 1), 63)';
  const part =
    direction === 'from'
      ? 'arraySlice(visit, place)' // the anchor and what came after it
      : 'arrayReverse(arraySlice(visit, 1, place))';
  return `
    select way, count() as visits, sum(visits) over () as all_visits from (
      select arraySlice(beyond, 1, {steps:UInt8}) as way from (
        select arrayPopFront(arrayCompact(arrayMap(deed -> toUInt8(${numberOf}), ${part}))) as beyond from (
          select visit, arrayFirstIndex(deed -> bitAnd(deed, 1) = 1, visit) as place from (
            select arraySort(groupArray(toUInt64(ms) * 128 + number * 2 + is_anchor)) as done,
              arrayJoin(arraySplit((deed, before) -> bitShiftRight(deed, 7) >= bitShiftRight(before, 7) + ${gapMs}, done,
                arrayPushFront(arrayPopBack(done), done[1]))) as visit
            from (
              select day, cityHash64(visitor_id) as visitor, toUnixTimestamp64Milli(at) as ms,
                multiIf(${numbers.join('')} toUInt8(0)) as number, toUInt8(${isAnchor}) as is_anchor
              from behaviour final
              where day between {from:Date} and {to:Date} and ${peopleSql} and (type in {types:Array(String)} or ${isAnchor})
            ) group by day, visitor having max(is_anchor) = 1
          ) where place > 0
        )
      )
    ) group by way order by visits desc, way limit {waysMax:UInt32} ${careful}`;
}
