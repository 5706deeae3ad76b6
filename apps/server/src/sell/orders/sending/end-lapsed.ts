import type { Ctx } from '../../../platform/ctx.ts';
import { cancelLines } from '../cancel-lines.ts';
import { lockOrders, noteOrders } from '../change-order.ts';

export interface Lapsed {
  number: string;
  location: string;
  orders: readonly { orderId: string; lines: readonly { lineNo: number; quantity: number }[] }[];
}

/** Nobody came for a pick-up in time: what lay there is called off and paid back, its stock is free again; once. */
export async function endLapsed(ctx: Ctx, { number, location, orders }: Lapsed): Promise<void> {
  const locked = await lockOrders(
    ctx,
    orders.map(({ orderId }) => orderId),
  );
  for (const { orderId, lines } of orders) {
    const state = locked.get(orderId)?.state;
    if (state !== 'released' && state !== 'partly_shipped') continue;
    await noteOrders(ctx, [{ orderId, what: 'lapsed', details: { fulfilment: number, location } }]);
    await cancelLines(ctx, { orderId, lines, reason: 'lapsed' });
  }
}
