import { createRequire } from 'node:module';
import { expect, type Page, test } from '@playwright/test';
import { anOrder, aSku, askAs, console_, type Role, roles, shop, signIn, signInByHand } from './places.ts';

// what the server reads and writes files with
const ofServer = createRequire(new URL('../../apps/server/package.json', import.meta.url));
const iconv = ofServer('iconv-lite') as { encode: (text: string, encoding: string) => Buffer };

// prettier-ignore
const everything = [
  '订单', '异常订单', '门店收银', '售后', '商品', '价格', '顾客', '库存', '审单与路由', '调拨', '盘点', '召回', '仓内作业', '自提柜台', '物流', '采购', '供应商',
  '活动', '优惠券', '数据概览', '自助分析', '看板', '需求洞察', '指标', '外部数据', '图表标注', '邮件订阅', '导入', '事件采集', '数据质量', '预警', '决策', '剧本', '目标', '员工与权限', '任务中心', '审计',
];
const without = (...absent: string[]): string[] => everything.filter((one) => !absent.includes(one));
const settings = ['员工与权限', '任务中心', '审计'];
const floor = ['审单与路由', '仓内作业', '自提柜台', '物流'];
const mayOpen: Readonly<Record<Role, readonly string[]>> = {
  admin: everything,
  executive: without('门店收银', '顾客', '自提柜台', '导入', '事件采集', '数据质量', '员工与权限', '任务中心'),
  operations: without('事件采集', '数据质量', ...settings),
  marketer: without('门店收银', '售后', ...floor, '采购', '供应商', '导入', '数据质量', ...settings),
  analyst: without('门店收银', '顾客', '自提柜台', '采购', '供应商', ...settings),
  warehouse: [
    '订单',
    '异常订单',
    '售后',
    '商品',
    '库存',
    '调拨',
    '盘点',
    '召回',
    '仓内作业',
    '自提柜台',
    '物流',
    '采购',
    '供应商',
  ],
  clerk: [
    '订单',
    '异常订单',
    '门店收银',
    '售后',
    '商品',
    '价格',
    '顾客',
    '库存',
    '调拨',
    '盘点',
    '召回',
    '仓内作业',
    '自提柜台',
    '物流',
    '数据概览',
    '自助分析',
    '看板',
    '指标',
    '图表标注',
    '邮件订阅',
  ],
};

test('each role signs in and sees its own navigation alone; what is refused says which right is missing', async ({ browser }) => {
  for (const role of roles) {
    const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    await signInByHand(page, role);
    const rail = page.getByRole('navigation', { name: '主导航' });
    await expect(rail.getByRole('link'), role).toHaveText(['工作台', ...mayOpen[role]]);
    if (role === 'clerk') await expectRefusalsWithReasons(page);
    await page.context().close();
  }
});

/** A page without the right says which one is missing, and so does a button. */
async function expectRefusalsWithReasons(page: Page): Promise<void> {
  await page.goto(`${console_}/know/imports`);
  await expect(page.getByRole('heading', { name: '没有权限' })).toBeVisible();
  await expect(page.locator('main')).toContainText('您没有“查看导入”权限');
  await page.goto(`${console_}/sell/orders`);
  await page.locator('main tbody a').first().click();
  const ship = page.getByRole('button', { name: '发货', exact: true });
  await expect(ship).toHaveAttribute('aria-disabled', 'true');
  await expect(ship).toHaveAccessibleDescription(/您没有“发货”权限/);
  await ship.click({ force: true });
  await expect(page.getByRole('tooltip')).toContainText('您没有“发货”权限');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('the warehouse ships and delivers an order; the timeline and the buyer see it', async ({ page, browser }) => {
  const { sku } = await aSku('台灯');
  const order = await anOrder(sku);
  await order.pay();
  const staff = await askAs('operations');
  const found = () => staff.get<{ items: { number: string; state: string }[] }>(`/orders?search=${order.number}`);
  await expect.poll(async () => (await found()).items[0]?.state, { timeout: 20_000 }).toBe('released'); // the rule does it, once it is paid
  await staff.close();
  await signIn(page, 'warehouse');
  await page.goto(`${console_}/sell/orders?search=${order.number}`);
  await page.getByRole('link', { name: order.number }).click();
  const ship = page.getByRole('button', { name: '发货', exact: true });
  await ship.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('快递公司').click();
  await option(page, '顺丰速运').click();
  await dialog.getByLabel('运单号').fill('SF1234567890');
  await dialog.getByRole('button', { name: '整单发货' }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: '确认签收' }).click();
  const timeline = page.locator('.timeline li');
  for (const what of ['签收', '发货'])
    await expect(timeline.filter({ hasText: new RegExp(`^${what}`) }).filter({ hasText: '马库管' })).toHaveCount(1);
  await expect(timeline.filter({ hasText: '放行' })).toContainText(/规则|系统/);
  const buyer = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await buyer.goto(order.link);
  await expect(buyer.locator('main')).toContainText('SF1234567890');
  await expect(buyer.getByRole('heading', { level: 2, name: /已签收/ })).toBeVisible();
  await buyer.context().close();
});

/** An open choice of a list, as antd draws it. */
const option = (page: Page, text: string) =>
  page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: text }).first();

test('a GBK file is mapped, checked and imported; its bad rows come back with their row numbers; a second time changes nothing', async ({
  page,
}) => {
  const mark = Date.now().toString(36).toUpperCase();
  const rows = [
    ['货号', '品名', '品牌', '分类', '门市牌价', '成本'],
    [`E2E-${mark}-1`, '旅程搪瓷杯', '谷雨', '', '39.00', '12.50'],
    [`E2E-${mark}-2`, '旅程帆布袋', '谷雨', '', '￥59', '20'],
    [`E2E-${mark}-3`, '', '谷雨', '', '五十九', '20'],
    [`E2E-${mark}-4`, '旅程笔记本', '谷雨', '', '18.80', '6'],
    ['', '旅程无货号', '谷雨', '', '18.80', '6'],
  ];
  const file = { name: `旅程 ${mark}.csv`, mimeType: 'text/csv', buffer: iconv.encode(rows.map((row) => row.join(',')).join('\r\n'), 'gbk') }; // prettier-ignore
  await signIn(page, 'operations');

  const importFile = async () => {
    await page.goto(`${console_}/know/imports`);
    await page.getByRole('button', { name: '导入文件' }).first().click();
    await page.getByRole('dialog').getByLabel('文件').setInputFiles(file);
    await page.getByRole('button', { name: '上传并识别列' }).click();
    await expect(page.getByRole('heading', { level: 1, name: file.name })).toBeVisible();
  };
  const figure = (name: string) => page.getByRole('article', { name, exact: true }).locator('.figure-value');
  const run = async () => {
    await page.getByRole('button', { name: '导入好行' }).click();
    await expect(page.getByText('完成', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  };

  await importFile();
  await expect(page.locator('main')).toContainText('GB18030', { ignoreCase: true });
  await expect(page.locator('table.sample')).toContainText('旅程搪瓷杯'); // read in the right encoding
  await page.getByLabel('“门市牌价”列的含义').click();
  await option(page, '价格').click();
  await expect(page.locator('table.sample tr', { hasText: '五十九' })).toContainText('不是数字');
  await page.getByRole('button', { name: '检查全部行' }).click();
  await expect(page.getByText('已检查，待导入').first()).toBeVisible({ timeout: 30_000 });
  await run();
  await expect(figure('好行')).toHaveText('3');
  await expect(figure('坏行')).toHaveText('2');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载 CSV' }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString('utf8').replace('\uFEFF', '').trim().split(/\r?\n/); // prettier-ignore
  expect(lines).toHaveLength(3);
  const three = lines.find((line) => line.includes(`E2E-${mark}-3`)) ?? '';
  expect(three).toMatch(/(^|,)"?4"?,/); // its row in the file that was sent
  expect(three).toContain('五十九');
  expect(three).toMatch(/必填的内容是空的.*不是数字（五十九）/);
  expect(lines.find((line) => line.includes('旅程无货号')) ?? '').toMatch(/(^|,)"?6"?,/);

  await importFile(); // the meaning of the columns is remembered by their names, or chosen again
  const column = page.locator('th', { hasText: '门市牌价' });
  if (!(await column.innerText()).includes('价格')) {
    await page.getByLabel('“门市牌价”列的含义').click();
    await option(page, '价格').click();
  }
  await expect(column).toContainText('价格');
  await run();
  await expect(figure('无变化')).toHaveText('3');
  const effects = page.getByRole('row', { name: /^商品/ }).getByRole('cell');
  await expect(effects).toHaveText(['0', '0', '3']);
});

test('a price changed in the console is the price in the shop, and a mark-down shows when it starts', async ({
  page,
  browser,
}) => {
  const { sku, slug, name } = await aSku('电饭煲');
  const marketer = await askAs('marketer');
  const { current } = await marketer.get<{ current: { listFen: number } }>(`/pricing/prices/${sku}`);
  const yuan = (fen: number): string => `¥${(fen / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`;
  const raised = current.listFen + 100;
  await signIn(page, 'marketer');
  await page.goto(`${console_}/sell/products?search=${sku}`);
  await page
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click();
  await page.getByRole('button', { name: `改价：${sku}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('新价格').fill('0.01');
  await dialog.getByLabel('新价格').blur();
  await expect(dialog).toContainText('低于最低价');
  await dialog.getByLabel('新价格').fill(`￥${raised / 100}元`);
  await dialog.getByRole('button', { name: `设为 ${yuan(raised)}` }).click();
  await expect(page.getByRole('row', { name: new RegExp(sku) })).toContainText(yuan(raised));

  const buyer = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  const shows = (...prices: number[]) =>
    expect(async () => {
      await buyer.goto(`${shop}/p/${slug}?sku=${sku}`);
      for (const fen of prices) await expect(buyer.locator('.price-block')).toContainText(yuan(fen), { timeout: 500 });
    }).toPass({ timeout: 15_000 });
  await shows(raised);
  const startsAt = Date.now() + 4000;
  const cause = `e2e ${startsAt}`;
  const window = { validFrom: new Date(startsAt).toISOString(), validTo: new Date(startsAt + 600_000).toISOString() };
  await marketer.post('/pricing/markdowns', { cause, rows: [{ sku, amountFen: raised - 200 }], ...window });
  await buyer.goto(`${shop}/p/${slug}?sku=${sku}`);
  if (Date.now() < startsAt) await expect(buyer.locator('.price-block')).not.toContainText(yuan(raised - 200));
  await shows(raised - 200, raised);
  await expect(buyer.locator('.price-block s').first()).toHaveText(yuan(raised));
  await marketer.post('/pricing/markdown-endings', { cause });
  await marketer.post('/pricing/prices', { sku, amountFen: current.listFen });
  await shows(current.listFen);
  await buyer.context().close();
  await marketer.close();
});

test('the keyboard reaches everything: skip link, menu of pages, search, rows, and the focus is seen', async ({ page }) => {
  await signIn(page, 'operations');
  await page.goto(`${console_}/sell/orders`);
  await expect(page.getByRole('heading', { level: 1, name: '订单' })).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: '跳到正文' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  expect(
    await skip.evaluate((link) => getComputedStyle(link).outlineStyle !== 'none' || getComputedStyle(link).boxShadow !== 'none'),
  ).toBe(true);
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();

  await page.keyboard.press('/');
  const search = page.getByRole('search').getByRole('textbox').or(page.getByRole('search').getByRole('searchbox')).first();
  await expect(search).toBeFocused();
  await page.keyboard.press('/');
  await expect(search).toHaveValue('/'); // inside a field it is a letter
  await search.fill('');
  await page.locator('#main').focus();
  await page.keyboard.press('j');
  await expect(page.locator('[data-row]').first()).toBeFocused();
  const ring = await page
    .locator('[data-row]')
    .first()
    .evaluate((row) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(row);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    });
  expect(ring, 'the focused row has a ring').toBe(true);

  for (const chord of ['Control+k', 'Meta+k']) {
    await page.keyboard.press(chord);
    await expect(page.getByRole('dialog', { name: '前往或查找' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.keyboard.press('Control+k');
  await page.keyboard.type('kc');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '库存' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page.getByRole('heading', { level: 1, name: '决策' })).toBeVisible();
});
