import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { lockBalance } from '../payments/index.ts';
import { changeOrder, type LockedOrder, lockOrder } from './change-order.ts';
import { orderReleased } from './events.ts';
import { type Attention, isComplete } from './order.ts';

/** Releases a paid order to the warehouse, whatever held it back. Refuses `order.not_found`, `order.wrong_state`. */
export async function releaseOrder(ctx: Ctx, input: { orderId: string; version?: number | undefined }): Promise<void> {
  await release(ctx, await lockOrder(ctx, input), 'person');
}

/** The automatic rule: a paid order with a complete address and its money still there goes on by itself; others wait, with the reason. */
export async function releaseByRule(ctx: Ctx, orderId: string): Promise<void> {
  const order = await lockOrder(ctx, { orderId });
  if (order.state !== 'paid') return;
  const hindrance = await hindranceOf(ctx, order);
  if (hindrance === undefined) await release(ctx, order, 'rule');
  else if (hindrance !== order.attention)
    await changeOrder(ctx, order, { set: { attention: hindrance }, what: 'held', details: { reason: hindrance } });
}

async function release(ctx: Ctx, order: LockedOrder, by: 'rule' | 'person'): Promise<void> {
  await changeOrder(ctx, order, {
    to: 'released',
    set: { released_at: ctx.now, attention: null },
    what: 'released',
    details: { by },
  });
  await emit(ctx, orderReleased, { orderId: order.id });
}

async function hindranceOf(ctx: Ctx, order: LockedOrder): Promise<Attention | undefined> {
  const { recipientName: name, recipientPhone: phone, region, address } = order;
  if (!isComplete({ name: name ?? '', phone: phone ?? '', region: region ?? '', address: address ?? '' }))
    return 'address_incomplete';
  const { receivedFen, refundedFen } = await lockBalance(ctx.tx, order.id);
  return receivedFen - refundedFen < order.totalFen ? 'payment_refunded' : undefined;
}
