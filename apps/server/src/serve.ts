import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import helmet from '@fastify/helmet';
import type { ShopCall } from '@tongshang/shop';
import { collection } from '@tongshang/contract';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createApp, createBareApp } from './app.ts';
import { ensureCustomerForUser } from './base/customers/index.ts';
import { createIdentity, type Identity } from './base/identity/plugin.ts';
import { listJobs } from './base/operations/queries.ts';
import { buildHouse, type House } from './house.ts';
import { type EventLog, openEventLog } from './know/collection/index.ts';
import { collectionPlugin } from './know/collection/plugin.ts';
import {
  drainStream,
  migrateAnalytics,
  openAnalytics,
  readFreshness,
  rebuildAnalytics,
  startStream,
} from './know/stream/index.ts';
import { type Actor, type Ctx, system } from './platform/ctx.ts';
import { closeDb, type Db, inTx, openDb } from './platform/db.ts';
import { registerReactions } from './platform/events.ts';
import { bindRoutes } from './platform/http.ts';
import { watch } from './platform/telemetry.ts';
import { perform } from './platform/route.ts';
import { clockOf, type Simulation } from './platform/simulation.ts';
import { runUpTo } from './platform/simulated-queue.ts';
import { type Clock, dayOf, machineClock } from './platform/time.ts';
import { startWorker } from './platform/worker.ts';
import type { Settings } from './settings.ts';

type StopWith = (stop: () => Promise<void>) => void;

/** The API with the console on one port, the shop on another. Any number of such processes may stand behind a proxy. */
export async function serveApi(settings: Settings, logger: Logger, stopWith: StopWith, clock = machineClock): Promise<void> {
  const db = openDb(settings.databaseUrl, { name: 'tongshang-api' });
  const house = buildHouse(settings);
  const identity = createIdentity(settings, db, { ensureMember: ensureCustomerForUser, clock });
  const log = openEventLog(settings, logger);
  const parts = { settings, logger, db, house, identity, clock, log };
  watchHouse(db);
  const [console_, shop] = await Promise.all([openConsole(parts), openShop(parts)]);
  await console_.listen({ host: settings.host, port: settings.consolePort });
  await shop.listen({ host: settings.host, port: settings.shopPort });
  stopWith(async () => {
    await Promise.all([console_.close(), shop.close()]);
    await Promise.all([identity.close(), log.close()]);
    await closeDb(db);
  });
}

interface ApiParts {
  settings: Settings;
  logger: Logger;
  db: Db;
  house: House;
  identity: Identity;
  clock: Clock;
  log: EventLog;
}

/** Figures of the house as a whole, for Prometheus; read when asked. */
function watchHouse(db: Db): void {
  const read = <T>(work: (ctx: Ctx) => Promise<T>) =>
    inTx(db, { actor: system('metrics'), now: machineClock(), isReadOnly: true }, work);
  const queue = () => read((ctx) => listJobs(ctx.tx, ctx.now, { limit: 1 }));
  watch('tongshang_stream_lag_seconds', 'Age of the oldest event that is not yet in ClickHouse', () =>
    read(async (ctx) => (await readFreshness(ctx.tx, ctx.now)).lagMs / 1000),
  );
  watch('tongshang_jobs_due', 'Jobs that should run now', async () => (await queue()).queue.due);
  watch('tongshang_jobs_dead', 'Jobs that used up their tries and wait for a person', async () => (await queue()).queue.dead);
}

const originsOf = ({ consoleOrigin, shopOrigin }: Settings): string[] => [consoleOrigin, shopOrigin];
const mediaOf = ({ dataDir }: Settings): string => join(dataDir, 'media');

function openConsole({ settings, logger, db, house, identity, clock }: ApiParts): Promise<FastifyInstance> {
  return createApp({
    db,
    clock,
    logger,
    routes: house.routes,
    origins: originsOf(settings),
    actorOf: identity.actorOf,
    consoleDir: join(import.meta.dirname, '../../console/dist'),
    mediaDir: mediaOf(settings),
    plugins: [identity.plugin],
  });
}

/** The shop's pages, and of the API only what a shopper may call: no staff operation is reachable on the shop's address. */
async function openShop({ settings, logger, db, house, identity, clock, log }: ApiParts): Promise<FastifyInstance> {
  const app = await createBareApp({ db, logger, mediaDir: mediaOf(settings) });
  await app.register(helmet, { contentSecurityPolicy: false, strictTransportSecurity: false }); // the shop says its own policy a page
  await identity.plugin(app);
  await collectionPlugin({
    db,
    clock,
    log,
    origins: originsOf(settings),
    visitorOf: identity.visitorOf,
    signedInAs: identity.signedInAs,
  })(app);
  const routes = house.routes.filter(({ endpoint }) => typeof endpoint.access === 'string');
  bindRoutes(app, routes, { db, clock, origins: originsOf(settings), actorOf: identity.actorOf });
  const { shopPlugin } = await import('@tongshang/shop');
  await shopPlugin(app, {
    call: callInside(db, house, clock),
    actorOf: identity.actorOf,
    origin: settings.shopOrigin,
    clock,
    secret: settings.secret,
    brand: { name: '谷雨良品', nameEn: 'Guyu Goods' },
    writeKey: collection.shopWriteKey,
  });
  return app;
}

const anonymous: Actor = {
  kind: 'shopper',
  visitorId: '00000000-0000-0000-0000-000000000000',
  customerId: undefined,
  name: 'guest',
};

/** Runs an operation of the contract in this process, as the shopper who sent the request: same checks, no socket. */
function callInside(db: Db, house: House, clock: Clock): ShopCall {
  // by address, not by object: the shop's build holds a copy of the contract
  const addressOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  const routes = new Map(house.routes.map((route) => [addressOf(route.endpoint), route]));
  return async ({ actor, raw }, endpoint, { params, query, body, idempotencyKey } = {}) => {
    const route = routes.get(addressOf(endpoint));
    if (route === undefined) throw new Error(`${endpoint.method} ${endpoint.path} is not bound in house.ts`);
    const asked = {
      actor: (actor as Actor | undefined) ?? anonymous,
      params: params ?? {},
      query: query ?? {},
      body: body ?? {},
      idempotencyKey,
    };
    return (await perform({ db, clock }, route, raw === undefined ? asked : { ...asked, raw })) as never;
  };
}

/**
 * Left to itself the heap quadruples before it is looked through, and an import with its facts takes half a gigabyte. At 100 it takes
 * 120 MB less, and twice the time for looking.
 */
const heapGrowthPercent = 200;
/** Where processors are short, whoever waits for an answer goes first; what follows from it catches up. */
const workerNiceness = 5;

/** Jobs, reactions, schedules and the stream to ClickHouse. Any number may run side by side: one of them leads the stream. */
export async function serveWorker(
  settings: Settings,
  logger: Logger,
  stopWith: StopWith,
  simulation?: Simulation,
): Promise<void> {
  const clock = clockOf(simulation);
  setFlagsFromString(`--heap-growing-percent=${heapGrowthPercent}`);
  setPriority(workerNiceness);
  const db = openDb(settings.databaseUrl, { name: 'tongshang-worker' });
  const house = buildHouse(settings);
  await inTx(db, { actor: system('worker'), now: clock() }, (ctx) => registerReactions(ctx.tx, house.reactions));
  const schedules = simulation === undefined ? house.schedules : []; // in a simulation their time comes when it says so
  // an hour's orders come within a tenth of a second there: they are no crowd, so no reaction waits for more of them
  const worker = await startWorker({ ...house, schedules, db, clock, logger }, { gathers: simulation === undefined });
  const log = openEventLog(settings, logger);
  const parts = { db, analytics: openAnalytics(settings.clickhouseUrl), clock, logger, log };
  const stream = simulation === undefined ? startStream(parts) : undefined;
  if (simulation !== undefined) await migrateAnalytics(parts.analytics);
  simulation?.onTold(async (from, to) => {
    await runUpTo(db, house.schedules, { from, to });
    if (dayOf(from) !== dayOf(to)) await drainStream(parts); // figures once a simulated day: hours pass in a tenth of a second
  });
  stopWith(async () => {
    await Promise.all([worker.stop(), stream?.stop()]);
    await log.close();
    await closeDb(db);
  });
}

/** Empties ClickHouse and lets the stream fill it again from PostgreSQL's log, from the first entry. */
export async function rebuild(settings: Settings, logger: Logger): Promise<void> {
  const db = openDb(settings.databaseUrl, { name: 'tongshang-rebuild' });
  const analytics = openAnalytics(settings.clickhouseUrl);
  await migrateAnalytics(analytics);
  await rebuildAnalytics({ db, analytics, clock: machineClock });
  logger.info('analytics emptied; the worker fills them again');
  await closeDb(db);
}
