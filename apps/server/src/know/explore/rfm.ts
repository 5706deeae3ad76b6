import { explore as contract } from '@tongshang/contract';
import { type Scope, scopedStores } from '../metrics/index.ts';
import { ask } from '../stream/index.ts';
import { keepSql } from './events-sql.ts';
import { careful, type Days, daysOf, type Parameters, planRows, type Reading, zone } from './reading.ts';
import { scoresOf, segmentOf } from './rfm-segment.ts';

type Answer = Omit<contract.RfmAnswer, 'asOf'>;
type Boundaries = NonNullable<Answer['boundaries']>;

const daysMax = 3_700;

/** Customers who bought in the period: days from their last purchase to its end, orders, net sales of its days. */
const customersSql = (keep: string): string => `
  select customer_id, dateDiff('day', maxIf(day, c.orders > 0), {to:Date}) as recency, sum(c.orders) as orders, sum(c.net_fen) as net_fen
  from customer_day as c where day between {from:Date} and {to:Date} ${keep} group by customer_id having orders > 0`;

/** Scores by the boundaries; a value on a boundary belongs to the part below it, so equal values stay together. */
const scoredSql = (keep: string): string => `
  select *, toUInt8(1 + arrayCount(b -> recency <= b, {recencyAt:Array(Float64)})) as r,
    intDiv(arrayCount(b -> orders > b, {ordersAt:Array(Float64)}) + arrayCount(b -> net_fen > b, {moneyAt:Array(Float64)}) + 3, 2) as fm
  from (${customersSql(keep)})`;

async function readBoundaries(reading: Reading, keep: string, parameters: Parameters): Promise<Boundaries | null> {
  const [row] = await ask<{ customers: number; recency: number[]; orders: number[]; money: number[] }>(
    reading.analytics,
    `select count() as customers, quantilesExactLow(0.2, 0.4, 0.6, 0.8)(recency) as recency,
       quantilesExactLow(0.2, 0.4, 0.6, 0.8)(orders) as orders, quantilesExactLow(0.2, 0.4, 0.6, 0.8)(net_fen) as money
     from (${customersSql(keep)}) ${careful}`,
    parameters,
  );
  if (row === undefined || row.customers === 0) return null;
  return { recencyDays: row.recency, orders: row.orders, netSalesFen: row.money };
}

interface Asked {
  days: Days;
  keep: string;
  parameters: Parameters;
  boundaries: Boundaries | null;
}

async function open(reading: Reading, question: contract.RfmQuestion, scope: Scope): Promise<Asked> {
  const days = daysOf(question, reading.now, daysMax);
  await planRows(reading, 'customer_day', days);
  const parameters: Parameters = { ...days };
  const keep = keepSql({ ...question.filters, store: scopedStores(scope, question.filters.store) }, parameters);
  const boundaries = await readBoundaries(reading, keep, parameters);
  if (boundaries !== null)
    Object.assign(parameters, {
      recencyAt: boundaries.recencyDays,
      ordersAt: boundaries.orders,
      moneyAt: boundaries.netSalesFen,
    });
  return { days, keep, parameters, boundaries };
}

/**
 * Customers who bought in the period by recency, frequency and money, in named segments; counts and sums of segments add up to the totals.
 * Refuses `metric.out_of_scope` for another store, `metric.period_invalid`, `metric.too_much`, `analytics.unavailable`.
 */
export async function readRfm(reading: Reading, question: contract.RfmQuestion, scope: Scope): Promise<Answer> {
  const { days, keep, parameters, boundaries } = await open(reading, question, scope);
  const rows =
    boundaries === null
      ? []
      : await ask<{ r: number; fm: number; customers: number; orders: number; net_fen: number; recency: number }>(
          reading.analytics,
          `select r, fm, count() as customers, sum(s.orders) as orders, sum(s.net_fen) as net_fen, sum(s.recency) as recency
           from (${scoredSql(keep)}) as s group by r, fm order by r desc, fm ${careful}`,
          parameters,
        );
  const cells = rows.map((row) => ({
    recency: row.r,
    frequencyMoney: row.fm,
    segment: segmentOf(row.r, row.fm),
    customers: row.customers,
    orders: row.orders,
    netSalesFen: row.net_fen,
    days: row.recency,
  }));
  const sumOf = (of: typeof cells, name: 'customers' | 'orders' | 'netSalesFen' | 'days'): number =>
    of.reduce((sum, cell) => sum + cell[name], 0);
  return {
    period: days,
    zone,
    customers: sumOf(cells, 'customers'),
    orders: sumOf(cells, 'orders'),
    netSalesFen: sumOf(cells, 'netSalesFen'),
    boundaries,
    segments: contract.rfmSegments.map((segment) => {
      const own = cells.filter((cell) => cell.segment === segment);
      const customers = sumOf(own, 'customers');
      return {
        segment,
        customers,
        orders: sumOf(own, 'orders'),
        netSalesFen: sumOf(own, 'netSalesFen'),
        recencyDays: customers === 0 ? null : sumOf(own, 'days') / customers,
      };
    }),
    cells: cells.map(({ days: _, ...cell }) => cell),
  };
}

interface CustomerRow {
  customerId: string;
  recencyDays: number;
  orders: number;
  netSalesFen: number;
}

/** The customers of one segment, highest net sales first, a page at a time; `after` is the `next` of the page before. Refuses as `readRfm`. */
export async function listRfmCustomers(
  reading: Reading,
  {
    segment,
    after,
    limit,
    ...question
  }: contract.RfmQuestion & { segment: contract.RfmSegment; after?: string | undefined; limit: number },
  scope: Scope,
): Promise<{ items: CustomerRow[]; customers: number; next: string | null }> {
  const { keep, parameters, boundaries } = await open(reading, question, scope);
  if (boundaries === null) return { items: [], customers: 0, next: null };
  const scores = scoresOf(segment).map(([recency, frequencyMoney]) => recency * 10 + frequencyMoney);
  Object.assign(parameters, { scores, skip: Number.parseInt(after ?? '0', 10) || 0, limit: limit + 1 });
  const rows = await ask<CustomerRow & { customers: number }>(
    reading.analytics,
    `select toString(customer_id) as customerId, recency as recencyDays, orders, net_fen as netSalesFen, count() over () as customers
     from (${scoredSql(keep)}) where has({scores:Array(UInt8)}, r * 10 + fm)
     order by netSalesFen desc, customerId limit {skip:UInt32}, {limit:UInt32} ${careful}`,
    parameters,
  );
  const skipped = Number(parameters['skip']);
  return {
    items: rows.slice(0, limit).map(({ customers: _, ...row }) => row),
    customers: rows[0]?.customers ?? 0,
    next: rows.length > limit ? String(skipped + limit) : null,
  };
}
