import { findCustomers } from '../../base/customers/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { emitMany } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { shipPromised } from '../../supply/inventory/index.ts';
import { takeAtTill } from '../payments/index.ts';
import { noteOrder } from './change-order.ts';
import { orderDelivered, orderPaid, orderReleased, orderShipped } from './events.ts';
import type { OrderSource } from './order.ts';
import { placeOrder } from './place-orders.ts';
import { ownStore } from './staff-order.ts';
import { orders } from './tables.ts';

export interface PlaceStoreOrder {
  store: string;
  customerId?: string | undefined;
  lines: readonly { sku: string; quantity: number }[];
  couponCodes?: readonly string[] | undefined;
  pointsWanted?: number | undefined;
  payment: 'cash' | 'card';
  expectedTotalFen?: number | undefined;
  note?: string | undefined;
  source?: OrderSource;
}

/**
 * A sale at the till: paid, handed over and off the store's stock in one go. A clerk sells in the own store only.
 * Refuses what placing refuses, and `location.not_found`, `customer.not_found`.
 */
export async function placeStoreOrder(ctx: Ctx, input: PlaceStoreOrder): Promise<string> {
  const { customerId } = input;
  const store = await ownStore(ctx, input.store);
  if (customerId !== undefined && !(await findCustomers(ctx.tx, [customerId])).has(customerId))
    refuse('customer.not_found', { customerId });

  const { orderId, number, totalFen } = await placeOrder(ctx, { ...input, channel: 'store', location: store, provider: 'till' });
  await takeAtTill(ctx, { orderId, reference: number, method: input.payment, amountFen: totalFen, currency: 'CNY' });
  await orders(ctx.tx)
    .updateTable('order')
    .set({ state: 'delivered', paid_at: ctx.now, released_at: ctx.now, shipped_at: ctx.now, delivered_at: ctx.now })
    .where('id', '=', orderId)
    .execute();
  await noteOrder(ctx, { orderId, what: 'paid', details: { method: input.payment, amountFen: totalFen } });
  await noteOrder(ctx, { orderId, what: 'delivered', details: { store } });

  await emitMany(ctx, orderPaid, [{ orderId, totalFen }]);
  for (const fact of [orderReleased, orderShipped, orderDelivered]) await emitMany(ctx, fact, [{ orderId }]);
  await shipPromised(ctx, { orderId, cause: `order:${number}` });
  return orderId;
}
