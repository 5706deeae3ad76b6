import { expect, type Locator, type Page, test } from '@playwright/test';
import { anOrder, aPhone, askAs, console_, shop, signIn } from './places.ts';

interface Lot {
  sku: string;
  name: string;
  lot: string;
  location: string;
  onHand: number;
  state: string;
}
interface Trace {
  totals: { onHand: number; waiting: number };
  buyers: { orderNumber: string; quantity: number }[];
}

/** Food that the shop sells from lots, in good number where online orders leave from. */
async function foodForRecall(): Promise<{ sku: string; slug: string }> {
  const staff = await askAs('warehouse');
  const { items } = await staff.get<{ items: Lot[] }>('/inventory/lots?location=WH1&state=usable&limit=200');
  await staff.close();
  for (const one of items.filter(({ onHand }) => onHand >= 10)) {
    const answer = await (await fetch(`${shop}/api/shop/products?text=${encodeURIComponent(one.name)}&limit=3`)).json();
    for (const { slug } of (answer as { items: { slug: string }[] }).items)
      if (((await availableInShop(slug, one.sku)) ?? 0) >= 5) return { sku: one.sku, slug };
  }
  throw new Error('no food with lots is on sale');
}

/** The lot whose units the house has set aside for this order: it goes on by itself once it is paid. */
async function lotOf(staff: Awaited<ReturnType<typeof askAs>>, number: string): Promise<string> {
  const { items } = await staff.get<{ items: { id: string }[] }>(`/orders?text=${number}`);
  const { fulfilments } = await staff.get<{ fulfilments: { id: string }[] }>(`/orders/${items[0]?.id ?? ''}`);
  if (fulfilments[0] === undefined) return '';
  const { lines } = await staff.get<{ lines: { lots: string[] }[] }>(`/warehouse/fulfilments/${fulfilments[0].id}`);
  return lines[0]?.lots[0] ?? '';
}

const availableInShop = async (slug: string, sku: string): Promise<number | undefined> => {
  const product = (await (await fetch(`${shop}/api/shop/products/${slug}`)).json()) as {
    variants: { sku: string; available: number }[];
  };
  return product.variants.find((one) => one.sku === sku)?.available;
};

const option = (page: Page, text: string | RegExp): Locator =>
  page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: text }).first();

/** The titled block of an object's page. */
const sectionOf = (page: Page, title: string | RegExp): Locator =>
  page.locator('section.card').filter({ has: page.getByRole('heading', { level: 2, name: title }) });

/** Chooses in a searching field what is typed. */
async function choose(page: Page, field: Locator, text: string): Promise<void> {
  await field.click();
  await field.fill(text);
  await option(page, text).click();
}

test('a lot is recalled: its buyers are listed, the unsold is blocked in the shop at once, and a false alarm sells again', async ({
  page,
}) => {
  test.setTimeout(150_000);
  const { sku, slug } = await foodForRecall();
  const phone = aPhone();
  const order = await anOrder(sku, 2, { phone });
  await order.pay();
  const staff = await askAs('admin');
  await expect.poll(() => lotOf(staff, order.number), { timeout: 40_000 }).not.toBe('');
  const lot = await lotOf(staff, order.number);
  const trace = () => staff.get<Trace>(`/recalls/trace?sku=${encodeURIComponent(sku)}&lot=${encodeURIComponent(lot)}`);
  expect((await trace()).buyers.map(({ orderNumber }) => orderNumber)).toContain(order.number);
  const { onHand } = (await trace()).totals;
  const before = (await availableInShop(slug, sku)) ?? 0;

  await signIn(page, 'admin');
  await page.goto(`${console_}/supply/recalls`);
  await page.getByRole('button', { name: '查批次去向' }).first().click();
  const find = page.getByRole('dialog', { name: '查批次去向' });
  await find.getByLabel('批号或 SKU').click();
  await find.getByLabel('批号或 SKU').fill(lot);
  await option(page, `${lot} · ${sku} `).click();
  await find.getByRole('button', { name: '查看去向' }).click();
  await expect(page.getByRole('heading', { level: 1, name: lot })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: order.number })).toContainText('未发出');
  await page.getByRole('button', { name: '召回这个批次' }).click();
  const start = page.getByRole('dialog');
  await expect(start).toContainText(`在库 ${onHand} 件立刻停售`);
  await start.getByLabel('原因').fill('抽检菌落超标');
  await start.getByRole('button', { name: `召回并停售 ${onHand} 件` }).click();

  await expect(page.getByText('停售中')).toBeVisible();
  await expect(page).toHaveURL(/\/supply\/recalls\/[0-9a-f-]{36}/);
  const buyers = sectionOf(page, /涉及的顾客/);
  await expect(buyers.getByRole('row').filter({ hasText: order.number })).toBeVisible();
  await expect.poll(() => availableInShop(slug, sku), { timeout: 15_000 }).toBeLessThan(before);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出通知名单 CSV' }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toMatch(new RegExp(`${order.number},王小敏,${phone},2,`));

  await page.getByRole('button', { name: '解除召回' }).click();
  const lift = page.getByRole('dialog');
  await lift.getByLabel('原因').fill('复检合格');
  await lift.getByRole('button', { name: '解除，恢复销售' }).click();
  await expect(page.getByText('复检合格')).toBeVisible();
  // the two units of the order may not have been counted out when the figure before was read
  await expect.poll(async () => (await availableInShop(slug, sku)) ?? 0, { timeout: 15_000 }).toBeGreaterThanOrEqual(before - 2);
  await staff.close();
});

test('a transfer is sent and arrives short and damaged: stock, what is unavailable, and the history say why', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const staff = await askAs('warehouse');
  const { items } = await staff.get<{ items: { sku: string; location: string; available: number }[] }>(
    '/inventory/stock?location=WH1&search=GY-DR&limit=50',
  );
  const level = items.find(({ available }) => available >= 12);
  if (level === undefined) throw new Error('enough of something lies in WH1');
  const { sku } = level;
  const onHandAt = async (location: string): Promise<number> => {
    const { items: all } = await staff.get<{ items: { location: string; onHand: number }[] }>(
      `/inventory/stock/${encodeURIComponent(sku)}/breakdown`,
    );
    return all.find((one) => one.location === location)?.onHand ?? 0;
  };
  const [from, to] = [await onHandAt('WH1'), await onHandAt('S02')];

  await signIn(page, 'warehouse');
  await page.goto(`${console_}/supply/transfers?open=new`);
  const request = page.getByRole('dialog', { name: '申请调拨' });
  await choose(page, request.getByLabel('调出地'), 'WH1');
  await choose(page, request.getByLabel('调入地'), 'S02');
  await choose(page, request.getByLabel('商品', { exact: true }), sku);
  await request.getByLabel('数量').fill('10');
  await request.getByRole('button', { name: '提交调拨申请' }).click();

  const number = (await page.getByRole('heading', { level: 1, name: /^TR-/ }).textContent()) ?? '';
  await page.getByRole('button', { name: '发出', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认发出' }).click();
  await expect(page.locator('.page-head .status').first()).toHaveText('在途');
  expect(await onHandAt('WH1')).toBe(from - 10);
  expect(await onHandAt('S02')).toBe(to); // on the way it belongs to nobody

  await page.getByRole('button', { name: '收货', exact: true }).click();
  const receive = page.getByRole('dialog');
  await receive.getByLabel('完好收到').fill('7');
  await receive.getByLabel('破损').first().fill('2');
  await receive.getByRole('button', { name: '确认收货' }).click(); // no reason yet
  await expect(receive.getByText('请填写短缺或破损的原因')).toBeVisible();
  await expect(receive.getByText('短缺 1', { exact: true })).toBeVisible();
  await receive.getByLabel('短缺或破损的原因').fill('外箱被压，少 1 件');
  await receive.getByRole('button', { name: '确认收货' }).click();
  await expect(page.locator('.page-head .status').first()).toHaveText('已收货');
  expect(await onHandAt('S02')).toBe(to + 9); // the damaged ones are there, but not for sale

  await page.getByRole('row').filter({ hasText: sku }).getByRole('link').first().click();
  const where = page.getByRole('region', { name: '上海徐家汇店' });
  await expect(where.locator('.equation')).toContainText('破损− 2');
  const history = sectionOf(page, '为什么是这个数？每一笔变动');
  await expect(history.getByRole('row').filter({ hasText: '在途短缺' }).first()).toContainText(number);
  await expect(history.getByRole('row').filter({ hasText: '在途短缺' }).first()).toContainText('外箱被压，少 1 件');
  const kinds = page.getByRole('combobox', { name: '类型' });
  await kinds.click();
  await option(page, '在途短缺').click();
  await expect(page).toHaveURL(/kind=transfer_loss/);
  await expect(history.getByRole('row').filter({ hasText: '调入' })).toHaveCount(0);
  await history.getByRole('link', { name: number }).first().click();
  await expect(page).toHaveURL(/\/supply\/transfers/);
  await staff.close();
});
