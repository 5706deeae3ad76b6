// The demo as it stands today: serial numbers on the shelf, targets for this year, orders that wait for somebody.
import { emit } from '../platform/events.ts';
import type { Ctx } from '../platform/ctx.ts';
import { addDays, addMs } from '../platform/time.ts';
import { placeOrder } from '../sell/orders/index.ts';
import { paymentCaptured, takeAtTill } from '../sell/payments/index.ts';
import { registerSerials, stockLevelsOf } from '../supply/inventory/index.ts';
import { setTarget } from '../steer/targets/index.ts';
import { demoSkus } from './catalogue.ts';
import { expectedUnits } from './demand.ts';
import type { DemoCustomer } from './people.ts';

/** Every appliance on a shelf has its number. */
export async function registerSerialNumbers(ctx: Ctx): Promise<void> {
  const appliances = demoSkus.filter(({ item }) => item.line === 'appliance').map(({ sku }) => sku);
  const levels = await stockLevelsOf(ctx.tx, appliances);
  const serials = levels.flatMap(({ sku, location, onHand }) =>
    Array.from({ length: onHand }, (_, index) => ({
      sku,
      location,
      serial: `${sku.slice(3)}-${location}-${String(index + 1).padStart(5, '0')}`,
    })),
  );
  await registerSerials(ctx, serials);
}

/** Month targets of the year: net sales and orders a little above what the season promises. */
export async function setTargets(ctx: Ctx, today: string): Promise<void> {
  const year = Number(today.slice(0, 4));
  for (let month = 1; month <= 12; month += 1) {
    const first = `${year}-${String(month).padStart(2, '0')}-01`;
    let [sales, units] = [0, 0];
    for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) {
      for (const one of demoSkus) {
        const expected = expectedUnits(one, day, 0.8);
        units += expected;
        sales += (expected * one.priceFen) / (1 + one.taxRateBp / 10_000);
      }
    }
    const set = (metric: 'net_sales' | 'gmv' | 'orders', value: number) =>
      setTarget(ctx, { metric, period: 'month', startsOn: first, value: Math.round(value), scope: {}, isAdditive: true });
    await set('net_sales', Math.round(sales / 100_000) * 100_000);
    await set('gmv', Math.round((sales * 1.13) / 100_000) * 100_000);
    await set('orders', units / 1.9);
  }
}

/** A handful of marketplace orders of the last minutes, paid there: the house reviews and releases them, the warehouse ships them. */
export async function placeOpenOrders(
  ctx: Ctx,
  customers: readonly DemoCustomer[],
  customerIds: ReadonlyMap<string, string>,
): Promise<void> {
  const skus = demoSkus.map(({ sku }) => sku);
  const plenty = (await stockLevelsOf(ctx.tx, skus, 'WH1', ctx.now)).filter(({ available }) => available > 12);
  for (const [index, customer] of customers.slice(0, 14).entries()) {
    const lines = plenty.slice(index * 7, index * 7 + 1 + (index % 3)).map(({ sku }) => ({ sku, quantity: 1 + (index % 2) }));
    if (lines.length === 0) continue;
    const at = { ...ctx, now: addMs(ctx.now, -(14 - index) * 40_000) };
    const { name, phone, region, address, externalId } = customer;
    const placed = await placeOrder(at, {
      channel: 'marketplace',
      location: 'WH1',
      customerId: customerIds.get(externalId),
      lines,
      // one buyer forgot the street: such an order waits for a person
      recipient: { name, phone, region, address: index === 6 ? '' : address },
      provider: 'till',
      source: 'demo',
    });
    const { orderId, number, totalFen } = placed;
    const paymentId = await takeAtTill(at, { orderId, reference: number, method: 'card', amountFen: totalFen, currency: 'CNY' });
    if (paymentId !== undefined) await emit(at, paymentCaptured, { paymentId, orderId, amountFen: totalFen });
  }
}
