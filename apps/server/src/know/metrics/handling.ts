import { type Analytics, ask } from '../stream/index.ts';
import {
  type Columns,
  type FamilyRow,
  filterSql,
  groupBy,
  instantSql,
  keyList,
  keysOf,
  type Parameters,
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

/** Seconds from paid to released, and the share that nobody touched, over the orders released in the period: exact percentiles, never averages of averages. */
export async function readHandling(analytics: Analytics, slice: Slice): Promise<FamilyRow[]> {
  const parameters: Parameters = { from: slice.from, to: slice.to };
  const rows = await ask<
    { count: number; median: number | null; p90: number | null; untouched: number | null } & Record<string, unknown>
  >(
    analytics,
    `select ${keyList(slice.by, columns)} count() as count, quantileExact(0.5)(seconds) as median, quantileExact(0.9)(seconds) as p90,
       1 - avg(is_touched) as untouched
     from order_step where kind = 'released' and seconds >= 0 and day between {from:Date} and {to:Date}
       and at < ${instantSql('until', slice.until ?? endOfTime, parameters)} ${filterSql(slice.filters, columns, parameters)}
     ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => ({
    keys: keysOf(row, slice.by),
    n: row.count,
    values: {
      order_handling_time: row.count === 0 ? null : row.median,
      order_handling_p90: row.count === 0 ? null : row.p90,
      orders_untouched: row.count === 0 ? null : row.untouched,
    },
  }));
}
