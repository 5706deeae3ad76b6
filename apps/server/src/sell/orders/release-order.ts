import type { Ctx } from '../../platform/ctx.ts';
import { emitMany } from '../../platform/events.ts';
import { lockBalances } from '../payments/index.ts';
import { changeOrder, changeOrders, type LockedOrder, lockOrder, lockOrders } from './change-order.ts';
import { orderReleased } from './events.ts';
import { type Attention, isComplete } from './order.ts';

/** Releases a paid order to the warehouse, whatever held it back. Refuses `order.not_found`, `order.wrong_state`. */
export async function releaseOrder(ctx: Ctx, input: { orderId: string; version?: number | undefined }): Promise<void> {
  await release(ctx, [await lockOrder(ctx, input)], 'person');
}

/** The automatic rule: paid orders with a complete address and their money still there go on by themselves; others wait, with the reason. */
export async function releaseByRule(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const paid = [...(await lockOrders(ctx, orderIds)).values()].filter((order) => order.state === 'paid');
  const balances = await lockBalances(
    ctx.tx,
    paid.map((order) => order.id),
  );
  const judged = paid.map((order) => {
    const { receivedFen, refundedFen } = balances.get(order.id) ?? { receivedFen: 0, refundedFen: 0 };
    return { order, hindrance: hindranceOf(order, receivedFen - refundedFen) };
  });
  await release(
    ctx,
    judged.filter(({ hindrance }) => hindrance === undefined).map(({ order }) => order),
    'rule',
  );
  for (const { order, hindrance } of judged)
    if (hindrance !== undefined && hindrance !== order.attention)
      await changeOrder(ctx, order, { set: { attention: hindrance }, what: 'held', details: { reason: hindrance } });
}

async function release(ctx: Ctx, orders: readonly LockedOrder[], by: 'rule' | 'person'): Promise<void> {
  await changeOrders(ctx, {
    to: 'released',
    at: 'released_at',
    what: 'released',
    orders: orders.map((order) => ({ order, details: { by } })),
  });
  await emitMany(
    ctx,
    orderReleased,
    orders.map(({ id }) => ({ orderId: id })),
  );
}

function hindranceOf(order: LockedOrder, heldFen: number): Attention | undefined {
  const { recipientName: name, recipientPhone: phone, region, address } = order;
  if (!isComplete({ name: name ?? '', phone: phone ?? '', region: region ?? '', address: address ?? '' }))
    return 'address_incomplete';
  return heldFen < order.totalFen - order.cancelledFen ? 'payment_refunded' : undefined;
}
