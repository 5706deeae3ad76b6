import { randomUUID } from 'node:crypto';
import type { BodyOf, CallInput, Endpoint, ParamsOf, QueryOf, ReplyOf } from '@tongshang/contract';
import { permissionsOf, type Role } from '@tongshang/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, inject } from 'vitest';
import { buildHouse, type Config, type House } from '../src/house.ts';
import { type Actor, type Ctx, type ShopperActor, type StaffActor, system } from '../src/platform/ctx.ts';
import { closeDb, type Db, inTx, openDb } from '../src/platform/db.ts';
import { registerReactions } from '../src/platform/events.ts';
import { perform } from '../src/platform/route.ts';
import { drainQueue } from '../src/platform/worker.ts';

export type { BodyOf, ParamsOf, QueryOf };

export const aStaff = (role: Role, over: Partial<StaffActor> = {}): StaffActor => ({
  kind: 'staff',
  id: `staff-${role}`,
  name: `Test ${role}`,
  role,
  permissions: new Set(permissionsOf[role]),
  location: undefined,
  ...over,
});

export const aShopper = (over: Partial<ShopperActor> = {}): ShopperActor => ({
  kind: 'shopper',
  visitorId: randomUUID(),
  customerId: undefined,
  name: 'guest',
  ...over,
});

export interface World {
  /** The database of this test file alone, cloned from the migrated template. */
  readonly db: Db;
  readonly house: House;
  readonly config: Config;
  /** The world's clock; jobs, use cases and calls are told this time. */
  readonly clock: { now: () => Date; set: (iso: string) => void; advance: (ms: number) => void };
  /** Runs a use case in a transaction of its own, as the system unless an actor is given. */
  run: <T>(work: (ctx: Ctx) => Promise<T>, actor?: Actor) => Promise<T>;
  inTx: <T>(work: (tx: Ctx['tx']) => Promise<T>) => Promise<T>;
  /** Calls an operation as its caller would, without sockets: permission, parsing, idempotency and reply are the real ones. */
  call: <E extends Endpoint>(endpoint: E, input: CallInput<E>, actor: Actor) => Promise<ReplyOf<E>>;
  /** Runs queued jobs and reactions, and what they queue, to the end. */
  drain: () => Promise<void>;
}

/** A house of its own for one test file: real database, fixed clock, no background worker. */
export function useWorld(over: Partial<Config> = {}): World {
  const world = {} as { -readonly [K in keyof World]: World[K] };
  const name = `world_${randomUUID().replaceAll('-', '')}`;
  let now = new Date('2026-11-22T04:00:00Z');
  const config: Config = {
    shopOrigin: 'http://shop.test',
    consoleOrigin: 'http://console.test',
    payOrigin: 'http://pay.test',
    isDemo: true,
    secret: 'a secret for tests only, 32 chars+',
    clickhouseUrl: '',
    shopKeepMs: 0,
    ...over,
  };
  const clock = {
    now: () => now,
    set: (iso: string) => void (now = new Date(iso)),
    advance: (ms: number) => void (now = new Date(now.getTime() + ms)),
  };

  beforeAll(async () => {
    const admin = openDb(inject('postgresUrl'), { connectionsMax: 1 });
    await admin.pool.query(`create database ${name} template template_house strategy file_copy`);
    await closeDb(admin);
    const url = new URL(inject('postgresUrl'));
    url.pathname = `/${name}`;
    const db = openDb(url.href, { connectionsMax: 25 });
    config.clickhouseUrl = over.clickhouseUrl ?? databaseUrl(inject('clickhouseUrl'), name); // the stream makes it when it first runs
    const house = buildHouse(config);
    await inTx(db, { actor: system('test'), now }, (ctx) => registerReactions(ctx.tx, house.reactions));
    Object.assign(world, { db, house });
  });
  afterAll(async () => {
    await closeDb(world.db);
    const admin = openDb(inject('postgresUrl'), { connectionsMax: 1 });
    await admin.pool.query(`drop database if exists ${name} with (force)`);
    await closeDb(admin);
  });

  world.config = config;
  world.clock = clock;
  world.run = (work, actor = system('test')) => inTx(world.db, { actor, now }, work);
  world.inTx = (work) => world.run((ctx) => work(ctx.tx));
  world.call = async (endpoint, { params, query, body, idempotencyKey }, actor) => {
    const route = world.house.routes.find((candidate) => candidate.endpoint === (endpoint as Endpoint));
    if (route === undefined) throw new Error(`${endpoint.method} ${endpoint.path} is not bound in house.ts`);
    const asked = {
      actor,
      params: params ?? {},
      query: query ?? {},
      body: body ?? {},
      idempotencyKey: idempotencyKey ?? (endpoint.idempotent ? randomUUID() : undefined),
    };
    return (await perform({ db: world.db, clock: clock.now }, route, asked)) as never;
  };
  world.drain = () => drainQueue({ ...world.house, db: world.db, clock: clock.now, logger: pino({ level: 'silent' }) });
  return world;
}

function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
