// A house of the simulation's own: databases in a folder that is removed afterwards, processes whose clock this process tells.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { closeDb, type Db, openDb } from '../../apps/server/src/platform/db.ts';
import { startClickHouse } from '../../apps/server/src/platform/embedded/clickhouse.ts';
import { startPostgres } from '../../apps/server/src/platform/embedded/postgres.ts';
import { findFreePort } from '../../apps/server/src/platform/embedded/processes.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const main = join(import.meta.dirname, '../../apps/server/src/main.ts');

export interface SimulatedHouse {
  shop: string;
  console: string;
  /** For the first day's seed alone: what follows goes through the API. */
  seedDb: Db;
  /** Reads only: the server refuses a write on this connection. */
  reads: pg.Pool;
  /** Tells every process that it is `at` now, and that it will be told anew at `until`; schedules and jobs whose time came have run when this returns. */
  tell: (at: Date, until: Date) => Promise<void>;
  /** Lets everything run that is due now, and what follows from it, to the end. */
  settle: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Opens an empty, migrated house at `start`. Nothing of it survives `stop`. */
export async function openHouse(start: Date): Promise<SimulatedHouse> {
  const dir = await mkdtemp(join(tmpdir(), 'tongshang-simulation-'));
  const [postgres, clickhouse] = await Promise.all([
    startPostgres({ dir: join(dir, 'postgres'), durable: false }), // thrown away anyway
    startClickHouse({ dir: join(dir, 'clickhouse') }),
  ]);
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const name of signals) process.off(name, stopAndLeave);
    await Promise.all(children.map(end));
    await Promise.all([postgres.stop(), clickhouse.stop()]);
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  };
  const stopAndLeave = () => void stop().finally(() => process.exit(130)); // Ctrl-C leaves nothing behind
  for (const name of signals) process.once(name, stopAndLeave);
  try {
    const url = await createDatabase(postgres.url);
    const ports = { SHOP_PORT: await findFreePort(), CONSOLE_PORT: await findFreePort(), PAY_PORT: await findFreePort() };
    const env = {
      ...process.env,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
      HOST: '127.0.0.1',
      DATABASE_URL: url,
      CLICKHOUSE_URL: clickhouse.url,
      TONGSHANG_DATA_DIR: dir,
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      RATE_LIMIT_MAX: '100000000',
      SIMULATION: '1',
      SIMULATION_START: start.toISOString(),
    };
    const log = createWriteStream(join(dir, 'house.log'));
    const begin = (name: string) => spawnProcess(name, env, log, children);
    await untilEnded(begin('migrate'), join(dir, 'house.log'));
    const teller = createTeller(['api', 'sandbox-pay', 'worker'].map((name) => ({ name, child: begin(name) })));
    const addresses = { shop: `http://127.0.0.1:${ports.SHOP_PORT}`, console: `http://127.0.0.1:${ports.CONSOLE_PORT}` };
    await Promise.all([...Object.values(addresses), `http://127.0.0.1:${ports.PAY_PORT}`].map(untilOpen));
    const seedDb = openDb(url, { connectionsMax: 4, name: 'simulation seed' });
    const reads = new pg.Pool({ connectionString: url, max: 4, options: '-c default_transaction_read_only=on' });
    return {
      ...addresses,
      ...teller,
      seedDb,
      reads,
      stop: async () => {
        await Promise.all([closeDb(seedDb), reads.end()]);
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The name is what lets a process believe in simulated time: see `openSimulation`. */
async function createDatabase(server: string): Promise<string> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query('create database simulation');
  await admin.end();
  const url = new URL(server);
  url.pathname = '/simulation';
  return url.href;
}

function spawnProcess(name: string, env: NodeJS.ProcessEnv, log: WriteStream, children: ChildProcess[]): ChildProcess {
  const child = spawn(process.execPath, [main, name], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  children.push(child);
  return child;
}

async function untilEnded(child: ChildProcess, log: string): Promise<void> {
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`the house could not be migrated:\n${await readFile(log, 'utf8')}`);
}

async function untilOpen(origin: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const isUp = await fetch(`${origin}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await sleep(100);
  }
  throw new Error(`${origin} did not open within a minute`);
}

const answerMs = 120_000;

/** Speaks to the processes over the channel that came with starting them; asks one after another, and each waits until it is done. */
function createTeller(processes: readonly { name: string; child: ChildProcess }[]) {
  let lastId = 0;
  const waiting = new Map<number, { resolve: (done: unknown) => void; reject: (error: Error) => void }>();
  for (const { name, child } of processes) {
    child.on('message', (message) => {
      const { id, done, failure } = (message as { simulation: { id: number; done?: unknown; failure?: string } }).simulation;
      if (failure === undefined) waiting.get(id)?.resolve(done);
      else waiting.get(id)?.reject(new Error(`${name}: ${failure}`));
    });
    child.on('exit', (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`${name} ended with ${String(code)}`));
    });
  }
  const ask = async (wanted: string, told: { at?: Date; until?: Date } = {}): Promise<unknown> => {
    const found = processes.find(({ name }) => name === wanted);
    if (found?.child.exitCode !== null) throw new Error(`${wanted} does not run`);
    const id = (lastId += 1);
    const late = new AbortController();
    try {
      return await Promise.race([
        new Promise((resolve, reject) => {
          waiting.set(id, { resolve, reject });
          found.child.send({ tell: { id, ...told } });
        }),
        sleep(answerMs, undefined, { signal: late.signal }).then(() => {
          throw new Error(`${wanted} has not settled within ${answerMs / 1000} s`);
        }),
      ]);
    } finally {
      late.abort();
      waiting.delete(id);
    }
  };
  const settle = async (): Promise<void> => {
    // what the worker asks of the provider comes back as a notice, and a notice is work for the worker
    for (let before: unknown = await ask('sandbox-pay'), after: unknown; ; before = after) {
      await ask('worker');
      after = await ask('sandbox-pay');
      if (after === before) return;
    }
  };
  return {
    settle,
    tell: async (at: Date, until: Date) => {
      await Promise.all([ask('api', { at, until }), ask('sandbox-pay', { at, until })]);
      await ask('worker', { at, until });
      await settle();
    },
  };
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
