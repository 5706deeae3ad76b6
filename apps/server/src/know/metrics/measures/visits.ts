import type { metrics as contract } from '@tongshang/contract';
import { visitEvents } from './events.ts';
import { type Family, type MeasureRow, measuresOf } from './measure.ts';
import {
  calendarColumns,
  type Columns,
  endOfTime,
  filterSql,
  groupBy,
  instantSql,
  keyList,
  keysOf,
  type Parameters,
  type Read,
  type Slice,
} from './slice.ts';

const dimensions: contract.Dimension[] = ['day', 'hour', 'week', 'month', 'quarter', 'year', 'channel', 'campaign'];

/** People who came, and how many of them paid. Both distinct over the row: who comes in two hours, or by two devices, counts once. */
export const visits: Family = {
  name: 'visits',
  measures: measuresOf({ dimensions, events: visitEvents, additivity: 'distinct', overlaps: dimensions }, [
    {
      name: 'visitors',
      title: { zh: '访客', en: 'Visitors' },
      columns: ['visit.visitor_id', 'visitor_customer.customer_id'],
    },
    {
      name: 'visitors_who_paid',
      title: { zh: '付过款的访客', en: 'Visitors who paid' },
      columns: ['visit.paid_at', 'visitor_customer.customer_id'],
    },
  ]),
  read: readVisits,
};

const columns: Columns = {
  ...calendarColumns('Asia/Shanghai', { hour: "leftPad(toString(hour), 2, '0')" }),
  channel: 'channel',
  campaign: 'campaign',
};

/**
 * A visitor is the customer whom they turned out to be, and else themselves: a phone and a desktop of one customer are one visitor. Both by the
 * numbers of their names: millions of texts take three times as long to tell apart.
 */
const person = 'if(whom.customer = 0, came.visitor, whom.customer)';

async function readVisits(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const parameters: Parameters = { from: slice.from, to: slice.to };
  const until = instantSql('until', slice.until ?? endOfTime, parameters);
  const source = visitSource(slice, until, parameters);
  const rows = await read<{ visitors: number; visitors_who_paid: number } & Record<string, unknown>>(
    `select ${slice.by.map((_, index) => `k${index}, `).join('')} uniqExact(${person}) as visitors,
       uniqExactIf(${person}, came.paid_at < ${until}) as visitors_who_paid
     from (${source}) as came
     left any join (select visitor, argMax(customer, joined_at) as customer from visitor_customer group by visitor) as whom using visitor
     ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => {
    const { visitors, visitors_who_paid } = row;
    return { keys: keysOf(row, slice.by), n: visitors, values: { visitors, visitors_who_paid } };
  });
}

/** The hours in which somebody came. An hour's campaign and payment may lie in rows that ClickHouse has not melted yet: it is done here. */
function visitSource({ by, filters }: Slice, until: string, parameters: Parameters): string {
  const inPeriod = `day between {from:Date} and {to:Date} and came_at < ${until}`;
  const filter = filterSql(filters, columns, parameters);
  const usesCampaign = by.includes('campaign') || (filters.campaign?.length ?? 0) > 0;
  if (!usesCampaign) return `select ${keyList(by, columns)} visitor, paid_at from visit where ${inPeriod} ${filter}`;
  const melted = `select day, channel, hour, visitor, min(visit.paid_at) as paid_at, max(visit.campaign) as campaign
    from visit where ${inPeriod} group by day, channel, hour, visitor`;
  return `select ${keyList(by, columns)} visitor, paid_at from (${melted}) where true ${filter}`;
}
