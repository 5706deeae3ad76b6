import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emit, emitMany } from '../../platform/events.ts';
import { promiseStocks } from '../../supply/inventory/index.ts';
import { lockBalance, refundRest } from '../payments/index.ts';
import { changeOrders, type LockedOrder, lockOrder, lockOrders, noteOrder } from './change-order.ts';
import { orderPaid } from './events.ts';
import { linesOf } from './facts.ts';

interface Captured {
  orderId: string;
  paymentId: string;
  amountFen: number;
}

/**
 * What money that came in does to its orders: open ones are paid, all in one go; whatever is unusual goes one after another. Told twice,
 * it has one effect.
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
  await changeOrders(ctx, {
    to: 'paid',
    at: 'paid_at',
    what: 'paid',
    orders: plain.map(({ order, one: { paymentId, amountFen } }) => ({ order, details: { paymentId, amountFen } })),
  });
  await emitMany(
    ctx,
    orderPaid,
    plain.map(({ order }) => ({ orderId: order.id, totalFen: order.totalFen })),
  );
  const done = new Set(plain.map(({ one }) => one));
  for (const one of captured) if (!done.has(one)) await markPaid(ctx, one);
}

/**
 * One order: open, it is paid. Expired meanwhile, it comes back to life if its stock is really there; else, like one that was called off
 * or paid by an earlier payment, it gets the money back.
 */
async function markPaid(ctx: Ctx, { orderId, paymentId, amountFen }: Captured): Promise<void> {
  const order = await lockOrder(ctx, { orderId });
  if (order.state === 'placed' || (order.state === 'cancelled' && (await revive(ctx, order)))) {
    if (order.state === 'cancelled') await noteOrder(ctx, { orderId, what: 'revived', details: { paymentId } });
    await changeOrders(ctx, {
      to: 'paid',
      at: 'paid_at',
      what: 'paid',
      orders: [{ order: { id: orderId, state: 'placed' }, details: { paymentId, amountFen } }],
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
  const [short] = await promiseStocks(ctx, [{ orderId: order.id, lines }]);
  if (lines.length === 0 || short === undefined || short.length > 0) return false;
  await run(
    ctx.tx,
    sql`update orders."order" set state = 'placed', cancelled_at = null, cancel_reason = null where id = ${order.id}`,
  );
  return true;
}
