import { type Analytics, ask } from '../stream/index.ts';
import { addDays } from '../../platform/time.ts';
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

interface SalesRow {
  placedFen: number;
  paidFen: number;
  netFen: number;
  netCostFen: number;
  netUnits: number;
  returnedFen: number;
  orders: number;
  cancelledOrders: number;
}

const salesColumns: Columns = {
  day: 'day',
  hour: "formatDateTime(at, '%H')",
  month: "formatDateTime(day, '%Y-%m')",
  channel: 'channel',
  category: 'category',
  sku: 'sku',
  store: 'store',
};

/** Money, units and orders: sums of order lines, and ratios of those sums. */
export async function readSales(analytics: Analytics, slice: Slice): Promise<FamilyRow[]> {
  const parameters: Parameters = {};
  const rows = await ask<SalesRow & Record<string, unknown>>(
    analytics,
    `select ${keyList(slice.by, salesColumns)} sum(placed_fen) as placedFen, sum(paid_fen) as paidFen, sum(net_fen) as netFen,
       sum(net_cost_fen) as netCostFen, sum(net_units) as netUnits, sum(returned_fen) as returnedFen,
       ${isCountedAnew(slice) ? "uniqExactIf(order_id, kind = 'paid')" : `sum(${ordersColumn(slice)})`} as orders,
       sum(cancelled_orders) as cancelledOrders
     from ${salesSource(slice, parameters)} ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => ({
    keys: keysOf(row, slice.by),
    n: row.orders,
    values: {
      gmv: row.placedFen,
      net_sales: row.netFen,
      gross_profit: row.netFen - row.netCostFen,
      gross_margin: ratio(row.netFen - row.netCostFen, row.netFen),
      orders: row.orders,
      aov: ratio(row.paidFen, row.orders),
      units_sold: row.netUnits,
      return_rate: ratio(row.returnedFen, row.paidFen),
      cancelled_orders: row.cancelledOrders,
    },
  }));
}

const uses = ({ by, filters }: Slice, name: 'category' | 'sku'): boolean => by.includes(name) || (filters[name]?.length ?? 0) > 0;

/** Lines carry a mark once an order, once a category of it, once a SKU of it: summing the right one counts orders at that grain. */
const ordersColumn = (slice: Slice): string =>
  uses(slice, 'sku') ? 'sku_orders' : uses(slice, 'category') ? 'category_orders' : 'orders';

/** Several SKUs or categories in one row: marks would count an order that has two of them twice, so orders are counted by id. */
const isCountedAnew = ({ by, filters }: Slice): boolean =>
  !by.includes('sku') && ((filters.sku?.length ?? 0) > 1 || ((filters.category?.length ?? 0) > 0 && !by.includes('category')));

/** Whole days come from the small sums; a day that is cut, hours, and orders counted by id come from the lines themselves. */
function salesSource(slice: Slice, parameters: Parameters): string {
  const { from, to, until } = slice;
  const filter = filterSql(slice.filters, salesColumns, parameters);
  const isRaw = slice.by.includes('hour') || isCountedAnew(slice);
  const wholeTo = until === undefined ? to : addDays(to, -1);
  Object.assign(parameters, { from, to, wholeTo });
  const cut = until === undefined ? '' : `and at < ${instantSql('until', until, parameters)}`;
  if (isRaw) return `order_line where day between {from:Date} and {to:Date} ${cut} ${filter}`;
  const sums = uses(slice, 'sku') ? 'sales_sku_day' : 'sales_day';
  if (until === undefined) return `${sums} where day between {from:Date} and {wholeTo:Date} ${filter}`;
  const columns = `day, channel, store, category, ${uses(slice, 'sku') ? 'sku,' : ''} placed_fen, paid_fen, net_fen, net_cost_fen, net_units,
    returned_fen, ${ordersColumn(slice)}, cancelled_orders`;
  const wholeDays = `select ${columns} from ${sums} where day between {from:Date} and {wholeTo:Date} ${filter}`;
  return `(${wholeDays} union all select ${columns} from order_line where day = {to:Date} ${cut} ${filter})`;
}
