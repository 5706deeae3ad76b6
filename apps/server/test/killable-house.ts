// A durable house of real processes for tests that kill them: PostgreSQL with fsync, api, worker and sandbox provider.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../src/platform/embedded/postgres.ts';
import { findFreePort, waitUntilGone } from '../src/platform/embedded/processes.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const names = ['api', 'worker', 'sandbox-pay'] as const;
type Name = (typeof names)[number];
const RESTART_MS = 300;

export interface KillableHouse {
  shop: string;
  console: string;
  databaseUrl: string;
  /** Runs `main.ts <command>` to its end. */
  run: (command: 'migrate') => Promise<void>;
  /** Starts api, worker and sandbox provider and waits until they answer. */
  open: () => Promise<void>;
  /** kill -9; a new process follows, as after the supervisor, also for one that ends by itself. */
  kill: (name: Name) => Promise<void>;
  /** kill -9 of the postmaster and a new start on the same folder, which recovers from the log. */
  killPostgres: () => Promise<void>;
  close: () => Promise<void>;
}

export async function makeKillableHouse(clickhouseUrl: string): Promise<KillableHouse> {
  const dir = await mkdtemp(join(tmpdir(), 'tongshang-kill-'));
  // ends with the test run like a test's server, and keeps what it acknowledged like a real one
  const plan = {
    dir: join(dir, 'postgres'),
    durable: false,
    settings: { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' },
  };
  let postgres = await startPostgres(plan);
  const { url: databaseUrl } = postgres;
  const [shopPort, consolePort, payPort] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const children = new Map<Name, ChildProcess>();
  let isClosing = false;

  const start = (command: string): ChildProcess =>
    spawn(process.execPath, [MAIN, command], {
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        CLICKHOUSE_URL: clickhouseUrl,
        TONGSHANG_DATA_DIR: dir,
        SHOP_PORT: String(shopPort),
        CONSOLE_PORT: String(consolePort),
        PAY_PORT: String(payPort),
        RATE_LIMIT_MAX: '1000000',
      },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'], // a child whose channel closes leaves: none outlives the test run
    });
  const keep = (name: Name): void => {
    const child = start(name);
    children.set(name, child);
    child.once('exit', () => void setTimeout(() => isClosing || keep(name), RESTART_MS));
  };
  const origin = (port: number): string => `http://127.0.0.1:${port}`;

  return {
    shop: origin(shopPort),
    console: origin(consolePort),
    databaseUrl,
    run: async (command) => {
      const [code] = (await once(start(command), 'exit')) as [number | null];
      if (code !== 0) throw new Error(`main.ts ${command} ended with ${code}`);
    },
    open: async () => {
      for (const name of names) keep(name);
      await Promise.all([answers(`${origin(consolePort)}/health/ready`), answers(origin(payPort))]);
    },
    kill: async (name) => {
      const child = children.get(name);
      const gone = child && once(child, 'exit');
      child?.kill('SIGKILL');
      await gone;
    },
    killPostgres: async () => {
      process.kill(postgres.pid, 'SIGKILL');
      await waitUntilGone(postgres.pid, 5000);
      postgres = await startPostgres(plan);
      if (postgres.url !== databaseUrl) throw new Error('PostgreSQL came back at another address');
    },
    close: async () => {
      isClosing = true;
      for (const child of children.values()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      await postgres.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<void> {
  for (const end = Date.now() + 30_000; ; await sleep(100)) {
    if (await fetch(url).then(({ status }) => status < 500, () => false)) return; // prettier-ignore
    if (Date.now() > end) throw new Error(`${url} does not answer`);
  }
}
