import { expect, test } from '@playwright/test';
import {
  addToCart,
  anOrder,
  aPhone,
  askAs,
  console_,
  expectAccessible,
  expectNoSidewaysScroll,
  pay,
  seeOrder,
  shop,
  signIn,
} from './places.ts';

type Staff = Awaited<ReturnType<typeof askAs>>;
interface Level {
  sku: string;
  location: string;
  available: number;
}
interface Fulfilment {
  id: string;
  number: string;
  location: string;
  state: string;
  version: number;
  lines: { orderId: string; lineNo: number; sku: string; quantity: number; picked: number; lots: string[] }[];
}
interface Order {
  id: string;
  state: string;
  fulfilments: { id: string; location: string; state: string }[];
}

const orderOf = async (staff: Staff, number: string): Promise<Order> => {
  const { items } = await staff.get<{ items: { id: string }[] }>(`/orders?text=${number}`);
  return staff.get<Order>(`/orders/${items[0]?.id ?? ''}`);
};

/** Paid orders go on by themselves: waits until the house has released this one. */
async function released(staff: Staff, number: string): Promise<Order> {
  await expect.poll(async () => (await orderOf(staff, number)).state, { timeout: 30_000 }).toBe('released');
  return orderOf(staff, number);
}

/** Picks and packs one fulfilment by scan, as the floor does; answers the lots and serial numbers in the parcel. */
async function pack(staff: Staff, id: string): Promise<{ lots: string[]; serials: string[]; carrier: string | null }> {
  const fulfilment = await staff.get<Fulfilment>(`/warehouse/fulfilments/${id}`);
  const list = await staff.post<{ id: string; stops: { sku: string; lots: { lot: string; quantity: number }[] }[] }>(
    '/warehouse/pick-lists',
    { location: fulfilment.location, fulfilmentIds: [id] },
  );
  await staff.post(`/warehouse/pick-lists/${list.id}/completion`, {});
  const serials: string[] = [];
  for (const line of fulfilment.lines) {
    const lots = list.stops.filter(({ sku }) => sku === line.sku).flatMap((stop) => stop.lots);
    const { items } = await staff.get<{ items: { serial: string }[] }>(
      `/inventory/serials?sku=${encodeURIComponent(line.sku)}&location=${fulfilment.location}&state=in_stock&limit=20`,
    );
    const parts = lots.length > 0 ? lots.map(({ lot, quantity }) => ({ lot, quantity })) : [{ quantity: line.quantity }];
    for (const part of parts) {
      const units = items.length > 0 ? Array.from({ length: part.quantity }, () => items.shift()?.serial ?? '') : [undefined];
      for (const serial of units) {
        if (serial !== undefined) serials.push(serial);
        const scan = serial === undefined ? { code: line.sku, ...part } : { code: line.sku, quantity: 1, serial };
        await staff.post(`/warehouse/fulfilments/${id}/scans`, scan);
      }
    }
  }
  const { carrier } = await staff.post<{ carrier: string | null }>(`/warehouse/fulfilments/${id}/packing`, {});
  return { lots: list.stops.flatMap((stop) => stop.lots.map(({ lot }) => lot)), serials, carrier };
}

/** As above, and hands the parcel over to its carrier. */
async function sendOut(staff: Staff, id: string): Promise<{ lots: string[]; serials: string[] }> {
  const { carrier, ...sent } = await pack(staff, id);
  const { location } = await staff.get<Fulfilment>(`/warehouse/fulfilments/${id}`);
  await staff.post('/warehouse/manifests', { location, carrier, fulfilmentIds: [id] });
  return sent;
}

test('an order is split over two locations because neither has it all; the first parcel makes it partly shipped, the second shipped', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const staff = await askAs('admin');
  const { items } = await staff.get<{ items: Level[] }>('/inventory/stock?location=WH1&limit=200');
  const here = items.filter(({ available }) => available > 0 && available <= 12);
  let chosen: Level | undefined;
  for (const level of here) {
    const everywhere = await staff.get<{ items: Level[] }>(`/inventory/stock?search=${encodeURIComponent(level.sku)}&limit=20`);
    const stores = everywhere.items.filter((one) => one.sku === level.sku && one.location !== 'WH1' && one.available > 0);
    if (stores.length > 0) {
      chosen = level;
      break;
    }
  }
  expect(chosen, 'a SKU that is short in the warehouse and lies in a store').toBeDefined();
  const order = await anOrder(chosen?.sku ?? '', (chosen?.available ?? 0) + 1);
  await order.pay();
  const { id, fulfilments } = await released(staff, order.number);
  expect(new Set(fulfilments.map(({ location }) => location)).size, 'locations').toBe(2);

  await signIn(page, 'operations');
  await page.goto(`${console_}/sell/orders/${id}`);
  await expect(page.getByRole('heading', { name: '从哪里发，为什么' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '履约单' })).toBeVisible();
  for (const { location } of fulfilments) await expect(page.locator('.route').first()).toContainText(location);

  await sendOut(staff, fulfilments[0]?.id ?? '');
  await expect.poll(async () => (await orderOf(staff, order.number)).state, { timeout: 20_000 }).toBe('partly_shipped');
  await page.goto(order.link);
  await expect(page.locator('[data-state]').first()).toHaveAttribute('data-state', 'partly_shipped');
  await sendOut(staff, fulfilments[1]?.id ?? '');
  await expect.poll(async () => (await orderOf(staff, order.number)).state, { timeout: 20_000 }).toBe('shipped');
  await page.reload();
  await expect(page.locator('[data-state]').first()).toHaveAttribute('data-state', 'shipped');
  await staff.close();
});

test('a food order takes two lots, the first expiring first; the history of the SKU names both', async ({ page }) => {
  test.setTimeout(120_000);
  const staff = await askAs('admin');
  const { items: lots } = await staff.get<{ items: { sku: string; lot: string; onHand: number; allocated: number }[] }>(
    '/inventory/lots?location=WH1&state=usable&limit=200',
  );
  const bySku = Map.groupBy(lots, ({ sku }) => sku);
  const fitting = [...bySku.values()].filter(([first, second]) => {
    const left = (first?.onHand ?? 0) - (first?.allocated ?? 0);
    return left > 0 && left <= 200 && (second?.onHand ?? 0) - (second?.allocated ?? 0) > 2;
  });
  const [first, second] = fitting[0] ?? [];
  expect(second, 'a food SKU with two usable lots').toBeDefined();
  const quantity = (first?.onHand ?? 0) - (first?.allocated ?? 0) + 1;
  const order = await anOrder(first?.sku ?? '', quantity);
  await order.pay();
  const { fulfilments } = await released(staff, order.number);
  expect(fulfilments.map(({ location }) => location)).toEqual(['WH1']);
  const left = await sendOut(staff, fulfilments[0]?.id ?? '');
  expect(left.lots).toEqual([first?.lot, second?.lot]);

  await signIn(page, 'warehouse');
  await page.goto(`${console_}/supply/stock/${encodeURIComponent(first?.sku ?? '')}`);
  await expect(page.locator('main')).toContainText(first?.lot ?? '');
  await expect(page.locator('main')).toContainText(second?.lot ?? '');
  await staff.close();
});

test('an appliance comes back from its own buyer only: another buyer’s order is refused by its serial number', async () => {
  test.setTimeout(120_000);
  const staff = await askAs('admin');
  const { items } = await staff.get<{ items: { sku: string }[] }>('/inventory/serials?location=WH1&state=in_stock&limit=50');
  const sku = items[0]?.sku ?? '';
  const buy = async () => {
    const order = await anOrder(sku, 1, { address: `文三路 ${Math.ceil(Math.random() * 900)} 号` });
    await order.pay();
    const { id, fulfilments } = await released(staff, order.number);
    const { serials } = await sendOut(staff, fulfilments[0]?.id ?? '');
    await expect.poll(async () => (await orderOf(staff, order.number)).state, { timeout: 20_000 }).toBe('shipped');
    return { id, serial: serials[0] ?? '' };
  };
  const [right, wrong] = [await buy(), await buy()];
  const giveBack = (orderId: string, serial: string) =>
    staff.post<{ refundFen: number }>(`/orders/${orderId}/returns`, {
      reason: 'defective',
      location: 'WH1',
      lines: [{ lineNo: 1, quantity: 1, isSellable: false, serials: [serial] }],
    });
  await expect(giveBack(wrong.id, right.serial)).rejects.toThrow(/serial\.not_sold_to_order/);
  expect((await giveBack(right.id, right.serial)).refundFen).toBeGreaterThan(0);
  await expect(giveBack(right.id, right.serial), 'twice').rejects.toThrow(/return\.exceeds_order|serial\.not_sold_to_order/);
  await staff.close();
});

test('an order is collected in a store: the code on the buyer’s phone hands it out once, and never again', async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000);
  const staff = await askAs('admin');
  const { items } = await staff.get<{ items: Level[] }>('/inventory/stock?location=S01&limit=200');
  const sku = items.find(({ available, sku: code }) => available >= 3 && code.startsWith('GY-F'))?.sku ?? '';
  const { items: found } = await staff.get<{ items: { name: string }[] }>(`/inventory/stock?search=${sku}&location=S01&limit=1`);
  await page.goto(`${shop}/search?q=${encodeURIComponent(found[0]?.name ?? '')}`);
  await page.locator('main a[href^="/p/"]').first().click();
  await page.goto(`${page.url().split('?')[0] ?? ''}?sku=${encodeURIComponent(sku)}`);
  await addToCart(page);
  await page.goto(`${shop}/checkout`);
  await page.getByLabel(/到店自提/).check();
  await page.getByLabel('选择门店').selectOption('S01');
  await page.getByLabel('收货人', { exact: true }).fill('王小敏');
  await page.getByLabel('手机号', { exact: true }).fill(aPhone());
  await expectAccessible(page, 'checkout with pick-up');
  await page.getByRole('button', { name: /^支付 ¥/ }).click();
  const number = await pay(page);
  await seeOrder(page);
  const { fulfilments } = await released(staff, number);
  expect(fulfilments.map(({ location }) => location)).toEqual(['S01']);

  await pack(staff, fulfilments[0]?.id ?? '');
  await page.reload();
  const code =
    (await page.locator('dt', { hasText: '取货码' }).locator('xpath=following-sibling::dd[1]').first().textContent()) ?? '';
  expect(code.replaceAll(/\D/g, '').length, 'a code to show').toBeGreaterThanOrEqual(6);

  const counter = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })).newPage();
  await signIn(counter, 'clerk');
  await counter.goto(`${console_}/supply/pickup`);
  const scan = async () => {
    await counter.getByLabel('请扫取货码').fill(code.trim());
    await counter.getByLabel('请扫取货码').press('Enter');
  };
  await scan();
  await expect(counter.getByRole('heading', { name: /^王/ })).toBeVisible();
  await expectAccessible(counter, 'the pick-up counter');
  await expectNoSidewaysScroll(counter, 'the pick-up counter');
  await counter.getByRole('button', { name: /交给顾客/ }).click();
  await expect(counter.locator('.scan-right')).toContainText('已交给');
  await scan();
  await expect(counter.locator('main')).toContainText('已经用过');
  await expect.poll(async () => (await orderOf(staff, number)).state, { timeout: 20_000 }).toBe('delivered');
  await page.reload();
  await expect(page.locator('[data-state]').first()).toHaveAttribute('data-state', 'delivered');
  await staff.close();
});
