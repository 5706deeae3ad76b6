import type { Ctx } from '../../../platform/ctx.ts';
import { emitMany } from '../../../platform/events.ts';
import { type FulfilmentFacts, fulfilmentsOf } from '../../../supply/warehouse/index.ts';
import { changeOrder, type LockedOrder, lockOrders } from '../change-order.ts';
import { orderDelivered, orderShipped } from '../events.ts';
import { linesToSend } from './lines-to-send.ts';
import { type Sent, sentOf } from './sent.ts';

/**
 * Brings orders to where their parcels are: partly shipped, shipped, delivered. Reads what is, so that it may be told late, twice or in
 * any sequence.
 */
export async function settleShipping(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const ids = [...new Set(orderIds)];
  const orders = [...(await lockOrders(ctx, ids)).values()].filter(({ state }) =>
    ['released', 'partly_shipped', 'shipped'].includes(state),
  );
  if (orders.length === 0) return;
  const open = orders.map(({ id }) => id);
  const lines = await linesToSend(ctx.tx, open);
  const fulfilments = Map.groupBy(await fulfilmentsOf(ctx.tx, open), ({ orderId }) => orderId);
  for (const order of orders) {
    const own = fulfilments.get(order.id) ?? [];
    if (own.length > 0) await settle(ctx, order, sentOf(lines.get(order.id) ?? [], own));
  }
}

async function settle(ctx: Ctx, order: LockedOrder, sent: Sent): Promise<void> {
  const { id: orderId } = order;
  if (order.state !== 'shipped' && sent.isAllGone) await markShipped(ctx, order, sent.last);
  else if (order.state === 'released' && sent.last !== undefined)
    await changeOrder(ctx, order, {
      to: 'partly_shipped',
      set: waybill(sent.last),
      what: 'partly_shipped',
      details: { ...waybillDetails(sent.last), lines: sent.last.lines },
    });
  if (!sent.isAllGone || !sent.isAllThere) return;
  const what = sent.isCollected ? 'collected' : 'delivered';
  await changeOrder(ctx, { id: orderId, state: 'shipped' }, { to: 'delivered', set: { delivered_at: ctx.now }, what });
  await emitMany(ctx, orderDelivered, [{ orderId }]);
}

/** All that is owed has left. */
async function markShipped(ctx: Ctx, order: LockedOrder, last: FulfilmentFacts | undefined): Promise<void> {
  await changeOrder(ctx, order, {
    to: 'shipped',
    set: { shipped_at: ctx.now, ...(last !== undefined && waybill(last)) },
    what: 'shipped',
    details: last === undefined ? {} : waybillDetails(last),
  });
  await emitMany(ctx, orderShipped, [{ orderId: order.id }]);
}

const waybill = ({ carrier, trackingNumber }: FulfilmentFacts) => ({
  ...(carrier !== null && { carrier }),
  ...(trackingNumber !== null && { tracking_number: trackingNumber }),
});
const waybillDetails = ({ carrier, trackingNumber, number, location }: FulfilmentFacts) => ({
  ...(carrier !== null && { carrier }),
  ...(trackingNumber !== null && { trackingNumber }),
  fulfilment: number,
  location,
});
