import { promotions, storefront } from '@tongshang/contract';
import { formatMoney } from '@tongshang/ui/format/money';
import type { FastifyInstance } from 'fastify';
import type { Answer, Desk } from '../http/desk.ts';
import { queryOf } from '../http/forms.ts';
import { refusalOf } from '../http/refusal.ts';
import { flashPrices } from '../lib/flash.ts';
import { listQuery, type ListState, parseListState } from '../lib/list-state.ts';
import { flashUrl, productUrl } from '../lib/urls.ts';
import { ErrorPage } from '../pages/error.tsx';
import { FlashPage } from '../pages/flash.tsx';
import { HomePage } from '../pages/home.tsx';
import { ListPage } from '../pages/list.tsx';
import { PolicyPage } from '../pages/policy.tsx';
import { ProductPage } from '../pages/product.tsx';
import type { Labels } from '../parts/card.tsx';
import type { Site } from '../site.ts';
import type { Card, Category, ListReply, Picture } from '../views.ts';
import { flashFacts } from '../words/flash-facts.ts';
import { type PolicyName, policyNames } from '../words/policies.ts';
import { inBothLanguages } from './both.ts';

const anyone = { actor: undefined };
const pageSize = 24;

/** Everything one can look at without being anybody: the same bytes for all, kept for three seconds. */
export function browseRoutes(app: FastifyInstance, desk: Desk): void {
  inBothLanguages(app, 'GET', '/', (request, reply) => desk.sendShared(request, reply, '', (site) => home(desk, site)));
  inBothLanguages(app, 'GET', '/c/*', (request, reply) => {
    const code = (request.params as { '*': string })['*'];
    const state = { ...parseListState(queryOf(request)), text: undefined };
    return desk.sendShared(request, reply, listQuery(state), (site) => list(desk, site, state, code));
  });
  inBothLanguages(app, 'GET', '/search', (request, reply) => {
    const state = parseListState(queryOf(request));
    return desk.sendShared(request, reply, listQuery(state), (site) => list(desk, site, state, undefined));
  });
  inBothLanguages(app, 'GET', '/p/:slug', (request, reply) => {
    const { slug } = request.params as { slug: string };
    const sku = queryOf(request).get('sku')?.slice(0, 64);
    const query = sku === undefined ? '' : `?sku=${encodeURIComponent(sku)}`;
    return desk.sendShared(request, reply, query, (site) => product(desk, site, slug, sku));
  });
  inBothLanguages(app, 'GET', '/pages/:name', (request, reply) => {
    const name = policyNames.find((one) => one === (request.params as { name: string }).name);
    return desk.sendShared(request, reply, '', (site) => policyOrNothing(desk, site, name));
  });
  inBothLanguages(app, 'GET', flashUrl, (request, reply) => desk.sendShared(request, reply, '', (site) => flash(desk, site)));
  inBothLanguages(app, 'GET', `${flashUrl}/state`, async (_request, reply) => {
    const { items, serverTime } = await desk.flash();
    const sales = items.map(({ promotionId, state, unitsLeft, items: goods }) => ({
      id: promotionId,
      state,
      left: unitsLeft,
      items: goods.map(({ sku, left }) => ({ sku, left })),
    }));
    return reply.header('cache-control', 'no-store').send({ sales, serverTime });
  });
  inBothLanguages(app, 'GET', '/suggest', async (request, reply) => {
    const text = (queryOf(request).get('text') ?? '').trim().slice(0, 100);
    if (text === '') return reply.send({ terms: [], categories: [], products: [] });
    return reply
      .header('cache-control', 'public, max-age=30')
      .send(await desk.parts.call(anyone, storefront.suggest, { query: { text } }));
  });
}

async function home(desk: Desk, site: Site): Promise<Answer> {
  const [categories, freight, flash, newest, popular] = await Promise.all([
    desk.categories(),
    desk.freight(),
    desk.flash(),
    desk.parts.call(anyone, storefront.listProducts, { query: { sort: 'newest', limit: 8, only: 'in_stock' } }),
    desk.parts.call(anyone, storefront.listProducts, { query: { sort: 'recommended', limit: 60, only: 'in_stock' } }),
  ]);
  const reduced = popular.items.filter((card) => card.listFen !== null && card.listFen > card.priceFen).slice(0, 8);
  const view = {
    categories,
    pictures: picturesOf(categories, [...popular.items, ...newest.items]),
    reduced: { items: reduced, endsAt: commonEnd(reduced) },
    newest: newest.items,
    freight,
    flash,
    labels: await labelsOf(desk, site, [...popular.items, ...newest.items]),
    popular: spread(popular.items.filter((card) => !reduced.includes(card))).slice(0, 12),
  };
  return { page: <HomePage site={site} view={view} /> };
}

/** When all these mark-downs end, if that is one known time; nothing is said otherwise. */
function commonEnd(cards: readonly Card[]): string | null {
  const ends = new Set(cards.map(({ priceEndsAt }) => priceEndsAt));
  return ends.size === 1 ? ([...ends][0] ?? null) : null;
}

/** What runs for each of these products: its flash price, else the rules for its kind of goods. */
async function labelsOf(desk: Desk, site: Site, cards: readonly Card[]): Promise<Labels> {
  const ids = [...new Set(cards.map(({ id }) => id))];
  const [rules, sales] = await Promise.all([desk.rulesOf(ids), desk.flash()]);
  return new Map(
    ids.map((id): [string, string[]] => {
      const [flashPrice] = flashPrices(sales.items, id);
      const named = (rules.get(id) ?? []).map(site.nameOf);
      return [id, flashPrice ? [`${site.say(flashFacts.price)} ${formatMoney(flashPrice.flashFen)}`] : named];
    }),
  );
}

const topOf = (card: Card): string => card.category.split('/')[0] ?? card.category;

/** The first picture of each top category. */
function picturesOf(categories: readonly Category[], cards: readonly Card[]): Map<string, Picture> {
  const pictures = new Map<string, Picture>();
  for (const { code, parent } of categories) {
    const image = parent === null ? cards.find((card) => topOf(card) === code && card.image !== null)?.image : undefined;
    if (image) pictures.set(code, image);
  }
  return pictures;
}

/** Takes from every top category in turn, so that the breadth of the shop is seen. */
function spread(cards: readonly Card[]): Card[] {
  const shelves = [...Map.groupBy(cards, topOf).values()];
  const longest = Math.max(0, ...shelves.map((shelf) => shelf.length));
  return Array.from({ length: longest }, (_, row) => shelves.flatMap((shelf) => shelf[row] ?? [])).flat();
}

async function list(desk: Desk, site: Site, state: ListState, code: string | undefined): Promise<Answer> {
  const categories = await desk.categories();
  const category = code === undefined ? undefined : categories.find((one) => one.code === code);
  if (code !== undefined && category === undefined) return notFound(site, categories);
  const found: ListReply = await desk.parts.call(anyone, storefront.listProducts, {
    query: {
      text: state.text,
      category: code,
      brand: [...state.brands],
      option: [...state.options],
      priceMinFen: state.minFen,
      priceMaxFen: state.maxFen,
      only: state.isInStock ? 'in_stock' : undefined,
      sort: state.sort,
      page: state.page,
      limit: pageSize,
    },
  });
  if (state.page > 1 && found.items.length === 0) return notFound(site, categories);
  const [freight, labels] = await Promise.all([desk.freight(), labelsOf(desk, site, found.items)]);
  return { page: <ListPage site={site} view={{ categories, category, state, list: found, freight, labels }} /> };
}

async function product(desk: Desk, site: Site, slug: string, sku: string | undefined): Promise<Answer> {
  const known = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && slug.length <= 120;
  const categories = await desk.categories();
  if (!known) return notFound(site, categories);
  const answer = await refusalOf(['product.not_found', 'product.retired'], () =>
    desk.parts.call(anyone, storefront.getProduct, { params: { slug } }),
  );
  if ('refused' in answer) {
    if (answer.refused.code === 'product.not_found') return notFound(site, categories);
    return gone(desk, site, categories, answer.refused.details);
  }
  if (answer.reply.slug !== slug) return { redirect: site.href(productUrl(answer.reply.slug, sku)), status: 301 };
  const shown = sku ?? answer.reply.variants.find(({ available }) => available > 0)?.sku;
  const [freight, flash, stores, offers, arrivesOn] = await Promise.all([
    desk.freight(),
    desk.flash(),
    desk.parts.call(anyone, storefront.stockByStore, { params: { slug } }),
    desk.parts.call(anyone, promotions.listProductPromotions, { params: { slug } }),
    shown === undefined ? null : arrivalOf(desk, slug, shown),
  ]);
  const names = await desk.namesFor([...offers.items, ...offers.coupons.map(({ rule }) => rule)]);
  const view = { categories, product: answer.reply, sku, freight, flash, stores: stores.items, offers, names, arrivesOn };
  return { page: <ProductPage site={site} view={view} /> };
}

/** The day by which it could be there; null when nobody carries it, or the address names no SKU of ours. */
async function arrivalOf(desk: Desk, slug: string, sku: string): Promise<string | null> {
  const answer = await refusalOf(['sku.not_found', 'request.invalid'], () =>
    desk.parts.call(anyone, storefront.arrivalOf, { params: { slug }, query: { sku } }),
  );
  return 'reply' in answer ? answer.reply.promisedOn : null;
}

/** A product that was sold once: said so, with others of its kind. */
async function gone(
  desk: Desk,
  site: Site,
  categories: readonly Category[],
  { category, name, nameEn }: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const isKnown = categories.some((one) => one.code === category);
  const others = isKnown
    ? await desk.parts.call(anyone, storefront.listProducts, {
        query: { category: String(category), limit: 8, only: 'in_stock' },
      })
    : undefined;
  const named = typeof name === 'string' && typeof nameEn === 'string' ? { name, nameEn } : undefined;
  const view = { categories, failure: 'gone' as const, requestId: '', alternatives: others?.items ?? [], name: named };
  return { status: 410, page: <ErrorPage site={site} view={view} /> };
}

/** Sales that run and come next, with what is left; scripts ask the same address for figures. */
async function flash(desk: Desk, site: Site): Promise<Answer> {
  const [categories, sales] = await Promise.all([desk.categories(), desk.flash()]);
  return { page: <FlashPage site={site} view={{ categories, sales }} /> };
}

async function policyOrNothing(desk: Desk, site: Site, name: PolicyName | undefined): Promise<Answer> {
  const categories = await desk.categories();
  return name === undefined
    ? notFound(site, categories)
    : { page: <PolicyPage site={site} view={{ categories, name, freight: await desk.freight() }} /> };
}

export const notFound = (site: Site, categories: readonly Category[]): Answer => ({
  status: 404,
  page: <ErrorPage site={site} view={{ categories, failure: 'not_found', requestId: '', alternatives: [] }} />,
});
