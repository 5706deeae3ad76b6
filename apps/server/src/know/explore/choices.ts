import type { explore as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { addDays, dayOf } from '../../platform/time.ts';
import type { Scope } from '../metrics/index.ts';
import { ask } from '../stream/index.ts';
import { eventSql, peopleSql, propertySql } from './events-sql.ts';
import { checkBehaviourScope, type Parameters, type Reading } from './reading.ts';

type Events = z.input<typeof contract.listExploreEvents.reply>['items'];
type Values = z.input<typeof contract.listExploreValues.reply>['items'];

const daysBack = 28;
const eventsMax = 200;
/** Properties are looked for in the latest rows: what nobody sends any more need not be offered. */
const rowsLooked = 50_000;

/** What people did in the last 28 days, most frequent first, with the properties that came along. Refuses `metric.out_of_scope`. */
export async function listEvents({ analytics, now }: Reading, scope: Scope): Promise<Events> {
  checkBehaviourScope(scope, 'events');
  const parameters: Parameters = { from: addDays(dayOf(now), 1 - daysBack), to: dayOf(now), eventsMax, rowsLooked };
  const within = `day between {from:Date} and {to:Date} and ${peopleSql} and type in ('track', 'page', 'screen')`;
  const [events, keys] = await Promise.all([
    ask<Omit<Events[number], 'properties'>>(
      analytics,
      `select type, event, count() as times, toString(max(day)) as lastDay from behaviour where ${within}
       group by type, event order by times desc, event limit {eventsMax:UInt32}`,
      parameters,
    ),
    ask<{ type: string; event: string; names: string[] }>(
      analytics,
      `select type, event, arraySort(groupUniqArrayArray(200)(arrayConcat(JSONExtractKeys(properties), arrayMap(key -> concat('products[].', key),
         JSONExtractKeys(JSONExtractRaw(properties, 'products', 1)))))) as names
       from (select type, event, properties from behaviour where ${within} order by day desc limit {rowsLooked:UInt32})
       group by type, event`,
      parameters,
    ),
  ]);
  const namesOf = new Map(keys.map(({ type, event, names }) => [`${type} ${event}`, names]));
  return events.map((row) => ({ ...row, properties: namesOf.get(`${row.type} ${row.event}`) ?? [] }));
}

/** The most frequent values of one property in the latest rows of an event. Refuses `metric.out_of_scope`. */
export async function listValues(
  { analytics, now }: Reading,
  { type, event, property }: z.output<typeof contract.listExploreValues.query>,
  scope: Scope,
): Promise<Values> {
  checkBehaviourScope(scope, 'events');
  const parameters: Parameters = { from: addDays(dayOf(now), 1 - daysBack), to: dayOf(now), rowsLooked };
  const isEvent = eventSql({ type, event, where: [] }, 'of', parameters);
  const { sql, isList } = propertySql(property, 'of', parameters);
  return ask<Values[number]>(
    analytics,
    `select ${isList ? 'arrayJoin(found)' : 'found'} as value, count() as times from (
       select ${sql} as found from behaviour
       where day between {from:Date} and {to:Date} and ${peopleSql} and ${isEvent} order by day desc limit {rowsLooked:UInt32}
     ) group by value having value != '' order by times desc, value limit 50`,
    parameters,
  );
}
