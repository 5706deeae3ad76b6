import type { metrics as contract } from '@tongshang/contract';
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

const dimensions: contract.Dimension[] = ['day', 'hour', 'week', 'month', 'quarter', 'year', 'channel', 'store', 'campaign'];

/** Seconds from paid to released, and how many nobody touched, over the orders released in the period: exact percentiles, never averages. */
export const handling: Family = {
  name: 'handling',
  measures: measuresOf({ dimensions, events: ['orders.order_released'], isZoned: true }, [
    {
      name: 'handling_median',
      title: { zh: '付款到放行的时长（中位数）', en: 'Paid to released, median' },
      unit: 'seconds',
      additivity: 'percentile',
      columns: ['order_step.seconds'],
    },
    {
      name: 'handling_p90',
      title: { zh: '付款到放行的时长（90 分位）', en: 'Paid to released, 90th percentile' },
      unit: 'seconds',
      additivity: 'percentile',
      columns: ['order_step.seconds'],
    },
    { name: 'released_orders', title: { zh: '放行的订单', en: 'Orders released' }, columns: ['order_step.order_id'] },
    {
      name: 'released_untouched',
      title: { zh: '无人动过就放行的订单', en: 'Orders released that nobody touched' },
      columns: ['order_step.is_touched'],
    },
  ]),
  read: readHandling,
};

interface HandlingRow extends Record<string, unknown> {
  released_orders: number;
  released_untouched: number;
  handling_median: number | null;
  handling_p90: number | null;
}

async function readHandling(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const columns: Columns = { ...calendarColumns(slice.zone), channel: 'channel', store: 'store', campaign: 'campaign' };
  const parameters: Parameters = {};
  const rows = await read<HandlingRow>(
    `select ${keyList(slice.by, columns)} count() as released_orders, countIf(is_touched = 0) as released_untouched,
       quantileExact(0.5)(seconds) as handling_median, quantileExact(0.9)(seconds) as handling_p90
     from order_step where kind = 'released' and seconds >= 0 and ${periodSql(slice, parameters)}
       and at < ${instantSql('until', slice.until ?? endOfTime, parameters)} ${filterSql(slice.filters, columns, parameters)}
     ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => {
    const { released_orders, released_untouched, handling_median, handling_p90 } = row;
    const percentiles = released_orders === 0 ? { handling_median: null, handling_p90: null } : { handling_median, handling_p90 };
    return { keys: keysOf(row, slice.by), n: released_orders, values: { released_orders, released_untouched, ...percentiles } };
  });
}
