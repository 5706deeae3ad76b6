import type { metrics as contract } from '@tongshang/contract';
import { addMs, daysBetween, startOfDay } from '../../../platform/time.ts';
import { type Bucket, bucketsOf } from '../period.ts';
import { orderEvents, stockEvents } from './events.ts';
import { type Family, type MeasureRow, measuresOf } from './measure.ts';
import { type Columns, filterSql, instantSql, type Parameters, type Read, type Slice } from './slice.ts';

const coverDays = 28;
const dayMs = 86_400_000;
const dimensions: contract.Dimension[] = ['day', 'week', 'month', 'quarter', 'year', 'category', 'sku', 'store'];

/** Stock is a level: the sum of all movements up to a day's end, never a sum over days. Where nothing ever moved it is unknown. */
export const stock: Family = {
  name: 'stock',
  measures: measuresOf({ dimensions, events: stockEvents }, [
    {
      name: 'stock_fen',
      title: { zh: '期末库存成本', en: 'Cost of stock at the end' },
      unit: 'fen',
      additivity: 'level',
      columns: ['stock_day.value_fen'],
    },
    {
      name: 'stock_units',
      title: { zh: '期末库存件数', en: 'Units in stock at the end' },
      unit: 'units',
      additivity: 'level',
      columns: ['stock_day.quantity'],
    },
    {
      name: 'sellable_units',
      title: { zh: '期末可售件数（不小于 0）', en: 'Units to sell at the end, at least 0' },
      unit: 'units',
      additivity: 'level',
      columns: ['stock_day.quantity'],
    },
    {
      name: 'paid_units_28d',
      title: { zh: '期末前 28 天付款件数', en: 'Units paid in the 28 days up to the end' },
      unit: 'units',
      additivity: 'level',
      columns: ['order_line.paid_units'],
      events: orderEvents,
    },
    {
      name: 'stock_cost_sold_fen',
      title: { zh: '售出成本（按库存类目）', en: 'Cost sold, under the category of stock' },
      unit: 'fen',
      columns: ['order_line.net_cost_fen'],
      events: orderEvents,
    },
    {
      name: 'stock_fen_days',
      title: { zh: '每日期末库存成本之和', en: 'Sum of the cost of stock at each day’s end' },
      unit: 'fen',
      columns: ['stock_day.value_fen'],
    },
  ]),
  read: readStock,
};

interface Level {
  quantity: number;
  valueFen: number;
  averageFen: number;
}
interface Flow {
  costFen: number;
  units: number;
}
type Keyed = Record<string, unknown> & { bucket: string };

async function readStock(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const buckets = bucketsOf(slice, slice.by);
  const [levels, flows] = await Promise.all([readLevels(read, slice, buckets), readFlows(read, slice, buckets)]);
  const flowOf = new Map(flows.map((flow) => [nameOf(flow, slice), flow]));
  const levelOf = new Map(levels.map((level) => [nameOf(level, slice), level]));
  const bucketOf = new Map(buckets.map((bucket) => [bucket.key, bucket]));
  const rows = new Map<string, Keyed>([...flowOf, ...levelOf]);
  return [...rows.values()].map((row) => {
    const level = levelOf.get(nameOf(row, slice));
    const flow = flowOf.get(nameOf(row, slice));
    const bucket = bucketOf.get(row.bucket);
    const days = bucket === undefined ? 1 : daysIn(bucket, slice);
    return {
      keys: keysIn(row, slice),
      n: flow?.units ?? 0,
      values: {
        stock_fen: level?.valueFen ?? null,
        stock_units: level?.quantity ?? null,
        sellable_units: level === undefined ? null : Math.max(0, level.quantity),
        paid_units_28d: Math.max(0, flow?.units ?? 0),
        stock_cost_sold_fen: flow?.costFen ?? 0,
        stock_fen_days: level === undefined || level.averageFen <= 0 ? null : level.averageFen * days,
      },
    };
  });
}

/** A day that is cut counts as the part of it that has passed. */
function daysIn({ start, end }: Bucket, { to, until }: Slice): number {
  const whole = daysBetween(start, end) + 1;
  if (until === undefined || end !== to) return whole;
  return Math.max(1 / 24, whole - 1 + (until.getTime() - startOfDay(to).getTime()) / dayMs);
}

async function readLevels(read: Read, slice: Slice, buckets: readonly Bucket[]): Promise<(Level & Keyed)[]> {
  const parameters: Parameters = { from: slice.from, to: slice.to, ...bucketParameters(buckets) };
  const until = instantSql('until', slice.until ?? addMs(startOfDay(slice.to), dayMs), parameters);
  const filter = filterSql(slice.filters, stockColumns, parameters);
  const isPerSku = (['category', 'sku'] as const).some(
    (name) => slice.by.includes(name) || (slice.filters[name]?.length ?? 0) > 0,
  );
  const columns = `day, ${isPerSku ? 'sku, ' : ''}location, quantity, value_fen`;
  return read(
    `select ${outerKeys(slice)} bucket, sum(q) as quantity, sum(v) as valueFen,
       sum(v * (toInt64(ends - greatest(d, starts)) + 1)) / (any(toInt64(ends - starts)) + 1) as averageFen
     from (
       select ${innerKeys(slice)} greatest(day, {from:Date} - 1) as d, sum(quantity) as q, sum(value_fen) as v
       from (
         select ${columns} from ${isPerSku ? 'stock_day' : 'stock_total_day'} where day < {to:Date}
         union all
         select ${columns} from stock_move where day = {to:Date} and at < ${until}
       ) as moved ${categoryJoin(slice)}
       where true ${filter} group by ${innerGroups(slice, 'd')}
     ) array join {keys:Array(String)} as bucket, {starts:Array(Date)} as starts, {ends:Array(Date)} as ends
     where d <= ends group by ${[...outerGroups(slice), 'bucket'].join(', ')}`,
    parameters,
  );
}

async function readFlows(read: Read, slice: Slice, buckets: readonly Bucket[]): Promise<(Flow & Keyed)[]> {
  const parameters: Parameters = { from: slice.from, to: slice.to, ...bucketParameters(buckets), cover: coverDays };
  const until = instantSql('until', slice.until ?? addMs(startOfDay(slice.to), dayMs), parameters);
  const filter = filterSql(slice.filters, stockColumns, parameters);
  const isSplit = plain(slice).length > 0 || filter !== ''; // the whole needs neither SKU nor location, and reads far less without
  const columns = `day, ${isSplit ? 'sku, location, ' : ''}net_cost_fen, paid_units`;
  const first = 'least({from:Date}, arrayMin({ends:Array(Date)}) - ({cover:UInt16} - 1))';
  return read(
    `select ${outerKeys(slice)} bucket, sumIf(c, d >= starts) as costFen, sumIf(u, d > ends - {cover:UInt16}) as units
     from (
       select ${innerKeys(slice)} day as d, sum(net_cost_fen) as c, sum(paid_units) as u
       from (
         select ${columns} from ${isSplit ? 'sales_sku_day' : 'sales_day'} where day >= ${first} and day < {to:Date}
         union all
         select ${columns} from order_line where day = {to:Date} and at < ${until}
       ) as sold ${categoryJoin(slice)}
       where true ${filter} group by ${innerGroups(slice, 'd')}
     ) array join {keys:Array(String)} as bucket, {starts:Array(Date)} as starts, {ends:Array(Date)} as ends
     where d <= ends and (d >= starts or d > ends - {cover:UInt16}) group by ${[...outerGroups(slice), 'bucket'].join(', ')}`,
    parameters,
  );
}

/** By store means by location: a warehouse holds stock though it sells nothing over a counter. */
const stockColumns: Columns = { category: 'named.category', sku: 'sku', store: 'location' };

/** Stock stands under the category its SKU has today; sales are held against it under the same one. */
const categoryJoin = ({ by, filters }: Slice): string =>
  by.includes('category') || (filters.category?.length ?? 0) > 0
    ? 'left any join (select sku, argMax(category, version) as category from sku group by sku) as named using sku'
    : '';

const bucketParameters = (buckets: readonly Bucket[]): Parameters => ({
  keys: buckets.map(({ key }) => key),
  starts: buckets.map(({ start }) => start),
  ends: buckets.map(({ end }) => end),
});

const isCalendar = (dimension: string): boolean => ['day', 'week', 'month', 'quarter', 'year'].includes(dimension);
const plain = ({ by }: Slice) =>
  by.flatMap((dimension, index) => (isCalendar(dimension) ? [] : [{ dimension, name: `k${index}` }]));
const innerKeys = (slice: Slice): string =>
  plain(slice)
    .map(({ dimension, name }) => `toString(${stockColumns[dimension] ?? "''"}) as ${name}, `)
    .join('');
const innerGroups = (slice: Slice, last: string): string => [...plain(slice).map(({ name }) => name), last].join(', ');
const outerKeys = (slice: Slice): string =>
  plain(slice)
    .map(({ name }) => `${name}, `)
    .join('');
const outerGroups = (slice: Slice): string[] => plain(slice).map(({ name }) => name);

const keysIn = (row: Keyed, { by }: Slice): string[] =>
  by.map((dimension, index) => (isCalendar(dimension) ? row.bucket : String(row[`k${index}`])));
const nameOf = (row: Keyed, slice: Slice): string => keysIn(row, slice).join('\u0000');
