// PostgreSQL 18 as a child of ours: plain server, plain data folder, reachable from this machine with a password only.
import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPlace, type PostgresPlace } from './postgres-files.ts';
import {
  codeOf,
  type EmbeddedServer,
  isAlive,
  isPortFree,
  keepPassword,
  preferPort,
  readText,
  signal,
  tailOf,
  waitUntilGone,
  whenGone,
} from './processes.ts';

export interface StartPostgres {
  dir: string;
  port?: number;
  /** false is for tests: it gives up safety against power cuts for speed, and the server ends when its parent does. */
  durable?: boolean;
  /** Further server settings, such as max_connections. */
  settings?: Readonly<Record<string, string>>;
}

const USER = 'tongshang';
const DATABASE = 'tongshang';
const START_TIMEOUT_MS = 120_000; // recovery after kill -9 replays up to max_wal_size
const FAST_STOP_MS = 4000;
const MEBIBYTE = 1024 * 1024;

/**
 * Starts PostgreSQL on this folder, or adopts the one that a killed parent left running on it. It listens on 127.0.0.1
 * and on a socket in its folder, and asks for a password that is made once and kept in the folder. The database `tongshang` exists when
 * this returns.
 */
export async function startPostgres(options: StartPostgres): Promise<EmbeddedServer> {
  const place = findPlace(options.dir);
  const password = keepPassword(join(place.dir, 'password'));
  createCluster(place, password, options.durable ?? true);
  const server = (await adopt(place, password)) ?? (await launch(place, password, options));
  await ensureDatabase(urlOf(place, password, server.port, 'postgres'));
  writeFileSync(join(place.dir, 'port'), String(server.port));
  return server;
}

/** initdb into a draft that is renamed when complete: a start killed half-way leaves no half cluster. */
function createCluster(place: PostgresPlace, password: string, durable: boolean): void {
  for (const name of readdirSync(place.dir)) {
    const pid = Number(/^(?:data|secret)\.(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    if (pid > 0 && !isAlive(pid)) rmSync(join(place.dir, name), { recursive: true, force: true });
  }
  if (existsSync(place.data)) return checkVersion(place);
  const draft = `${place.data}.${process.pid}`;
  const secret = join(place.dir, `secret.${process.pid}`);
  writeFileSync(secret, password, { mode: 0o600 });
  giveTo(place, secret);
  const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'; // with plain C pg_trgm sees no Chinese letters
  mkdirSync(draft, { mode: 0o700 });
  giveTo(place, draft);
  const made = spawnSync(
    join(place.bin, 'initdb'),
    [
      '-D',
      draft,
      '-U',
      USER,
      '--auth=scram-sha-256',
      `--pwfile=${secret}`,
      '-E',
      'UTF8',
      `--locale=${locale}`,
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(durable ? [] : ['--no-sync']),
    ],
    { cwd: place.dir, env: environment(place), ...place.user, encoding: 'utf8' },
  );
  rmSync(secret);
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL could not make its data folder in ${place.dir}: ${made.error?.message ?? (made.stderr || made.stdout)}`,
    );
  }
  try {
    renameSync(draft, place.data);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
    rmSync(draft, { recursive: true }); // another start was faster
  }
}

function giveTo(place: PostgresPlace, path: string): void {
  if (place.user === undefined) return;
  try {
    chownSync(path, place.user.uid, place.user.gid);
  } catch (error) {
    throw new Error(
      `PostgreSQL cannot run as root, and this root may not hand ${path} to user ${place.user.uid} ` +
        `(${codeOf(error)}). Start as an ordinary user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

function checkVersion(place: PostgresPlace): void {
  const version = readText(join(place.data, 'PG_VERSION'))?.trim();
  if (version === '18') return;
  throw new Error(
    `${place.data} is not a data folder of PostgreSQL 18 (PG_VERSION says ${version ?? 'nothing'}). ` +
      'Move it away to start afresh, or set DATABASE_URL.',
  );
}

/** Takes over a server that still runs on our data folder. A pid file is removed only when its process is provably not that server. */
async function adopt(place: PostgresPlace, password: string): Promise<EmbeddedServer | undefined> {
  const file = join(place.data, 'postmaster.pid');
  for (const end = Date.now() + START_TIMEOUT_MS; ; await sleep(50)) {
    const lines = readText(file)?.split('\n') ?? [];
    const pid = Number(lines[0]);
    if (!(pid > 0)) return undefined;
    if (!runsOn(pid, place.data)) {
      rmSync(file, { force: true });
      return undefined;
    }
    const port = Number(lines[3]);
    const status = lines[7]?.trim();
    if (status === 'ready') {
      await probe(urlOf(place, password, port, 'postgres'));
      return serverOf(pid, urlOf(place, password, port, DATABASE), port, true, whenGone(pid));
    }
    // "starting" and "stopping" end by themselves; both are waited for
    if (Date.now() > end)
      throw new Error(`PostgreSQL (process ${pid}) on ${place.data} is ${status ?? 'starting'} and does not get ready.`);
  }
}

function runsOn(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data; // a postmaster stands in its data folder
  } catch (error) {
    if (codeOf(error) === 'EACCES') return false; // another user's process: not a server on a folder that is ours
    if (existsSync('/proc/self')) return isAlive(pid);
  }
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.includes(data);
}

async function launch(place: PostgresPlace, password: string, options: StartPostgres): Promise<EmbeddedServer> {
  const log = join(place.dir, 'server.log');
  let socketDir = mayHaveSocket(place) ? '.' : '';
  for (const end = Date.now() + START_TIMEOUT_MS; ; await sleep(300)) {
    const port = options.port ?? (await preferPort(join(place.dir, 'port')));
    if (options.port !== undefined && !(await isPortFree(port)))
      throw new Error(`Port ${port} for PostgreSQL is taken. Choose another.`);
    const logged = existsSync(log) ? statSync(log).size : 0;
    const { pid, exited } = run(
      place,
      { ...settingsOf(options), port: String(port), unix_socket_directories: socketDir },
      options,
      log,
    );
    if (await isReady(place, pid, end)) {
      await probe(urlOf(place, password, port, 'postgres'));
      return serverOf(pid, urlOf(place, password, port, DATABASE), port, false, exited);
    }
    const said = tailOf(log, logged);
    if (socketDir !== '' && said.includes('Unix-domain socket')) {
      socketDir = ''; // some file systems hold no sockets
      continue;
    }
    // back-ends of a killed server still hold the shared memory for a moment, or a port was snatched
    const mayPass = /still in use|could not bind|could not create any TCP\/IP sockets|lock file ".*" already exists/.test(said);
    if (!mayPass || Date.now() > end) throw new Error(`PostgreSQL did not start. The end of ${log}:\n${said}`);
  }
}

function run(
  place: PostgresPlace,
  given: Readonly<Record<string, string>>,
  options: StartPostgres,
  log: string,
): { pid: number; exited: Promise<void> } {
  if (existsSync(log) && statSync(log).size > 16 * MEBIBYTE) renameSync(log, `${log}.1`);
  const out = openSync(log, 'a', 0o600);
  const settings = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(place.bin, 'postgres'), ['-D', place.data, ...settings], {
    cwd: place.dir,
    env: environment(place),
    ...place.user,
    stdio: ['ignore', out, out],
    detached: true, // Ctrl-C in the terminal must reach the supervisor only, which stops the house in order
  });
  closeSync(out);
  if (options.durable === false && child.pid !== undefined) endWithUs(child.pid);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  child.unref();
  return { pid: child.pid ?? 0, exited };
}

/** A test's server must not outlive a test run that is killed: a shell waits for our end of the pipe to close. */
function endWithUs(pid: number): void {
  const guard = spawn('/bin/sh', ['-c', 'read -r never; kill -QUIT "$0"', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.once('error', () => undefined); // no shell: a killed test run leaves its server, nothing worse
  guard.unref();
  if (guard.stdin !== null && 'unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref();
}

async function isReady(place: PostgresPlace, pid: number, end: number): Promise<boolean> {
  const file = join(place.data, 'postmaster.pid');
  for (; isAlive(pid) && pid > 0; await sleep(20)) {
    const lines = readText(file)?.split('\n') ?? [];
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return true;
    if (Date.now() > end) {
      signal(pid, 'SIGQUIT');
      return false;
    }
  }
  return false;
}

function settingsOf({ durable = true, settings = {} }: StartPostgres): Record<string, string> {
  const memory = Math.floor(totalmem() / MEBIBYTE);
  const buffers = Math.max(64, Math.min(durable ? 512 : 256, Math.floor(memory / 8)));
  return {
    listen_addresses: '127.0.0.1',
    max_connections: '100',
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(memory / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: `${Math.max(64, Math.min(256, Math.floor(memory / 16)))}MB`,
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1', // the disks of today
    jit: 'off', // plans here are short; compiling them costs more than it saves
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
    ...settings,
  };
}

function serverOf(pid: number, url: string, port: number, adopted: boolean, exited: Promise<void>): EmbeddedServer {
  return {
    url,
    port,
    pid,
    adopted,
    exited,
    stop: async (withinMs = FAST_STOP_MS) => {
      signal(pid, 'SIGINT'); // "fast": open transactions are rolled back, a checkpoint is written
      if (await waitUntilGone(pid, withinMs)) return;
      signal(pid, 'SIGQUIT'); // at once; the next start replays the log
      if (await waitUntilGone(pid, 1000)) return;
      signal(pid, 'SIGKILL');
      await waitUntilGone(pid, 1000);
    },
  };
}

async function probe(url: string): Promise<void> {
  await withClient(url, (client) => client.query('select 1'));
}

async function ensureDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount !== 0) return;
    try {
      await client.query(`create database ${DATABASE}`);
    } catch (error) {
      if (!['42P04', '23505'].includes(codeOf(error) ?? '')) throw error; // another start made it in the same moment
    }
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // a server that goes away also fails the query, which reports it
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Names the socket where there is one, as a parameter; who does not know it goes to the port of 127.0.0.1, which is open as well. */
function urlOf({ data }: PostgresPlace, password: string, port: number, database: string): string {
  const url = `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  return existsSync(join(data, `.s.PGSQL.${port}`)) ? `${url}?host=${encodeURIComponent(data)}` : url;
}

/** A socket in the data folder ("." to the server), which nobody else may enter, costs both sides less than TCP. Its path may be some hundred bytes long. */
const mayHaveSocket = ({ data }: PostgresPlace): boolean =>
  process.platform !== 'win32' && Buffer.byteLength(join(data, '.s.PGSQL.65535')) <= 100;

function environment(place: PostgresPlace): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', TZ: 'UTC', ...place.env };
}
