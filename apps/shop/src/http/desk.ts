import { customers, promotions, storefront } from '@tongshang/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type * as z from 'zod';
import type { Choice, Places } from '../lib/divisions.ts';
import { type Language, splitPath } from '../lib/language.ts';
import { type RuleNames, skusNamed } from '../lib/rule.ts';
import type { ShopActor, ShopParts } from '../parts.ts';
import { makeSite, type Site } from '../site.ts';
import type { Category, Division, PublicRule } from '../views.ts';
import type { AssetStore } from './assets.ts';
import { type Body, bodyFor, makeBody } from './body.ts';
import { makeMicroCache } from './micro-cache.ts';

/** A page ready to send, or a way elsewhere. */
export type Answer = { status?: number; page: VNode; paysOutside?: boolean } | { redirect: string; status: 301 | 302 };

interface Made {
  status: number;
  body?: Body;
  redirect?: string;
}

/** What the routes share: the house's parts, the files, and the ways to answer. */
export interface Desk {
  parts: ShopParts;
  siteOf: (request: FastifyRequest) => Site;
  categories: () => Promise<readonly Category[]>;
  /** Provinces, or what lies below one; kept for an hour. */
  divisions: (parent?: string) => Promise<readonly Division[]>;
  /** What a parcel costs, and from which amount of goods it is free. */
  freight: () => Promise<Freight>;
  /** Rules that run now for some goods, by product. */
  rulesOf: (productIds: readonly string[]) => Promise<ReadonlyMap<string, readonly PublicRule[]>>;
  /** How the goods that these rules speak of are called. */
  namesFor: (rules: readonly PublicRule[]) => Promise<RuleNames>;
  /** Flash sales that run or come next, as of a second ago at most. */
  flash: () => Promise<FlashReply>;
  /** What there is to choose once this much is chosen. */
  places: (choice: Choice) => Promise<Places>;
  /** A page that is the same for everybody, kept for three seconds. `query` is what of the address counts. */
  sendShared: (
    request: FastifyRequest,
    reply: FastifyReply,
    query: string,
    make: (site: Site) => Promise<Answer>,
  ) => Promise<FastifyReply>;
  /** A page for one person, never kept. */
  sendOwn: (request: FastifyRequest, reply: FastifyReply, answer: Answer) => FastifyReply;
  who: (
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<{ actor: ShopActor; raw: { request: FastifyRequest; reply: FastifyReply } }>;
}

export type Freight = z.output<typeof storefront.getShopTerms.reply>['freight'];
export type FlashReply = z.output<typeof promotions.listFlashSales.reply>;

const sharedTtlMs = 3_000;
const flashTtlMs = 1_000;
const categoriesTtlMs = 5_000;
const divisionsTtlMs = 3_600_000;
const termsTtlMs = 60_000;
const labelsTtlMs = 5_000;

const renderPage = (page: VNode): string => `<!DOCTYPE html>${renderToString(page)}`;

export function makeDesk(parts: ShopParts, assets: AssetStore): Desk {
  const pages = makeMicroCache<Made>({ ttlMs: sharedTtlMs, entriesMax: 3_000 });
  const menus = makeMicroCache<readonly Category[]>({ ttlMs: categoriesTtlMs, entriesMax: 1 });
  const below = makeMicroCache<readonly Division[]>({ ttlMs: divisionsTtlMs, entriesMax: 500 });
  const divisions = (parent?: string) =>
    below.get(
      parent ?? '',
      async () => (await parts.call({ actor: undefined }, customers.listDivisions, { query: { parent } })).items,
    );
  const terms = makeMicroCache<Freight>({ ttlMs: termsTtlMs, entriesMax: 1 });
  const labels = makeMicroCache<ReadonlyMap<string, readonly PublicRule[]>>({ ttlMs: labelsTtlMs, entriesMax: 500 });
  const sales = makeMicroCache<FlashReply>({ ttlMs: flashTtlMs, entriesMax: 1 });
  // asked once a request: a newcomer asked twice would be two visitors, each with a cart of their own
  const askers = new WeakMap<FastifyRequest, Promise<ShopActor>>();
  const categories = () =>
    menus.get('all', async () => (await parts.call({ actor: undefined }, storefront.listCategories)).items);
  const siteFor = (language: Language, path: string): Site =>
    makeSite({ language, path, origin: parts.origin, assets, now: parts.clock(), writeKey: parts.writeKey, brand: parts.brand });
  const siteOf = (request: FastifyRequest): Site => {
    const { language, path } = splitPath(request.url);
    return siteFor(language, path);
  };
  return {
    parts,
    siteOf,
    categories,
    divisions,
    freight: () => terms.get('all', async () => (await parts.call({ actor: undefined }, storefront.getShopTerms)).freight),
    namesFor: async (rules) => {
      const sku = skusNamed(rules);
      const [known, shown] = await Promise.all([
        categories(),
        sku.length === 0 ? { items: [] } : parts.call({ actor: undefined }, storefront.showSkus, { query: { sku } }),
      ]);
      return { categories: known, skus: new Map(shown.items.map((item) => [item.sku, item])) };
    },
    rulesOf: (productIds) =>
      labels.get(productIds.join(), async () => {
        if (productIds.length === 0) return new Map();
        const query = { product: [...productIds] };
        const { items } = await parts.call({ actor: undefined }, promotions.listCardLabels, { query });
        return new Map(items.map(({ productId, rules }) => [productId, rules]));
      }),
    flash: () => sales.get('all', () => parts.call({ actor: undefined }, promotions.listFlashSales)),
    places: async ({ province, city }) => {
      const [provinces, cities, districts] = await Promise.all([
        divisions(),
        province === '' ? [] : divisions(province),
        city === '' ? [] : divisions(city),
      ]);
      return { provinces, cities, districts };
    },
    sendShared: async (request, reply, query, make) => {
      const [path = '/'] = request.url.split('?');
      const { language, path: bare } = splitPath(path);
      const made = await pages.get(path + query, async () => finish(await make(siteFor(language, bare + query))));
      return sendMade(request, reply.header('cache-control', 'public, no-cache'), made);
    },
    sendOwn: (request, reply, answer) =>
      sendMade(
        request,
        reply.header('cache-control', 'no-store'),
        finish(answer),
        'page' in answer && answer.paysOutside === true,
      ),
    who: async (request, reply) => {
      const actor = askers.get(request) ?? parts.actorOf(request, reply);
      askers.set(request, actor);
      return { actor: await actor, raw: { request, reply } };
    },
  };
}

function finish(answer: Answer): Made {
  if ('redirect' in answer) return answer;
  return { status: answer.status ?? 200, body: makeBody(renderPage(answer.page)) };
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'";

function sendMade(request: FastifyRequest, reply: FastifyReply, made: Made, paysOutside = false): FastifyReply {
  if (made.redirect !== undefined || made.body === undefined) return reply.redirect(made.redirect ?? '/', made.status);
  // a form that ends at the payment provider is followed there only when form-action does not forbid it
  reply
    .status(made.status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', paysOutside ? policy : `${policy}; form-action 'self'`)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'strict-origin-when-cross-origin')
    .header('permissions-policy', 'camera=(), geolocation=(), microphone=()')
    .header('cross-origin-opener-policy', 'same-origin');
  return bodyFor(request, reply, made.body);
}
