import { expect, test } from '@playwright/test';
import { anOrder, aSku, console_, expectAccessible, expectNoSidewaysScroll, signIn } from './places.ts';

test('staff asks a buyer what a remark means; the buyer answers on the order’s page, and staff lets the order go on', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const { sku } = await aSku('牙刷');
  const order = await anOrder(sku, 1, { note: '请开发票，写公司名' });
  await order.pay();

  const desk = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })).newPage();
  await signIn(desk, 'operations');
  const row = desk.getByRole('row').filter({ hasText: order.number });
  await expect(async () => {
    await desk.goto(`${console_}/sell/exceptions`);
    await expect(row).toContainText('请开发票，写公司名', { timeout: 2000 });
  }).toPass({ timeout: 30_000 });
  await row.getByRole('button', { name: `${order.number} 的其他处理` }).click();
  await desk.getByRole('menuitem', { name: /询问买家/ }).click();
  await desk.getByLabel('要问买家的话').fill('公司全名是什么？');
  await desk.getByRole('button', { name: '发送问题' }).click();
  await expect(desk.getByText(`已把问题发给 ${order.number} 的买家`)).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(order.link);
  await expect(page.getByText('公司全名是什么？').first()).toBeVisible();
  expect(await page.content(), 'why it is held is the house’s business').not.toMatch(/风险|operations/);
  await expectAccessible(page, 'an order with a question');
  await expectNoSidewaysScroll(page, 'an order with a question');
  await page.getByLabel('您的回答').fill('杭州谷雨良品有限公司');
  await page.getByRole('button', { name: '发送回答' }).click();
  await expect(page.getByRole('button', { name: '发送回答' })).toHaveCount(0);

  await desk.goto(`${console_}/sell/exceptions`);
  await expect(row).toContainText('杭州谷雨良品有限公司');
  await expect(async () => {
    // each reason is let go by itself: the remark, and what was answered
    const next = row.getByRole('button', { name: /^解除/ });
    if ((await next.count()) > 0) await next.click({ timeout: 1000 });
    await expect(row).toHaveCount(0, { timeout: 1500 });
  }).toPass({ timeout: 20_000 });
  await page.reload();
  await expect(page.locator('[data-state]').first()).toHaveAttribute('data-state', /released|shipped/);
});
