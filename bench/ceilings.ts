// What the parts can do at most on this machine, in the same run: the yardstick beside each of our figures.
import { createClient } from '@clickhouse/client';
import Fastify from 'fastify';
import pg from 'pg';
import { closedLoop, createCaller, expectStatus, type Outcome } from './load.ts';

/**
 * One-order transactions on the rows that an order writes (order, two lines, reservations, payment, event; two stock rows locked and
 * updated), with prepared statements and no application around them.
 */
export async function databaseCeiling(url: string, callers: number, seconds: number): Promise<Outcome> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create schema if not exists bench; drop table if exists bench.stock, bench.orders, bench.line, bench.reservation, bench.payment, bench.event;
    create table bench.stock (sku int primary key, promised int not null) with (fillfactor = 80);
    insert into bench.stock select n, 0 from generate_series(1, 100) n;
    create table bench.orders (id uuid primary key default uuidv7(), body text); create table bench.line (order_id uuid, n int, body text, primary key (order_id, n));
    create table bench.reservation (order_id uuid, n int, primary key (order_id, n)); create table bench.payment (id uuid primary key default uuidv7(), order_id uuid);
    create table bench.event (id uuid primary key default uuidv7(), body jsonb)`);
  await admin.end();
  const clients = await Promise.all(
    Array.from({ length: callers }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const body = 'x'.repeat(300);
  const outcome = await closedLoop(callers, seconds, async (caller) => {
    const client = clients[caller] as pg.Client;
    const first = 1 + Math.floor(Math.random() * 98);
    await client.query('begin');
    await client.query({
      name: 'order',
      text: `with o as (insert into bench.orders (body) values ($1) returning id),
        l as (insert into bench.line select id, n, $1 from o, generate_series(1, 2) n), r as (insert into bench.reservation select id, n from o, generate_series(1, 2) n),
        p as (insert into bench.payment (order_id) select id from o), e as (insert into bench.event (body) values ('{"a":1}'))
        select id from o`,
      values: [body],
    });
    await client.query({
      name: 'lock',
      text: 'select sku from bench.stock where sku in ($1, $2) order by sku for update',
      values: [first, first + 1],
    });
    await client.query({
      name: 'take',
      text: 'update bench.stock set promised = promised + 1 where sku in ($1, $2)',
      values: [first, first + 1],
    });
    await client.query('commit');
  });
  await Promise.all(clients.map((client) => client.end()));
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
