import { earnPoints, pointsForFen } from '../../base/membership/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { linesOf } from './facts.ts';
import { orders } from './tables.ts';

/** Members earn points on goods that arrived: what they paid for them, without freight and what was called off; once an order. */
export async function earnForDelivered(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const delivered = await orders(ctx.tx)
    .selectFrom('order')
    .select(['id', 'customer_id as customerId', 'source'])
    .where('id', 'in', [...orderIds])
    .where('customer_id', 'is not', null)
    .where('source', '=', 'live')
    .orderBy('id')
    .execute();
  const lines = Map.groupBy(
    await linesOf(
      ctx.tx,
      delivered.map(({ id }) => id),
    ),
    ({ orderId }) => orderId,
  );
  await earnPoints(
    ctx,
    delivered.flatMap(({ id, customerId }) => {
      const goodsFen = (lines.get(id) ?? []).reduce((sum, line) => sum + line.amountFen - line.cancelledFen, 0);
      return customerId === null ? [] : [{ customerId, cause: `order:${id}`, points: pointsForFen(goodsFen), goodsFen }];
    }),
  );
}
