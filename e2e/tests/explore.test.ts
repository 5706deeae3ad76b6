import { expect, type Locator, type Page, test } from '@playwright/test';
import { anOrder, aSku, askAs, console_, expectAccessible, signIn } from './places.ts';

const answer = (page: Page): Locator => page.getByRole('region', { name: '答案' });
const day = (daysAgo: number): string => new Date(Date.now() + 8 * 3_600_000 - daysAgo * 86_400_000).toISOString().slice(0, 10);

test('an executive sees a figure that fell, follows it into the explorer and down to the orders behind it', async ({ page }) => {
  test.setTimeout(120_000);
  const { sku } = await aSku('台灯');
  const order = await anOrder(sku);
  await order.pay();
  await signIn(page, 'executive');
  const staff = await askAs('executive');
  const netOf = async (number: string): Promise<boolean> => {
    const { items } = await staff.get<{ items: { state: string }[] }>(`/orders?text=${number}`);
    return items.some(({ state }) => state !== 'placed' && state !== 'pending_payment');
  };
  await expect.poll(() => netOf(order.number), { timeout: 20_000 }).toBe(true);
  await staff.close();

  await page.goto(`${console_}/know/overview`);
  const tile = page.getByRole('article', { name: '净销售额', exact: true });
  await expect(tile).toContainText(/较上周同日同时/);
  await tile.getByRole('link').click();
  await expect(page).toHaveURL(/know\/explore\?metrics=net_sales&by=hour&period=today&compare=same_weekday/);
  await expect(page.getByRole('heading', { level: 1, name: '指标分析' })).toBeVisible();
  await expect(answer(page)).toContainText('数据截至');

  const total = answer(page).locator('tr.total td').first();
  await total.getByRole('link').click();
  const orders = page.getByRole('region', { name: /^背后的订单/ });
  await expect(orders.getByRole('heading')).toBeFocused();
  await expect(async () => {
    await page.reload(); // others buy meanwhile: the address asks both anew, and both say the same
    await expect(orders).toContainText(`张订单，合起来正是 ${(await total.innerText()).trim()}`, { timeout: 3000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(page, 'explorer with orders');
  await orders.getByRole('link', { name: order.number }).click();
  await expect(page.getByRole('heading', { level: 1, name: order.number })).toBeVisible();
  await page.goBack();
  await expect(orders).toContainText(order.number);
});

test('a figure is split by channel and drilled; another browser that opens the link sees the same; what an address says wrongly is named', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await signIn(page, 'analyst');
  await page.goto(
    `${console_}/know/explore?metrics=net_sales&metrics=orders&by=channel&from=${day(8)}&to=${day(1)}&compare=previous`,
  );
  const rowOf = (name: string): Locator => answer(page).getByRole('row', { name: new RegExp(`^${name}`) });
  const ofShop = (await rowOf('网店').getByRole('cell').first().innerText()).trim();
  expect(ofShop).toMatch(/^¥/);
  await rowOf('网店').getByRole('rowheader').getByRole('link').click();
  await expect(page).toHaveURL(/channel=shop/);
  await expect(answer(page).locator('tr.total td').first()).toHaveText(ofShop);

  const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await signIn(other, 'executive');
  await other.goto(page.url());
  await expect(answer(other).locator('tr.total td').first()).toHaveText(ofShop);
  await other.context().close();

  await page.goto(`${console_}/know/explore?metrics=net_sales&by=channel&by=store&from=${day(8)}&to=${day(1)}`);
  await expect(answer(page).getByRole('columnheader').first()).toHaveText('渠道 \\ 门店');
  await expectAccessible(page, 'pivot');
  await page.goto(`${console_}/know/explore?metrics=gold&by=moon&from=x`);
  await expect(page.getByText(/参数无法识别，已忽略/)).toContainText('by');
  await expect(page.getByRole('region', { name: '问题' }).getByRole('combobox', { name: '指标' })).toBeVisible();
});

test('an analyst builds a funnel with steps moved by keys, saves it to a board and schedules it; the saved question opens the same', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signIn(page, 'analyst');
  const mark = Date.now().toString(36);
  const staff = await askAs('analyst');
  const board = { name: { zh: `漏斗看板 ${mark}`, en: `Funnels ${mark}` }, isShared: false, bar: {}, tiles: [] };
  await staff.post('/boards', board);
  const { name: self } = await staff.get<{ name: string }>('/me');
  await staff.close();
  await page.goto(`${console_}/know/explore/funnel`);
  const names = (): Promise<string[]> => page.locator('.step-list .event-name').allInnerTexts();
  await expect(page.locator('.step-list > li')).toHaveCount(4);
  await expect(answer(page).getByRole('row', { name: /^1\. Product Viewed/ })).toBeVisible();
  const persons = async (step: number): Promise<number> =>
    Number(
      (
        await answer(page)
          .getByRole('row', { name: new RegExp(`^${step}\\. `) })
          .getByRole('cell')
          .first()
          .innerText()
      ).replaceAll(/\D/g, ''),
    );
  expect(await persons(1)).toBeGreaterThan(0);
  expect(await persons(4)).toBeLessThanOrEqual(await persons(1));

  await page.getByRole('button', { name: '删除第 3 步' }).click();
  await expect(page.locator('.step-list > li')).toHaveCount(3);
  const before = await names();
  await page.getByRole('button', { name: /^拖动第 3 步/ }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByRole('status').filter({ hasText: '现在是第 2 步' })).toHaveCount(1);
  await expect.poll(names).not.toEqual(before);
  await expect(page.getByRole('button', { name: /^拖动第 2 步/ })).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(names).toEqual(before);

  await page.getByRole('combobox', { name: '按什么分群' }).click();
  await page.locator('.ant-select-dropdown:visible').getByText('按新客与老客').click();
  await expect(page).toHaveURL(/by=customer/);
  await expect(answer(page).getByRole('region', { name: '分群对照' })).toBeVisible();
  await expectAccessible(page, 'funnel');

  const name = `下单漏斗 ${mark}`;
  await page.getByRole('button', { name: '保存', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称', { exact: true }).fill(name);
  await dialog.getByLabel('同时放到看板').click();
  await page.locator('.ant-select-dropdown:visible').getByText(board.name.zh).click();
  await dialog.getByRole('button', { name: '保存问题' }).click();
  await expect(dialog).toHaveCount(0);
  const asked = new URL(page.url()).search;
  await page.getByRole('link', { name: '打开看板' }).click();
  await expect(page.getByRole('heading', { level: 1, name: board.name.zh })).toBeVisible();
  await expect(page.locator('main')).toContainText(name);
  await expect(page.locator('main .funnel-bars li').first()).toContainText('Product Viewed');

  await page.getByRole('link', { name: '定时发邮件' }).click();
  const mail = page.getByRole('dialog', { name: '新建邮件订阅' });
  await mail.getByLabel('名称').fill(`每日${name}`);
  await mail.getByLabel('收件人').click();
  await page.keyboard.type(self);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await mail.getByRole('button', { name: '保存邮件订阅' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`每日${name}`) })).toContainText(self);
  await page.goto(`${console_}/know/explore`);
  await page.getByRole('combobox', { name: '打开已存的问题' }).click();
  await page.locator('.ant-select-dropdown:visible').getByText(name).click();
  await expect(page).toHaveURL(/explore\/funnel/);
  expect(new URLSearchParams(new URL(page.url()).search).getAll('steps.0.event')).toEqual(
    new URLSearchParams(asked).getAll('steps.0.event'),
  );
  await expect(page.locator('.step-list > li')).toHaveCount(3);
});
