import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDb, type Db, inTx, openDb } from '../apps/server/src/platform/db.ts';
import { system } from '../apps/server/src/platform/ctx.ts';
import { startClickHouse } from '../apps/server/src/platform/embedded/clickhouse.ts';
import { startPostgres } from '../apps/server/src/platform/embedded/postgres.ts';
import { fillCatalogue } from './catalogue.ts';
import { receiveStock } from '../apps/server/src/supply/inventory/index.ts';

const main = join(import.meta.dirname, '../apps/server/src/main.ts');
const ports = { CONSOLE_PORT: 4800, SHOP_PORT: 4810, PAY_PORT: 4820 };

/** As `npm start` runs it: an api that answers by the thousand makes much short-lived garbage. */
const flagsOf = (command: string): string[] =>
  command === 'api' ? ['--min-semi-space-size=64', '--max-semi-space-size=64'] : [];

export interface BenchHouse {
  shop: string;
  console: string;
  dataDir: string;
  db: Db;
  clickhouseUrl: string;
  skus: string[];
  pids: Readonly<Record<string, number | undefined>>;
  /** A further process of the house, such as a second api on other ports; stops with the house. */
  begin: (command: string, over?: Readonly<Record<string, string>>) => Promise<number | undefined>;
  /** Resident memory of each process, MiB. */
  memory: () => Promise<Record<string, number>>;
  run: (command: string, args?: readonly string[]) => Promise<void>;
  stop: () => Promise<void>;
}

interface OpenHouse {
  isDemo?: boolean;
  isServed?: boolean;
  clickhouseDir?: string;
  more?: Readonly<Record<string, string>>;
}

/**
 * A house of its own, durable as in real life (fsync on, synchronous commit on), with the demo's assortment and history, or with a hundred
 * plain SKUs and nothing else; plenty of stock. Without `isServed` there are databases only, for use cases called from here. `clickhouseDir` names a
 * folder of ClickHouse that is there already and stays; `more` is added to the environment of its processes.
 */
export async function openHouse({
  isDemo = true,
  isServed = true,
  clickhouseDir,
  more = {},
}: OpenHouse = {}): Promise<BenchHouse> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tongshang-bench-'));
  const [postgres, clickhouse] = await Promise.all([
    startPostgres({ dir: join(dataDir, 'postgres') }),
    startClickHouse({ dir: clickhouseDir ?? join(dataDir, 'clickhouse') }),
  ]);
  const env = {
    ...process.env,
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    DATABASE_URL: postgres.url,
    CLICKHOUSE_URL: clickhouse.url,
    TONGSHANG_DATA_DIR: dataDir,
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    RATE_LIMIT_MAX: '100000000',
    ...more,
  };
  const begin = (command: string, args: readonly string[] = [], over: Readonly<Record<string, string>> = {}) =>
    spawn(process.execPath, [...flagsOf(command), main, command, ...args], {
      env: { ...env, ...over },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  const run = async (command: string, args: readonly string[] = []) => {
    const code = await new Promise((resolve) => begin(command, args).once('exit', resolve));
    if (code !== 0) throw new Error(`main.ts ${command} ended with ${String(code)}`);
  };
  await run('migrate');
  if (clickhouseDir !== undefined) await beginApart(postgres.url);
  const db = openDb(postgres.url, { connectionsMax: 16 });
  if (isDemo) await run('seed');
  else await fillCatalogue(db, { skus: 100 });
  const skus = await fillShelves(db);
  const names = isServed ? ['api', 'worker', 'sandbox-pay'] : [];
  const children = Object.fromEntries(names.map((name) => [name, begin(name)]));
  const house = { shop: `http://127.0.0.1:${ports.SHOP_PORT}`, console: `http://127.0.0.1:${ports.CONSOLE_PORT}` };
  if (isServed) await untilOpen(house.shop);
  if (isDemo) await untilSettled(house.console);
  const pids = {
    ...Object.fromEntries(Object.entries(children).map(([name, child]) => [name, child.pid])),
    postgres: postgres.pid,
    clickhouse: clickhouse.pid,
    bench: process.pid,
  };
  return {
    ...house,
    pids,
    begin: async (command, over = {}) => {
      const child = begin(command, [], over);
      children[`${command}-${child.pid ?? 0}`] = child;
      if (over['SHOP_PORT'] !== undefined) await untilOpen(`http://127.0.0.1:${over['SHOP_PORT']}`);
      return child.pid;
    },
    dataDir,
    db,
    clickhouseUrl: clickhouse.url,
    skus,
    run,
    memory: async () =>
      Object.fromEntries(
        await Promise.all(
          Object.entries({ api: children['api']?.pid, worker: children['worker']?.pid, clickhouse: clickhouse.pid }).map(
            async ([name, pid]) => [name, await residentMb(pid)],
          ),
        ),
      ) as Record<string, number>,
    stop: async () => {
      await Promise.all(Object.values(children).map(end));
      await closeDb(db);
      await Promise.all([postgres.stop(), clickhouse.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What an earlier house shipped to that ClickHouse is known there by its generation: this one's batches are others. */
async function beginApart(url: string): Promise<void> {
  const db = openDb(url, { connectionsMax: 1 });
  await db.pool.query('update stream.generation set number = (extract(epoch from now()) - 1767225600)::int');
  await closeDb(db);
}

/** A hundred SKUs with a million units each, so that no workload ends because a shelf is empty. */
async function fillShelves(db: Db): Promise<string[]> {
  const { rows } = await db.pool.query<{ sku: string }>('select sku from catalog.variant order by sku limit 100');
  const skus = rows.map((row) => row.sku);
  const lines = skus.map((sku) => ({ sku, quantity: 1_000_000, unitCostFen: 1000 }));
  await inTx(db, { actor: system('bench'), now: new Date() }, (ctx) =>
    receiveStock(ctx, { cause: 'bench', location: 'WH1', lines }),
  );
  return skus;
}

async function untilOpen(origin: string): Promise<void> {
  for (let tries = 0; tries < 900; tries += 1) {
    const ok = await fetch(`${origin}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await sleep(100);
  }
  throw new Error(`${origin} did not open within 90 s`);
}

/** The demo's history is on its way to ClickHouse and the rules take their first looks: what is measured comes after. */
async function untilSettled(origin: string): Promise<void> {
  for (let calm = 0, tries = 0; calm < 5 && tries < 120; tries += 1) {
    await sleep(1000);
    const figures = await fetch(`${origin}/metrics`).then((answer) => answer.text());
    const read = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(figures)?.[1] ?? 1);
    calm = tries > 75 && read('tongshang_stream_lag_seconds') < 1 && read('tongshang_jobs_due') === 0 ? calm + 1 : 0;
  }
}

async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
