import { type Analytics, ask } from '../stream/index.ts';
import type { Share } from './estimate.ts';

export interface Days {
  from: string;
  to: string;
}

interface Search {
  text: string;
  people: number;
  times: number;
  bought: number;
}

/** Visitors who paid, with the instants; a day longer than the question, for who searches on its last evening. */
const payments = `select visitor_id, groupArray(at) as paid from order_step
  where kind = 'paid' and visitor_id != '' and day between {from:Date} and {to:Date} + 1 group by visitor_id`;

const searches = `
  from (
    select visitor_id, day, at, lowerUTF8(trimBoth(replaceRegexpAll(JSONExtractString(properties, 'query'), '\\\\s+', ' '))) as text,
      JSONExtractInt(properties, 'results') = 0 or JSONExtractBool(properties, 'approximate') as is_missed
    from behaviour final where event = 'Products Searched' and visitor_kind = '' and day between {from:Date} and {to:Date}
  ) s left any join (${payments}) p using visitor_id`;

const boughtAfter = 'arrayExists(at_paid -> at_paid >= at and at_paid < at + interval 1 day, paid)';

/** What was searched for and not found exactly, by words; most people first. */
export const missedSearches = (analytics: Analytics, { from, to, peopleMin }: Days & { peopleMin: number }): Promise<Search[]> =>
  ask(
    analytics,
    `select text, toUInt32(uniqExact(visitor_id)) as people, toUInt32(count()) as times, toUInt32(uniqExactIf(visitor_id, ${boughtAfter})) as bought
     ${searches} where is_missed and text != '' group by text having people >= {peopleMin:UInt32} order by people desc, text limit 500`,
    { from, to, peopleMin },
  );

/** Of those who found what they searched for (a visitor once a day), who bought within a day; and what an order of the shop came to. */
export async function foundSearches(
  analytics: Analytics,
  { from, to }: Days,
): Promise<{ found: Share; orderFen: number | null }> {
  const [share, orders] = await Promise.all([
    ask<{ part: number; whole: number }>(
      analytics,
      `select toUInt32(uniqExactIf((visitor_id, day), ${boughtAfter})) as part, toUInt32(uniqExact((visitor_id, day))) as whole
       ${searches} where not is_missed`,
      { from, to },
    ),
    ask<{ count: number; fen: number }>(
      analytics,
      `select toUInt32(count()) as count, round(avg(total_fen)) as fen from order_step
       where kind = 'paid' and channel = 'shop' and day between {from:Date} and {to:Date}`,
      { from, to },
    ),
  ]);
  return { found: share[0] ?? { part: 0, whole: 0 }, orderFen: orders[0] && orders[0].count > 0 ? orders[0].fen : null };
}
