// By which lots the orders of a day were sent: what left the shelves is given to them, first expired first out.
import type { PastDispatch } from '../supply/inventory/index.ts';
import type { DemoOrder } from './history.ts';
import type { Booking } from './stockroom.ts';

type Sent = Omit<PastDispatch, 'orderId' | 'at'> & { order: DemoOrder };

/** Lines of lots only; every unit that left goes to one order of its place, and no order gets more than it bought. */
export function lotsSent(shipments: readonly Booking[], orders: readonly DemoOrder[]): Sent[] {
  const key = (one: { sku: string; location: string }) => `${one.location} ${one.sku}`;
  const shelves = Map.groupBy(
    shipments.filter(({ lot }) => lot !== undefined).map((booking) => ({ ...booking, left: -booking.quantity })),
    key,
  );
  return orders.flatMap((order) => {
    if (order.isCancelled) return [];
    return order.lines.flatMap(({ one: { sku }, quantity }, index) => {
      let open = quantity;
      const own = shelves.get(key({ sku, location: order.location })) ?? [];
      return own.flatMap((booking): Sent[] => {
        const part = Math.min(open, booking.left);
        if (part <= 0 || booking.lot === undefined) return [];
        booking.left -= part;
        open -= part;
        const { location, lot, unitCostFen } = booking;
        return [{ order, lineNo: index + 1, sku, location, lot, quantity: part, unitCostFen }];
      });
    });
  });
}
