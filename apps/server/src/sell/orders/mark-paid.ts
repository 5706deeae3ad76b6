import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { promiseStocks } from '../../supply/inventory/index.ts';
import { lockBalance, refundRest } from '../payments/index.ts';
import { giveEarnedCoupons } from '../promotions/index.ts';
import { type LockedOrder, lockOrder, lockOrders, moveOrders, noteOrder } from './change-order.ts';
import { orderPaid } from './events.ts';
import { linesOf } from './facts.ts';
import { releaseHolds } from './hold/holds.ts';

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
    return order?.state === 'placed' && told.get(one.orderId)?.length === 1 ? [{ order, one }] : [];
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
 * One order: open, it is paid. Expired meanwhile, it comes back to life if its stock is really there; else, like one that was called off
 * or paid by an earlier payment, it gets the money back.
 */
async function markPaid(ctx: Ctx, one: Captured): Promise<void> {
  const { orderId, paymentId } = one;
  const order = await lockOrder(ctx, { orderId });
  if (order.state === 'placed') return pay(ctx, [{ order, one }]);
  if (order.state === 'cancelled' && (await revive(ctx, order))) {
    await noteOrder(ctx, { orderId, what: 'revived', details: { paymentId } });
    return pay(ctx, [{ order: { ...order, state: 'placed' }, one }]);
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

/**
 * Promises the stock of an expired order again, every line or none. What promotions, coupons and points gave went back when it expired,
 * perhaps to somebody else: an order that used any does not come back.
 */
async function revive(ctx: Ctx, order: LockedOrder): Promise<boolean> {
  const isPlain = order.pointsSpent === 0 && order.applied.length === 0;
  if (order.cancelReason !== 'unpaid' || !isPlain) return false;
  const lines = (await linesOf(ctx.tx, [order.id])).flatMap(({ lineNo, sku, quantity, location }) =>
    location === null ? [] : [{ lineNo, sku, quantity, location }],
  );
  const [short] = await promiseStocks(ctx, [{ orderId: order.id, channel: order.channel, lines }]);
  if (lines.length === 0 || short === undefined || short.length > 0) return false;
  await run(
    ctx.tx,
    sql`update orders."order" set state = 'placed', cancelled_at = null, cancel_reason = null where id = ${order.id}`,
  );
  return true;
}
