import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient, TupleParam } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startClickHouse } from './clickhouse.ts';
import { isAlive, waitUntilGone, type EmbeddedServer } from './processes.ts';

const dir = mkdtempSync(join(tmpdir(), 'embedded clickhouse '));
let server: EmbeddedServer;
let client: ClickHouseClient;

const connect = (options: object = {}): ClickHouseClient =>
  createClient({ url: server.url, log: { level: ClickHouseLogLevel.OFF }, ...options });
beforeAll(async () => {
  server = await startClickHouse({ dir });
  client = connect();
});
afterAll(async () => {
  await client.close();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function ask<T = unknown>(query: string, query_params: Record<string, unknown> = {}, options: object = {}): Promise<T[]> {
  const result = await client.query({ query, query_params, format: 'JSONCompactEachRow', ...options });
  return result.json<T>();
}

/** Speaks raw HTTP, as curl would. */
function http(query: string, init: RequestInit = {}, parameters: Record<string, string> = {}): Promise<Response> {
  const { origin, username, password } = new URL(server.url);
  const headers = { authorization: `Basic ${btoa(`${username}:${password}`)}`, ...(init.headers as Record<string, string>) };
  return fetch(`${origin}/?${new URLSearchParams({ query, database: 'tongshang', ...parameters }).toString()}`, {
    method: 'POST',
    ...init,
    headers,
  });
}

test('the client finds its database, in UTC, and both pings answer', async () => {
  expect(await client.ping()).toEqual({ success: true });
  expect(await client.ping({ select: true })).toEqual({ success: true });
  expect(await ask("select currentDatabase(), timezone(), toString(toTimeZone(toDateTime(0), 'Asia/Shanghai'))")).toEqual([
    ['tongshang', 'UTC', '1970-01-01 08:00:00'],
  ]);
});

test('parameters of every type arrive as they were sent, and none of them is ever read as SQL', async () => {
  const nasty = `it's a \\ "quoted" \`name\`;\ttab\nline 中文 -- {x:String} \\N`;
  const [row] = await ask(
    'select {s:String}, {a:Array(String)}, {d:Date}, {n:Nullable(String)}, {b:Bool}, {i:Int64}, {f:Float64}, {m:Map(String, UInt8)}, {t:Tuple(String, UInt8)}, toString({at:DateTime64(3)})',
    {
      s: nasty,
      a: [nasty, ''],
      d: '2024-02-29',
      n: null,
      b: true,
      i: '-9007199254740993',
      f: 1.5,
      m: { k: 1 },
      t: new TupleParam(['x', 2]),
      at: new Date('2024-01-01T00:00:00.123Z'),
    },
  );
  expect(row).toEqual([
    nasty,
    [nasty, ''],
    '2024-02-29',
    null,
    true,
    expect.anything(),
    1.5,
    { k: 1 },
    ['x', 2],
    '2024-01-01 00:00:00.123',
  ]);
  expect(
    await ask('select number from numbers(9) order by number limit {l:UInt8} offset {o:UInt8}', { l: 2, o: 3 }),
  ).toHaveLength(2);
  await expect(ask('select {s:String}')).rejects.toMatchObject({ code: '456', type: 'UNKNOWN_QUERY_PARAMETER' });
  const many = connect({ use_multipart_params: true });
  expect(
    await (await many.query({ query: 'select {s:String} as s', query_params: { s: nasty }, format: 'JSONEachRow' })).json(),
  ).toEqual([{ s: nasty }]);
  await many.close();
});

test('settings and parameters of one request are gone in the next', async () => {
  expect(await ask("select getSetting('max_block_size') = 7", {}, { clickhouse_settings: { max_block_size: '7' } })).toEqual([
    [1],
  ]);
  expect(await ask("select getSetting('max_block_size') = 7")).toEqual([[0]]);
});

test('a batch sent twice under one token is stored once', async () => {
  await client.command({
    query: 'create table once (n UInt32) engine = MergeTree order by n settings non_replicated_deduplication_window = 1000',
  });
  const send = (token: string) =>
    client.insert({
      table: 'once',
      values: [{ n: 1 }, { n: 2 }],
      format: 'JSONEachRow',
      clickhouse_settings: { insert_deduplication_token: token },
    });
  await send('batch 1');
  await send('batch 1');
  expect(await ask('select count() from once')).toEqual([[2]]);
  expect((await send('batch 2')).summary).toMatchObject({ written_rows: '2' });
  expect(await ask('select count() from once')).toEqual([[4]]);
});

test('funnels, sketches, views and replacing tables answer as on a server', async () => {
  await client.command({
    query: 'create table step (who UInt32, at DateTime, what LowCardinality(String)) engine = MergeTree order by (who, at)',
  });
  await client.command({
    query:
      'create table steps (what String, n AggregateFunction(count), who AggregateFunction(uniq, UInt32)) engine = AggregatingMergeTree order by what',
  });
  await client.command({
    query:
      'create materialized view step_to_steps to steps as select what, countState() as n, uniqState(who) as who from step group by what',
  });
  await client.insert({
    table: 'step',
    format: 'JSONCompactEachRow',
    values: [
      [1, '2024-01-01 00:00:00', 'view'],
      [1, '2024-01-01 00:01:00', 'cart'],
      [1, '2024-01-01 00:02:00', 'pay'],
      [2, '2024-01-01 00:00:00', 'view'],
      [2, '2024-01-01 05:00:00', 'cart'],
    ],
  });
  expect(
    await ask(
      "select who, windowFunnel({window:UInt32})(at, what = 'view', what = 'cart', what = 'pay') from step group by who order by who",
      { window: 3600 },
    ),
  ).toEqual([
    [1, 3],
    [2, 1],
  ]);
  expect(await ask('select what, countMerge(n), uniqMerge(who) from steps group by what order by what')).toEqual([
    ['cart', 2, 2],
    ['pay', 1, 1],
    ['view', 2, 2],
  ]);
  expect(await ask('select quantile(0.5)(who), uniq(who) from step')).toEqual([[1, 2]]);
  await client.command({
    query: 'create table latest (id UInt8, v UInt8, version UInt8) engine = ReplacingMergeTree(version) order by id',
  });
  await client.insert({ table: 'latest', format: 'JSONEachRow', values: [{ id: 1, v: 1, version: 1 }] });
  await client.insert({ table: 'latest', format: 'JSONEachRow', values: [{ id: 1, v: 2, version: 2 }] });
  expect(await ask('select v from latest final')).toEqual([[2]]);
});

test('rows in any format arrive byte for byte, also where they begin or end with a line end', async () => {
  await client.command({ query: 'create table bytes (n UInt8) engine = MergeTree order by tuple()' });
  const rows = Buffer.from([10, 13, 32, 0, 59, 39, 255, 10, 10]);
  expect((await http('INSERT INTO bytes FORMAT RowBinary', { body: rows })).status).toBe(200);
  expect(await ask('select groupArray(n) from bytes')).toEqual([[[...rows]]]);
  for (const format of ['Parquet', 'Native', 'ArrowStream']) {
    const copy = new Uint8Array(await (await http(`select n from bytes limit 9 format ${format}`)).arrayBuffer());
    expect((await http(`INSERT INTO bytes (n) SETTINGS max_threads = 1 FORMAT ${format}`, { body: copy })).status).toBe(200);
  }
  expect(await ask('select count(), sum(n) = 4 * {sum:UInt32} from bytes', { sum: rows.reduce((a, b) => a + b) })).toEqual([
    [36, 1],
  ]);
  await client.command({ query: 'create table words (w String) engine = MergeTree order by tuple()' });
  await client.insert({
    table: 'words',
    format: 'TabSeparated',
    values: Readable.from(['\n', '中\\n文\n', '\n'], { objectMode: false }),
  });
  await client.insert({ table: 'words', format: 'CSVWithNames', values: Readable.from(['w\n"a\nb"\n'], { objectMode: false }) });
  expect(await ask('select arraySort(groupArray(w)) from words')).toEqual([[['', '', 'a\nb', '中\n文']]]);
  expect((await http('', { body: "INSERT INTO words VALUES ('x;y')" })).status).toBe(200);
});

test('bodies travel compressed in both directions', async () => {
  for (const codec of ['gzip', 'zstd'] as const) {
    const small = connect({ compression: { request: { codec }, response: { codec } } });
    await small.command({ query: `create table by_${codec} (n UInt32) engine = MergeTree order by n` });
    await small.insert({ table: `by_${codec}`, values: Array.from({ length: 5000 }, (_, n) => ({ n })), format: 'JSONEachRow' });
    const result = await small.query({ query: `select count() as c, sum(n) as s from by_${codec}`, format: 'JSONEachRow' });
    expect(result.response_headers['content-encoding']).toBe(codec);
    expect(await result.json()).toEqual([{ c: 5000, s: 12497500 }]);
    await small.close();
  }
});

test("a refusal carries ClickHouse's own code and words", async () => {
  await expect(ask('select nope')).rejects.toMatchObject({ code: '47', type: 'UNKNOWN_IDENTIFIER' });
  await expect(ask('select * from nowhere')).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' });
  await expect(ask('select 1', {}, { clickhouse_settings: { nope: 1 } })).rejects.toMatchObject({
    code: '115',
    type: 'UNKNOWN_SETTING',
  });
  await expect(ask('select 1; drop table x')).rejects.toMatchObject({ code: '62', type: 'SYNTAX_ERROR' });
  await expect(client.insert({ table: 'nowhere', values: [{ a: 1 }], format: 'JSONEachRow' })).rejects.toMatchObject({
    code: '60',
  });
  const answer = await http('create table by_get (n UInt8) engine = Memory', { method: 'GET' });
  expect([answer.status, answer.headers.get('x-clickhouse-exception-code'), (await answer.text()).slice(0, 24)]).toEqual([
    500,
    '164',
    'Code: 164. DB::Exception',
  ]);
});

test('nobody gets in without the password', async () => {
  const { origin } = new URL(server.url);
  for (const headers of [{}, { 'X-ClickHouse-User': 'tongshang', 'X-ClickHouse-Key': 'guess' }]) {
    expect((await fetch(`${origin}/?query=select+1`, { headers })).status).toBe(401);
  }
  const { username, password } = new URL(server.url);
  expect(
    (await fetch(`${origin}/?query=select+1`, { headers: { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password } }))
      .status,
  ).toBe(200);
});

test('pings, inserts and short questions are answered while long ones run, and an abandoned one is ended', async () => {
  const leave = new AbortController();
  const endless = Array.from({ length: 3 }, () =>
    ask('select sum(sipHash64(number)) from numbers(100000000000)', {}, { abort_signal: leave.signal }).catch(() => 'left'),
  );
  await expect
    .poll(() => ask("select count() from system.processes where query like '%100000000000%'"), { interval: 50 })
    .toEqual([[4]]); // and this one
  const began = performance.now();
  expect(await client.ping()).toEqual({ success: true });
  await client.insert({ table: 'once', values: [{ n: 3 }], format: 'JSONEachRow' });
  expect(await ask('select 1')).toEqual([[1]]);
  expect(performance.now() - began).toBeLessThan(10_000);
  leave.abort();
  expect(await Promise.all(endless)).toEqual(['left', 'left', 'left']);
  await expect
    .poll(() => ask("select count() from system.processes where query like '%100000000000%'"), { interval: 50, timeout: 3000 })
    .toEqual([[1]]);
});

test('after kill -9 every acknowledged row is there again, on the same port', async () => {
  await client.command({ query: 'create table kept (n UInt32) engine = MergeTree order by n' });
  let acknowledged = 0;
  const writing = (async () => {
    for (let n = 0; n < 500; n += 1) {
      await client.insert({ table: 'kept', values: [{ n }], format: 'JSONEachRow' });
      acknowledged += 1;
    }
  })().catch(() => undefined);
  await expect.poll(() => acknowledged, { interval: 20 }).toBeGreaterThan(20);
  process.kill(server.pid, 'SIGKILL');
  await Promise.all([writing, server.exited]);
  const { port } = server;
  server = await startClickHouse({ dir });
  expect(server.port).toBe(port);
  const [[rows, distinct]] = (await ask<[number, number]>('select count(), uniqExact(n) from kept where n < {n:UInt32}', {
    n: acknowledged,
  })) as [[number, number]];
  expect([rows, distinct]).toEqual([acknowledged, acknowledged]);
});

test('the child ends with its parent, and the next start waits for the folder', async () => {
  const own = join(dir, 'second');
  const script = `import { startClickHouse } from ${JSON.stringify(new URL('./clickhouse.ts', import.meta.url).href)};
    const { pid } = await startClickHouse({ dir: process.argv[1] }); process.stdout.write(String(pid)); setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, own], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = Number((await once(parent.stdout, 'data'))[0]);
  parent.kill('SIGKILL');
  const next = await startClickHouse({ dir: own });
  expect(await waitUntilGone(pid, 0)).toBe(true);
  await next.stop();
  expect(isAlive(next.pid)).toBe(false);
});

test('idle it holds less than 500 MB', () => {
  const resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]);
  expect(resident / 1024).toBeLessThan(500);
});
