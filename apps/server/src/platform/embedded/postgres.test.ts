import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from './postgres.ts';
import { isAlive, waitUntilGone, type EmbeddedServer } from './processes.ts';

const top = mkdtempSync(join(tmpdir(), 'embedded postgres '));
const dir = join(top, 'a folder with spaces');
let server: EmbeddedServer;

beforeAll(async () => {
  server = await startPostgres({ dir, settings: { shared_buffers: '32MB' } });
});
afterAll(async () => {
  await server.stop();
  rmSync(top, { recursive: true, force: true });
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

test('the database is UTF-8, and trigrams see Chinese letters', async () => {
  expect(
    await ask(
      server.url,
      'select current_database(), pg_encoding_to_char(encoding), version() from pg_database where datname = current_database()',
    ),
  ).toEqual([['tongshang', 'UTF8', expect.stringContaining('PostgreSQL 18')]]);
  await ask(server.url, 'create extension pg_trgm');
  expect(await ask(server.url, `select show_trgm('小米') <> '{}', lower('ÄÖ'), 'Ä' ilike 'ä'`)).toEqual([[true, 'äö', true]]);
});

test('the address names the socket in the data folder; who knows ports only gets in by the port', async () => {
  const { hostname, searchParams, pathname } = new URL(server.url);
  expect([hostname, pathname, searchParams.get('host')]).toEqual(['127.0.0.1', '/tongshang', join(dir, 'data')]);
  expect(await ask(server.url, 'select inet_server_addr() is null')).toEqual([[true]]);
  expect(await ask(server.url.replace(/\?.*/, ''), 'select host(inet_server_addr())')).toEqual([['127.0.0.1']]);
});

test('nobody gets in without the password, and the password is readable by its owner only', async () => {
  const stranger = server.url.replace(/:[^:@]+@/, ':guess@');
  await expect(ask(stranger, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  expect(statSync(join(dir, 'password')).mode & 0o077).toBe(0);
  expect(statSync(join(dir, 'data')).mode & 0o077).toBe(0);
});

test('a server that a killed parent left running is adopted', async () => {
  const again = await startPostgres({ dir });
  expect(again).toMatchObject({ pid: server.pid, port: server.port, url: server.url, adopted: true });
});

test('after kill -9 the next start recovers by itself, on the same port, with every committed row', async () => {
  await ask(server.url, 'create table kept (n int); insert into kept select generate_series(1, 1000)');
  process.kill(server.pid, 'SIGKILL');
  await server.exited;
  expect(existsSync(join(dir, 'data', 'postmaster.pid'))).toBe(true); // the stale file is the point of this test
  const { port } = server;
  server = await startPostgres({ dir, settings: { shared_buffers: '32MB' } });
  expect(server).toMatchObject({ port, adopted: false });
  expect(await ask(server.url, 'select count(*)::int from kept')).toEqual([[1000]]);
});

test("a pid file that names somebody else's living process does not stop the start", async () => {
  await server.stop();
  const file = join(dir, 'data', 'postmaster.pid');
  writeFileSync(file, `${process.pid}\n${join(dir, 'data')}\n1\n5432\n\n127.0.0.1\n\nready   \n`);
  server = await startPostgres({ dir, settings: { shared_buffers: '32MB' } });
  expect(isAlive(process.pid)).toBe(true);
  expect(Number(readFileSync(file, 'utf8').split('\n')[0])).toBe(server.pid);
});

test('stopping ends open connections and takes less than four seconds', async () => {
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin; create table half_done (n int)');
  const began = performance.now();
  await server.stop();
  expect(performance.now() - began).toBeLessThan(4000);
  expect(isAlive(server.pid)).toBe(false);
});

test('two starts at the same time make one server, and a test server ends with the process that started it', async () => {
  const fresh = join(top, 'twice');
  const script = `import { startPostgres } from ${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)};
    const { pid } = await startPostgres({ dir: process.argv[1], durable: false, settings: { shared_buffers: '32MB' } });
    process.stdout.write(String(pid));
    setInterval(() => {}, 1000);`;
  const starts = [1, 2].map(() =>
    spawn(process.execPath, ['--input-type=module-typescript', '-e', script, fresh], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  const [one, two] = await Promise.all(starts.map(async (start) => String((await once(start.stdout, 'data'))[0])));
  expect(one).toBe(two);
  for (const start of starts) start.kill('SIGKILL');
  expect(await waitUntilGone(Number(one), 3000)).toBe(true);
});
