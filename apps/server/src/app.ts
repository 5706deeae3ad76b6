import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import statics from '@fastify/static';
import underPressure from '@fastify/under-pressure';
import * as contract from '@tongshang/contract';
import { buildOpenApi } from '@tongshang/contract/openapi';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { answerProblems, bindRoutes, type HttpParts } from './platform/http.ts';
import type { Route } from './platform/route.ts';
import { answerHealth, observeRequests } from './platform/telemetry.ts';

export interface AppParts extends HttpParts {
  routes: readonly Route[];
  logger: Logger;
  /** Folder with the built console; without it the app answers the API alone. */
  consoleDir: string | undefined;
  /** Folder of generated and uploaded pictures, served below /media. */
  mediaDir: string;
  /** More of the house that speaks HTTP: sign-in, collection. */
  plugins?: readonly ((app: FastifyInstance) => Promise<void>)[];
}

/** An empty Fastify with the manners of the house: ids, limits, compression, headers, problem+json, health, figures. */
export async function createBareApp(parts: Pick<AppParts, 'db' | 'logger' | 'mediaDir'>): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: parts.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: 'loopback',
    bodyLimit: 1_048_576,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 512 },
  }) as unknown as FastifyInstance;
  await observeRequests(app);
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'] });
  await app.register(rateLimit, { max: Number(process.env['RATE_LIMIT_MAX'] ?? 1200), timeWindow: 60_000 });
  await app.register(underPressure, { maxEventLoopDelay: 2000, maxRssBytes: 0, exposeStatusRoute: false });
  answerProblems(app);
  answerHealth(app, parts.db);
  await serveMedia(app, parts.mediaDir);
  return app;
}

async function serveMedia(app: FastifyInstance, mediaDir: string): Promise<void> {
  if (!existsSync(mediaDir)) return;
  await app.register(statics, {
    root: mediaDir,
    prefix: '/media/',
    decorateReply: false,
    immutable: true,
    maxAge: '30d',
    setHeaders: (reply) => void reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
  });
}

/** The API, its reference page and the console, as one app. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const app = await createBareApp(parts);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"], // antd writes its styles into the page
        imgSrc: ["'self'", 'data:', 'blob:'],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false, // the proxy that ends TLS says so
  });
  await app.register(multipart, { limits: { files: 1, fileSize: 512 * 1024 * 1024 } });
  for (const plugin of parts.plugins ?? []) await plugin(app);
  bindRoutes(app, parts.routes, parts);
  await serveReference(app);
  if (parts.consoleDir !== undefined && existsSync(parts.consoleDir)) await serveConsole(app, parts.consoleDir);
  return app;
}

/** OpenAPI as a file and as a page to read and try. */
async function serveReference(app: FastifyInstance): Promise<void> {
  const document = buildOpenApi(contract as unknown as Parameters<typeof buildOpenApi>[0]);
  app.get('/api/openapi.json', () => document);
  const { default: reference } = await import('@scalar/fastify-api-reference');
  await app.register(async (scope) => {
    scope.addHook('onSend', async (_request, reply) => {
      // the reference page brings inline script and style of its own
      void reply.header(
        'content-security-policy',
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:",
      );
    });
    await scope.register(reference, {
      routePrefix: '/reference',
      configuration: { url: '/api/openapi.json', withDefaultFonts: false, telemetry: false },
    });
  });
}

/** The console's files: hashed ones for ever, the rest asked for each time; an address that is no file is a page of the console. */
async function serveConsole(app: FastifyInstance, consoleDir: string): Promise<void> {
  await app.register(statics, { root: join(consoleDir, 'assets'), prefix: '/assets/', immutable: true, maxAge: '365d' });
  app.get('/*', (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (path.startsWith('/api/')) return reply.callNotFound();
    const file = /\.\w+$/.test(path) ? path.slice(1) : 'index.html';
    void reply.header('cache-control', 'no-cache');
    return reply.sendFile(file, consoleDir, { cacheControl: false });
  });
}
