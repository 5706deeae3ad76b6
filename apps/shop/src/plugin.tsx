import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AssetStore, loadAssets, serveAssets } from './http/assets.ts';
import { type Desk, makeDesk } from './http/desk.ts';
import { isFromOutside, readForms, wantsJson } from './http/forms.ts';
import { asRefused } from './http/refusal.ts';
import { ErrorPage, type Failure } from './pages/error.tsx';
import type { ShopParts } from './parts.ts';
import { accountRoutes } from './routes/account.tsx';
import { addressRoutes } from './routes/addresses.tsx';
import { emailRoutes } from './routes/email.tsx';
import { invoiceRoutes } from './routes/invoices.tsx';
import { browseRoutes } from './routes/browse.tsx';
import { cartRoutes } from './routes/cart.tsx';
import { checkoutRoutes } from './routes/checkout.tsx';
import { couponRoutes } from './routes/coupons.tsx';
import { answerRoutes } from './routes/order-answers.ts';
import { orderRoutes } from './routes/orders.tsx';
import { seoRoutes } from './routes/seo.ts';
import { wishRoutes } from './routes/wishes.tsx';

/** Mounts the pages of the shop, its assets, sitemap and robots; leaves `/api`, `/v1` and `/media` to the house. */
export async function shopPlugin(app: FastifyInstance, parts: ShopParts): Promise<void> {
  await mountShop(app, parts, loadAssets(join(import.meta.dirname, '../client')));
}

export async function mountShop(app: FastifyInstance, parts: ShopParts, assets: AssetStore): Promise<void> {
  await app.register(async (scope) => {
    const desk = makeDesk(parts, assets);
    readForms(scope);
    scope.addHook('preHandler', async (request, reply) => {
      if (request.method === 'GET' || request.method === 'HEAD' || !isFromOutside(request, parts.origin)) return;
      return fail(desk, request, reply, 'forbidden', 403);
    });
    scope.setErrorHandler((error, request, reply) => answerError(desk, error, request, reply));
    serveAssets(scope, assets);
    seoRoutes(scope, desk);
    browseRoutes(scope, desk);
    wishRoutes(scope, desk);
    cartRoutes(scope, desk);
    checkoutRoutes(scope, desk);
    couponRoutes(scope, desk);
    orderRoutes(scope, desk);
    answerRoutes(scope, desk);
    accountRoutes(scope, desk);
    addressRoutes(scope, desk);
    invoiceRoutes(scope, desk);
    emailRoutes(scope, desk);
    scope.get('/*', (request, reply) => {
      const [path = '/', query] = request.url.split('?');
      if (/[^/]\/$/.test(path)) return reply.redirect(path.slice(0, -1) + (query === undefined ? '' : `?${query}`), 301);
      const isOurs = !/^\/(?:api|v1|media|shop-assets|reference)\//.test(request.url);
      return isOurs ? fail(desk, request, reply, 'not_found', 404) : reply.callNotFound();
    });
  });
}

/** A refusal that no page expected, or a bug: said in words, with the id that the log has. */
async function answerError(desk: Desk, error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const refused = asRefused(error);
  const status = statusOf(error);
  if (refused === undefined && status >= 500) request.log.error({ err: error }, 'bug');
  if (wantsJson(request))
    return reply
      .status(status)
      .send({ code: refused?.code ?? 'server.bug', details: refused?.details ?? {}, requestId: request.id });
  if (status === 404 || refused?.code.endsWith('.not_found')) return fail(desk, request, reply, 'not_found', 404);
  if (refused?.code === 'auth.required') return reply.redirect(desk.siteOf(request).href('/sign-in'), 302);
  if (status === 429 || status === 503) return fail(desk, request, reply, 'busy', status);
  return fail(desk, request, reply, 'bug', status >= 400 ? status : 500);
}

function statusOf(error: unknown): number {
  const holder = typeof error === 'object' && error !== null ? (error as { statusCode?: unknown; status?: unknown }) : {};
  const status = Number(holder.statusCode ?? holder.status ?? 500);
  return Number.isInteger(status) && status >= 400 && status < 600 ? status : 500;
}

/** The error page must not fail itself: without categories it has no menu. */
async function fail(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  failure: Failure,
  status: number,
): Promise<FastifyReply> {
  const categories = await desk.categories().catch(() => []);
  const view = { categories, failure, requestId: request.id, alternatives: [] };
  return desk.sendOwn(request, reply, { status, page: <ErrorPage site={desk.siteOf(request)} view={view} /> });
}
