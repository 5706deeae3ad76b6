import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { shipPromised } from '../../supply/inventory/index.ts';
import { deliverFulfilments, fulfilmentsOf, shipFulfilments } from '../../supply/warehouse/index.ts';
import { changeOrder, lockOrder } from './change-order.ts';
import { orderDelivered, orderShipped } from './events.ts';
import { releaseHolds } from './hold/holds.ts';
import { checkStep } from './order.ts';
import { isInHouse } from './sending/sent.ts';
import { settleShipping } from './sending/settle-shipping.ts';

export interface ShipOrder {
  orderId: string;
  carrier: string;
  trackingNumber: string;
  version?: number | undefined;
}

/**
 * Ships all that is left of a released order: its parcels leave and their units are off the stock. Other orders in the same parcels go with
 * them. Refuses `order.not_found`, `order.wrong_state`, `lot.not_usable`.
 */
export async function shipOrder(ctx: Ctx, { orderId, carrier, trackingNumber, version }: ShipOrder): Promise<void> {
  const order = await lockOrder(ctx, { orderId, version });
  checkStep(order.state, 'ship');
  const parcels = (await fulfilmentsOf(ctx.tx, [orderId])).filter((one) => isInHouse(one) && one.lines.length > 0);
  if (order.attention !== null) await releaseHolds(ctx, { orderIds: [orderId] });
  if (parcels.length > 0) {
    await shipFulfilments(
      ctx,
      parcels.map(({ fulfilmentId }) => ({ fulfilmentId, carrier, trackingNumber })),
    );
    return settleShipping(ctx, [orderId]);
  }
  // released before places had fulfilments
  const set = { shipped_at: ctx.now, carrier, tracking_number: trackingNumber };
  await changeOrder(ctx, order, { to: 'shipped', set, what: 'shipped', details: { carrier, trackingNumber } });
  await emit(ctx, orderShipped, { orderId });
  await shipPromised(ctx, { orderId, cause: `order:${order.number}` });
}

/** The parcels arrived. Refuses `order.not_found`, `order.wrong_state`. */
export async function deliverOrder(ctx: Ctx, input: { orderId: string; version?: number | undefined }): Promise<void> {
  const order = await lockOrder(ctx, input);
  await changeOrder(ctx, order, { to: 'delivered', set: { delivered_at: ctx.now }, what: 'delivered' });
  await emit(ctx, orderDelivered, { orderId: order.id });
  const parcels = await fulfilmentsOf(ctx.tx, [order.id]);
  await deliverFulfilments(
    ctx,
    parcels.filter(({ state }) => state === 'handed_over').map(({ fulfilmentId }) => ({ fulfilmentId })),
  );
}
