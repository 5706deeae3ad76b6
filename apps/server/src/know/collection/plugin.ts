import { randomUUID } from 'node:crypto';
import { collection as contract } from '@tongshang/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Db } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import type { Clock } from '../../platform/time.ts';
import { openIntake } from './intake.ts';
import type { EventLog } from './log/event-log.ts';
import { fromPosthog } from './posthog.ts';
import { isObject } from './privacy.ts';
import type { Sender } from './queries.ts';
import { readBody } from './read-body.ts';
import { openRulebook } from './rulebook.ts';
import { sortOut } from './sort-out.ts';
import { isBotAgent, type VisitorKind } from './visitor-kind.ts';
import type { Arrival } from './wire.ts';

export interface CollectionParts {
  db: Db;
  clock: Clock;
  /** Where events are kept; PostgreSQL when absent. */
  log?: EventLog | undefined;
  /** Origins whose pages may send from a browser with its cookies: the shop. */
  origins: readonly string[];
  /** The visitor of a report from the shop's own pages, as their orders name them; `pageId` is what the page calls them. */
  visitorOf?: (request: FastifyRequest, reply: FastifyReply, pageId: string | undefined) => string | undefined;
  /** Whose signed cookies came with a report from the shop's own pages. */
  signedInAs?: (request: FastifyRequest) => Promise<{ isStaff: boolean; customerId: string | undefined }>;
}

type Body = Readonly<Record<string, unknown>>;

/** The paths that clients use, and the type that a path gives an event; undefined: a batch. */
const paths: readonly (readonly [path: string, type: contract.WireType | undefined])[] = [
  ['/v1/batch', undefined],
  ['/v1/b', undefined],
  ['/batch', undefined],
  ['/batch/', undefined],
  ...contract.wireTypes.map((type) => [`/v1/${type}`, type] as const),
  ...contract.wireTypes.map((type) => [`/v1/${type.charAt(0)}`, type] as const),
];

/**
 * Takes behaviour events in Segment's wire format and in PostHog's. The good events of a batch are on disk when the answer leaves, the bad
 * ones wait to be mended and are named in it. Refuses `collection.unknown_key`, `request.too_large`, `request.invalid`; `server.busy` while the log
 * can keep nothing.
 */
export function collectionPlugin(parts: CollectionParts): (app: FastifyInstance) => Promise<void> {
  const intake = openIntake(parts);
  const rulebook = openRulebook(parts);

  const take = async (request: FastifyRequest, reply: FastifyReply, type: contract.WireType | undefined) => {
    const body = objectOf(request.body);
    const { senders, plan } = await rulebook();
    const sender = senders.get(writeKeyOf(request, body) ?? '') ?? refuse('collection.unknown_key');
    const raws = rawsOf(body, type);
    const arrival = await arrivalOf(parts, { request, reply, sender, raws, body });
    const { events, bad, breaks } = sortOut(raws, arrival, { source: sender.name, kind: sender.kind, plan });

    const { name: source, channel, kind } = sender;
    const { receivedAt, visitorId } = arrival;
    const sentAt = typeof arrival.sentAt === 'string' ? arrival.sentAt.slice(0, 64) : undefined;
    const duplicates =
      raws.length === 0 ? 0 : await intake.keep({ source, channel, kind, receivedAt, sentAt, visitorId, events, bad, breaks });
    return {
      success: events.length > 0 || raws.length === 0,
      accepted: events.length,
      duplicates,
      rejected: bad.map(({ index, messageId, reasons }) => ({ index, messageId: messageId ?? null, reasons })),
    };
  };

  return async (app) => {
    await app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer) =>
        readBody(body, request.headers['content-encoding'], contract.wireLimits.batchBytesMax),
      );
      scope.addHook('onRequest', async (request, reply) => allowOrigin(request, reply, parts.origins));
      scope.options('/v1/*', async (_request, reply) => reply.status(204).send());
      for (const [path, type] of paths)
        scope.post(path, routeLimits, async (request, reply) => reply.send(await take(request, reply, type)));
    });
  };
}

/** A server of a partner sends for thousands of visitors from one address. */
const routeLimits = {
  bodyLimit: contract.wireLimits.batchBytesMax,
  decompress: false as const, // readBody unpacks, within bounds
  config: { rateLimit: { max: 60_000, timeWindow: 60_000 } },
};

interface Came {
  request: FastifyRequest;
  reply: FastifyReply;
  sender: Sender;
  raws: readonly unknown[];
  body: Body;
}

/** Who sent it, and when. On our own pages signed cookies say who; a partner's server speaks for many and has none. */
async function arrivalOf(parts: CollectionParts, { request, reply, sender, raws, body }: Came): Promise<Arrival> {
  const isOwn = sender.writeKey === contract.shopWriteKey;
  const signed = isOwn ? await parts.signedInAs?.(request) : undefined;
  return {
    receivedAt: parts.clock(),
    sentAt: body['sentAt'] ?? body['sent_at'],
    visitorId: isOwn ? parts.visitorOf?.(request, reply, pageIdIn(raws)) : undefined,
    customerId: isOwn ? (signed?.customerId ?? null) : undefined,
    visitorKind: kindOf(request, sender, signed?.isStaff === true),
    isBot: isBotAgent,
    newId: randomUUID,
  };
}

function kindOf({ headers }: FastifyRequest, sender: Sender, isStaff: boolean): VisitorKind | undefined {
  if (isStaff) return 'staff';
  return sender.kind === 'browser' && isBotAgent(headers['user-agent']) ? 'bot' : undefined;
}

/** A browser's batch speaks of one visitor. */
function pageIdIn([first]: readonly unknown[]): string | undefined {
  const id = isObject(first) ? first['anonymousId'] : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** The events of a body. Those with an `api_key` are PostHog's. */
function rawsOf(body: Body, type: contract.WireType | undefined): readonly unknown[] {
  if (type !== undefined) return [{ ...body, type }];
  const { batch } = body;
  if (!Array.isArray(batch))
    return refuse('request.invalid', {
      issues: [{ at: 'body', path: 'batch', code: 'invalid_type', message: 'A list is expected' }],
    });
  const { batchEventsMax } = contract.wireLimits;
  if (batch.length > batchEventsMax) refuse('request.too_large', { eventsMax: batchEventsMax });
  return 'api_key' in body ? batch.map(fromPosthog) : batch;
}

function allowOrigin(request: FastifyRequest, reply: FastifyReply, origins: readonly string[]): void {
  const { origin } = request.headers;
  void reply.header('vary', 'Origin');
  if (origin === undefined || !origins.includes(origin)) return;
  void reply
    .header('access-control-allow-origin', origin)
    .header('access-control-allow-credentials', 'true')
    .header('access-control-allow-methods', 'POST')
    .header('access-control-allow-headers', 'authorization, content-type, content-encoding, x-retry-count, x-write-key')
    .header('access-control-max-age', '86400');
}

function writeKeyOf(request: FastifyRequest, body: Body): string | undefined {
  const { authorization, 'x-write-key': header } = request.headers;
  if (authorization?.startsWith('Basic ')) return Buffer.from(authorization.slice(6), 'base64').toString().split(':')[0];
  if (typeof header === 'string') return header;
  const inBody = body['writeKey'] ?? body['api_key'];
  return typeof inBody === 'string' ? inBody : undefined;
}

function objectOf(body: unknown): Body {
  if (isObject(body)) return body;
  return refuse('request.invalid', {
    issues: [{ at: 'body', path: '', code: 'invalid_type', message: 'An object is expected' }],
  });
}
