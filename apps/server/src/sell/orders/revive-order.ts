import { sql } from 'kysely';
import { spendPoints } from '../../base/membership/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { promiseStocks } from '../../supply/inventory/index.ts';
import { claimAgain } from '../promotions/index.ts';
import type { LockedOrder } from './change-order.ts';
import { linesOf } from './facts.ts';

/**
 * Brings an order that expired unpaid back to life: its points, coupons, budgets and stock are taken again, at the frozen price, all of
 * them or none. Answers false when it was called off by somebody, or anything of it is not there any more; then nothing is taken.
 */
export async function reviveOrder(ctx: Ctx, order: LockedOrder): Promise<boolean> {
  if (order.cancelReason !== 'unpaid') return false;
  await run(ctx.tx, sql`savepoint revive`);
  if (!(await takeAgain(ctx, order))) {
    await run(ctx.tx, sql`rollback to savepoint revive`);
    return false;
  }
  await run(
    ctx.tx,
    sql`update orders."order" set state = 'placed', cancelled_at = null, cancel_reason = null where id = ${order.id}`,
  );
  return true;
}

/** In the one order of the house: points, offers, stock. */
async function takeAgain(ctx: Ctx, order: LockedOrder): Promise<boolean> {
  if (!(await spendAgain(ctx, order))) return false;
  if (order.applied.length > 0 && !(await claimAgain(ctx, order.id))) return false;
  const lines = (await linesOf(ctx.tx, [order.id])).flatMap(({ lineNo, sku, quantity, cancelledQuantity, location }) =>
    location === null || quantity === cancelledQuantity
      ? []
      : [{ lineNo, sku, quantity: quantity - cancelledQuantity, location }],
  );
  const [short] = await promiseStocks(ctx, [{ orderId: order.id, channel: order.channel, lines }]);
  return lines.length > 0 && short !== undefined && short.length === 0;
}

/** The points that it still owed when it expired; those of lines called off before stay with the buyer. */
async function spendAgain(ctx: Ctx, { id, customerId, pointsSpent, version }: LockedOrder): Promise<boolean> {
  if (pointsSpent === 0 || customerId === null) return true;
  const [off] = await run(
    ctx.tx,
    sql<{ points: number }>`select coalesce(sum(points), 0)::int as points from orders.line_cancellation where order_id = ${id}`,
  );
  const points = pointsSpent - (off?.points ?? 0);
  const [answer] = await spendPoints(ctx, [{ customerId, orderId: id, points, again: `again:${version}` }]);
  return answer === 'ok';
}
