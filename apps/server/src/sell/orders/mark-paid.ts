import type { Ctx } from '../../platform/ctx.ts';
import { emitMany } from '../../platform/events.ts';
import { lockBalance, refundOrder, refundRest } from '../payments/index.ts';
import { giveEarnedCoupons } from '../promotions/index.ts';
import { type LockedOrder, lockOrder, lockOrders, moveOrders, noteOrder } from './change-order.ts';
import { orderPaid } from './events.ts';
import { releaseHolds } from './hold/holds.ts';
import { reviveOrder } from './revive-order.ts';

interface Captured {
  orderId: string;
  paymentId: string;
  amountFen: number;
}

/**
 * What money that came in does to its orders: open ones are paid, all with a few statements; whatever is unusual goes one after another.
 * Told twice, it has one effect.
 */
export async function markAllPaid(ctx: Ctx, captured: readonly Captured[]): Promise<void> {
  const locked = await lockOrders(
    ctx,
    captured.map(({ orderId }) => orderId),
  );
  const told = Map.groupBy(captured, ({ orderId }) => orderId);
  const plain = captured.flatMap((one) => {
    const order = locked.get(one.orderId);
    return order?.state === 'placed' && order.cancelledFen === 0 && told.get(one.orderId)?.length === 1 ? [{ order, one }] : [];
  });
  await pay(ctx, plain);
  const done = new Set(plain.map(({ one }) => one));
  for (const one of captured) if (!done.has(one)) await markPaid(ctx, one);
}

/** Lean on purpose: what follows from being paid, review and release, is the reaction's. */
async function pay(ctx: Ctx, paid: readonly { order: LockedOrder; one: Captured }[]): Promise<void> {
  if (paid.length === 0) return;
  const watched = paid.flatMap(({ order }) => (order.attention === null ? [] : [order.id]));
  await releaseHolds(ctx, { orderIds: watched, reasons: ['payment_wrong_amount'] });
  await moveOrders(
    ctx,
    paid.map(({ order, one: { paymentId, amountFen } }) => ({
      order,
      steps: [{ to: 'paid', details: { paymentId, amountFen } }],
    })),
  );
  await emitMany(
    ctx,
    orderPaid,
    paid.map(({ order }) => ({ orderId: order.id, totalFen: order.totalFen })),
  );
  await giveEarnedCoupons(
    ctx,
    paid.flatMap(({ order }) => (order.applied.length > 0 ? order.id : [])),
  );
}

/**
 * One order: open, it is paid. Expired meanwhile, it comes back to life if its stock and its offers are really there; else, like one that was called off
 * or paid by an earlier payment, it gets the money back.
 */
async function markPaid(ctx: Ctx, one: Captured): Promise<void> {
  const { orderId, paymentId } = one;
  const order = await lockOrder(ctx, { orderId });
  if (order.state === 'placed') return payWhatIsLeft(ctx, order, one);
  if (order.state === 'cancelled' && (await reviveOrder(ctx, order))) {
    await noteOrder(ctx, { orderId, what: 'revived', details: { paymentId } });
    return payWhatIsLeft(ctx, { ...order, state: 'placed' }, one);
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

/** Lines may have been called off while the buyer was paying for them: what came in too much goes back. */
async function payWhatIsLeft(ctx: Ctx, order: LockedOrder, one: Captured): Promise<void> {
  await pay(ctx, [{ order, one }]);
  const tooMuchFen = one.amountFen - (order.totalFen - order.cancelledFen);
  if (tooMuchFen > 0)
    await refundOrder(ctx, { orderId: order.id, amountFen: tooMuchFen, cause: 'called_off_before', reason: 'lines_cancelled' });
}

/** An order that owes nothing any more, its dear lines called off, needs no payment. */
export async function markFree(ctx: Ctx, order: LockedOrder): Promise<void> {
  await moveOrders(ctx, [{ order, steps: [{ to: 'paid', details: { amountFen: 0 } }] }]);
  await emitMany(ctx, orderPaid, [{ orderId: order.id, totalFen: 0 }]);
  await giveEarnedCoupons(ctx, order.applied.length > 0 ? [order.id] : []);
}
