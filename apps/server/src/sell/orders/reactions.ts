import { emailProved, phoneProved } from '../../base/customers/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { on, onMany } from '../../platform/events.ts';
import { parcelLate } from '../../supply/delivery/index.ts';
import {
  fulfilmentCollected, fulfilmentDelivered, fulfilmentLapsed, fulfilmentRejected, fulfilmentShipped, pickupReady,
} from '../../supply/warehouse/index.ts'; // prettier-ignore
import { paymentCaptured, paymentFailed, refundDone, refundFailed } from '../payments/index.ts';
import { earnForDelivered } from './earn-points.ts';
import { lockOrder, noteOrder } from './change-order.ts';
import { orderDelivered, orderPaid } from './events.ts';
import { raiseHolds, releaseHolds } from './hold/holds.ts';
import { joinGuestOrders, joinGuestOrdersByMail } from './join-guest-orders.ts';
import { markAllPaid } from './mark-paid.ts';
import type { HoldReason, TimelineKind } from './order.ts';
import { reviewOrders } from './review/review-orders.ts';
import { endLapsed } from './sending/end-lapsed.ts';
import { takeRejection } from './sending/take-rejection.ts';
import { settleShipping } from './sending/settle-shipping.ts';
import { notePickupsReady, watchLate } from './sending/tell-orders.ts';

/** What orders do when money moves, when one of them is paid, and when places send it or say that they cannot. */
export const orderReactions = [
  onMany(
    paymentCaptured,
    'orders.mark-paid',
    (ctx, told) =>
      markAllPaid(
        ctx,
        told.map(({ payload }) => payload),
      ),
    { byKey: true },
  ),
  onMany(
    orderPaid,
    'orders.review',
    (ctx, told) =>
      reviewOrders(
        ctx,
        told.map(({ payload }) => payload.orderId),
      ),
    { byKey: true, waitMs: 500 },
  ),
  on(paymentFailed, 'orders.note-failed-payment', async (ctx, { orderId, failure, ...details }) => {
    if (failure === 'declined')
      await noteOrder(ctx, { orderId, what: 'payment_declined', details: { paymentId: details.paymentId } });
    else await raise(ctx, { orderId, reason: 'payment_wrong_amount', what: 'payment_wrong_amount', details });
  }),
  on(refundDone, 'orders.note-refund', async (ctx, { orderId, isOurs, ...details }) => {
    if (!isOurs) return raise(ctx, { orderId, reason: 'payment_refunded', what: 'refund_done', details: { ...details, isOurs } });
    const { attention } = await lockOrder(ctx, { orderId });
    await noteOrder(ctx, { orderId, what: 'refund_done', details });
    if (attention !== null) await releaseHolds(ctx, { orderIds: [orderId], reasons: ['refund_failed'] });
  }),
  on(refundFailed, 'orders.note-failed-refund', (ctx, { orderId, ...details }) =>
    raise(ctx, { orderId, reason: 'refund_failed', what: 'refund_failed', details }),
  ),
  onMany(orderDelivered, 'orders.earn-points', (ctx, told) =>
    earnForDelivered(
      ctx,
      told.map(({ payload }) => payload.orderId),
    ),
  ),
  onMany(fulfilmentShipped, 'orders.settle-shipped', (ctx, told) => settleShipping(ctx, ordersIn(told))),
  onMany(fulfilmentDelivered, 'orders.settle-delivered', (ctx, told) => settleShipping(ctx, ordersIn(told))),
  onMany(fulfilmentCollected, 'orders.settle-collected', (ctx, told) => settleShipping(ctx, ordersIn(told))),
  on(fulfilmentRejected, 'orders.take-rejection', (ctx, rejection) => takeRejection(ctx, rejection)),
  onMany(parcelLate, 'orders.watch-late', (ctx, told) =>
    watchLate(
      ctx,
      told.map(({ payload }) => payload),
    ),
  ),
  onMany(pickupReady, 'orders.note-pickup-ready', (ctx, told) =>
    notePickupsReady(
      ctx,
      told.map(({ payload }) => payload),
    ),
  ),
  on(phoneProved, 'orders.join-guest-orders', async (ctx, { customerId }) => void (await joinGuestOrders(ctx, { customerId }))),
  on(
    emailProved,
    'orders.join-guest-orders-by-mail',
    async (ctx, { customerId }) => void (await joinGuestOrdersByMail(ctx, { customerId })),
  ),
  on(fulfilmentLapsed, 'orders.end-lapsed', (ctx, { number, location, orders }) => endLapsed(ctx, { number, location, orders })),
];

const ordersIn = (told: readonly { payload: { orders: readonly { orderId: string }[] } }[]): string[] =>
  told.flatMap(({ payload }) => payload.orders.map(({ orderId }) => orderId));

/** Puts an order before a person's eyes, with the reason. */
async function raise(
  ctx: Ctx,
  {
    orderId,
    reason,
    what,
    details,
  }: { orderId: string; reason: HoldReason; what: TimelineKind; details: Record<string, unknown> },
): Promise<void> {
  await lockOrder(ctx, { orderId });
  await noteOrder(ctx, { orderId, what, details });
  await raiseHolds(ctx, [{ orderId, reason, details }], { isTold: false });
}
