import type { Ctx } from '../../platform/ctx.ts';
import { on, onMany } from '../../platform/events.ts';
import { paymentCaptured, paymentFailed, refundDone, refundFailed } from '../payments/index.ts';
import { earnForDelivered } from './earn-points.ts';
import { orderDelivered } from './events.ts';
import { changeOrder, lockOrder, noteOrder } from './change-order.ts';
import { markAllPaid } from './mark-paid.ts';
import type { Attention, TimelineKind } from './order.ts';

/** What orders do when money moves, and when one of them is paid. */
export const orderReactions = [
  onMany(paymentCaptured, 'orders.mark-paid', (ctx, told) =>
    markAllPaid(
      ctx,
      told.map(({ payload }) => payload),
    ),
  ),
  on(paymentFailed, 'orders.note-failed-payment', async (ctx, { orderId, failure, ...details }) => {
    if (failure === 'declined')
      await noteOrder(ctx, { orderId, what: 'payment_declined', details: { paymentId: details.paymentId } });
    else await raise(ctx, { orderId, attention: 'payment_wrong_amount', what: 'payment_wrong_amount', details });
  }),
  on(refundDone, 'orders.note-refund', async (ctx, { orderId, isOurs, ...details }) => {
    if (isOurs) await noteOrder(ctx, { orderId, what: 'refund_done', details });
    else await raise(ctx, { orderId, attention: 'payment_refunded', what: 'refund_done', details: { ...details, isOurs } });
  }),
  on(refundFailed, 'orders.note-failed-refund', (ctx, { orderId, ...details }) =>
    raise(ctx, { orderId, attention: 'refund_failed', what: 'refund_failed', details }),
  ),
  onMany(orderDelivered, 'orders.earn-points', (ctx, told) =>
    earnForDelivered(
      ctx,
      told.map(({ payload }) => payload.orderId),
    ),
  ),
];

/** Puts an order before a person's eyes, with the reason. */
async function raise(
  ctx: Ctx,
  {
    orderId,
    attention,
    what,
    details,
  }: { orderId: string; attention: Attention; what: TimelineKind; details: Record<string, unknown> },
): Promise<void> {
  const order = await lockOrder(ctx, { orderId });
  await changeOrder(ctx, order, { set: { attention }, what, details });
}
