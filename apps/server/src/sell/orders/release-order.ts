import type { Ctx } from '../../platform/ctx.ts';
import { emitMany } from '../../platform/events.ts';
import { lockBalances } from '../payments/index.ts';
import { changeOrder, type LockedOrder, lockOrder, lockOrders, moveOrders } from './change-order.ts';
import { orderReleased } from './events.ts';
import { type Attention, isComplete } from './order.ts';

/** Releases a paid order to the warehouse, whatever held it back. Refuses `order.not_found`, `order.wrong_state`. */
export async function releaseOrder(ctx: Ctx, input: { orderId: string; version?: number | undefined }): Promise<void> {
  await release(ctx, [await lockOrder(ctx, input)], 'person');
}

/** The automatic rule: paid orders with a complete address and their money still there go on by themselves; others wait, with the reason. */
export async function releaseByRule(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const paid = [...(await lockOrders(ctx, orderIds)).values()].filter((order) => order.state === 'paid');
  const balances = await lockBalances(
    ctx.tx,
    paid.map((order) => order.id),
  );
  const judged = paid.map((order) => ({ order, hindrance: hindranceOf(order, balances.get(order.id)) }));
  await release(
    ctx,
    judged.filter(({ hindrance }) => hindrance === undefined).map(({ order }) => order),
    'rule',
  );
  for (const { order, hindrance } of judged) if (hindrance !== undefined) await hold(ctx, order, hindrance);
}

/** Puts a paid order before a person's eyes, with the reason; once a reason. */
export async function hold(ctx: Ctx, order: LockedOrder, hindrance: Attention): Promise<void> {
  if (hindrance !== order.attention)
    await changeOrder(ctx, order, { set: { attention: hindrance }, what: 'held', details: { reason: hindrance } });
}

async function release(ctx: Ctx, orders: readonly LockedOrder[], by: 'rule' | 'person'): Promise<void> {
  await moveOrders(
    ctx,
    orders.map((order) => ({ order, steps: [{ to: 'released', details: { by } }] })),
  );
  await emitMany(
    ctx,
    orderReleased,
    orders.map(({ id }) => ({ orderId: id })),
  );
}

/** Why a paid order cannot go on by itself, given the money that came for it; undefined when it can. */
export function hindranceOf(
  order: LockedOrder,
  money: { receivedFen: number; refundedFen: number } | undefined,
): Attention | undefined {
  const { recipientName: name, recipientPhone: phone, region, address } = order;
  if (!isComplete({ name: name ?? '', phone: phone ?? '', region: region ?? '', address: address ?? '' }))
    return 'address_incomplete';
  const heldFen = (money?.receivedFen ?? 0) - (money?.refundedFen ?? 0);
  return heldFen < order.totalFen - order.cancelledFen ? 'payment_refunded' : undefined;
}
