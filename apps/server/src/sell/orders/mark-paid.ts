import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { lockBalance, refundRest } from '../payments/index.ts';
import { changeOrder, lockOrder, noteOrder } from './change-order.ts';
import { orderPaid } from './events.ts';

/**
 * What money that came in does to its order: an open order is paid; one that was cancelled meanwhile, or paid by an earlier payment,
 * gets it back. Told twice, it has one effect.
 */
export async function markPaid(
  ctx: Ctx,
  { orderId, paymentId, amountFen }: { orderId: string; paymentId: string; amountFen: number },
): Promise<void> {
  const order = await lockOrder(ctx, { orderId });
  if (order.state === 'placed') {
    await changeOrder(ctx, order, {
      to: 'paid',
      set: { paid_at: ctx.now, attention: null },
      what: 'paid',
      details: { paymentId, amountFen },
    });
    await emit(ctx, orderPaid, { orderId, totalFen: order.totalFen });
    return;
  }
  const isLate = order.state === 'cancelled';
  const balance = await lockBalance(ctx.tx, orderId);
  if (!isLate && balance.captured[0] === paymentId) return;

  const refundedFen = await refundRest(ctx, { paymentId, reason: isLate ? 'paid_late' : 'paid_twice' });
  if (refundedFen > 0)
    await noteOrder(ctx, {
      orderId,
      what: isLate ? 'payment_late_refunded' : 'payment_doubled_refunded',
      details: { paymentId, refundedFen },
    });
}
