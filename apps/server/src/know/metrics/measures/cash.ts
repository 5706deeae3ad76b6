import type { metrics as contract } from '@tongshang/contract';
import { type Bucket, bucketsOf } from '../period.ts';
import { orderEvents, returnEvents, stockEvents } from './events.ts';
import { type Family, type MeasureRow, measuresOf } from './measure.ts';
import { namesObserved } from './outside.ts';
import type { Parameters, Read, Slice } from './slice.ts';

const dimensions: contract.Dimension[] = ['day', 'week', 'month', 'quarter', 'year'];
const windowDays = 90;
/** Books are closed once a month: a balance older than this says nothing about today. */
const balanceDaysMax = 100;

/**
 * How long a yuan is away: days of stock + days of receivables − days of payables, at the end of each bucket, against the 90 days before.
 * Undefined where nothing was sold, or while nobody has recorded what we are owed and what we owe.
 */
export const cash: Family = {
  name: 'cash',
  measures: measuresOf(
    { dimensions, events: [...orderEvents, ...returnEvents, ...stockEvents, 'observations.recorded'], hasSource: false },
    [
      {
        name: 'cash_cycle_days',
        title: { zh: '现金周转天数', en: 'Days of the cash cycle' },
        unit: 'days',
        additivity: 'level',
        columns: ['stock_day.value_fen', 'order_line.net_cost_fen', 'order_line.net_fen', 'observation.amount'],
      },
    ],
  ),
  read: readCash,
  findFed: async (read) => {
    const there = await namesObserved(read);
    return new Set(there.has('receivables') && there.has('payables') ? ['cash_cycle_days'] : []);
  },
};

async function readCash(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const buckets = bucketsOf(slice, slice.by);
  const parameters: Parameters = {
    keys: buckets.map(({ key }) => key),
    ends: buckets.map(({ end }) => end),
    window: windowDays,
    balanceDays: balanceDaysMax,
  };
  const each = 'array join {keys:Array(String)} as bucket, {ends:Array(Date)} as ends where';
  const [stocks, flows, balances] = await Promise.all([
    read<{ bucket: string; fen: number }>(
      `select bucket, sum(value_fen) as fen from stock_total_day ${each} day <= ends group by bucket`,
      parameters,
    ),
    read<{ bucket: string; costFen: number; netFen: number }>(
      `select bucket, sum(net_cost_fen) as costFen, sum(net_fen) as netFen
       from sales_day ${each} day <= ends and day > ends - {window:UInt16} group by bucket`,
      parameters,
    ),
    read<{ bucket: string; name: string; fen: number }>(
      `select bucket, name, toFloat64(sum(fen)) as fen from (
         select bucket, name, channel, campaign, argMax(amount, day) as fen
         from (select * from observation final where name in ('receivables', 'payables') and is_withdrawn = 0)
         ${each} day <= ends and day > ends - {balanceDays:UInt16} group by bucket, name, channel, campaign
       ) group by bucket, name`,
      parameters,
    ),
  ]);
  const balance = (key: string, name: string): number | undefined =>
    balances.find((one) => one.bucket === key && one.name === name)?.fen;
  return buckets.flatMap(({ key }: Bucket) => {
    const flow = flows.find(({ bucket }) => bucket === key);
    const stock = stocks.find(({ bucket }) => bucket === key)?.fen;
    const value = cycleDays({ stock, ...flow, owed: balance(key, 'receivables'), owing: balance(key, 'payables') });
    return [{ keys: slice.by.map(() => key), n: 0, values: { cash_cycle_days: value } }];
  });
}

interface Sides {
  stock: number | undefined;
  costFen?: number;
  netFen?: number;
  owed: number | undefined;
  owing: number | undefined;
}

/** 90 days × (stock ÷ cost + owed ÷ net sales − owing ÷ cost). */
function cycleDays({ stock, costFen = 0, netFen = 0, owed, owing }: Sides): number | null {
  if (stock === undefined || owed === undefined || owing === undefined || costFen <= 0 || netFen <= 0) return null;
  return windowDays * (stock / costFen + owed / netFen - owing / costFen);
}
