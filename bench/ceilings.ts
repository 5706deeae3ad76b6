// What the parts can do at most on this machine, in the same run: the yardstick beside each of our figures.
import { randomUUIDv7 } from 'node:crypto';
import { createClient } from '@clickhouse/client';
import Fastify from 'fastify';
import pg from 'pg';
import { closedLoop, createCaller, expectStatus, type Outcome } from './load.ts';

/** The tables that an order of three SKUs writes when it is placed, each a copy with the same columns, checks and indexes. */
const copies = {
  order: 'orders."order"',
  line: 'orders.line',
  timeline: 'orders.timeline',
  payment: 'payments.payment',
  reservation: 'inventory.reservation',
  stock: 'inventory.stock',
} as const;

/** One transaction as an application would write it, order by order: rows in, three stock rows locked and updated, commit. */
const oneOrder = [
  {
    name: 'ceiling-order',
    text: `with o as (
        insert into bench."order" (id, number, channel, visitor_id, state, currency, goods_fen, freight_fen, discount_fen, tax_fen, total_fen, placed_at,
          expires_at, source, recipient_name, recipient_phone, region, address, placement_key, buyer_key)
        values ($1, $2, 'shop', $3, 'placed', 'CNY', 29700, 0, 0, 3417, 29700, now(), now() + interval '30 minutes', 'live', '王测试', '13800138000',
          '浙江省 杭州市 西湖区', '文一西路 100 号', $2, $3)
      ), t as (
        insert into bench.timeline (order_id, at, actor_kind, actor, what) values ($1, now(), 'shopper', 'guest', 'placed')
      ), p as (
        insert into bench.payment (order_id, reference, provider, amount_fen, currency, created_at) values ($1, $2, 'sandbox', 29700, 'CNY', now())
      ), e as (
        insert into bench.event (name, payload, actor, at) values ('orders.order_placed', jsonb_build_object('orderId', $1::text), '{"kind":"shopper"}', now())
      ), r as (
        insert into bench.reservation (order_id, line_no, sku, location, quantity, at)
        select $1, n, sku, 'WH1', 1, now() from unnest($4::text[]) with ordinality as s (sku, n)
      )
      insert into bench.line (order_id, line_no, sku, category, name, name_en, quantity, list_fen, unit_fen, amount_fen, tax_rate_bp, tax_fen, unit_cost_fen, location)
      select $1, n, sku, 'food/tea', '龙井茶 2026 春茶', 'Longjing tea', 1, 9900, 9900, 9900, 1300, 1139, 4000, 'WH1' from unnest($4::text[]) with ordinality as s (sku, n)`,
  },
  {
    name: 'ceiling-lock',
    text: `select sku, on_hand, promised from bench.stock where sku = any($1::text[]) order by sku for no key update`,
  },
  { name: 'ceiling-take', text: `update bench.stock set promised = promised + 1 where sku = any($1::text[])` },
] as const;

/**
 * What the database does at most with the same rows in one-order transactions: prepared statements, no application around them. With
 * `skus` of 1 everybody wants the same stock row.
 */
export async function databaseCeiling(
  url: string,
  { callers, seconds, skus = 100 }: { callers: number; seconds: number; skus?: number },
): Promise<Outcome> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('drop schema if exists bench cascade; create schema bench');
  for (const [name, of] of Object.entries(copies)) await admin.query(`create table bench."${name}" (like ${of} including all)`);
  await admin.query(`create table bench.event (like platform.event including all);
    insert into bench.stock (sku, location, on_hand) select 's' || lpad(n::text, 3, '0'), 'WH1', 100000000 from generate_series(1, 100) n`);
  const clients = await Promise.all(
    Array.from({ length: callers }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const outcome = await closedLoop(callers, seconds, async (caller) => {
    const client = clients[caller] as pg.Client;
    const first = skus === 1 ? 1 : 1 + Math.floor(Math.random() * (skus - 3));
    const wanted = Array.from({ length: Math.min(3, skus) }, (_, step) => `s${String(first + step).padStart(3, '0')}`);
    const id = randomUUIDv7();
    const [order, lock, take] = oneOrder;
    await client.query('begin');
    await client.query({ ...order, values: [id, `C${id}`, id, wanted] });
    await client.query({ ...lock, values: [wanted] });
    await client.query({ ...take, values: [wanted] });
    await client.query('commit');
  });
  await Promise.all(clients.map((client) => client.end()));
  await admin.query('drop schema bench cascade');
  await admin.end();
  return outcome;
}

/** Fastify that answers a fixed page of the same size, driven by the same callers in the same process. */
export async function fastifyCeiling(callers: number, seconds: number): Promise<Outcome> {
  const app = Fastify();
  const page = '<p>'.padEnd(20_000, 'x');
  app.get('/', (_request, reply) => reply.type('text/html').send(page));
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const call = createCaller(origin);
  const outcome = await closedLoop(callers, seconds, async () => void expectStatus(await call('GET', '/'), 200));
  await app.close();
  return outcome;
}

/** Rows a second that ClickHouse takes in batches of 10,000, without anything before it. */
export async function clickhouseCeiling(url: string, seconds: number): Promise<Outcome> {
  const client = createClient({ url });
  await client.command({
    query:
      'create or replace table bench_events (id String, visitor String, event String, at DateTime64(3), properties String) engine = MergeTree order by at',
  });
  const rows = Array.from({ length: 10_000 }, (_, index) => ({
    id: `m-${index}`,
    visitor: `v-${index % 500}`,
    event: 'Product Viewed',
    at: 1_795_000_000_000 + index,
    properties: '{"sku":"GY-TS01-WH-M"}',
  }));
  const outcome = await closedLoop(
    1,
    seconds,
    async () => void (await client.insert({ table: 'bench_events', values: rows, format: 'JSONEachRow' })),
  );
  await client.command({ query: 'drop table bench_events' });
  await client.close();
  return { ...outcome, perSecond: outcome.perSecond * rows.length };
}
