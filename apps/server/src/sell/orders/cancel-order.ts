import { returnPoints } from '../../base/membership/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { releasePromise } from '../../supply/inventory/index.ts';
import { giveCapacityBack } from '../../supply/routing/index.ts';
import { withdrawLines } from '../../supply/warehouse/index.ts';
import { closePayments, lockBalance } from '../payments/index.ts';
import { returnClaims } from '../promotions/index.ts';
import { changeOrder, type LockedOrder, lockOrder, noteOrder } from './change-order.ts';
import { orderCancelled } from './events.ts';
import { releaseHolds } from './hold/holds.ts';

export interface CancelOrder {
  orderId: string;
  reason: string;
  version?: number | undefined;
}

/**
 * Calls an order off while all of it is in the house, whatever is picked or packed already: it is unpacked, stock goes back once, what was
 * paid is refunded once. Refuses `order.not_found`, `order.wrong_state` once shipped or cancelled, `fulfilment.too_late` while it leaves.
 */
export async function cancelOrder(ctx: Ctx, { orderId, reason, version }: CancelOrder): Promise<void> {
  await callOff(ctx, await lockOrder(ctx, { orderId, version }), { reason, what: 'cancelled' });
}

/** Cancels an order that nobody paid in time. One that is paid, or whose money is just being booked, stays. Answers whether it did. */
export async function expireOrder(ctx: Ctx, orderId: string): Promise<boolean> {
  const order = await lockOrder(ctx, { orderId });
  if (order.state !== 'placed' || order.expiresAt === null || order.expiresAt > ctx.now) return false;
  const { captured } = await lockBalance(ctx.tx, orderId);
  if (captured.length > 0) return false; // the payment's reaction is on its way
  await callOff(ctx, order, { reason: 'unpaid', what: 'expired' });
  return true;
}

async function callOff(
  ctx: Ctx,
  order: LockedOrder,
  { reason, what }: { reason: string; what: 'cancelled' | 'expired' },
): Promise<void> {
  const { id: orderId } = order;
  const set = { cancelled_at: ctx.now, cancel_reason: reason, attention: null };
  if (order.attention !== null) await releaseHolds(ctx, { orderIds: [orderId] });
  await changeOrder(ctx, order, { to: 'cancelled', set, what, details: { reason } });
  const refundFen = await closePayments(ctx, { orderId, reason: what });
  if (refundFen > 0) await noteOrder(ctx, { orderId, what: 'refund_requested', details: { refundFen } });

  if (order.customerId !== null && order.pointsSpent > 0)
    await returnPoints(ctx, [{ orderId, customerId: order.customerId, cause: `cancelled:${order.version}` }]); // one that came back to life may be called off once more
  await returnClaims(ctx, [orderId]);
  await emit(ctx, orderCancelled, { orderId, reason });
  if (order.state === 'released') {
    await withdrawLines(ctx, { orderId, reason: 'order_cancelled' });
    await giveCapacityBack(ctx, [orderId]);
  }
  await releasePromise(ctx, { orderId }); // last: hot stock rows are held shortest
}
