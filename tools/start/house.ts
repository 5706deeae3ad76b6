// The supervisor: databases, migrations, demo, api, worker, sandbox payments. Starts them in order, keeps them, stops them in order.
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startClickHouse } from '../../apps/server/src/platform/embedded/clickhouse.ts';
import { startPostgres } from '../../apps/server/src/platform/embedded/postgres.ts';
import { type EmbeddedServer, isAlive, isPortFree, readText } from '../../apps/server/src/platform/embedded/processes.ts';
import { ensureBuilt, WEB_APPS, type WebApp } from '../ensure-built.ts';
import { type Child, keepRunning, runOnce } from './child.ts';
import { say, sayAddresses, type SignIn } from './say.ts';

const ROOT = join(import.meta.dirname, '../..');
const HOST = process.env['HOST'] ?? '127.0.0.1';
const DATA = resolve(process.env['TONGSHANG_DATA_DIR'] ?? join(ROOT, 'data/local'));
const MAIN = join(ROOT, 'apps/server/src/main.ts');
const LOGS = join(DATA, 'logs');
const PORTS = {
  CONSOLE_PORT: Number(process.env['CONSOLE_PORT'] ?? process.env['PORT'] ?? 4000),
  SHOP_PORT: Number(process.env['SHOP_PORT'] ?? 4100),
  PAY_PORT: Number(process.env['PAY_PORT'] ?? 4200),
};
const PORT_PATIENCE_MS = 5000; // the children of a killed supervisor need a moment to end
const STOP_MS = { children: 2000, opening: 1500, clickhouse: 1000, all: 4600 }; // the promise is five seconds; PostgreSQL's last checkpoint gets what is left

export interface RunHouse {
  isDev: boolean;
  /** The server's program; tests put a stand-in here. */
  main?: string;
  webApps?: readonly WebApp[];
}

interface House {
  main: string;
  env: NodeJS.ProcessEnv;
  postgres?: EmbeddedServer;
  clickhouse?: EmbeddedServer;
  children: Child[];
  /** Databases that are being started; a stop waits for them, or they would stay behind. */
  opening?: Promise<unknown>;
  passing?: ChildProcess;
  isStopping: boolean;
}

/** Runs until Ctrl-C, SIGTERM or SIGHUP, and then stops everything within five seconds. */
export async function runHouse({ isDev, main = MAIN, webApps = WEB_APPS }: RunHouse): Promise<void> {
  const house: House = { main, env: environment(isDev), children: [], isStopping: false };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void stop(house, 0));
  process.stdout.on('error', () => undefined); // a terminal that is gone must not keep us from stopping in order
  stopWithNpm(house);
  try {
    mkdirSync(DATA, { recursive: true });
    refuseSecondHouse();
    await waitForPorts();
    const built = Promise.all(webApps.map(buildApp));
    built.catch(() => undefined); // awaited below; until then it must not count as unhandled
    house.opening = Promise.allSettled([openPostgres(house), openClickHouse(house)]).then(throwFirst);
    await house.opening;
    await pass(house, 'migrate', 'Tables are up to date');
    if (process.env['DEMO'] !== '0') await pass(house, 'seed', 'The demo enterprise is there');
    await built;
    if (house.isStopping) return;
    startChildren(house);
    await Promise.all(house.children.map(({ ready }) => ready));
    say('Tongshang is open');
    sayAddresses(`http://${shownHost()}:${PORTS.SHOP_PORT}`, `http://${shownHost()}:${PORTS.CONSOLE_PORT}`, readSignIns());
    if (isDev) restartOnChange(house);
  } catch (error) {
    if (house.isStopping) return; // what was under way failed because it was stopped
    say(`Tongshang did not start. ${explain(error)}`);
    await stop(house, 1);
  }
}

/** npm's shell dies of a SIGTERM without passing it on: under npm, a parent that is gone means stop. */
function stopWithNpm(house: House): void {
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    void stop(house, 0);
  }, 500);
  look.unref();
}

function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^(?:EACCES|EPERM|EROFS)\b/.test(message)
    ? `${message}. This user may not write there: start as the user who started first, or set TONGSHANG_DATA_DIR to a folder of your own.`
    : message;
}

function throwFirst(outcomes: readonly PromiseSettledResult<void>[]): void {
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function environment(isDev: boolean): NodeJS.ProcessEnv {
  const ports = Object.fromEntries(Object.entries(PORTS).map(([name, port]) => [name, String(port)]));
  return { NODE_ENV: isDev ? 'development' : 'production', ...process.env, ...ports, HOST, TONGSHANG_DATA_DIR: DATA };
}

function refuseSecondHouse(): void {
  const file = join(DATA, 'supervisor.pid');
  const pid = Number(readText(file));
  if (pid > 0 && pid !== process.pid && isAlive(pid) && (readText(`/proc/${pid}/cmdline`) ?? 'start.ts').includes('start.ts')) {
    say(
      `Tongshang already runs on ${DATA} (process ${pid}): shop http://${shownHost()}:${PORTS.SHOP_PORT}, ` +
        `console http://${shownHost()}:${PORTS.CONSOLE_PORT}. Stop it with Ctrl-C in its terminal or "kill ${pid}".`,
    );
    process.exit(1);
  }
  writeFileSync(file, String(process.pid));
}

async function waitForPorts(): Promise<void> {
  for (const [name, port] of Object.entries(PORTS)) {
    for (const end = Date.now() + PORT_PATIENCE_MS; !(await isPortFree(port, HOST)); await sleep(100)) {
      if (Date.now() > end)
        throw new Error(`Port ${port} is taken by another program. Choose another: ${name}=${port + 1000} npm start`);
    }
  }
}

async function buildApp(app: WebApp): Promise<void> {
  if (await ensureBuilt(app)) say(`Built the ${app}`);
}

async function openPostgres(house: House): Promise<void> {
  if (process.env['DATABASE_URL']) return say('PostgreSQL: yours, from DATABASE_URL');
  const server = await startPostgres({ dir: join(DATA, 'postgres') });
  house.postgres = server;
  await admit(house, 'DATABASE_URL', server, 'PostgreSQL', openPostgres);
}

async function openClickHouse(house: House): Promise<void> {
  if (process.env['CLICKHOUSE_URL']) return say('ClickHouse: yours, from CLICKHOUSE_URL');
  const server = await startClickHouse({ dir: join(DATA, 'clickhouse') });
  house.clickhouse = server;
  await admit(house, 'CLICKHOUSE_URL', server, 'ClickHouse', openClickHouse);
}

/** Tells the children where the server is, and starts it again when it ends by itself. */
async function admit(
  house: House,
  variable: string,
  server: EmbeddedServer,
  name: string,
  open: (house: House) => Promise<void>,
): Promise<void> {
  if (house.isStopping) return server.stop();
  say(
    `${name} ${server.adopted ? 'still runs from last time and is taken over' : 'is up'} (port ${server.port}, process ${server.pid})`,
  );
  const hasMoved = house.env[variable] !== undefined && house.env[variable] !== server.url;
  house.env[variable] = server.url;
  if (hasMoved) for (const child of house.children) child.restart();
  void server.exited.then(() => reopen(house, name, open));
}

async function reopen(house: House, name: string, open: (house: House) => Promise<void>): Promise<void> {
  for (let pause = 250; !house.isStopping; pause = Math.min(pause * 2, 15_000)) {
    say(`${name} ended and is started again`);
    try {
      return await open(house);
    } catch (error) {
      say(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`);
      await sleep(pause);
    }
  }
}

async function pass(house: House, name: string, done: string): Promise<void> {
  if (house.isStopping) return;
  const began = performance.now();
  if (name === 'seed' && readSignIns().length === 0) say('Filling the demo enterprise, once: this takes up to a minute');
  await runOnce({ main: house.main, name, logDir: LOGS, env: () => house.env }, (child) => (house.passing = child));
  delete house.passing;
  say(`${done} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
}

function startChildren(house: House): void {
  const plan = (name: string, ports: readonly number[]): Child =>
    keepRunning({ main: house.main, name, ports, host: HOST, logDir: LOGS, env: () => house.env });
  house.children = [
    plan('api', [PORTS.CONSOLE_PORT, PORTS.SHOP_PORT]),
    plan('worker', []),
    plan('sandbox-pay', [PORTS.PAY_PORT]),
  ];
}

/** Children first, so that nobody writes any more; ClickHouse next; PostgreSQL, the system of record, last. */
async function stop(house: House, exitCode: number): Promise<void> {
  if (house.isStopping) return killAll(house);
  house.isStopping = true;
  const began = performance.now();
  say('Stopping');
  house.passing?.kill('SIGTERM');
  await Promise.all(house.children.map((child) => child.stop(STOP_MS.children)));
  house.passing?.kill('SIGKILL');
  await Promise.race([house.opening?.catch(() => undefined), sleep(STOP_MS.opening)]);
  await house.clickhouse?.stop(STOP_MS.clickhouse);
  await house.postgres?.stop(Math.max(500, STOP_MS.all - (performance.now() - began)));
  rmSync(join(DATA, 'supervisor.pid'), { force: true });
  say(`Stopped in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  process.exit(exitCode);
}

/** A second Ctrl-C: at once. Both databases recover by themselves at the next start. */
function killAll(house: House): void {
  for (const child of house.children) child.kill();
  house.passing?.kill('SIGKILL');
  void house.clickhouse?.stop(0);
  void house.postgres?.stop(0);
}

function restartOnChange(house: House): void {
  let later: NodeJS.Timeout | undefined;
  const soon = (work: () => void): void => {
    clearTimeout(later);
    later = setTimeout(work, 150);
  };
  const restart = (): void => {
    say('Sources changed: api, worker and sandbox-pay start again');
    for (const child of house.children) child.restart();
  };
  const rebuild = (): void => {
    Promise.all(WEB_APPS.map(buildApp)).then(restart, (error: Error) => say(error.message));
  };
  const isSource = (name: string | null): boolean => name !== null && !/(?:^|\/)(?:dist|node_modules)\/|\.test\.tsx?$/.test(name);
  for (const [dir, work] of [
    ['apps/server/src', restart],
    ['packages', rebuild],
    ['apps/shop/src', rebuild],
    ['apps/console/src', rebuild],
  ] as const) {
    watch(join(ROOT, dir), { recursive: true }, (_event, name) => (isSource(name) ? soon(work) : undefined));
  }
}

/** Who may sign in: `main.ts seed` leaves the demo's list, readable by its owner only. */
function readSignIns(): SignIn[] {
  const file = join(DATA, 'sign-ins.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SignIn[]) : [];
}

function shownHost(): string {
  return HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST;
}
