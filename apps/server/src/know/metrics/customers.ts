import { type Analytics, ask } from '../stream/index.ts';
import { bucketsOf } from './period.ts';
import {
  type Columns,
  type FamilyRow,
  filterSql,
  groupBy,
  instantSql,
  keyList,
  keysOf,
  type Parameters,
  ratio,
  type Slice,
} from './slice.ts';

const columns: Columns = {
  day: 'day',
  hour: "formatDateTime(at, '%H')",
  month: "formatDateTime(day, '%Y-%m')",
  channel: 'channel',
  store: 'store',
};
const endOfTime = new Date('2290-01-01T00:00:00Z');
const known = "customer_id != '00000000-0000-0000-0000-000000000000'";

/** Who bought for the first time ever, and who came back. */
export async function readCustomers(analytics: Analytics, slice: Slice): Promise<FamilyRow[]> {
  const parameters: Parameters = { from: slice.from, to: slice.to };
  const until = instantSql('until', slice.until ?? endOfTime, parameters);
  const paid = `kind = 'paid' and day between {from:Date} and {to:Date} and at < ${until} and ${known}
    ${filterSql(slice.filters, columns, parameters)}`;
  const rows = await ask<{ buyers: number; newOnes: number; returning: number } & Record<string, unknown>>(
    analytics,
    `select ${keyList(slice.by, columns)} uniqExact(customer_id) as buyers, uniqExactIf(customer_id, at = first.first_at) as newOnes,
       uniqExactIf(customer_id, at > first.first_at) as returning
     from (select * from order_step where ${paid}) as step
     inner join (
       select customer_id, min(first_at) as first_at from customer_first
       where customer_id in (select customer_id from order_step where ${paid}) group by customer_id
     ) as first using customer_id
     ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => ({
    keys: keysOf(row, slice.by),
    n: row.buyers,
    values: { new_customers: row.newOnes, returning_customers: row.returning },
  }));
}

const windowDays = 90;

/** At the end of each bucket: of those who paid in the 90 days before it, how many paid twice. */
export async function readRepurchase(analytics: Analytics, slice: Slice): Promise<FamilyRow[]> {
  const parameters: Parameters = { ends: bucketsOf(slice, slice.by).map(({ end }) => end), window: windowDays };
  const until = instantSql('until', slice.until ?? endOfTime, parameters);
  const atEnd: Columns = { ...columns, day: 'bucket', month: "formatDateTime(bucket, '%Y-%m')" };
  const rows = await ask<{ buyers: number; again: number } & Record<string, unknown>>(
    analytics,
    `select ${slice.by.map((_, index) => `k${index}, `).join('')} count() as buyers, countIf(times > 1) as again
     from (
       select ${keyList(slice.by, atEnd)} customer_id, count() as times
       from (
         select *, arrayJoin(arrayFilter(e -> day <= e and day > e - {window:UInt16}, {ends:Array(Date)})) as bucket from order_step
         where kind = 'paid' and ${known} and at < ${until} and day <= arrayMax({ends:Array(Date)})
           and day > arrayMin({ends:Array(Date)}) - {window:UInt16} ${filterSql(slice.filters, columns, parameters)}
       )
       group by ${[...slice.by.map((_, index) => `k${index}`), 'customer_id'].join(', ')}
     ) ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => ({
    keys: keysOf(row, slice.by),
    n: row.buyers,
    values: { repurchase_90d: ratio(row.again, row.buyers) },
  }));
}
