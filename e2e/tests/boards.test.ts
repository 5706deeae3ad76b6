import { expect, type Page, test } from '@playwright/test';
import { askAs, console_, expectAccessible, expectNoSidewaysScroll, signIn } from './places.ts';

const wide = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };
const placeOf = async (page: Page, name: string) => page.getByRole('region', { name, exact: true }).boundingBox();

const line = {
  name: '订单数越线', nameEn: 'Orders beyond the line', metric: 'orders', entity: 'total', direction: 'above',
  fireLevel: 0, clearLevel: 0, holdMinutes: 0, against: 'level',
}; // prettier-ignore
let rule: { id: string; version: number } | undefined;

// Lines are judged once a minute: the one that the last journey needs is drawn before the others begin.
test.beforeAll(async () => {
  const staff = await askAs('executive');
  rule = await staff.post<{ id: string; version: number }>('/warnings/rules', { ...line, isActive: true });
  await staff.close();
});
test.afterAll(async () => {
  const staff = await askAs('executive');
  await staff.put(`/warnings/rules/${rule?.id}`, { ...line, isActive: false, version: rule?.version });
  await staff.close();
});

test('an analyst copies a cockpit, arranges it by keys and shares it; who was slower is told and loses nothing; the wall shows it', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize(wide.viewport);
  await signIn(page, 'analyst');
  await page.goto(`${console_}/know/boards`);
  await expectAccessible(page, 'boards');
  await page.getByRole('link', { name: '仓储驾驶舱', exact: true }).click();
  await expect(page.getByRole('button', { name: '编辑', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: '复制', exact: true }).click();
  const name = `我的仓库 ${Date.now()}`;
  await page.getByLabel('名称', { exact: true }).fill(name);
  await page.getByRole('button', { name: '复制看板' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

  await page.getByRole('button', { name: '编辑', exact: true }).click();
  const before = await placeOf(page, '今天每小时的订单');
  await page.getByRole('button', { name: '移动 今天每小时的订单' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByRole('status').filter({ hasText: '今天每小时的订单：第 1 列，第 1 行' })).toBeAttached();
  await page.getByRole('button', { name: '改名和共享' }).click();
  await page.getByLabel('共享给所有能看看板的人').check();
  await page.getByRole('button', { name: '用这个名称' }).click();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('button', { name: '复制链接' })).toBeVisible();
  const after = await placeOf(page, '今天每小时的订单');
  expect(after?.y).toBeLessThan(before?.y ?? 0);

  const other = await (await browser.newContext(wide)).newPage();
  await signIn(other, 'executive');
  await other.goto(page.url());
  for (const one of [page, other]) await one.getByRole('button', { name: '编辑', exact: true }).click();
  await page.getByRole('button', { name: '移走 库存件数' }).click();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('button', { name: '复制链接' })).toBeVisible();
  await other.getByRole('button', { name: '移走 准时送达率' }).click();
  await other.getByRole('button', { name: '保存', exact: true }).click();
  await expect(other.getByRole('dialog')).toContainText('这块看板刚被改过');
  await other.getByRole('button', { name: '把我的存成新看板' }).click();
  await expect(other.getByRole('heading', { level: 1, name: `${name}（我的改动）` })).toBeVisible();
  await expect(other.getByRole('region', { name: '库存件数', exact: true })).toBeVisible();
  await expect(other.getByRole('region', { name: '准时送达率', exact: true })).toHaveCount(0);

  await expectAccessible(page, 'a board');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page, 'a board on a phone');
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.getByRole('link', { name: '大屏' }).click();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  const figure = page.getByRole('region', { name: '准时送达率', exact: true }).locator('.figure-value');
  await expect(figure).toHaveCSS('font-size', '84px');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('what a marketer writes about a day stands on that day in the chart of whoever looks', async ({ page }) => {
  await signIn(page, 'marketer');
  await page.goto(`${console_}/know/annotations`);
  await page.getByRole('button', { name: '写标注' }).click();
  const title = `主播${Date.now() % 1_000}`;
  await page.getByLabel('标题').fill(title);
  const daysAgo = 2 + (Date.now() % 20); // a day of its own: what stands on the same day is told as one
  const day = new Date(Date.now() + 8 * 3_600_000 - daysAgo * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('开始日期').fill(day);
  await page.getByRole('button', { name: '写上标注' }).click();
  await expect(page.getByRole('row', { name: new RegExp(title) })).toContainText(day);
  await expectAccessible(page, 'annotations');
  await page.goto(`${console_}/know/boards/executive`);
  await expect(page.getByRole('region', { name: '净销售额，近 28 天' }).locator('.chart-plot svg')).toContainText(title);
  await page.goto(`${console_}/know/annotations`);
  await page.getByRole('button', { name: `删除 ${title}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
  await expect(page.getByRole('row', { name: new RegExp(title) })).toHaveCount(0);
});

test('an executive drills from a red tile to the orders behind it', async ({ page }) => {
  test.setTimeout(150_000);
  await signIn(page, 'executive');
  await page.goto(`${console_}/know/boards/executive`);
  const tile = page.getByRole('region', { name: '订单数', exact: true });
  const crossed = tile.getByRole('link', { name: /高于预警线 0：订单数越线/ });
  await expect(async () => {
    await page.reload();
    await expect(crossed).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 100_000 });
  await crossed.click();
  await expect(page.getByRole('heading', { name: /^背后的订单/ })).toBeVisible();
  await page.locator('main tbody a[href^="/sell/orders/"]').first().click();
  await expect(page).toHaveURL(/\/sell\/orders\//);
});
