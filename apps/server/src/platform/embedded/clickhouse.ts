// ClickHouse as a child of ours: chdb in a process of its own that answers ClickHouse's HTTP protocol on the loopback interface.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ChildOrder, ChildReport } from './clickhouse-child.ts';
import { type EmbeddedServer, keepPassword, otherOwnerOf, preferPort, signal, tailOf, waitUntilGone } from './processes.ts';

export interface StartClickHouse {
  dir: string;
  port?: number;
}

const USER = 'tongshang';
const DATABASE = 'tongshang';
const CHILD = fileURLToPath(new URL('./clickhouse-child.ts', import.meta.url));
const START_TIMEOUT_MS = 60_000;
const LOCK_TIMEOUT_MS = 15_000;
const STOP_MS = 2500;

/**
 * Starts the embedded ClickHouse on this folder; the unmodified @clickhouse/client speaks to its url as to a server.
 * The child ends when this process does, however it ends. The database `tongshang` exists when this returns.
 */
export async function startClickHouse({ dir, port }: StartClickHouse): Promise<EmbeddedServer> {
  const home = resolve(dir);
  mkdirSync(home, { recursive: true });
  const password = keepPassword(join(home, 'password'));
  for (const end = Date.now() + LOCK_TIMEOUT_MS; ; await sleep(200)) {
    const wanted = port ?? (await preferPort(join(home, 'port')));
    const { child, report, exited } = await run({ dir: home, port: wanted, user: USER, password, database: DATABASE });
    if (report.state === 'ready' && child.pid !== undefined) {
      writeFileSync(join(home, 'port'), String(report.port));
      return serverOf(child, child.pid, `http://${USER}:${password}@127.0.0.1:${report.port}/${DATABASE}`, report.port, exited);
    }
    const { reason, code } = report.state === 'failed' ? report : { reason: 'it ended at once', code: '' };
    const said = `${reason}\n${tailOf(join(home, 'server.log'))}`;
    if (code === 'EADDRINUSE' && port !== undefined) throw new Error(`Port ${port} for ClickHouse is taken. Choose another.`);
    const mayPass = code === 'EADDRINUSE' || said.includes('Cannot lock file'); // the child of a killed parent is still going
    if (!mayPass || Date.now() > end) throw new Error(`The embedded ClickHouse did not start in ${home}: ${said}`);
  }
}

async function run(order: ChildOrder): Promise<{ child: ChildProcess; report: ChildReport; exited: Promise<void> }> {
  const log = join(order.dir, 'server.log');
  if (existsSync(log) && statSync(log).size > 0) renameSync(log, `${log}.1`);
  const out = openSync(log, 'w', 0o600);
  const child = spawn(process.execPath, [CHILD], {
    env: { ...process.env, TZ: 'UTC', UV_THREADPOOL_SIZE: '16', NODE_OPTIONS: '' },
    ...otherOwnerOf(join(order.dir, 'data')),
    stdio: ['ignore', out, out, 'ipc'],
    detached: true, // Ctrl-C in the terminal must reach the supervisor only, which stops the house in order
  });
  closeSync(out);
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  const report = await firstReport(child, order);
  if (report.state === 'failed' && child.pid !== undefined) {
    child.kill('SIGKILL');
    await ended;
  }
  child.unref();
  child.channel?.unref();
  return { child, report, exited: ended };
}

function firstReport(child: ChildProcess, order: ChildOrder): Promise<ChildReport> {
  return new Promise((resolveReport) => {
    const fail = (reason: string): void => resolveReport({ state: 'failed', reason, code: '' });
    const late = setTimeout(fail, START_TIMEOUT_MS, 'it does not get ready');
    child.once('message', (message) => {
      clearTimeout(late);
      resolveReport(message as ChildReport);
    });
    child.once('exit', () => {
      clearTimeout(late);
      fail('it ended at once');
    });
    child.once('error', (error) => {
      clearTimeout(late);
      fail(error.message);
    });
    child.send(order, () => undefined); // a child that died before reports through `exit`
  });
}

function serverOf(child: ChildProcess, pid: number, url: string, port: number, exited: Promise<void>): EmbeddedServer {
  return {
    url,
    port,
    pid,
    adopted: false,
    exited,
    stop: async (withinMs = STOP_MS) => {
      signal(pid, 'SIGTERM');
      if (await waitUntilGone(pid, withinMs)) return;
      child.kill('SIGKILL'); // a long question still runs; acknowledged rows are in parts on disk
      await waitUntilGone(pid, 1000);
    },
  };
}
