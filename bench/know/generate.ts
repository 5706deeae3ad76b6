// Behaviour of a year and the orders that came of it, made inside ClickHouse: deterministic, through the facts' tables, so that every sum fills.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { migrateAnalytics, openAnalytics } from '../../apps/server/src/know/stream/index.ts';
import { startClickHouse } from '../../apps/server/src/platform/embedded/clickhouse.ts';
import { addDays, dayOf } from '../../apps/server/src/platform/time.ts';

const days = 365;
const eventsInSession = 5;
const chunk = 2_000_000;
/** Hours of work; days of a year in one insert. */
const patient = {
  max_partitions_per_insert_block: '0',
  max_execution_time: 0,
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: '5000',
  session_timezone: 'Asia/Shanghai',
} as const;

export interface Past {
  /** A data folder of the embedded ClickHouse. */
  dir: string;
  events: number;
  orders: number;
  /** The last business day that has rows: the day before it was made, so that what a house of today ships stands apart. */
  lastDay: string;
}

/** Raise it when the past is to be another one. */
const edition = 2;

/**
 * A year of so many events (an order for twenty) that ended yesterday, in a folder that is kept and used again; tables that were added since are
 * filled from the facts. One that was left half made, or whose tables are others now, is made anew.
 */
export async function pastOf(events: number, say: (text: string) => void): Promise<Past> {
  const dir = join(tmpdir(), `tongshang-bench-know-${edition}-${events}`);
  const marker = join(dir, 'made.json');
  const known = existsSync(marker) ? (JSON.parse(await readFile(marker, 'utf8')) as Past) : undefined;
  if (known !== undefined && (await inClickHouse(dir, isForward))) return known;

  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const past: Past = { dir, events, orders: Math.round(events / 20), lastDay: addDays(dayOf(new Date()), -1) };
  await inClickHouse(dir, async (client, url) => {
    await migrateAnalytics(openAnalytics(url));
    const begun = performance.now();
    await fill(client, past, (done) => {
      const seconds = (performance.now() - begun) / 1000;
      say(`${(done / 1e6).toFixed(0)} of ${(events / 1e6).toFixed(0)} M events made, ${Math.round(done / seconds)}/s`);
    });
    await untilMerged(client);
  });
  await writeFile(marker, JSON.stringify(past));
  return past;
}

async function inClickHouse<T>(dir: string, work: (client: ClickHouseClient, url: string) => Promise<T>): Promise<T> {
  const server = await startClickHouse({ dir });
  const client = createClient({ url: server.url, request_timeout: 600_000, log: { level: 127 }, clickhouse_settings: patient });
  try {
    return await work(client, server.url);
  } finally {
    await client.close();
    await server.stop(60_000);
  }
}

/** Brings its tables forward; false when a file that made them was edited since. */
async function isForward(client: ClickHouseClient, url: string): Promise<boolean> {
  const applied = await migrateAnalytics(openAnalytics(url)).catch(() => undefined);
  if (applied !== undefined && applied.length > 0) await untilMerged(client);
  return applied !== undefined;
}

async function fill(client: ClickHouseClient, past: Past, made: (events: number) => void): Promise<void> {
  const run = (query: string) => client.command({ query });
  const sessions = Math.floor(past.events / eventsInSession);
  const shape = { ...sizesOf(past), sessions, lastDay: past.lastDay };
  await run(`insert into sku (sku, category, name, name_en, version) select ${skuSql('number + 1')}, ${categorySql('number + 1')}, concat('商品 ', toString(number + 1)),
    concat('Product ', toString(number + 1)), 1 from numbers(${shape.skus})`);
  await run(`insert into label (dimension, key, name, name_en, version) select 'store', concat('S', leftPad(toString(number + 1), 2, '0')), concat('门店 ', toString(number + 1)),
    concat('Store ', toString(number + 1)), 1 from numbers(20)`);
  await run(`insert into visitor_customer (visitor_id, customer_id, joined_at) select ${visitorSql('number * 4')}, ${customerSql('number')},
    toDateTime64('${past.lastDay} 00:00:00', 3, 'Asia/Shanghai') - 86400 * ${days} from numbers(${Math.floor(shape.visitors / 4)})`);
  for (let from = 0; from < past.events; from += chunk) {
    await run(behaviourSql(shape, from, Math.min(chunk, past.events - from)));
    made(Math.min(from + chunk, past.events));
  }
  const ordersAtOnce = chunk / 8;
  for (let from = 0; from < past.orders; from += ordersAtOnce) {
    const count = Math.min(ordersAtOnce, past.orders - from);
    for (const sql of [orderLinesSql, orderStepsSql, orderToldSql]) await run(sql(shape, past.orders, from, count));
  }
  await run(`insert into stock_move (id, kind, at, day, sku, location, quantity, value_fen) select generateUUIDv4(), if(quantity > 0, 'receipt', 'shipment'), toDateTime64(day, 3, 'Asia/Shanghai') as at, day, sku,
    location, quantity, value_fen from (
      select toDate('${past.lastDay}') - ${days} as day, sku, 'WH1' as location, 50000 as quantity, 50000 * 3000 as value_fen from sku
      union all
      select day, sku, 'WH1', -sum(quantity), -sum(cost_fen) from order_line where kind = 'paid' group by day, sku
    )`);
}

interface Shape {
  sessions: number;
  visitors: number;
  customers: number;
  skus: number;
  lastDay: string;
}

/** Twenty events a visitor, five orders a customer, 20,000 SKUs however large the house. */
const sizesOf = ({ events, orders }: Past) => ({
  visitors: Math.ceil(events / 20),
  customers: Math.ceil(orders / 5),
  skus: 20_000,
});

/** A number in 0 … 1 that follows from these. */
const chance = (...of: readonly (string | number)[]) => `(cityHash64(${of.join(', ')}) % 1000000000 / 1e9)`;
const skuSql = (rank: string) => `concat('B', leftPad(toString(${rank}), 5, '0'))`;
const categorySql = (rank: string) => `concat('c', toString((${rank}) % 8), '/k', toString((${rank}) % 40))`;
const uuidSql = (kind: string, rank: string) => `UUIDNumToString(sipHash128('${kind}', toUInt64(${rank})))`;
const visitorSql = (rank: string) => uuidSql('visitor', rank);
const customerSql = (rank: string) => uuidSql('customer', rank);
/** Ranks by Zipf (density ∝ 1 ∕ rank), 1 first. */
const zipf = (of: string, size: number) => `toUInt32(least(${size}, exp(${of} * ln(${size})) + 0.5))`;
/** Ranks from 0 in a long tail: some come often, most a few times. */
const tail = (of: string, size: number) => `toUInt32(${size} * pow(${of}, 1.6))`;

/** A visit's visitor, day and first second, of its number: as the year goes on, more in the evening. */
const sessionSql = ({ sessions, visitors, lastDay }: Shape) => `
  ${tail(chance('session', 1), visitors)} as visitor,
  toDate('${lastDay}') - ${days - 1} + intDiv(session * ${days}, ${sessions}) as day,
  toUInt32(85000 * sqrt(${chance('session', 2)})) as second,
  cityHash64(session, 3) % 100 as depth,
  ${zipf(chance('session', 4), 20_000)} as wanted,
  if(visitor % 10 < 7, 'shop', 'app') as channel,
  if(cityHash64(session, 5) % 5 = 0, concat('campaign-', toString(cityHash64(session, 6) % 30)), '') as campaign`;

function behaviourSql(shape: Shape, from: number, count: number): string {
  return `insert into behaviour (message_id, type, event, at, day, visitor_id, customer_id, channel, path, language, campaign, properties,
      client_at, sent_at, received_at, visitor_kind, group_id, is_clock_ahead, kept_at, sku, category)
    with intDiv(number, ${eventsInSession}) as session, number % ${eventsInSession} as step, ${sessionSql(shape)},
      if(step in (1, 2), ${zipf(chance('number', 7), shape.skus)}, wanted) as rank,
      multiIf(step = 0, '首页', step = 1, 'Product List Viewed', step = 3 and depth < 30, 'Product Added', step = 4 and depth < 12, 'Checkout Started',
        step = 4 and depth > 94, 'Products Searched', 'Product Viewed') as name,
      event in ('Product Viewed', 'Product Added') as is_of_sku,
      toDateTime64(day, 3, 'Asia/Shanghai') + second + step * 40 + cityHash64(number) % 30 as moment
    select ${uuidSql('message', 'number')}, if(step = 0, 'page', 'track'), name as event, moment, day, ${visitorSql('visitor')},
      if(visitor % 4 = 0, ${customerSql('intDiv(visitor, 4)')}, ''), channel,
      multiIf(step = 0, '/', step = 1, concat('/c/', ${categorySql('rank')}), concat('/p/', ${skuSql('rank')})),
      if(visitor % 12 = 0, 'en', 'zh-CN'), campaign,
      multiIf(is_of_sku, concat('{"sku":"', ${skuSql('rank')}, '","price":', toString(9 + rank % 300), ',"quantity":1}'),
        event = 'Products Searched', concat('{"query":"q', toString(rank % 500), '"}'), '{}'),
      toString(moment), toString(moment), moment + 0.15, multiIf(visitor % 50 = 0, 'bot', visitor % 100 = 1, 'staff', ''), '', 0, moment + 0.15,
      if(is_of_sku, ${skuSql('rank')}, ''), if(is_of_sku, ${categorySql('rank')}, '')
    from numbers(${from}, ${count})`;
}

/** An order belongs to the visit of its number; those of other channels have no visitor. */
const orderSql = (shape: Shape, orders: number) => `
  intDiv(number * ${shape.sessions}, ${orders}) as session, ${sessionSql(shape)},
  cityHash64(number, 11) % 100 as luck,
  multiIf(luck < 45, channel, luck < 70, 'tmall', luck < 82, 'jd', luck < 90, 'douyin', 'store') as sold_in,
  if(sold_in = 'store', concat('S', leftPad(toString(1 + cityHash64(number, 12) % 20), 2, '0')), '') as store,
  toUUID(${uuidSql('order', 'number')}) as order_id,
  toUUID(if(sold_in in ('shop', 'app') and visitor % 4 = 0, ${customerSql('intDiv(visitor, 4)')},
    ${customerSql(tail(chance('number', 13), shape.customers))})) as customer_id,
  if(sold_in in ('shop', 'app'), campaign, '') as of_campaign,
  toDateTime64(day, 3, 'Asia/Shanghai') + second + 400 as placed_at,
  cityHash64(number, 14) % 100 as fate,
  1 + cityHash64(number, 15) % 3 as line_count`;

function orderLinesSql(shape: Shape, orders: number, from: number, count: number): string {
  return `insert into order_line (kind, at, day, order_id, line_no, sku, category, channel, store, location, customer_id, quantity, amount_fen,
      tax_fen, cost_fen, is_order_first, is_category_first, is_sku_first, campaign)
    with ${orderSql(shape, orders)},
      arrayJoin(range(1, line_count + 1)) as line,
      arrayJoin(arrayFilter(k -> k in ('placed', 'paid') or (k = 'cancelled' and fate < 3) or (k = 'returned' and fate > 93 and line = 1),
        if(fate = 50, ['placed'], ['placed', 'paid', 'cancelled', 'returned']))) as step,
      if(line = 1, wanted, ${zipf(chance('number', 'line', 16), shape.skus)}) as rank,
      1 + cityHash64(number, line, 17) % 2 as units,
      units * (900 + rank * 37 % 30000) as amount,
      placed_at + multiIf(step = 'placed', 0, step = 'paid', 60, step = 'cancelled', 3600, 604800) as moment
    select step, moment, toDate(moment, 'Asia/Shanghai'), order_id, line, ${skuSql('rank')}, ${categorySql('rank')}, sold_in, store,
      if(store = '', 'WH1', store), customer_id, units, amount, intDiv(amount * 13, 113), intDiv(amount * 6, 10), line = 1, 1, 1, of_campaign
    from numbers(${from}, ${count}) where toDate(moment, 'Asia/Shanghai') <= toDate('${shape.lastDay}')`;
}

function orderStepsSql(shape: Shape, orders: number, from: number, count: number): string {
  return `insert into order_step (kind, at, day, order_id, channel, store, customer_id, visitor_id, total_fen, seconds, is_touched, campaign, promise)
    with ${orderSql(shape, orders)},
      arrayJoin(arrayFilter(k -> (k != 'cancelled' or fate < 3) and (k not in ('shipped', 'delivered') or fate >= 3),
        if(fate = 50, ['placed'], ['placed', 'paid', 'cancelled', 'released', 'shipped', 'delivered']))) as step,
      placed_at + multiIf(step = 'placed', 0, step = 'paid', 60, step = 'released', 65, step = 'cancelled', 3600, step = 'shipped', 40000, 172800) as moment
    select step, moment, toDate(moment, 'Asia/Shanghai'), order_id, sold_in, store, customer_id,
      if(sold_in in ('shop', 'app'), ${visitorSql('visitor')}, ''), 10000 + number % 50000, if(step = 'released', 5, -1), fate = 60, of_campaign,
      if(step = 'delivered', if(fate > 90, 0, 1), -1)
    from numbers(${from}, ${count}) where toDate(moment, 'Asia/Shanghai') <= toDate('${shape.lastDay}')`;
}

/** What the house tells of orders that a visit led to. */
function orderToldSql(shape: Shape, orders: number, from: number, count: number): string {
  return `insert into behaviour (message_id, type, event, at, day, visitor_id, customer_id, channel, path, language, campaign, properties,
      client_at, sent_at, received_at, visitor_kind, group_id, is_clock_ahead, kept_at, sku, category)
    with ${orderSql(shape, orders)}
    select concat('order-completed:', toString(order_id)), 'track', 'Order Completed', placed_at + 60, day, ${visitorSql('visitor')},
      toString(customer_id), sold_in, '', '', of_campaign, concat('{"order_id":"', toString(order_id), '"}'), '', '', placed_at + 60, 'house', '', 0,
      placed_at + 60, '', ''
    from numbers(${from}, ${count}) where sold_in in ('shop', 'app') and fate != 50`;
}

/** Merges that the filling left behind are no part of what is measured. */
async function untilMerged(client: ClickHouseClient): Promise<void> {
  for (let calm = 0, tries = 0; calm < 3 && tries < 600; tries += 1) {
    const answer = await client.query({ query: 'select count() as merges from system.merges', format: 'JSONEachRow' });
    const [row] = await answer.json<{ merges: string | number }>();
    calm = Number(row?.merges ?? 0) === 0 ? calm + 1 : 0;
    await sleep(1000);
  }
}
