import { expect, test } from '@playwright/test';
import { addToCart, aSku, askAs, checkOut, openFound, pay, seeOrder, shop } from './places.ts';

test('a search finds what is meant: Chinese, pinyin, initials, English, a typing slip', async ({ page }) => {
  for (const [words, found] of [
    ['空气炸锅', '空气炸锅'],
    ['dianfanbao', '电饭煲'],
    ['kqzg', '空气炸锅'],
    ['toothbrush', '牙刷'],
    ['空汽炸锅', '空气炸锅'],
  ] as const) {
    // prettier-ignore
    await page.goto(`${shop}/`);
    await page
      .getByRole('combobox', { name: '搜索商品' })
      .or(page.getByRole('searchbox', { name: '搜索商品' }))
      .fill(words);
    await page.keyboard.press('Enter');
    await expect(page.locator('main a[href^="/p/"]').first()).toContainText(found);
  }
});

test('a guest finds a product by pinyin, pays, and follows the order by the link alone', async ({ page, browser }) => {
  await openFound(page, 'kongqizhaguo');
  await addToCart(page);
  await checkOut(page);
  const number = await pay(page);
  await seeOrder(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
  await expect(page.locator('main')).toContainText('空气炸锅');
  await expect(page.locator('main')).toContainText('王小敏');
  const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await other.goto(page.url());
  await expect(other.getByRole('heading', { level: 1 })).toContainText(number);
  const { pathname } = new URL(page.url());
  expect((await other.goto(shop + pathname))?.status(), 'without its token the link opens nothing').toBe(404);
  await other.context().close();
});

test('the way to buy works without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
  const page = await context.newPage();
  await openFound(page, '牙刷');
  await addToCart(page);
  await checkOut(page);
  await pay(page);
  await context.close();
});

test('after a declined payment the same order can be paid, the notice comes twice, and it is paid once', async ({ page }) => {
  await openFound(page, '热水壶');
  await addToCart(page);
  await checkOut(page);
  await page.getByRole('button', { name: '拒绝付款' }).click();
  const back = page.getByRole('link', { name: '返回商家' });
  const again = page.getByRole('button', { name: /^(重新支付|支付 ¥)/ });
  await expect(back.or(again).first()).toBeVisible();
  if (await back.isVisible()) await back.click();
  await again.first().click();
  const number = await pay(page, '付款，通知发两次');
  const staff = await askAs('operations');
  const { items } = await staff.get<{ items: { id: string }[] }>(`/orders?search=${number}`);
  const order = await staff.get<{ state: string; payments: { state: string }[]; timeline: { what: string }[] }>(
    `/orders/${items[0]!.id}`,
  );
  expect(order.payments.filter(({ state }) => state === 'captured')).toHaveLength(1);
  expect(order.timeline.filter(({ what }) => what === 'paid')).toHaveLength(1);
  await staff.close();
});

test('a cancelled order gives money and stock back', async ({ page }) => {
  await openFound(page, '台灯');
  const sku = await page.locator('main input[name=sku]').first().inputValue();
  const staff = await askAs('operations');
  const available = async () => {
    const { items } = await staff.get<{ items: { sku: string; location: string; available: number }[] }>(
      `/inventory/stock?search=${sku}`,
    );
    return items.find((one) => one.sku === sku && one.location === 'WH1')?.available;
  };
  const before = (await available()) ?? 0;
  await addToCart(page);
  await checkOut(page);
  expect(await available()).toBe(before - 1);
  await pay(page);
  await seeOrder(page);
  const total = await page.locator('.amounts .sum dd').first().textContent();
  const [amount = '¥'] = /¥[\d,.]+/.exec(total ?? '') ?? [];
  await page.locator('summary').filter({ hasText: '取消订单' }).click();
  await expect(page.locator('main')).toContainText(`已付的 ${amount} 会原路退回`);
  await page.getByRole('button', { name: '取消订单' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /已取消/ })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.locator('.refunds')).toContainText(new RegExp(`${amount.replace('.', '\\.')} · 已退款`), { timeout: 1000 });
  }).toPass({ timeout: 15_000 });
  await expect.poll(available).toBe(before);
  await staff.close();
});

test('a guest who signs in by a phone code keeps the cart, and sees the order among their own', async ({ page }) => {
  const phone = `139${String(Date.now()).slice(-8)}`;
  await openFound(page, '蜂蜜');
  await addToCart(page);
  await openFound(page, '台灯');
  await addToCart(page);
  await page.goto(`${shop}/cart`);
  const mine = await page.locator('.lines .line:has(form) h3').allTextContents();
  expect(mine).toHaveLength(2);
  await page.goto(`${shop}/sign-in`);
  await page.getByLabel('手机号').fill(phone);
  await page.getByRole('button', { name: '发送验证码' }).click();
  const said = await page
    .locator('main')
    .getByText(/验证码是 \d{6}/)
    .textContent();
  await page.getByLabel('验证码', { exact: true }).fill(/\d{6}/.exec(said ?? '')?.[0] ?? '');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('您好');
  await expect(page.getByRole('heading', { name: '我的订单' })).toBeVisible();
  await page.goto(`${shop}/cart`);
  expect((await page.locator('.lines .line:has(form) h3').allTextContents()).toSorted()).toEqual(mine.toSorted());
  await checkOut(page);
  const number = await pay(page);
  await page.goto(`${shop}/account`);
  const own = page
    .getByRole('region', { name: '我的订单' })
    .or(page.locator('section').filter({ hasText: '我的订单' }))
    .first();
  await expect(own).toContainText(number);
  await own.getByRole('link', { name: number }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
  await page.goto(`${shop}/account`);
  await page.getByRole('button', { name: '退出登录' }).click();
  expect((await page.request.get(`${shop}/orders/${number}`)).status(), 'the order is the member’s alone').toBe(404);
});

test('a quantity typed before the script of a slow phone arrives is the quantity that goes into the cart', async ({ page }) => {
  const { slug } = await aSku('热水壶');
  let arrive = () => {};
  const typed = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/buy-box/, async (route) => {
    await typed;
    await route.continue();
  });
  await page.goto(`${shop}/p/${slug}`, { waitUntil: 'commit' });
  await page.getByLabel('数量', { exact: true }).fill('3');
  arrive();
  // the script keeps its own notes on what it has taken over
  await page.waitForFunction(() => Object.keys(document.querySelector('#quantity') ?? {}).length > 0);
  await page.getByRole('button', { name: '加一件' }).click();
  await expect(page.getByLabel('数量', { exact: true })).toHaveValue('4');
});
