import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

const orderId = z.uuid();

export const orderPlaced = eventType('orders.order_placed', z.object({ orderId, channel: z.string(), totalFen: z.int() }));
export const orderPaid = eventType('orders.order_paid', z.object({ orderId, totalFen: z.int() }));
export const orderReleased = eventType('orders.order_released', z.object({ orderId }));
export const orderShipped = eventType('orders.order_shipped', z.object({ orderId }));
export const orderDelivered = eventType('orders.order_delivered', z.object({ orderId }));
/** `reason` is `unpaid` when the order expired, else what the person said. */
export const orderCancelled = eventType('orders.order_cancelled', z.object({ orderId, reason: z.string() }));
/** Units called off before picking, with the frozen share that was given back for them. */
export const linesCancelled = eventType(
  'orders.lines_cancelled',
  z.object({
    orderId,
    lines: z.array(z.object({ lineNo: z.int(), quantity: z.int(), amountFen: z.int(), taxFen: z.int(), points: z.int() })),
  }),
);
/** History came in, at most 1,000 orders an event; none of the events above is told for them. */
export const ordersImported = eventType(
  'orders.orders_imported',
  z.object({ importId: z.string(), orderIds: z.array(z.uuid()).min(1).max(1000) }),
);
/** Somebody had the same done to many orders; what became of each is on the orders and on the run. */
export const bulkStarted = eventType(
  'orders.bulk_started',
  z.object({ runId: z.uuid(), action: z.enum(['release', 'cancel']), orders: z.int() }),
);
export const bulkFinished = eventType('orders.bulk_finished', z.object({ runId: z.uuid() }));
