import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, test } from 'vitest';
import { products } from './sample-goods.ts';
import { address } from './sample-house.ts';
import { aDeclinedOrder, anOrder, aRichOrder } from './sample-orders.ts';
import { serveSample, type Served } from './served.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    'void-style': 'off',
    'no-inline-style': 'error',
    'require-sri': 'off', // every file is our own
    'long-title': 'off', // titles carry product names; their length is checked below
    'no-trailing-whitespace': 'off',
    'tel-non-breaking': 'off',
    'prefer-native-element': 'off',
    'meta-refresh': 'off', // only for browsers without scripts, only while a payment is open
    'valid-autocomplete': 'error',
  },
});

const item = products[1];
const pages = [
  '/', '/c/apparel', '/c/apparel?page=1&option=%E9%A2%9C%E8%89%B2%3A%E8%97%8F%E9%9D%92&stock=1&max=300', '/c/food/tea', '/search', '/search?q=T',
  '/search?q=zzzz', '/wishes?text=zzzz', '/p/item-2', '/p/item-6', '/p/item-2?sku=SKU-2-10', '/p/gone-item', '/cart', '/checkout', '/orders/SO20261122-0001', '/orders/SO-SHIPPED?token=t',
  '/paid/SO20261122-0001?token=t', '/paid/SO-SHIPPED', '/sign-in', '/flash', '/coupons', '/orders/SO-SHIPPED/changes?line-1=1', '/orders/SO-RICH', '/paid/SO-DECLINED', '/pages/rules', '/pages/returns', '/pages/invoices', '/pages/privacy', '/nope', '/c/nope',
]; // prettier-ignore
const memberPages = [
  '/account',
  '/account/addresses',
  `/account/addresses/${address.id}`,
  '/account/coupons',
  '/account/points',
  '/account/email',
  '/account/email?code=123456',
  '/coupons',
  '/cart',
  '/checkout',
];
const both = (list: readonly string[]) => list.flatMap((path) => [path, path === '/' ? '/en' : `/en${path}`]);

let guest: Served;
let member: Served;
beforeAll(async () => {
  [guest, member] = await Promise.all([serveSample(), serveSample({ isMember: true })]);
  for (const served of [guest, member]) {
    await served.post('/cart/lines', { sku: 'SKU-2-00', quantity: '2' });
    await served.post('/cart/lines', { sku: 'SKU-6', quantity: '1' });
    await served.post('/cart/lines/SKU-6/removal');
    served.orders.set('SO20261122-0001', anOrder());
    served.orders.set('SO-RICH', aRichOrder());
    served.orders.set('SO-DECLINED', aDeclinedOrder());
    served.orders.set(
      'SO-SHIPPED',
      anOrder({
        number: 'SO-SHIPPED',
        state: 'shipped',
        paidAt: '2026-11-22T06:01:00Z',
        releasedAt: '2026-11-22T06:02:00Z',
        shippedAt: '2026-11-22T07:00:00Z',
        moves: ['delivered'],
      }),
    );
  }
});

const checkPage = (html: string) => {
  const { results } = validator.validateStringSync(html);
  expect(
    results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, line, column }) => `${ruleId}: ${message} at ${line}:${column}`),
    ),
  ).toEqual([]);
  expect(html.match(/<h1[\s>]/g)).toHaveLength(1);
  expect(html.match(/<main[\s>]/g)).toHaveLength(1);
  for (const [tag] of html.matchAll(/<img[^>]*>/g)) expect(tag).toMatch(/ width="\d+" height="\d+"/);
  for (const [, attributes = '', text = ''] of html.matchAll(/<script([^>]*)>([^<]*)<\/script>/g))
    expect(attributes.includes('application/') || text === '', 'no script runs inside the page').toBe(true);
};

test.each(both(pages))('%s is valid HTML with one h1, landmarks, sized pictures and no script of its own', async (path) => {
  checkPage(await guest.get(path));
});

test.each(both(memberPages))('%s is valid for a member', async (path) => {
  checkPage(await member.get(path));
});

test.each(both(pages).filter((path) => !path.includes('?')))(
  '%s says its language and leads to itself in the other one',
  async (path) => {
    const html = await guest.get(path);
    const isEnglish = path.startsWith('/en');
    expect(html).toContain(`<html lang="${isEnglish ? 'en' : 'zh-CN'}"`);
    const other = isEnglish ? path.slice(3) || '/' : path === '/' ? '/en' : `/en${path}`;
    expect(html).toContain(`<a href="${other}" hreflang`);
  },
);

describe('for search engines', () => {
  test('a product page and its structured data say the same name, price, stock and path', async () => {
    for (const [path, sku] of [
      ['/p/item-2', 'SKU-2-00'],
      ['/en/p/item-2?sku=SKU-2-10', 'SKU-2-10'],
    ] as const) {
      const html = await guest.get(path);
      const [product = {}, crumbs] = jsonLd(html);
      const visible = html.replaceAll(/<script[\s\S]*?<\/script>/g, '').replaceAll(/<[^>]+>/g, '\n');
      const variant = item?.variants.find((one) => one.sku === sku);
      expect(product).toMatchObject({
        '@type': 'Product',
        sku: sku,
        offers: {
          price: ((variant?.priceFen ?? 0) / 100).toFixed(2),
          priceCurrency: 'CNY',
          availability: variant?.disabledReason === null ? 'https://schema.org/InStock' : 'https://schema.org/OutOfStock',
        },
      });
      expect(visible).toContain(String(product['name']));
      expect(visible).toContain(`¥${(product['offers'] as { price: string }).price}`);
      const isOut = /暂时缺货|Out of stock/.test(visible.split(/商品介绍|About this product/)[0] ?? '');
      expect(isOut).toBe(variant?.disabledReason !== null);
      for (const { name } of (crumbs as { itemListElement: { name: string }[] }).itemListElement) expect(visible).toContain(name);
    }
  });

  test('pages to be found have one canonical address, three alternates and a description', async () => {
    for (const path of ['/', '/c/apparel', '/p/item-2', '/pages/rules']) {
      const html = await guest.get(path);
      expect(html).toContain(`<link rel="canonical" href="http://shop.test${path}"/>`);
      expect(html.match(/rel="alternate" hreflang="(zh-CN|en|x-default)"/g)).toHaveLength(3);
      expect(html).toMatch(/<meta name="description" content="[^"]{10,}"/);
      expect(html).not.toContain('noindex');
    }
  });

  test('filtered, sorted, searched and private pages stay out of the index', async () => {
    for (const path of ['/c/apparel?stock=1', '/c/apparel?sort=price_asc', '/search?q=T', '/cart', '/sign-in', '/nope'])
      expect(await guest.get(path)).toContain('noindex');
  });

  test('an unknown page is 404, a product sold no more 410 with others of its kind, an old address moves for good', async () => {
    expect((await guest.app.inject({ url: '/p/unknown' })).statusCode).toBe(404);
    expect((await guest.app.inject({ url: '/c/apparel?page=9' })).statusCode).toBe(404);
    const gone = await guest.app.inject({ url: '/p/gone-item' });
    expect(gone.statusCode).toBe(410);
    expect(gone.body).toContain('/p/item-5');
    expect(gone.body).toContain('旧款茶饼');
    const moved = await guest.app.inject({ url: '/en/p/old-item' });
    expect([moved.statusCode, moved.headers.location]).toEqual([301, '/en/p/item-1']);
    expect((await guest.app.inject({ url: '/en/' })).headers.location).toBe('/en');
  });

  test('the sitemap names every product in both languages with its last change; robots names the sitemap', async () => {
    expect(await guest.get('/sitemap.xml')).toContain(
      '<loc>http://shop.test/sitemaps/products-1.xml</loc><lastmod>2026-11-20T08:00:00Z</lastmod>',
    );
    const urls = await guest.get('/sitemaps/products-1.xml');
    expect(urls.match(/<url>/g)).toHaveLength(products.length * 2);
    expect(urls).toContain('hreflang="en" href="http://shop.test/en/p/item-64"');
    expect(await guest.get('/sitemaps/pages.xml')).toContain('<loc>http://shop.test/c/apparel</loc>');
    expect(await guest.get('/robots.txt')).toContain('Sitemap: http://shop.test/sitemap.xml');
    expect((await guest.app.inject({ url: '/sitemaps/products-0.xml' })).statusCode).toBe(404);
  });
});

test('what a visitor types comes back as text, never as markup', async () => {
  const html = await guest.get(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
  expect(html).not.toContain('<script>alert');
  expect(html).not.toContain('"><script');
  const order = anOrder({ number: 'SO-NASTY', note: '</script><img src=x onerror=alert(1)>' });
  guest.orders.set('SO-NASTY', order);
  expect(await guest.get('/orders/SO-NASTY')).not.toContain('<img src=x');
});

test('pages forbid foreign scripts, frames and styles', async () => {
  const { headers } = await guest.app.inject({ url: '/p/item-2' });
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('a page that is the same for everybody sets no cookie and asks the house once for many visitors', async () => {
  const served = await serveSample();
  const replies = await Promise.all(Array.from({ length: 20 }, () => served.app.inject({ url: '/p/item-3' })));
  expect(replies.every(({ statusCode, headers }) => statusCode === 200 && headers['set-cookie'] === undefined)).toBe(true);
  expect(served.calls.filter((one) => one === 'GET /shop/products/:slug')).toHaveLength(1);
  const etag = String(replies[0]?.headers['etag']);
  expect((await served.app.inject({ url: '/p/item-3', headers: { 'if-none-match': etag } })).statusCode).toBe(304);
});

test('an order that costs nothing does not say that a payment came', async () => {
  guest.orders.set('SO-FREE', anOrder({ number: 'SO-FREE', state: 'paid', totalFen: 0 }));
  const html = await guest.get('/paid/SO-FREE?token=t');
  expect(html).toContain('已下单，不用付款');
  expect(html).not.toContain('付款收到了');
});

test('a declined payment is said as one, waits for no notice, and leads on to paying again', async () => {
  const html = await guest.get('/paid/SO-DECLINED?token=t');
  expect(html).toContain('这次付款没有成功');
  expect(html).not.toContain('data-poll');
  expect(html).toContain('action="/orders/SO-DECLINED/payment"');
});

test('a page for one person is never kept', async () => {
  for (const path of ['/cart', '/checkout', '/orders/SO20261122-0001', '/sign-in'])
    expect((await guest.app.inject({ url: path })).headers['cache-control']).toBe('no-store');
});

test('a browser without scripts asks again by itself while a payment is open, and not after', async () => {
  expect(await guest.get('/paid/SO20261122-0001')).toContain('<noscript><meta http-equiv="refresh" content="3"/></noscript>');
  expect(await guest.get('/paid/SO-SHIPPED')).not.toContain('http-equiv="refresh"');
});

function jsonLd(html: string): Record<string, unknown>[] {
  return [...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => JSON.parse(text) as Record<string, unknown>,
  );
}
