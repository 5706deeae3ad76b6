import type { metrics as contract } from '@tongshang/contract';
import { bucketsOf } from '../period.ts';
import { orderEvents } from './events.ts';
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
  periodSql,
  type Read,
  type Slice,
} from './slice.ts';

const calendar: contract.Dimension[] = ['day', 'week', 'month', 'quarter', 'year'];
const common = {
  dimensions: [...calendar, 'hour', 'channel', 'store', 'campaign'] satisfies contract.Dimension[],
  events: orderEvents,
};
const known = "customer_id != '00000000-0000-0000-0000-000000000000'";

const columnsOf = (zone: string): Columns => ({
  ...calendarColumns(zone),
  channel: 'channel',
  store: 'store',
  campaign: 'campaign',
});

/** Who bought for the first time ever, and who came back. */
export const customers: Family = {
  name: 'customers',
  measures: measuresOf({ ...common, isZoned: true }, [
    {
      name: 'new_customers',
      title: { zh: '首次付款的顾客', en: 'Customers paying for the first time' },
      columns: ['order_step.customer_id', 'customer_first.first_at'],
    },
    {
      name: 'returning_customers',
      title: { zh: '再次付款的顾客', en: 'Customers paying again' },
      columns: ['order_step.customer_id', 'customer_first.first_at'],
      additivity: 'distinct',
      overlaps: common.dimensions,
    },
    {
      name: 'buyers',
      title: { zh: '付款的顾客', en: 'Customers who paid' },
      columns: ['order_step.customer_id'],
      additivity: 'distinct',
      overlaps: common.dimensions,
    },
  ]),
  read: readCustomers,
};

async function readCustomers(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const columns = columnsOf(slice.zone);
  const parameters: Parameters = {};
  const until = instantSql('until', slice.until ?? endOfTime, parameters);
  const paid = `kind = 'paid' and ${periodSql(slice, parameters)} and at < ${until} and ${known}
    ${filterSql(slice.filters, columns, parameters)}`;
  const rows = await read<{ buyers: number; new_customers: number; returning_customers: number } & Record<string, unknown>>(
    `select ${keyList(slice.by, columns)} uniqExact(customer_id) as buyers, uniqExactIf(customer_id, at = first.first_at) as new_customers,
       uniqExactIf(customer_id, at > first.first_at) as returning_customers
     from (select * from order_step where ${paid}) as step
     inner join (
       select customer_id, min(first_at) as first_at from customer_first
       where customer_id in (select customer_id from order_step where ${paid}) group by customer_id
     ) as first using customer_id
     ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => {
    const { buyers, new_customers, returning_customers } = row;
    return { keys: keysOf(row, slice.by), n: buyers, values: { buyers, new_customers, returning_customers } };
  });
}

const windowDays = 90;

/** At the end of each bucket: who paid in the 90 days before it, and who of them paid twice. */
export const repurchase: Family = {
  name: 'repurchase',
  measures: measuresOf({ dimensions: [...calendar, 'channel', 'store'], events: orderEvents, additivity: 'level' }, [
    {
      name: 'buyers_90d',
      title: { zh: '90 天内付款的顾客', en: 'Customers who paid within 90 days' },
      columns: ['order_step.customer_id'],
      overlaps: ['channel', 'store'],
    },
    {
      name: 'repeat_buyers_90d',
      title: { zh: '90 天内付款两单及以上的顾客', en: 'Customers who paid twice within 90 days' },
      columns: ['order_step.customer_id'],
      overlaps: ['channel', 'store'],
    },
  ]),
  read: readRepurchase,
};

async function readRepurchase(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const columns = columnsOf(slice.zone);
  const buckets = bucketsOf(slice, slice.by);
  const parameters: Parameters = {
    ends: buckets.map(({ end }) => end),
    keys: buckets.map(({ key }) => key),
    window: windowDays,
  };
  const until = instantSql('until', slice.until ?? endOfTime, parameters);
  const atEnd: Columns = { ...columns, ...Object.fromEntries(calendar.map((name) => [name, 'bucket'])) };
  const rows = await read<{ buyers_90d: number; repeat_buyers_90d: number } & Record<string, unknown>>(
    `select ${slice.by.map((_, index) => `k${index}, `).join('')} count() as buyers_90d, countIf(times > 1) as repeat_buyers_90d
     from (
       select ${keyList(slice.by, atEnd)} customer_id, count() as times
       from (
         select *, arrayJoin(arrayFilter((k, e) -> day <= e and day > e - {window:UInt16}, {keys:Array(String)}, {ends:Array(Date)})) as bucket
         from order_step
         where kind = 'paid' and ${known} and at < ${until} and day <= arrayMax({ends:Array(Date)})
           and day > arrayMin({ends:Array(Date)}) - {window:UInt16} ${filterSql(slice.filters, columns, parameters)}
       )
       group by ${[...slice.by.map((_, index) => `k${index}`), 'customer_id'].join(', ')}
     ) ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => {
    const { buyers_90d, repeat_buyers_90d } = row;
    return { keys: keysOf(row, slice.by), n: buyers_90d, values: { buyers_90d, repeat_buyers_90d } };
  });
}
