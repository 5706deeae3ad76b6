import { devices, expect, type Page, test } from '@playwright/test';
import { aCode, aPromotion, aPublicBatch, buyOne, endPromotion, inCrowd, type Rule } from './offers.ts';
import {
  addToCart,
  aPhone,
  aSku,
  askAs,
  checkOut,
  expectAccessible,
  expectNoSidewaysScroll,
  fillRecipient,
  pay,
  seeOrder,
  shop,
} from './places.ts';

const { viewport, userAgent, hasTouch, isMobile, deviceScaleFactor } = devices['iPhone 13'];
const phone = { viewport, userAgent, hasTouch, isMobile, deviceScaleFactor };

const made: string[] = [];
/** A promotion that runs until this journey ends, however it ends. */
async function running(rule: Rule): Promise<string> {
  const id = await aPromotion(rule);
  made.push(id);
  return id;
}
test.afterEach(async () => {
  for (const id of made.splice(0)) await endPromotion(id);
});

const fenOf = (text: string): number => Math.round(Number(text.replaceAll(/[^\d.]/g, '')) * 100);
const amountOf = async (page: Page, name: string): Promise<number> =>
  fenOf((await page.locator('.amounts').first().locator('div', { has: page.getByText(name, { exact: true }) }).locator('dd').last().textContent()) ?? ''); // prettier-ignore

test.describe('on a phone', () => {
  test.use(phone);

  test('somebody buys with a coupon: the code says what it gives, the button says what is paid, the order remembers', async ({
    page,
  }) => {
    const code = `PHONE${Date.now()}`;
    const promotionId = await running({
      name: '手机专享减十元',
      nameEn: '¥10 off',
      stage: 'coupon',
      needsCode: true,
      then: { gives: 'amount', of: {}, fen: 1000 },
    });
    await aCode(promotionId, code);
    const { slug } = await aSku('蜂蜜');
    await page.goto(`${shop}/p/${slug}`);
    await addToCart(page);
    await page.goto(`${shop}/cart`);
    const before = await amountOf(page, '应付');
    await page.locator('summary').filter({ hasText: '优惠券' }).click();
    await page.getByLabel('券码').fill('NOSUCHCODE');
    await page.getByRole('button', { name: '使用券码' }).click();
    await expect(page.locator('main')).toContainText('没有这个券码');
    await page.getByLabel('券码').fill(code.toLowerCase());
    await page.getByRole('button', { name: '使用券码' }).click();
    await expect(page.locator('main')).toContainText('已用，省 ¥10.00');
    await expect(page.locator('.line .why').first()).toContainText('手机专享减十元');
    expect(await amountOf(page, '应付')).toBe(before - 1000);
    await expectAccessible(page, 'the cart with a coupon');
    await expectNoSidewaysScroll(page, 'the cart with a coupon');

    await page.getByRole('button', { name: '去结算' }).click();
    await expect(page.locator('.hold .countdown')).toHaveText(/^(10:00|09:\d\d)$/);
    await fillRecipient(page);
    await expectAccessible(page, 'checkout on a phone');
    await expectNoSidewaysScroll(page, 'checkout on a phone');
    const visible = await page.locator('main form.two-columns :is(input, select, textarea):visible:not([type=radio])').count();
    expect(visible, 'fields to fill in').toBeLessThanOrEqual(8);
    await page.getByRole('button', { name: `支付 ¥${((before - 1000) / 100).toFixed(2)}` }).click();
    await expect(page.getByRole('heading', { name: '确认付款' })).toBeVisible();
    await pay(page);
    await seeOrder(page);
    await expect(page.locator('.order-lines .why')).toContainText('手机专享减十元');
    await expect(page.locator('.amounts').first()).toContainText(`手机专享减十元（${code}）`);
    expect(await amountOf(page, '合计')).toBe(before - 1000);
    await expectAccessible(page, 'the order on a phone');
    await expectNoSidewaysScroll(page, 'the order on a phone');
  });
});

test('single units are called off: the refund is shown first, then it is what comes back, and the house says the same', async ({
  page,
}) => {
  await running({
    name: '满一百减七元',
    nameEn: '¥7 off ¥100',
    stage: 'threshold',
    then: { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 100_00, off: { fen: 7_00 } }], repeats: false },
  });
  const { slug } = await aSku('热水壶');
  await page.goto(`${shop}/p/${slug}`);
  await page.getByLabel('数量', { exact: true }).fill('3');
  await addToCart(page);
  await checkOut(page);
  const number = await pay(page);
  await seeOrder(page);
  await page.locator('summary').filter({ hasText: '取消部分商品' }).click();
  await page.locator('.call-off input[type=number]').first().fill('1');
  await page.getByRole('button', { name: '先看能退多少' }).click();
  const said = (await page.getByRole('button', { name: /^取消 1 件，退/ }).textContent()) ?? '';
  const refundFen = fenOf(said.split('退')[1] ?? '');
  await expectAccessible(page, 'the refund before it happens');
  await page.getByRole('button', { name: /^取消 1 件，退/ }).click();
  await expect(page.locator('main')).toContainText('已取消所选商品');
  await expect(page.locator('.order-lines')).toContainText('已取消 1 件');
  await expect(async () => {
    await page.reload();
    await expect(page.locator('.refunds')).toContainText('已退款', { timeout: 1000 });
  }).toPass({ timeout: 15_000 });
  const staff = await askAs('operations');
  const { items } = await staff.get<{ items: { id: string }[] }>(`/orders?text=${number}`);
  const order = await staff.get<{ cancelledFen: number; totalFen: number; lines: { amountFen: number; quantity: number }[]; payments: { refunds: { amountFen: number }[] }[] }>(`/orders/${items[0]!.id}`); // prettier-ignore
  expect(order.cancelledFen).toBe(refundFen);
  expect(order.payments.flatMap(({ refunds }) => refunds).map(({ amountFen }) => amountFen)).toEqual([refundFen]);
  // the rest of the line keeps its share of the discount: what comes back later is what was paid
  await page.locator('summary').filter({ hasText: '取消订单' }).click();
  await expect(page.locator('main')).toContainText(`已付的 ¥${((order.totalFen - refundFen) / 100).toFixed(2)} 会原路退回`);
  await page.getByRole('button', { name: '再来一单' }).click();
  await expect(page.locator('main')).toContainText('已把 3 件放进购物车');
  await staff.close();
});

test('a flash sale of 100 units under 300 buyers: the counter in the browser is the ledger’s, and falls to nothing', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { sku, slug, name } = await aSku('牙刷');
  const staff = await askAs('admin');
  const clerk = await askAs('warehouse');
  const { correction } = await clerk.post<{ correction: { id: string; state: string } }>('/inventory/adjustments', {
    sku,
    location: 'WH1',
    change: 300,
    reason: 'found',
  });
  // so much at once wants a second person
  if (correction.state === 'waiting') await staff.post(`/inventory/corrections/${correction.id}/approval`, {});
  await clerk.close();
  const flashFen = 100;
  const promotionId = await running({
    name: '百件快抢',
    nameEn: 'A hundred for ¥1',
    stage: 'exclusive',
    then: { gives: 'fixed_price', of: { skus: [sku] }, unitFen: flashFen, unitsPerOrder: 1 },
    unitsMax: 100,
    unitsPerCustomer: 1,
    priority: 900,
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
  });
  // a browser whose clock is an hour ahead counts down no differently: the time is the server's
  await page.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 3_600_000;
  });
  await expect(async () => {
    await page.goto(`${shop}/flash`);
    await expect(page.locator(`[data-sale="${promotionId}"]`)).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  const sale = page.locator(`[data-sale="${promotionId}"]`);
  await expect(sale).toContainText('每人限购 1 件');
  await expect(sale.locator('[data-left-all]')).toHaveText('还剩 100 / 100 件');
  await expect(sale.locator('.countdown')).toHaveText(/^(59|60):\d\d$|^01:00:00$/);
  await expectAccessible(page, 'a flash sale');

  const crowd = (count: number) => inCrowd(count, 12, () => buyOne(sku, aPhone(), flashFen));
  const ledger = async (): Promise<number> => (await staff.get<{ balance: { units: number } }>(`/promotions/${promotionId}`)).balance.units; // prettier-ignore
  const first = await crowd(40);
  expect(first.filter((one) => one !== undefined)).toHaveLength(40);
  expect(await ledger()).toBe(40);
  await expect(sale.locator('[data-left-all]'), 'without a new page').toHaveText('还剩 60 / 100 件', { timeout: 8_000 });

  const rest = await crowd(260);
  const sold = [...first, ...rest].filter((one) => one !== undefined);
  expect(sold, 'exactly the units of the sale').toHaveLength(100);
  expect(await ledger()).toBe(100);
  await expect(sale.locator('[data-left-all]')).toHaveText('还剩 0 / 100 件', { timeout: 8_000 });
  await expect(sale.locator(`[data-flash-item="${sku}"]`)).toContainText('已抢光');
  await expect(sale.getByRole('button', { name: new RegExp(`抢购`) })).toBeDisabled();

  await expect(async () => {
    await page.goto(`${shop}/p/${slug}?sku=${sku}`);
    await expect(page.locator('.price-block .now')).not.toContainText('¥1.00', { timeout: 1000 });
  }, `${name} is sold at its usual price again`).toPass({ timeout: 10_000 });
  await staff.close();
});

test('a member takes a coupon, goes to checkout with the one that saves most, and keeps address and invoice for next time', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const saves = (fen: number) => running({ name: `立减 ${fen / 100} 元券`, nameEn: `¥${fen / 100} off`, stage: 'coupon', needsCode: true, then: { gives: 'amount', of: {}, fen } }); // prettier-ignore
  const small = await saves(300);
  const big = await saves(1500);
  await aPublicBatch(small);
  await aPublicBatch(big);
  await page.goto(`${shop}/sign-in`);
  await page.getByLabel('手机号').fill(aPhone());
  await page.getByRole('button', { name: '发送验证码' }).click();
  const said = await page.locator('main').getByText(/验证码是 \d{6}/).textContent(); // prettier-ignore
  await page.getByLabel('验证码', { exact: true }).fill(/\d{6}/.exec(said ?? '')?.[0] ?? '');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('您好');

  for (const name of ['立减 3 元券', '立减 15 元券']) {
    await page.goto(`${shop}/coupons`);
    await page.getByRole('button', { name: `领取：${name}` }).first().click(); // prettier-ignore
    await expect(page.locator('main')).toContainText(`已领到“${name}”`);
  }
  await judge(page, 'the coupon centre');
  await page.goto(`${shop}/account/coupons`);
  await expect(page.locator('.ticket:not(.off)')).toHaveCount(2);
  await judge(page, 'my coupons');
  await page.goto(`${shop}/account/points`);
  await expect(page.getByRole('heading', { level: 1, name: '我的积分' })).toBeVisible();
  await judge(page, 'my points');

  const { slug } = await aSku('蜂蜜');
  await page.goto(`${shop}/p/${slug}`);
  await addToCart(page);
  await page.goto(`${shop}/cart`);
  await page.getByRole('button', { name: '去结算' }).click();
  await expect(page.locator('.summary')).toContainText('立减 15 元券');
  await expect(page.locator('.summary')).not.toContainText('立减 3 元券（');
  await fillRecipient(page);
  await page.getByLabel('保存到地址簿').check();
  await page.locator('summary').filter({ hasText: '开发票' }).click();
  await page.getByLabel('普通发票 · 单位').check();
  await page.getByLabel('发票抬头').fill('杭州谷雨良品有限公司');
  await page.getByLabel('税号').fill('91350100M000100Y43');
  await page.getByLabel('保存这个抬头').check();
  await judge(page, 'a member’s checkout with an invoice');
  await page.getByRole('button', { name: /^支付 ¥/ }).click();
  await pay(page);
  await seeOrder(page);
  await expect(page.getByRole('heading', { name: '发票信息' })).toBeVisible();
  await judge(page, 'an order with an invoice');
  await page.goto(`${shop}/account`);
  await expect(page.locator('main')).toContainText('文三路 90 号 2 幢 301');
  await expect(page.locator('main')).toContainText('91350100M000100Y43');
  await expect(page.locator('main')).toContainText('1 张可用');
  await judge(page, 'the account');
});

/** Accessible, and not scrolling sideways, on a phone and on a screen. */
async function judge(page: Page, what: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await expectAccessible(page, `${what} at ${width}`);
    await expectNoSidewaysScroll(page, `${what} at ${width}`);
  }
}
