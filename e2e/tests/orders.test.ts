import { expect, type Locator, type Page, request, test } from '@playwright/test';
import { anOrder, aSku, askAs, console_, expectAccessible, expectNoSidewaysScroll, shop, signIn } from './places.ts';

interface Listed {
  items: { id: string; number: string; state: string; attention: string | null }[];
}
interface Whole {
  number: string;
  state: string;
  totalFen: number;
  cancelledFen: number;
  lines: { sku: string; amountFen: number; quantity: number }[];
  payments: { refunds: { amountFen: number; state: string }[] }[];
}

const yuan = (fen: number): string => `¥${(fen / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`;

test('operations keeps a view of held orders, ticks them by keyboard and releases them at once; what cannot go is said', async ({
  page,
}) => {
  const { sku } = await aSku('酱油');
  const held = await Promise.all([1, 2, 3].map((quantity) => anOrder(sku, quantity, { address: '三号楼' })));
  for (const order of held) await order.pay();
  const staff = await askAs('operations');
  const find = async (number: string) => (await staff.get<Listed>(`/orders?text=${number}`)).items[0];
  for (const { number } of held) {
    await expect.poll(async () => (await find(number))?.attention, { timeout: 20_000 }).toBe('address_incomplete');
  }

  await signIn(page, 'operations');
  await page.goto(`${console_}/sell/orders?attention=address_incomplete&channel=shop`);
  const name = `地址不全 ${Date.now().toString(36)}`;
  await page.getByRole('button', { name: '另存为视图' }).click();
  await page.getByRole('dialog').getByLabel('名称').fill(name);
  await page.getByRole('button', { name: '保存视图' }).click();
  const tab = page.getByRole('navigation', { name: '视图' }).getByRole('link', { name });
  await expect(tab).toHaveAttribute('aria-current', 'true');
  await page.goto(`${console_}/sell/orders`); // what one saved is there on another day
  await tab.click();
  for (const { number } of held) await expect(page.getByRole('link', { name: number })).toBeVisible();

  await page.getByRole('link', { name: held[0]?.number ?? '' }).focus();
  await page.keyboard.press('x');
  await page.getByLabel(`选择 ${held[1]?.number ?? ''}`).check();
  await page.getByLabel(`选择 ${held[2]?.number ?? ''}`).check();
  const bar = page.getByRole('region', { name: '已选的行' });
  await expect(bar).toContainText('已选 3 行');
  await staff.post(`/orders/${(await find(held[2]?.number ?? ''))?.id ?? ''}/cancellation`, { reason: '顾客不要了' }); // behind this screen's back
  await bar.getByRole('button', { name: '放行 3 单' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('地址不全 3');
  await dialog.getByRole('button', { name: '放行 3 单' }).click();
  await expect(dialog).toContainText('已放行 2 单');
  await expect(dialog.getByRole('row', { name: held[2]?.number ?? '' })).toContainText('状态');
  await expectAccessible(page, 'the result of a bulk action');
  await dialog.getByRole('button', { name: '关闭' }).last().click();
  for (const { number } of held.slice(0, 2)) expect((await find(number))?.state).toBe('released');
  expect((await find(held[2]?.number ?? ''))?.state).toBe('cancelled');
  await staff.close();
});

test('an order taken by phone: lines found by initials, a live price, a pasted address; the customer pays by the link, one line is called off and its share comes back', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const [lamp, sauce] = [await aSku('台灯'), await aSku('酱油')];
  const staff = await askAs('operations');
  const [customer] = (await staff.get<{ items: { number: string }[] }>('/customers?limit=1')).items;
  await signIn(page, 'operations');
  await page.goto(`${console_}/sell/orders`);
  await page.getByRole('link', { name: '代客下单' }).click();
  await page.getByLabel('顾客', { exact: true }).fill(customer?.number ?? '');
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
  await expect(page.getByRole('button', { name: '换一位' })).toBeVisible();

  const search = page.getByRole('combobox', { name: '添加商品' });
  await search.fill('hytd'); // 护眼台灯
  await expect(page.getByRole('option').filter({ hasText: lamp.sku })).toContainText('可用');
  await page.getByRole('option').filter({ hasText: lamp.sku }).click();
  await search.fill(sauce.sku.toLowerCase());
  await search.press('Enter'); // as a scanner does
  await expect(page.getByRole('row', { name: new RegExp(sauce.sku) })).toContainText('¥');
  await page
    .getByRole('row', { name: new RegExp(sauce.sku) })
    .getByRole('spinbutton')
    .fill('2');
  await page.getByLabel('粘贴整段地址').fill('王小敏 13800138000 浙江省杭州市西湖区文三路 90 号 2 幢 301');
  await page.getByRole('button', { name: '识别' }).click();
  await expect(page.getByLabel('详细地址')).toHaveValue('文三路 90 号 2 幢 301');
  await expectAccessible(page, 'taking an order');
  await page.getByRole('button', { name: /^提交订单 ¥/ }).click();
  const link = page.getByLabel('给顾客的链接');
  await expect(link).toBeVisible({ timeout: 20_000 });
  const url = new URL(await link.inputValue());
  const number = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
  await payByLink(number, url.searchParams.get('token') ?? '');

  await page.getByRole('link', { name: '查看订单' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(number);
  const id = page.url().split('/').at(-1) ?? '';
  const order = () => staff.get<Whole>(`/orders/${id}`);
  await expect.poll(async () => (await order()).state, { timeout: 30_000 }).toBe('released');
  await page.reload();
  await cancelOne(page, sauce.sku);
  const after = await order();
  const line = after.lines.find(({ sku }) => sku === sauce.sku);
  expect(after.cancelledFen).toBe(Math.round((line?.amountFen ?? 0) / 2));
  await expect(page.locator('.timeline')).toContainText('取消部分商品');
  await expect(page.locator('.sums').first()).toContainText(`−${yuan(after.cancelledFen)}`);
  await expect.poll(async () => (await order()).payments.flatMap(({ refunds }) => refunds.map(({ state }) => state)), { timeout: 30_000 }).toEqual(['done']); // prettier-ignore
  await page.reload();
  await expect(page.locator('.payment')).toContainText(`−${yuan(after.cancelledFen)}`);
  await expectAccessible(page, 'an order with a line called off');
  await staff.close();
});

/** Calls off one of two units; the amount on the button is the one that comes back. */
async function cancelOne(page: Page, sku: string): Promise<void> {
  await page.getByRole('button', { name: '取消部分商品' }).click();
  const dialog = page.getByRole('dialog');
  const row: Locator = dialog.locator('.cancel-line', { hasText: sku });
  await row.getByRole('spinbutton').fill('1');
  await dialog.getByLabel('原因').fill('顾客少要一件');
  const act = dialog.getByRole('button', { name: /^取消并退 ¥/ });
  const shown = await row.locator('.number').last().innerText();
  await expect(act).toContainText(shown);
  await act.click();
  await expect(dialog).toHaveCount(0);
}

/** The customer opens the link, pays at the provider, and is gone. */
async function payByLink(number: string, token: string): Promise<void> {
  const customer = await request.newContext({ extraHTTPHeaders: { origin: shop } });
  const answer = await customer.post(`${shop}/api/shop/orders/${number}/payment`, { data: { token } });
  expect(answer.ok(), `${answer.url()}: ${answer.status()}`).toBe(true);
  const { payUrl } = (await answer.json()) as { payUrl: string };
  const provider = await customer.get(new URL(payUrl, shop).href);
  const paid = await customer.post(provider.url(), {
    form: { act: 'pay' },
    maxRedirects: 0,
    headers: { origin: new URL(provider.url()).origin },
  });
  expect(paid.status(), 'paid at the provider').toBe(303);
  await customer.dispose();
}

test('a clerk sells at the till on a phone: scan, cash, change, receipt; the sale is handed over at once', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const clerk = await askAs('clerk');
  const { items } = await clerk.get<{ items: { sku: string; available: number }[] }>('/inventory/stock?location=S01&limit=200');
  const { sku } = items.find(({ available }) => available > 3) ?? { sku: '' };
  await signIn(page, 'clerk');
  await page.goto(`${console_}/sell/till`);
  const search = page.getByRole('combobox', { name: '添加商品' });
  for (let scan = 0; scan < 2; scan += 1) {
    await search.fill(sku);
    await search.press('Enter');
    await expect(search).toHaveValue('');
  }
  await expect(page.locator('.till-lines .stepper input')).toHaveValue('2');
  await page.getByLabel('收到现金').fill('10000');
  await expect(page.getByText(/^找零 ¥/)).toBeVisible();
  await expectNoSidewaysScroll(page, 'the till');
  await expectAccessible(page, 'the till');
  await page.getByRole('button', { name: /^收现金 ¥/ }).click();
  const receipt = page.getByRole('region', { name: '小票' });
  await expect(receipt).toContainText('找零');
  const [number = ''] = /\d{6}-\w{4}-\w{4}/.exec(await receipt.innerText()) ?? [];
  const [sale] = (await clerk.get<Listed>(`/orders?text=${number}`)).items;
  expect(sale).toMatchObject({ number, state: 'delivered' });
  await expect(page.getByRole('button', { name: '下一单' })).toBeFocused();
  await clerk.close();
});
