import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { shipPromised } from '../../supply/inventory/index.ts';
import { changeOrder, lockOrder } from './change-order.ts';
import { orderDelivered, orderShipped } from './events.ts';

export interface ShipOrder {
  orderId: string;
  carrier: string;
  trackingNumber: string;
  version?: number | undefined;
}

/**
 * Ships a released order as a whole: its promised units leave the stock, first expiring lots first. Refuses `order.not_found`,
 * `order.wrong_state`.
 */
export async function shipOrder(ctx: Ctx, { orderId, carrier, trackingNumber, version }: ShipOrder): Promise<void> {
  const order = await lockOrder(ctx, { orderId, version });
  const set = { shipped_at: ctx.now, carrier, tracking_number: trackingNumber, attention: null };
  await changeOrder(ctx, order, { to: 'shipped', set, what: 'shipped', details: { carrier, trackingNumber } });

  await emit(ctx, orderShipped, { orderId });
  await shipPromised(ctx, { orderId, cause: `order:${order.number}` });
}

/** The parcel arrived. Refuses `order.not_found`, `order.wrong_state`. */
export async function deliverOrder(ctx: Ctx, input: { orderId: string; version?: number | undefined }): Promise<void> {
  const order = await lockOrder(ctx, input);
  await changeOrder(ctx, order, { to: 'delivered', set: { delivered_at: ctx.now }, what: 'delivered' });
  await emit(ctx, orderDelivered, { orderId: order.id });
}
