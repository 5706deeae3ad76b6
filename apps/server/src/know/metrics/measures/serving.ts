import type { metrics as contract } from '@tongshang/contract';
import { returnEvents } from './events.ts';
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
const perOrder: contract.Dimension[] = [...calendar, 'hour', 'channel', 'store'];
const columnsOf = (zone: string): Columns => ({ ...calendarColumns(zone), channel: 'channel', store: 'store' });

/** What was promised and what of it was kept, over the orders delivered in the period. Orders without a promised day are in neither. */
export const delivery: Family = {
  name: 'delivery',
  measures: measuresOf({ dimensions: perOrder, events: ['orders.order_delivered', 'orders.orders_imported'], isZoned: true }, [
    { name: 'deliveries_promised', title: { zh: '承诺过日期的送达', en: 'Deliveries with a promised day' }, columns: ['order_step.promise'] },
    { name: 'deliveries_on_time', title: { zh: '按时送达', en: 'Deliveries on time' }, columns: ['order_step.promise'] },
  ]), // prettier-ignore
  read: async (read, slice) => {
    const { sql, parameters } = rowsOf(slice, 'order_step', "kind = 'delivered' and promise >= 0");
    const rows = await read<{ promised: number; kept: number } & Record<string, unknown>>(
      `select ${keyList(slice.by, columnsOf(slice.zone))} count() as promised, countIf(promise = 1) as kept ${sql}`,
      parameters,
    );
    return rows.map((row) => ({
      keys: keysOf(row, slice.by),
      n: row.promised,
      values: { deliveries_promised: row.promised, deliveries_on_time: row.kept },
    }));
  },
};

const complaintReasons = ['defective', 'damaged', 'wrong_item', 'late'];

/** Returns that say something was wrong on our side: that somebody no longer wants a thing is no complaint. */
export const complaints: Family = {
  name: 'complaints',
  measures: measuresOf({ dimensions: perOrder, events: returnEvents, isZoned: true }, [
    {
      name: 'complaints',
      title: { zh: '因质量、错发、破损、迟到的退货', en: 'Returns with a complaint' },
      columns: ['return_made.reason'],
    },
  ]),
  read: async (read, slice) => {
    const { sql, parameters } = rowsOf(slice, 'return_made', 'reason in {reasons:Array(String)}');
    const rows = await read<{ complaints: number } & Record<string, unknown>>(
      `select ${keyList(slice.by, columnsOf(slice.zone))} count() as complaints ${sql}`,
      { ...parameters, reasons: complaintReasons },
    );
    return rows.map((row) => ({ keys: keysOf(row, slice.by), n: row.complaints, values: { complaints: row.complaints } }));
  },
};

function rowsOf(slice: Slice, table: 'order_step' | 'return_made', which: string): { sql: string; parameters: Parameters } {
  const parameters: Parameters = {};
  const cut = instantSql('until', slice.until ?? endOfTime, parameters);
  const filter = filterSql(slice.filters, columnsOf(slice.zone), parameters);
  const sql = `from ${table} where ${which} and ${periodSql(slice, parameters)} and at < ${cut} ${filter} ${groupBy(slice.by)}`;
  return { sql, parameters };
}

/** What parcels cost, and what else of serving somebody recorded. A key of which nobody knows a cost has no row: unknown is not free. */
export const serving: Family = {
  name: 'serving',
  measures: measuresOf(
    { dimensions: [...calendar, 'channel'], events: ['warehouse.fulfilment_shipped', 'observations.recorded'] },
    [
      {
        name: 'serving_fen',
        title: { zh: '已知的履约成本', en: 'Known cost of serving' },
        unit: 'fen',
        columns: ['parcel_cost.amount_fen', 'observation.amount'],
      },
    ],
  ),
  read: readServing,
};

async function readServing(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const columns: Columns = { ...calendarColumns(slice.zone), channel: 'channel' };
  const parameters: Parameters = {};
  const inPeriod = periodSql(slice, parameters);
  const until = instantSql('until', slice.until ?? endOfTime, parameters);
  const filter = filterSql(slice.filters, columns, parameters);
  const rows = await read<{ fen: number; n: number } & Record<string, unknown>>(
    `select ${keyList(slice.by, columns)} toFloat64(sum(fen)) as fen, count() as n
     from (
       select day, channel, toDecimal64(amount_fen, 4) as fen from parcel_cost where ${inPeriod} and at < ${until} ${filter}
       union all
       select day, channel, amount as fen from observation final
       where name = 'service_cost' and is_withdrawn = 0 and ${inPeriod} ${filter}
     ) ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.flatMap((row) =>
    row.n === 0 ? [] : [{ keys: keysOf(row, slice.by), n: row.n, values: { serving_fen: row.fen } }],
  );
}
