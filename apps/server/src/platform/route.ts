import { type Endpoint, errorStatus } from '@tongshang/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { Actor, Ctx } from './ctx.ts';
import { type Db, inTx } from './db.ts';
import { Refusal, refuse } from './fail.ts';
import { actorKey, claimKey, hashOf, storeReply } from './idempotency.ts';
import { look } from './look.ts';
import { traced } from './telemetry.ts';
import type { Clock } from './time.ts';
import { type DecideTogether, openTogether, type Together } from './together.ts';

interface Input<E extends Endpoint> {
  params: z.output<E['params']>;
  query: z.output<E['query']>;
  body: z.output<E['body']>;
}

type Handler<E extends Endpoint> = (ctx: Ctx, input: Input<E>) => Promise<z.input<E['reply']>>;

/** For operations that call out, stream or upload: they open their own transactions around the slow part. */
export interface Outside {
  inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
  /** Reads without a transaction of its own, many on one connection: for what shows the present and writes nothing. */
  look: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
  actor: Actor;
  now: () => Date;
  /** The HTTP exchange itself; absent when the house calls itself. */
  raw: { request: FastifyRequest; reply: FastifyReply } | undefined;
}
type OutsideHandler<E extends Endpoint> = (outside: Outside, input: Input<E>) => Promise<z.input<E['reply']> | undefined>;

export interface Route {
  readonly endpoint: Endpoint;
  readonly inside?: Handler<Endpoint>;
  readonly outside?: OutsideHandler<Endpoint>;
  readonly together?: DecideTogether<Input<Endpoint>, unknown>;
}

/** Binds an operation of the contract to a use case; one transaction, read-only for GET. */
export const handle = <E extends Endpoint>(endpoint: E, inside: Handler<E>): Route => ({
  endpoint,
  inside: inside as unknown as Handler<Endpoint>,
});

/** Binds an operation that must not hold a transaction while it waits. Replying through `raw.reply` returns undefined. */
export const handleOutside = <E extends Endpoint>(endpoint: E, outside: OutsideHandler<E>): Route => ({
  endpoint,
  outside: outside as unknown as OutsideHandler<Endpoint>,
});

/**
 * Binds an operation to a use case that decides requests which arrive together in one transaction: the few operations that a campaign
 * brings by the thousand. Each is still all or nothing, and answered by itself.
 */
export const handleTogether = <E extends Endpoint>(
  endpoint: E,
  together: DecideTogether<Input<E>, z.input<E['reply']>>,
): Route => ({ endpoint, together: together as unknown as DecideTogether<Input<Endpoint>, unknown> });

export interface Asked {
  actor: Actor;
  params: unknown;
  query: unknown;
  body: unknown;
  idempotencyKey?: string | undefined;
  raw?: { request: FastifyRequest; reply: FastifyReply };
}

/** Runs one operation for one caller, wherever the call comes from: HTTP, the shop's server, a test. */
export function perform(parts: { db: Db; clock: Clock }, route: Route, asked: Asked): Promise<unknown> {
  return traced(`${route.endpoint.method} ${route.endpoint.path}`, () => performTraced(parts, route, asked));
}

async function performTraced(parts: { db: Db; clock: Clock }, route: Route, asked: Asked): Promise<unknown> {
  const { endpoint } = route;
  checkAccess(endpoint, asked.actor);
  const input = parse(endpoint, asked);
  const now = parts.clock();
  try {
    const reply = route.together
      ? await togetherOf(parts, route, route.together).submit({ actor: asked.actor, input }, asked.idempotencyKey)
      : route.inside
        ? await performInside(parts.db, endpoint, route.inside, input, asked, now)
        : await route.outside?.(
            {
              inTx: (work) => inTx(parts.db, { actor: asked.actor, now: parts.clock() }, work),
              look: (work) => look(parts.db, { actor: asked.actor, now: parts.clock() }, work),
              actor: asked.actor,
              now: parts.clock,
              raw: asked.raw,
            },
            input,
          );
    return reply === undefined ? undefined : endpoint.reply.parse(reply);
  } catch (error) {
    if (error instanceof Refusal) checkDeclared(endpoint, error);
    throw error;
  }
}

const queues = new WeakMap<Db, Map<Route, Together>>();

/** One queue an operation and database; a process has one database, tests have many. */
function togetherOf(parts: { db: Db; clock: Clock }, route: Route, decide: NonNullable<Route['together']>): Together {
  const ofDb = queues.get(parts.db) ?? new Map<Route, Together>();
  queues.set(parts.db, ofDb);
  const queue = ofDb.get(route) ?? openTogether(parts, route.endpoint, decide as DecideTogether<unknown, unknown>);
  ofDb.set(route, queue);
  return queue;
}

async function performInside(
  db: Db,
  endpoint: Endpoint,
  inside: Handler<Endpoint>,
  input: Input<Endpoint>,
  asked: Asked,
  now: Date,
): Promise<unknown> {
  if (!endpoint.idempotent)
    return inTx(db, { actor: asked.actor, now, isReadOnly: endpoint.method === 'GET' }, (ctx) => inside(ctx, input));
  const key = asked.idempotencyKey;
  if (key === undefined || key.length < 8 || key.length > 200) refuse('request.key_missing', { header: 'Idempotency-Key' });
  const claim = {
    key,
    endpoint: `${endpoint.method} ${endpoint.path}`,
    actor: actorKey(asked.actor),
    requestHash: hashOf(input),
  };
  return inTx(db, { actor: asked.actor, now }, async (ctx) => {
    const earlier = await claimKey(ctx, claim);
    if (earlier !== undefined) return earlier.reply;
    const reply = await inside(ctx, input);
    await storeReply(ctx, claim, reply);
    return reply;
  });
}

function checkAccess({ access }: Endpoint, actor: Actor): void {
  if (access === 'public') return;
  if (access === 'shopper') return actor.kind === 'staff' ? refuse('auth.required') : undefined;
  if (access === 'member')
    return actor.kind === 'shopper' && actor.customerId !== undefined ? undefined : refuse('auth.required');
  if (actor.kind === 'shopper') refuse('auth.required');
  if (actor.kind === 'staff' && !actor.permissions.has(access.permission))
    refuse('auth.forbidden', { permission: access.permission });
}

function parse(endpoint: Endpoint, asked: Asked): Input<Endpoint> {
  const issues: { at: string; path: string; code: string; message: string }[] = [];
  const take = (at: 'params' | 'query' | 'body') => {
    const result = endpoint[at].safeParse(asked[at]);
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      issues.push({ at, path: issue.path.join('.'), code: issue.code, message: issue.message });
    return undefined;
  };
  const input = { params: take('params'), query: take('query'), body: endpoint.method === 'GET' ? {} : take('body') };
  if (issues.length > 0) refuse('request.invalid', { issues });
  return input;
}

const always = new Set([
  'server.busy',
  'request.invalid',
  'request.key_missing',
  'request.key_reused',
  'auth.required',
  'auth.forbidden',
]);

/** A refusal that the contract does not name is a bug; tests must see it, callers still get the refusal. */
function checkDeclared(endpoint: Endpoint, refusal: Refusal): void {
  if (process.env['NODE_ENV'] !== 'test' || always.has(refusal.code) || endpoint.errors.includes(refusal.code)) return;
  throw new Error(
    `${endpoint.method} ${endpoint.path} refused with ${refusal.code} (${errorStatus[refusal.code]}), which its contract does not name`,
    {
      cause: refusal,
    },
  );
}
