import { createRequire } from 'node:module';
import { type Locator, expect, type Page, test } from '@playwright/test';
import { anOrder, aSku, askAs, console_, signIn } from './places.ts';

const sheets = createRequire(new URL('../../apps/server/package.json', import.meta.url))('@e965/xlsx') as {
  read: (bytes: Buffer) => { SheetNames: string[]; Sheets: Record<string, unknown> };
  utils: { sheet_to_json: (sheet: unknown, options: { header: 1 }) => unknown[][] };
};

test('a payment is on the cockpit’s screen within two seconds; a figure is drilled by channel and day, and its export says the same', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { sku } = await aSku('台灯');
  await signIn(page, 'executive');
  await page.goto(`${console_}/know/overview`);
  const figure = (name: string) => page.getByRole('article', { name, exact: true }).locator('.figure-value');
  const fenOf = async (): Promise<number> => Math.round(Number((await figure('净销售额').getAttribute('title'))?.replaceAll(/[^\d.]/g, '')) * 100); // prettier-ignore
  const ordersShown = async (): Promise<number> => Number(await figure('订单数').getAttribute('title'));
  await expect(page.locator('main')).toContainText('实时 · 截至');
  const order = await anOrder(sku);
  const placedAt = Date.now();
  const staff = await askAs('executive'); // a house that has just opened tells its history first
  const asOf = async (): Promise<number> => Date.parse((await staff.get<{ asOf: string }>('/metrics/cockpit')).asOf);
  await expect.poll(asOf, { timeout: 40_000 }).toBeGreaterThan(placedAt);
  await staff.close();
  const [orders, fen] = [await ordersShown(), await fenOf()];
  await order.pay();
  await expect.poll(ordersShown, { timeout: 2000, intervals: [50] }).toBeGreaterThan(orders);
  expect(await fenOf()).toBeGreaterThan(fen);

  const day = (daysAgo: number): string => new Date(Date.now() + 8 * 3_600_000 - daysAgo * 86_400_000).toISOString().slice(0, 10);
  await page.getByRole('article', { name: '净销售额', exact: true }).getByRole('link').click();
  await expect(page).toHaveURL(/explore\?metrics=net_sales/);
  await page.goto(`${console_}/know/overview?metric=net_sales&by=channel&from=${day(8)}&to=${day(1)}`); // a link of former days
  await expect(page).toHaveURL(/explore\?metrics=net_sales&by=channel/);
  const analysis = page.getByRole('region', { name: '答案' });
  const total = (await analysis.locator('tr.total td').first().innerText()).trim();
  const rowOf = (name: string): Locator => analysis.getByRole('row', { name: new RegExp(`^${name}`) });
  const ofShop = (await rowOf('网店').getByRole('cell').first().innerText()).trim();

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '导出 XLSX' }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  const book = sheets.read(Buffer.concat(chunks));
  const rows = sheets.utils.sheet_to_json(book.Sheets[book.SheetNames[0] ?? ''], { header: 1 });
  const yuan = (value: unknown): string => `¥${Number(value).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`; // prettier-ignore
  expect(yuan(rows.find(([name]) => name === '合计')?.[2])).toBe(total);
  expect(yuan(rows.find(([name]) => name === 'shop')?.[2])).toBe(ofShop);

  await rowOf('网店').getByRole('rowheader').getByRole('link').click();
  const shown = analysis.locator('tr.total td').first();
  await expect(shown).toHaveText(ofShop);
  await expect(page).toHaveURL(/channel=shop/);
  await rowOf(day(1)).getByRole('rowheader').getByRole('link').click();
  await expect(page).toHaveURL(/by=hour/);
  await page.goBack();
  await expect(shown).toHaveText(ofShop);
});

/** Opens a decision that waits for a person; the rule's signals fire within a minute of the house's start. */
async function openWaiting(page: Page, playbook: 'cover' | 'slow_mover'): Promise<void> {
  await expect(async () => {
    await page.goto(`${console_}/steer/decisions?playbook=${playbook}&state=proposed`);
    await page.locator('main tbody a[data-row]').first().click({ timeout: 2000 });
  }).toPass({ timeout: 90_000 });
  await expect(page.getByRole('navigation', { name: '进度' })).toBeVisible();
}

const step = (page: Page, stage: string, what: string): Locator =>
  page.locator(`#${stage} .timeline li`).filter({ has: page.getByText(what, { exact: true }) });

/** Reads the page again until it shows what jobs have done meanwhile. */
const shownSoon = (page: Page, what: () => Locator): Promise<void> =>
  expect(async () => {
    await page.reload();
    await expect(what()).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });

test('cover, to the end: signal, cause, proposal, approval by operations, purchase, receipt, stock, effect', async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, 'operations');
  await openWaiting(page, 'cover');
  const decisionUrl = page.url();
  await expect(page.locator('#signal')).toContainText(/降到 .+，低于 .+ 的线/);
  await expect(page.locator('#cause')).toContainText('日均卖');
  await expect(page.locator('#proposal')).toContainText('什么都不做');
  await page.getByRole('button', { name: '批准', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('说明').fill('旺季前补足');
  await dialog.getByRole('button', { name: /^批准，¥/ }).click();
  await expect(dialog).toHaveCount(0);
  await shownSoon(page, () => step(page, 'execution', '已申请采购'));

  await page.locator('#execution').getByRole('link').first().click();
  const line = page.getByRole('table', { name: '采购明细' }).locator('tbody tr').first();
  const sku = await line.locator('code').innerText();
  const units = Number((await line.getByRole('cell').first().innerText()).replaceAll(',', ''));
  const staff = await askAs('operations');
  const onHand = async () => {
    const { items } = await staff.get<{ items: { sku: string; location: string; onHand: number }[] }>(
      `/inventory/stock?search=${sku}`,
    );
    return items.filter((one) => one.sku === sku).reduce((sum, one) => sum + one.onHand, 0);
  };
  const before = await onHand();
  await page.getByRole('button', { name: '收货', exact: true }).click();
  const lot = dialog.getByLabel('批号');
  if (await lot.isVisible()) {
    await lot.fill('E2E-1');
    await dialog.getByLabel('到期日').fill('2027-12-31');
  }
  const serials = dialog.getByLabel('序列号');
  if (await serials.isVisible())
    await serials.fill(Array.from({ length: units }, (_, index) => `${sku}-${Date.now()}-${index}`).join('\n'));
  await dialog.getByRole('button', { name: '收货入库' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await onHand()).toBe(before + units);
  await staff.close();
  await page.goto(`${console_}/supply/stock/${sku}`);
  await expect(page.locator('main')).toContainText(`各地共在手 ${(before + units).toLocaleString('en')}`);

  await page.goto(decisionUrl);
  await shownSoon(page, () =>
    step(page, 'effect', '测得效果')
      .or(step(page, 'execution', '采购到货'))
      .first(),
  );
  for (const [stage, what, who] of [
    ['signal', '信号触发', /系统|规则/],
    ['cause', '找到原因', /系统|规则/],
    ['proposal', '提出方案', /系统|规则/],
    ['approval', '批准', /旺季前补足[\s\S]*周运营/],
    ['execution', '已申请采购', /系统|规则/],
  ] as const) {
    await expect(step(page, stage, what), what).toContainText(who);
    await expect(step(page, stage, what).locator('time'), what).toHaveAttribute('title', /\d{2}:\d{2}/);
  }
});

test('slow mover: the marketer approves a mark-down; the treated SKUs get it, the control group keeps its price', async ({
  page,
}) => {
  test.setTimeout(150_000);
  await signIn(page, 'marketer');
  await openWaiting(page, 'slow_mover');
  const arms = page.getByRole('table', { name: '两组 SKU' });
  const skusOf = async (arm: string): Promise<string[]> =>
    (await arms.locator('tbody tr').filter({ has: page.getByRole('cell', { name: arm, exact: true }) }).locator('th').allInnerTexts()).map((text) => text.trim().split(' ')[0] ?? ''); // prettier-ignore
  const [treated, control] = [await skusOf('降价组'), await skusOf('对照组')];
  expect(treated.length).toBeGreaterThan(1);
  expect(control.length).toBeGreaterThan(1);
  await page.getByRole('button', { name: '批准', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox').first().uncheck();
  const dropped = treated.find(() => true) ?? '';
  await dialog.getByLabel('说明').fill('换季清仓');
  await dialog.getByRole('button', { name: /^批准，¥/ }).click();
  await expect(dialog).toHaveCount(0);
  await shownSoon(page, () => step(page, 'execution', '已排定降价'));
  await expect(step(page, 'approval', '批准')).toContainText(/换季清仓[\s\S]*苏市场/);
  expect(await skusOf('已去掉')).toHaveLength(1);
  const staff = await askAs('marketer');
  const comingOf = async (sku: string) => {
    const { items } = await staff.get<{ items: { kind: string; state: string; amountFen: number; validFrom: string }[] }>(
      `/pricing/prices/${sku}`,
    );
    return items.filter(({ kind, validFrom }) => kind === 'markdown' && Date.parse(validFrom) > Date.now());
  };
  const [kept = ''] = await skusOf('降价组');
  expect(await comingOf(kept)).toHaveLength(1);
  expect(await comingOf(control[0] ?? '')).toHaveLength(0);
  expect(await comingOf((await skusOf('已去掉'))[0] ?? dropped)).toHaveLength(0);
  await staff.close();
  await arms.getByRole('link', { name: new RegExp(kept) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
