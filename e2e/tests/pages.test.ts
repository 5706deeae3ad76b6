import { expect, type Page, test } from '@playwright/test';
import { HtmlValidate } from 'html-validate';
import {
  addToCart,
  anOrder,
  aSku,
  askAs,
  checkOut,
  console_,
  expectAccessible,
  expectNoSidewaysScroll,
  openFound,
  shop,
  signIn,
} from './places.ts';

const widths = [1280, 390];

async function judge(page: Page, what: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expectAccessible(page, what);
  await expectNoSidewaysScroll(page, what);
}

for (const width of widths) {
  test(`every page of the shop is accessible and does not scroll sideways at ${width} px, in both languages`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const { slug, sku } = await aSku('牙刷');
    const order = await anOrder(sku);
    await page.setViewportSize({ width, height: 844 });
    await openFound(page, '台灯');
    await addToCart(page);
    const paths = ['/', '/c/food', '/search?q=tea', '/search?q=zzzzqqq', `/p/${slug}`, '/cart', '/checkout', '/sign-in', '/flash', '/coupons', '/pages/returns', order.link.slice(shop.length), '/nowhere']; // prettier-ignore
    for (const prefix of ['', '/en']) {
      for (const path of paths) {
        await page.goto(`${shop}${prefix}${path}`);
        await judge(page, `${prefix}${path} at ${width}`);
      }
    }
    await page.goto(shop);
    await checkOut(page); // the provider's page too
    await expectAccessible(page, 'the provider’s page');
  });
}

test('the pages of the shop as served are valid HTML, and the sitemap knows every product', async ({ request }) => {
  const { slug } = await aSku('羽绒服');
  const validator = new HtmlValidate({
    extends: ['html-validate:standard', 'html-validate:document'],
    rules: {
      'require-sri': ['error', { target: 'crossorigin' }], // our own files come from our own address
      'no-trailing-whitespace': 'off', // white space and quotes are the renderer's business
      'attribute-boolean-style': 'off',
      'doctype-style': 'off',
      'void-style': 'off',
      'long-title': 'off', // names of goods are as long as they are
      'tel-non-breaking': 'off',
    },
  });
  for (const path of [
    '/',
    '/c/food',
    '/search?q=tea',
    '/search?q=zzzzqqq',
    `/p/${slug}`,
    '/cart',
    '/sign-in',
    '/flash',
    '/coupons',
    '/pages/rules',
    '/nowhere',
  ]) {
    for (const prefix of ['', '/en']) {
      const html = await (await request.get(`${shop}${prefix}${path}`)).text();
      const { results } = await validator.validateString(html, path);
      const told = results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
      );
      expect.soft(told, `${prefix}${path}`).toEqual([]);
    }
  }

  expect(await (await request.get(`${shop}/robots.txt`)).text()).toContain(`Sitemap: ${shop}/sitemap.xml`);
  const index = await (await request.get(`${shop}/sitemap.xml`)).text();
  const parts = [...index.matchAll(/<loc>([^<]+\.xml)<\/loc>/g)].map(([, address = '']) => address);
  const texts = await Promise.all(parts.map(async (address) => (await request.get(address)).text()));
  const products = [...texts.join('').matchAll(/<loc>([^<]+\/p\/[^<]+)<\/loc>/g)].map(([, address = '']) => address);
  const { items } = (await (await request.get(`${shop}/api/shop/sitemap`)).json()) as { items: { slug: string }[] };
  expect(items.length).toBeGreaterThan(50);
  expect(new Set(products).size, 'every product, in both languages').toBe(items.length * 2);
});

interface Fact {
  '@type': string;
  name?: string;
  offers?: { price: string; availability: string };
  itemListElement?: { name: string }[];
}

test('a product page tells people and machines the same in both languages, is light, and does not jump', async ({ page }) => {
  const { slug } = await aSku('羽绒服');
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) bytes += (await response.request().sizes()).responseBodySize;
  });
  await page.goto(`${shop}/p/${slug}`);
  await page.waitForLoadState('networkidle');
  expect(bytes, 'JavaScript of the product page, bytes on the wire').toBeLessThan(60_000);
  expect(await layoutShift(page)).toBeLessThan(0.1);
  for (const image of await page.locator('img').all()) {
    await expect(image).toHaveAttribute('width', /^\d+$/);
    await expect(image).toHaveAttribute('height', /^\d+$/);
  }
  for (const prefix of ['', '/en']) {
    await page.goto(`${shop}${prefix}/p/${slug}`);
    await expect(page.locator('html')).toHaveAttribute('lang', prefix === '' ? 'zh-CN' : 'en');
    for (const lang of ['zh-CN', 'en', 'x-default']) await expect(page.locator(`link[hreflang="${lang}"]`)).toHaveCount(1);
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', `${shop}${prefix}/p/${slug}`);
    const facts = (await page.locator('script[type="application/ld+json"]').allTextContents()).map(
      (text) => JSON.parse(text) as Fact,
    );
    const product = facts.find((fact) => fact['@type'] === 'Product');
    const price = Number(product?.offers?.price).toLocaleString('en', { minimumFractionDigits: 2 });
    await expect(page.locator('.price-block .now')).toContainText(`¥${price}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(product?.name ?? '');
    expect(product?.offers?.availability).toContain('InStock');
    await expect(page.getByRole('button', { name: /加入购物车|Add to cart/ }).first()).toBeEnabled();
    const crumbs = facts.find((fact) => fact['@type'] === 'BreadcrumbList')?.itemListElement?.map(({ name }) => name) ?? [];
    const shown = page.getByRole('navigation', { name: /您在这里|You are here/ });
    for (const name of crumbs.slice(0, -1)) await expect(shown).toContainText(name);
    expect(crumbs.at(-1)).toBe(product?.name);
  }
  await page.getByRole('link', { name: '中文' }).first().click();
  await expect(page).toHaveURL(`${shop}/p/${slug}`); // the switch keeps the page
});

/** Cumulative layout shift of the page so far. */
const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const add = (entries: readonly PerformanceEntry[]) =>
          entries.forEach((entry) => (sum += (entry as unknown as { value: number }).value));
        const observer = new PerformanceObserver((list) => add(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            add(observer.takeRecords());
            resolve(sum);
          }),
        );
      }),
  );

/** Every page of the console; an address with `:` opens the first row of the list before it. */
const consolePages = {
  rest: [
  '/', '/sell/orders', ':', '/sell/orders/bulk', '/sell/orders/new', '/sell/till', '/sell/returns', ':', '/sell/products', ':', '/sell/customers', ':', '/supply/stock', ':', '/supply/purchases', ':', '/supply/suppliers',
  '/sell/prices', ':', '/sell/prices/changes', '/grow/promotions', ':', '/grow/promotions/new', '/grow/promotions/groups', '/grow/coupons', ':',
  '/know/overview', '/know/explore', '/know/explore/funnel', '/know/explore/retention', '/know/explore/cohorts', '/know/explore/paths', '/know/explore/rfm', '/know/metrics', ':', '/know/insight', '/know/insight/wishes', '/know/quality', '/know/boards', '/know/boards/executive', '/know/annotations', '/know/observations', '/know/schedules', '/know/imports', ':', '/know/events', ':', '/know/events/plan', '/know/events/violations', '/know/events/conflicts', '/know/events/sources', '/steer/alerts', '/steer/decisions', ':', '/steer/playbooks', '/steer/targets',
  '/settings/staff', '/settings/jobs', '/settings/audit', '/nowhere',
  ],
  supply: [
  '/supply/stock/lots', '/supply/stock/serials', ':', '/supply/stock/earmarks', '/supply/stock/ahead', '/supply/stock/safety', '/supply/stock/adjustments', ':', '/supply/stock/drift', ':', '/supply/transfers', ':', '/supply/counts', ':', '/supply/recalls', ':',
  '/supply/floor-board', ':', '/supply/floor-board?tab=list', '/supply/floor-board/picking', ':', '/supply/floor-board/packing', '/supply/floor-board/hand-over', '/supply/floor-board/bins', '/supply/pickup',
  '/supply/shipping', '/supply/shipping/carriers', ':', '/supply/shipping/places', '/supply/shipping/calendar', '/supply/purchases/landed-costs', ':', '/supply/purchases/landed-costs/new',
  ],
}; // prettier-ignore

for (const [width, [part, paths]] of widths.flatMap((one) =>
  Object.entries(consolePages).map((pages) => [one, pages] as const),
)) {
  test(`every page of the console (${part}) is accessible and does not scroll sideways at ${width} px`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${console_}/sign-in`);
    await judge(page, `/sign-in at ${width}`);
    await signIn(page, 'admin');
    // Chinese on the screen, English on the phone: words and widths of both are seen, each page once
    if (width === 390) await page.addInitScript(() => localStorage.setItem('ts.language', 'en'));
    await page.goto(console_); // its own styles are here before the first list
    for (const path of paths) {
      if (path === ':') {
        const first = page.locator('main [data-row][href]').first();
        if ((await first.count()) === 0) continue; // an empty list has nothing to open
        await first.click();
        await expect(page.locator('.list')).toHaveCount(0);
      } else await page.goto(console_ + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await judge(page, `${new URL(page.url()).pathname} at ${width}`);
    }
  });
}

test('the language switch changes every word at once and is remembered; home, orders and a decision work on a phone', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'executive');
  await page.goto(`${console_}/sell/orders`);
  await expect(page.getByRole('heading', { level: 1, name: '订单' })).toBeVisible();
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const staff = await askAs('executive');
  const { items } = await staff.get<{ items: { id: string; number: string }[] }>('/orders?limit=1');
  await page.goto(`${console_}/sell/orders/${items[0]?.id ?? ''}`);
  await expect(page.getByRole('heading', { level: 1, name: items[0]?.number ?? '' })).toBeVisible();
  for (const path of ['/', '/sell/orders', '/steer/decisions']) {
    await page.goto(console_ + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const han = await page.locator('main h1, main h2, main button, main th[scope=col], main label').allInnerTexts();
    expect(
      han.filter((text) => /[\u4e00-\u9fff]/.test(text) && !text.includes('顾总')),
      `${path} in English`,
    ).toEqual([]);
  }
  await page
    .getByRole('button', { name: /menu|navigation/i })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('link', { name: 'Decisions' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Decisions' })).toBeVisible();
  await staff.close();
});
