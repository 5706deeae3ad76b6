import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findFreePort, isAlive, readText, signal, waitUntilGone } from '../../apps/server/src/platform/embedded/processes.ts';

// The real supervisor and databases; a stand-in for main.ts whose api counts its starts and whose worker will not be stopped.
const dir = mkdtempSync(join(tmpdir(), 'a house '));
const main = join(dir, 'main.ts');
const start = join(dir, 'start.ts');
const env: NodeJS.ProcessEnv = { ...process.env, TONGSHANG_DATA_DIR: join(dir, 'data'), DATABASE_URL: '', CLICKHOUSE_URL: '' };

interface Running {
  child: ChildProcess;
  pid: number;
  said: () => string;
}
const running: Running[] = [];
vi.setConfig({ testTimeout: 60_000 }); // whole houses start here, perhaps on a busy machine

beforeAll(async () => {
  for (const name of ['CONSOLE_PORT', 'SHOP_PORT', 'PAY_PORT']) env[name] = String(await findFreePort());
  writeFileSync(
    start,
    `import { runHouse } from ${JSON.stringify(new URL('./house.ts', import.meta.url).href)};
    await runHouse({ isDev: false, main: ${JSON.stringify(main)}, webApps: [] });`,
  );
  writeFileSync(
    main,
    `import { appendFileSync, writeFileSync } from 'node:fs';
    import { createServer } from 'node:http';
    const what = process.argv[2];
    appendFileSync(process.env.TONGSHANG_DATA_DIR + '/' + what + '.pids', process.pid + '\\n');
    const serve = (name) => createServer((_, answer) => answer.end(process.env.DATABASE_URL)).listen(Number(process.env[name]), '127.0.0.1');
    if (what === 'seed') writeFileSync(process.env.TONGSHANG_DATA_DIR + '/sign-ins.json', '[{"role":"executive","email":"e@x.cn","password":"secret"}]');
    if (what === 'api') { serve('CONSOLE_PORT'); serve('SHOP_PORT'); }
    if (what === 'sandbox-pay') serve('PAY_PORT');
    if (what === 'worker') { process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); }`,
  );
});
afterAll(async () => {
  const left = Number(readText(join(dir, 'data/supervisor.pid')));
  if (left > 0) {
    signal(left, 'SIGTERM'); // only when a test failed half-way
    await waitUntilGone(left, 6000);
  }
  for (const { child, pid } of running) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await waitUntilGone(pid, 6000);
  }
  rmSync(dir, { recursive: true, force: true });
});

function open(): Running {
  const child = spawn(process.execPath, [start], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const one = { child, pid: child.pid ?? 0, said: () => text };
  running.push(one);
  return one;
}
const untilOpen = (house: Running) =>
  expect.poll(house.said, { timeout: 45_000, interval: 50 }).toContain('Ctrl-C stops everything');
const pidsOf = (name: string): number[] =>
  readFileSync(join(dir, 'data', `${name}.pids`), 'utf8')
    .trim()
    .split('\n')
    .map(Number);
const ask = async () => (await fetch(`http://127.0.0.1:${env['CONSOLE_PORT']}/`)).text();

test('one start brings everything up and prints addresses and sign-ins; a second one says that it runs already', async () => {
  const house = open();
  await untilOpen(house);
  expect(house.said()).toContain('secret');
  expect(house.said()).toContain(`http://127.0.0.1:${env['CONSOLE_PORT']}/reference`);
  expect(await ask()).toMatch(/^postgres:/);
  const second = open();
  await once(second.child, 'exit');
  expect(second.child.exitCode).toBe(1);
  expect(second.said()).toContain(`already runs on ${join(dir, 'data')} (process ${house.pid})`);
});

test('after kill -9 of the supervisor the children end, and the next start needs no hand', async () => {
  const [house] = running;
  const before = ['api', 'worker', 'sandbox-pay'].flatMap(pidsOf);
  process.kill(house!.pid, 'SIGKILL');
  const next = open();
  await untilOpen(next);
  expect(next.said()).toContain('taken over'); // PostgreSQL was left running
  await expect.poll(() => before.filter(isAlive), { timeout: 4000 }).toEqual([]);
});

test('a killed child and killed databases are started again', async () => {
  const house = running.at(-1)!;
  const postgres = Number(readFileSync(join(dir, 'data/postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  const starts = pidsOf('api').length;
  for (const pid of [
    pidsOf('api').at(-1)!,
    postgres,
    Number(/ClickHouse is up \(port \d+, process (\d+)/.exec(house.said())![1]),
  ])
    process.kill(pid, 'SIGKILL');
  await expect.poll(() => pidsOf('api').length, { timeout: 5000 }).toBe(starts + 1);
  await expect.poll(() => house.said().match(/(?:PostgreSQL|ClickHouse) is up/g)?.length, { timeout: 10_000 }).toBe(3); // one of them at first, both again
  await expect.poll(() => ask().catch(() => ''), { timeout: 5000 }).toMatch(/^postgres:/);
});

test('Ctrl-C stops everything within five seconds, even a child that will not', async () => {
  const house = running.at(-1)!;
  const began = performance.now();
  house.child.kill('SIGINT');
  await once(house.child, 'exit');
  expect(performance.now() - began).toBeLessThan(5000);
  expect(house.child.exitCode).toBe(0);
  expect(['api', 'worker', 'sandbox-pay'].flatMap(pidsOf).filter(isAlive)).toEqual([]);
  await expect(ask()).rejects.toThrow();
});

test('a port that another program holds is named, with the way to choose another', async () => {
  const other = createServer().listen(Number(env['SHOP_PORT']), '127.0.0.1');
  const house = open();
  await once(house.child, 'exit');
  other.close();
  expect(house.child.exitCode).toBe(1);
  expect(house.said()).toMatch(/Port \d+ is taken by another program\. Choose another: SHOP_PORT=\d+ npm start/);
});

test("ending npm ends the house, though npm's shell passes no signal on", async () => {
  const shell = spawn('/bin/sh', ['-c', '"$0" "$1"; true', process.execPath, start], {
    env: { ...env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  shell.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await expect.poll(() => text, { timeout: 45_000, interval: 50 }).toContain('Ctrl-C stops everything');
  const pid = Number(readFileSync(join(dir, 'data/supervisor.pid'), 'utf8'));
  shell.kill('SIGTERM');
  expect(await waitUntilGone(pid, 5000)).toBe(true);
  expect(['api', 'worker', 'sandbox-pay'].flatMap(pidsOf).filter(isAlive)).toEqual([]);
});
