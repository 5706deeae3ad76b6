import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import type { parcelLate } from '../../../supply/delivery/index.ts';
import { fulfilmentsOf, ordersIn, type pickupReady } from '../../../supply/warehouse/index.ts';
import { lockOrders, noteOrders } from '../change-order.ts';
import { raiseHolds } from '../hold/holds.ts';

/**
 * A parcel that is not there on its promised day puts its orders before a person's eyes, in the exceptions queue; it ends by itself when all
 * that has left has arrived. Told after it came, nothing happens.
 */
export async function watchLate(ctx: Ctx, late: readonly z.output<typeof parcelLate.payload>[]): Promise<void> {
  const orders = await ordersIn(
    ctx.tx,
    late.map(({ fulfilmentId }) => fulfilmentId),
  );
  const ids = [...orders.values()].flat();
  await lockOrders(ctx, ids);
  const onTheWay = new Set((await fulfilmentsOf(ctx.tx, ids)).filter(({ state }) => state === 'handed_over').map((one) => one.fulfilmentId)); // prettier-ignore
  await raiseHolds(
    ctx,
    late
      .filter(({ fulfilmentId }) => onTheWay.has(fulfilmentId))
      .flatMap(({ fulfilmentId, carrier, trackingNumber, promisedOn }) =>
        (orders.get(fulfilmentId) ?? []).map((orderId) => ({
          orderId,
          reason: 'parcel_late' as const,
          details: { carrier, trackingNumber, promisedOn },
        })),
      ),
  );
}

/** A pick-up lies ready: said on the timeline that its buyer reads beside the code, with the last day on which it is kept. */
export const notePickupsReady = (ctx: Ctx, ready: readonly z.output<typeof pickupReady.payload>[]): Promise<void> =>
  noteOrders(
    ctx,
    ready.flatMap(({ orders, number, location, keepUntil }) =>
      orders.map(({ orderId }) => ({
        orderId,
        what: 'pickup_ready' as const,
        details: { fulfilment: number, location, keepUntil },
      })),
    ),
  );
