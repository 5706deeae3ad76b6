import { storefront } from '@tongshang/contract';
import type { FastifyInstance } from 'fastify';
import { bodyFor, makeBody, type Body } from '../http/body.ts';
import type { Desk } from '../http/desk.ts';
import { makeMicroCache } from '../http/micro-cache.ts';
import { categoryUrl, flashUrl, policyUrl, productUrl } from '../lib/urls.ts';
import { hrefIn } from '../site.ts';
import { common } from '../words/common.ts';
import { policyNames } from '../words/policies.ts';

const productsPerFile = 5_000;
const sitemapTtlMs = 60_000;

interface Place {
  path: string;
  changedAt?: string;
}

/** What search engines and home screens ask for: sitemap in parts, robots, manifest. */
export function seoRoutes(app: FastifyInstance, desk: Desk): void {
  const { origin } = desk.parts;
  const files = makeMicroCache<Body>({ ttlMs: sitemapTtlMs, entriesMax: 50 });

  app.get('/robots.txt', (_request, reply) => {
    const closed = [
      '/cart',
      '/checkout',
      '/orders/',
      '/paid/',
      '/account',
      '/sign-in',
      '/suggest',
      '/search',
      '/coupons',
      '/divisions',
      '/flash/state',
    ];
    const lines = [
      'User-agent: *',
      ...closed.flatMap((path) => [`Disallow: ${path}`, `Disallow: /en${path}`]),
      'Disallow: /api/',
      `Sitemap: ${origin}/sitemap.xml`,
    ];
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(`${lines.join('\n')}\n`);
  });

  app.get('/sitemap.xml', async (request, reply) => {
    const body = await files.get('index', async () => makeBody(await sitemapIndex(desk)));
    return bodyFor(request, reply.type('application/xml; charset=utf-8'), body);
  });

  app.get('/sitemaps/:file', async (request, reply) => {
    const { file } = request.params as { file: string };
    const number = /^products-([1-9]\d{0,3})\.xml$/.exec(file)?.[1];
    if (file !== 'pages.xml' && number === undefined) return reply.callNotFound();
    const body = await files.get(file, async () =>
      makeBody(urlSet(origin, number === undefined ? await pagePlaces(desk) : await productPlaces(desk, Number(number)))),
    );
    return bodyFor(request, reply.type('application/xml; charset=utf-8'), body);
  });

  for (const language of ['zh-CN', 'en'] as const) {
    app.get(hrefIn(language, '/manifest.webmanifest'), (_request, reply) => {
      const brand = desk.parts.brand;
      const name = language === 'en' ? (brand?.nameEn ?? common.brandName.en) : (brand?.name ?? common.brandName.zh);
      return reply
        .type('application/manifest+json')
        .header('cache-control', 'public, max-age=3600')
        .send({
          name,
          short_name: name,
          lang: language,
          start_url: hrefIn(language, '/'),
          display: 'minimal-ui',
          background_color: '#ffffff',
          theme_color: '#ffffff',
          icons: [192, 512].map((size) => ({
            src: `/shop-assets/icon-${size}.png`,
            sizes: `${size}x${size}`,
            type: 'image/png',
          })),
        });
    });
  }
}

/** Walks the products once and keeps where each part begins. */
async function partsOf(desk: Desk): Promise<{ after: string | undefined; changedAt: string }[]> {
  const parts: { after: string | undefined; changedAt: string }[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await desk.parts.call({ actor: undefined }, storefront.listSitemap, {
      query: { after, limit: productsPerFile },
    });
    const changedAt = items.reduce((latest, { updatedAt }) => (updatedAt > latest ? updatedAt : latest), '');
    if (items.length > 0) parts.push({ after, changedAt });
    after = next ?? undefined;
  } while (after !== undefined);
  return parts;
}

async function sitemapIndex(desk: Desk): Promise<string> {
  const { origin } = desk.parts;
  const parts = await partsOf(desk);
  const entries = [
    `<sitemap><loc>${origin}/sitemaps/pages.xml</loc></sitemap>`,
    ...parts.map(
      ({ changedAt }, index) =>
        `<sitemap><loc>${origin}/sitemaps/products-${index + 1}.xml</loc><lastmod>${changedAt}</lastmod></sitemap>`,
    ),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</sitemapindex>\n`;
}

async function pagePlaces(desk: Desk): Promise<Place[]> {
  const categories = await desk.categories();
  return [
    { path: '/' },
    { path: flashUrl },
    ...categories.filter(({ count }) => count > 0).map(({ code }) => ({ path: categoryUrl(code) })),
    ...policyNames.map((name) => ({ path: policyUrl(name) })),
  ];
}

async function productPlaces(desk: Desk, number: number): Promise<Place[]> {
  const part = (await partsOf(desk))[number - 1];
  if (part === undefined) return [];
  const { items } = await desk.parts.call({ actor: undefined }, storefront.listSitemap, {
    query: { after: part.after, limit: productsPerFile },
  });
  return items.map(({ slug, updatedAt }) => ({ path: productUrl(slug), changedAt: updatedAt }));
}

/** Both languages of a page, each naming the other. */
function urlSet(origin: string, places: readonly Place[]): string {
  const entry = (path: string, place: Place): string => {
    const links = (['zh-CN', 'en'] as const).map(
      (language) => `<xhtml:link rel="alternate" hreflang="${language}" href="${xml(origin + hrefIn(language, place.path))}"/>`,
    );
    const changed = place.changedAt === undefined ? '' : `<lastmod>${place.changedAt}</lastmod>`;
    return `<url><loc>${xml(origin + path)}</loc>${changed}${links.join('')}</url>`;
  };
  const entries = places.flatMap((place) => [entry(hrefIn('zh-CN', place.path), place), entry(hrefIn('en', place.path), place)]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${entries.join('\n')}\n</urlset>\n`;
}

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
