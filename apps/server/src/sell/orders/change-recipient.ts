import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { changeOrder, lockOrder } from './change-order.ts';
import { canMove, movesFrom, type Recipient } from './order.ts';
import { releaseByRule } from './release-order.ts';

/**
 * Mends where an order goes, until it is shipped; an order that only waited for it goes on. Refuses `order.not_found`,
 * `order.wrong_state`.
 */
export async function changeRecipient(ctx: Ctx, { orderId, ...recipient }: { orderId: string } & Recipient): Promise<void> {
  const order = await lockOrder(ctx, { orderId });
  if (!canMove(order.state, 'cancelled')) refuse('order.wrong_state', { state: order.state, moves: [...movesFrom(order.state)] });

  const { name, phone, region, address } = recipient;
  await changeOrder(ctx, order, {
    set: { recipient_name: name, recipient_phone: phone, region, address },
    what: 'recipient_changed',
  });
  if (order.attention === 'address_incomplete') await releaseByRule(ctx, [orderId]);
}
