import { randomUUID } from 'node:crypto';
import { collection as contract } from '@tongshang/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { system } from '../../platform/ctx.ts';
import { type Db, inTx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import type { Clock } from '../../platform/time.ts';
import { openIntake } from './intake.ts';
import { listSources, type Source } from './queries.ts';
import { type Arrival, type KeptEvent, readEvent } from './wire.ts';

export interface CollectionParts {
  db: Db;
  clock: Clock;
  /** Origins whose pages may send from a browser: the shop. */
  origins: readonly string[];
  /** The visitor of a report from the shop's own pages, as their orders name them; `pageId` is what the page calls them. */
  visitorOf?: (request: FastifyRequest, reply: FastifyReply, pageId: string | undefined) => string | undefined;
}

/**
 * `POST /v1/{batch,track,page,identify,screen}` in Segment's wire format. The good events of a batch are on disk when the answer leaves;
 * the bad ones are named in it. Refuses `collection.unknown_key`, `request.too_large`, `request.invalid`.
 */
export function collectionPlugin(parts: CollectionParts): (app: FastifyInstance) => Promise<void> {
  const intake = openIntake(parts);
  const sourceOf = cachedSources(parts);
  return async (app) => {
    await app.register(async (scope) => {
      readAnyJson(scope);
      scope.addHook('onRequest', async (request, reply) => allowOrigin(request, reply, parts.origins));
      scope.options('/v1/*', async (_request, reply) => reply.status(204).send());
      for (const kind of ['batch', ...contract.wireTypes] as const)
        scope.post(`/v1/${kind}`, routeLimits, async (request, reply) => {
          const body = objectOf(request.body);
          const writeKey = writeKeyOf(request, body);
          const source = await sourceOf(writeKey);
          const raws = kind === 'batch' ? listOf(body['batch']) : [{ ...body, type: kind }];
          const receivedAt = parts.clock();
          const isOwn = writeKey === contract.shopWriteKey; // a partner's server speaks for many, and has no cookie
          const visitorId = isOwn ? parts.visitorOf?.(request, reply, pageIdIn(raws)) : undefined;
          const arrival = { receivedAt, sentAt: body['sentAt'], visitorId, newId: randomUUID };
          const { events, rejected } = sortOut(raws, arrival);
          if (events.length > 0) await intake.keep({ source: source.name, channel: source.channel, events, receivedAt });
          return reply.send({ success: events.length > 0 || raws.length === 0, accepted: events.length, rejected });
        });
    });
  };
}

/** A server of a partner sends for thousands of visitors from one address. */
const routeLimits = {
  bodyLimit: contract.wireLimits.batchBytesMax,
  config: { rateLimit: { max: 60_000, timeWindow: 60_000 } },
};

function sortOut(raws: readonly unknown[], arrival: Arrival): { events: KeptEvent[]; rejected: contract.Rejected[] } {
  const events: KeptEvent[] = [];
  const rejected: contract.Rejected[] = [];
  for (const [index, raw] of raws.entries()) {
    const read = readEvent(raw, arrival);
    const isTooLarge = !Array.isArray(read) && weigh(read) > contract.wireLimits.eventBytesMax;
    if (Array.isArray(read) || isTooLarge) {
      const messageId = typeof raw === 'object' && raw !== null && 'messageId' in raw ? raw.messageId : undefined;
      rejected.push({
        index,
        messageId: typeof messageId === 'string' ? messageId.slice(0, 100) : null,
        reasons: Array.isArray(read) ? read : ['event.too_large'],
      });
    } else events.push(read);
  }
  return { events, rejected };
}

/** A browser's batch speaks of one visitor. */
function pageIdIn(raws: readonly unknown[]): string | undefined {
  const [first] = raws;
  const id = typeof first === 'object' && first !== null && 'anonymousId' in first ? first.anonymousId : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

const weigh = (event: KeptEvent): number => Buffer.byteLength(JSON.stringify(event.properties));

/** Some clients label JSON as text or as a form so that a browser sends it without asking first. */
function readAnyJson(app: FastifyInstance): void {
  const labels = ['text/plain', 'application/x-www-form-urlencoded'];
  app.removeContentTypeParser(labels);
  app.addContentTypeParser(
    labels,
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string | Buffer): Promise<unknown> => {
      try {
        return JSON.parse(body.toString());
      } catch {
        return refuse('request.invalid', {
          issues: [{ at: 'body', path: '', code: 'not_json', message: 'The body is not JSON' }],
        });
      }
    },
  );
}

function allowOrigin(request: FastifyRequest, reply: FastifyReply, origins: readonly string[]): void {
  const { origin } = request.headers;
  void reply.header('vary', 'Origin');
  if (origin === undefined || !origins.includes(origin)) return;
  void reply
    .header('access-control-allow-origin', origin)
    .header('access-control-allow-credentials', 'true')
    .header('access-control-allow-methods', 'POST')
    .header('access-control-allow-headers', 'authorization, content-type, x-write-key')
    .header('access-control-max-age', '86400');
}

/** Sources change rarely and are asked for with each request: at most 10 s old. */
function cachedSources({ db, clock }: CollectionParts): (writeKey: string | undefined) => Promise<Source> {
  const freshMs = 10_000;
  let sources = new Map<string, Source>();
  let readAtMs = Number.NEGATIVE_INFINITY;
  return async (writeKey) => {
    const now = clock();
    if (Math.abs(now.getTime() - readAtMs) > freshMs) {
      const found = await inTx(db, { actor: system('collection'), now, isReadOnly: true }, (ctx) => listSources(ctx.tx));
      sources = new Map(found.map((source) => [source.writeKey, source]));
      readAtMs = now.getTime();
    }
    return (writeKey === undefined ? undefined : sources.get(writeKey)) ?? refuse('collection.unknown_key');
  };
}

function writeKeyOf(request: FastifyRequest, body: Readonly<Record<string, unknown>>): string | undefined {
  const { authorization, 'x-write-key': header } = request.headers;
  if (authorization?.startsWith('Basic ')) return Buffer.from(authorization.slice(6), 'base64').toString().split(':')[0];
  if (typeof header === 'string') return header;
  return typeof body['writeKey'] === 'string' ? body['writeKey'] : undefined;
}

function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Readonly<Record<string, unknown>>;
  return refuse('request.invalid', {
    issues: [{ at: 'body', path: '', code: 'invalid_type', message: 'An object is expected' }],
  });
}

function listOf(batch: unknown): readonly unknown[] {
  if (!Array.isArray(batch))
    return refuse('request.invalid', {
      issues: [{ at: 'body', path: 'batch', code: 'invalid_type', message: 'A list is expected' }],
    });
  if (batch.length > contract.wireLimits.batchEventsMax)
    refuse('request.too_large', { eventsMax: contract.wireLimits.batchEventsMax });
  return batch;
}
