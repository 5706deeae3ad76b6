import { type ErrorCode, errorStatus, type Problem } from '@tongshang/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from './ctx.ts';
import type { Db } from './db.ts';
import { Refusal } from './fail.ts';
import { perform, type Route } from './route.ts';
import type { Clock } from './time.ts';

export { handle, handleOutside } from './route.ts';

export interface HttpParts {
  db: Db;
  clock: Clock;
  /** Who asks, from cookies or a key; a visitor without any is a guest shopper. */
  actorOf: (request: FastifyRequest, reply: FastifyReply) => Promise<Actor>;
  /** Origins whose pages may write with a cookie. */
  origins: readonly string[];
}

/** Binds every route below /api. Who-are-you → origin → permission → parse → transaction → run → parse reply → problem+json, once. */
export function bindRoutes(app: FastifyInstance, routes: readonly Route[], parts: HttpParts): void {
  for (const route of routes) {
    app.route({
      method: route.endpoint.method,
      url: `/api${route.endpoint.path}`,
      handler: async (request, reply) => {
        if (route.endpoint.method !== 'GET') checkOrigin(request, parts.origins);
        const actor = await parts.actorOf(request, reply);
        const result = await perform(parts, route, {
          actor,
          params: request.params,
          query: request.query,
          body: request.body ?? {},
          idempotencyKey: headerOf(request, 'idempotency-key'),
          raw: { request, reply },
        });
        return reply.sent ? reply : result;
      },
    });
  }
}

/** One error handler for the house: a refusal becomes problem+json, anything else is a bug that only the log sees. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = asRefusal(error);
    if (refusal === undefined) request.log.error({ err: error }, 'bug');
    const code: ErrorCode = refusal?.code ?? 'server.bug';
    void reply
      .status(errorStatus[code])
      .type('application/problem+json')
      .send(problem(code, refusal?.details ?? {}, request.id));
  });
  app.setNotFoundHandler((request, reply) => {
    void reply
      .status(404)
      .type('application/problem+json')
      .send(problem('page.not_found', { path: request.url.split('?')[0] }, request.id));
  });
}

const problem = (code: ErrorCode, details: Readonly<Record<string, unknown>>, requestId: string): Problem => ({
  type: `https://tongshang.dev/problems/${code}`,
  code,
  status: errorStatus[code],
  details,
  requestId,
});

function asRefusal(error: unknown): Pick<Refusal, 'code' | 'details'> | undefined {
  if (error instanceof Refusal) return error;
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return { code: 'request.too_large', details: {} };
  if (status === 429) return { code: 'request.too_many', details: {} };
  if (status === 503) return { code: 'server.busy', details: {} };
  if (typeof status === 'number' && status >= 400 && status < 500) return { code: 'request.invalid', details: { issues: [] } };
  return undefined;
}

/** A page of another site cannot write with our cookies: browsers send Origin with every write. */
function checkOrigin(request: FastifyRequest, origins: readonly string[]): void {
  const origin = headerOf(request, 'origin');
  if (origin === undefined) return; // not a browser: such a caller carries no cookie of a victim
  const own = `${request.protocol}://${request.headers.host ?? ''}`;
  if (origin !== own && !origins.includes(origin)) throw new Refusal('auth.forbidden', { origin });
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
