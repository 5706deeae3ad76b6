import type { metrics as contract } from '@tongshang/contract';
import { bucketsOf } from '../period.ts';
import { orderEvents } from './events.ts';
import { type Family, type MeasureRow, measuresOf } from './measure.ts';
import {
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

const calendar = ['day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly contract.Dimension[];
const dimensions: contract.Dimension[] = [...calendar, 'channel', 'store'];
const known = "customer_id != '00000000-0000-0000-0000-000000000000'";

/** At the end of each bucket: who became a customer in the four weeks before it, beside the four weeks before those. */
export const growth: Family = {
  name: 'growth',
  measures: measuresOf({ dimensions, events: orderEvents, additivity: 'level' }, [
    {
      name: 'new_customers_gain_28d',
      title: { zh: '28 天新客比前 28 天多出', en: 'New customers of 28 days beyond those of the 28 before' },
      columns: ['order_step.customer_id', 'customer_first.first_at'],
    },
    {
      name: 'new_customers_before_28d',
      title: { zh: '前 28 天的新客', en: 'New customers of the 28 days before' },
      columns: ['order_step.customer_id', 'customer_first.first_at'],
    },
  ]),
  read: async (read, slice) => {
    const { from, key, parameters } = windowed(slice, 56);
    const rows = await read<{ recent: number; before: number } & Record<string, unknown>>(
      `select ${keyList(slice.by, key)} uniqExactIf(customer_id, day > bucket.2 - 28) as recent, uniqExactIf(customer_id, day <= bucket.2 - 28) as before
       from (
         select step.*, ${bucketsSql(56)} as bucket from (${from}) as step
         inner join (select customer_id, min(first_at) as first_at from customer_first group by customer_id) as first using customer_id
         where step.at = first.first_at
       ) ${groupBy(slice.by)}`,
      parameters,
    );
    return rows.map((row) => ({
      keys: keysOf(row, slice.by),
      n: row.recent,
      values: { new_customers_gain_28d: row.recent - row.before, new_customers_before_28d: row.before },
    }));
  },
};

/** At the end of each bucket: of those who paid 91 to 180 days before it, who paid again in the 90 days since. */
export const retention: Family = {
  name: 'retention',
  measures: measuresOf({ dimensions, events: orderEvents, additivity: 'level', overlaps: ['channel', 'store'] }, [
    { name: 'former_buyers', title: { zh: '前一个 90 天付款的顾客', en: 'Customers who paid 91 to 180 days ago' }, columns: ['order_step.customer_id'] },
    { name: 'kept_buyers', title: { zh: '其中近 90 天又付款的', en: 'Of these, who paid again within 90 days' }, columns: ['order_step.customer_id'] },
  ]), // prettier-ignore
  read: readRetention,
};

async function readRetention(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const { from, key, parameters } = windowed(slice, 180);
  const keys = slice.by.map((_, index) => `k${index}`);
  const rows = await read<{ former: number; kept: number } & Record<string, unknown>>(
    `select ${keys.map((name) => `${name}, `).join('')} countIf(was) as former, countIf(was and is) as kept
     from (
       select ${keyList(slice.by, key)} customer_id, max(day <= bucket.2 - 90) as was, max(day > bucket.2 - 90) as is
       from (select *, ${bucketsSql(180)} as bucket from (${from}))
       group by ${[...keys, 'customer_id'].join(', ')}
     ) ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => ({
    keys: keysOf(row, slice.by),
    n: row.former,
    values: { former_buyers: row.former, kept_buyers: row.kept },
  }));
}

/** A row once for each bucket in whose window it lies: (key, end). */
const bucketsSql = (days: number): string =>
  `arrayJoin(arrayFilter(b -> day <= b.2 and day > b.2 - ${days}, arrayZip({keys:Array(String)}, {ends:Array(Date)})))`;

/** Orders paid in the windows before the ends of a slice's buckets; and what a row is split by. */
function windowed(slice: Slice, days: number): { from: string; key: Columns; parameters: Parameters } {
  const buckets = bucketsOf(slice, slice.by);
  const parameters: Parameters = { keys: buckets.map(({ key }) => key), ends: buckets.map(({ end }) => end) };
  const columns: Columns = { channel: 'channel', store: 'store' };
  const until = instantSql('until', slice.until ?? endOfTime, parameters);
  const from = `select customer_id, day, at, channel, store from order_step
    where kind = 'paid' and ${known} and at < ${until} and day <= arrayMax({ends:Array(Date)})
      and day > arrayMin({ends:Array(Date)}) - ${days} ${filterSql(slice.filters, columns, parameters)}`;
  return { from, key: { ...columns, ...Object.fromEntries(calendar.map((name) => [name, 'bucket.1'])) }, parameters };
}
