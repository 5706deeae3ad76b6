import { expect, test } from '@playwright/test';
import { anOrder, askAs, console_, signIn } from './places.ts';

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

/** Picks, packs by scan and hands over one fulfilment, as the floor does; answers the lots and serial numbers that left. */
async function sendOut(staff: Staff, id: string): Promise<{ lots: string[]; serials: string[] }> {
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
  const packed = await staff.post<{ carrier: string }>(`/warehouse/fulfilments/${id}/packing`, {});
  await staff.post('/warehouse/manifests', { location: fulfilment.location, carrier: packed.carrier, fulfilmentIds: [id] });
  return { lots: list.stops.flatMap((stop) => stop.lots.map(({ lot }) => lot)), serials };
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
