import type { metrics as contract } from '@tongshang/contract';
import { addDays } from '../../../platform/time.ts';
import { type Family, type MeasureRow, measuresOf } from './measure.ts';
import { orderEvents, returnEvents } from './events.ts';
import {
  calendarColumns,
  type Columns,
  filterSql,
  groupBy,
  instantSql,
  isBusinessZone,
  keyList,
  keysOf,
  type Parameters,
  periodSql,
  type Read,
  type Slice,
} from './slice.ts';

const dimensions: contract.Dimension[] = [
  'day', 'hour', 'week', 'month', 'quarter', 'year', 'channel', 'category', 'sku', 'store', 'campaign',
]; // prettier-ignore
const all = [...orderEvents, ...returnEvents];

/** Money, units and orders: sums of order lines. Steps count on the day they happened: placed, paid, cancelled, returned. */
export const sales: Family = {
  name: 'sales',
  measures: measuresOf({ dimensions, events: all, isZoned: true }, [
    { name: 'placed_fen', title: { zh: '下单金额', en: 'Amount placed' }, unit: 'fen', columns: ['order_line.placed_fen'], events: orderEvents },
    { name: 'paid_fen', title: { zh: '付款金额', en: 'Amount paid' }, unit: 'fen', columns: ['order_line.paid_fen'], events: orderEvents },
    { name: 'net_fen', title: { zh: '净额（不含税）', en: 'Net amount without VAT' }, unit: 'fen', columns: ['order_line.net_fen'] },
    { name: 'net_cost_fen', title: { zh: '净销售成本', en: 'Cost of net sales' }, unit: 'fen', columns: ['order_line.net_cost_fen'] },
    { name: 'net_units', title: { zh: '净件数', en: 'Net units' }, unit: 'units', columns: ['order_line.net_units'] },
    { name: 'returned_fen', title: { zh: '退货金额', en: 'Amount returned' }, unit: 'fen', columns: ['order_line.returned_fen'], events: returnEvents },
    {
      name: 'paid_orders',
      title: { zh: '付款订单', en: 'Orders paid' },
      columns: ['order_line.is_order_first', 'order_line.is_category_first', 'order_line.is_sku_first'],
      events: orderEvents,
      overlaps: ['category', 'sku'],
    },
    {
      name: 'cancelled_orders',
      title: { zh: '付款后取消的订单', en: 'Orders cancelled after payment' },
      columns: ['order_line.cancelled_orders'],
      events: ['orders.order_cancelled'],
      dimensions: dimensions.filter((dimension) => dimension !== 'category' && dimension !== 'sku'),
    },
  ]), // prettier-ignore
  read: readSales,
};

interface SalesRow extends Record<string, unknown> {
  placed_fen: number;
  paid_fen: number;
  net_fen: number;
  net_cost_fen: number;
  net_units: number;
  returned_fen: number;
  paid_orders: number;
  cancelled_orders: number;
}

const columnsOf = (zone: string): Columns => ({
  ...calendarColumns(zone),
  channel: 'channel',
  category: 'category',
  sku: 'sku',
  store: 'store',
  campaign: 'campaign',
});

async function readSales(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const parameters: Parameters = {};
  const rows = await read<SalesRow>(
    `select ${keyList(slice.by, columnsOf(slice.zone))} sum(l.placed_fen) as placed_fen, sum(l.paid_fen) as paid_fen, sum(l.net_fen) as net_fen,
       sum(l.net_cost_fen) as net_cost_fen, sum(l.net_units) as net_units, sum(l.returned_fen) as returned_fen,
       ${isCountedAnew(slice) ? "uniqExactIf(l.order_id, l.kind = 'paid')" : `sum(l.${ordersColumn(slice)})`} as paid_orders,
       sum(l.cancelled_orders) as cancelled_orders
     from ${salesSource(slice, parameters)} ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => {
    const { placed_fen, paid_fen, net_fen, net_cost_fen, net_units, returned_fen, paid_orders, cancelled_orders } = row;
    return {
      keys: keysOf(row, slice.by),
      n: paid_orders,
      values: { placed_fen, paid_fen, net_fen, net_cost_fen, net_units, returned_fen, paid_orders, cancelled_orders },
    };
  });
}

const uses = ({ by, filters }: Slice, name: 'category' | 'sku'): boolean => by.includes(name) || (filters[name]?.length ?? 0) > 0;

/** Lines carry a mark once an order, once a category of it, once a SKU of it: summing the right one counts orders at that grain. */
const ordersColumn = (slice: Slice): string =>
  uses(slice, 'sku') ? 'sku_orders' : uses(slice, 'category') ? 'category_orders' : 'orders';

/** Several SKUs or categories in one row: marks would count an order that has two of them twice, so orders are counted by id. */
const isCountedAnew = ({ by, filters }: Slice): boolean =>
  !by.includes('sku') && ((filters.sku?.length ?? 0) > 1 || ((filters.category?.length ?? 0) > 0 && !by.includes('category')));

/** Whole days and hours come from the small sums; a day that is cut, days of another zone and orders counted by id from the lines themselves. */
function salesSource(slice: Slice, parameters: Parameters): string {
  const { to, until } = slice;
  const filter = filterSql(slice.filters, columnsOf(slice.zone), parameters);
  const inPeriod = periodSql(slice, parameters);
  const cut = until === undefined ? '' : `and at < ${instantSql('until', until, parameters)}`;
  if (isCountedAnew(slice) || !isBusinessZone(slice.zone)) return `order_line as l where ${inPeriod} ${cut} ${filter}`;

  const isByHour = slice.by.includes('hour');
  const sums = isByHour ? 'sales_hour' : uses(slice, 'sku') ? 'sales_sku_day' : 'sales_day';
  if (until === undefined && !isByHour) return `${sums} as l where ${inPeriod} ${filter}`;
  const columns = `day, channel, store, category, campaign, ${isByHour || uses(slice, 'sku') ? 'sku,' : ''} placed_fen, paid_fen, net_fen,
    net_cost_fen, net_units, returned_fen, ${ordersColumn(slice)}, cancelled_orders`;
  const ofSums = `${isByHour ? 'hour as at, ' : ''}${columns}`;
  if (until === undefined) return `(select ${ofSums} from ${sums} where ${inPeriod} ${filter}) as l`;
  parameters['wholeTo'] = addDays(to, -1);
  const wholeDays = `select ${ofSums} from ${sums} where day between {from:Date} and {wholeTo:Date} ${filter}`;
  const ofLines = `${isByHour ? 'at, ' : ''}${columns}`;
  return `(${wholeDays} union all select ${ofLines} from order_line where day = {to:Date} ${cut} ${filter}) as l`;
}
