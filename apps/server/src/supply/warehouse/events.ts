import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

const fulfilmentId = z.uuid();
/** Units as they were sold, by line of their order: a kit counts as one. */
const orders = z.array(
  z.object({ orderId: z.uuid(), lines: z.array(z.object({ lineNo: z.int(), quantity: z.int().min(1) })).min(1) }),
);

/** The units left: a carrier has them. */
export const fulfilmentShipped = eventType(
  'warehouse.fulfilment_shipped',
  z.object({ fulfilmentId, number: z.string(), location: z.string(), orders, carrier: z.string(), trackingNumber: z.string() }),
);
/** `isLate`: after the promised day. */
export const fulfilmentDelivered = eventType(
  'warehouse.fulfilment_delivered',
  z.object({ fulfilmentId, number: z.string(), orders, at: z.iso.datetime(), isLate: z.boolean() }),
);
/** A pick-up lies ready for its buyer. */
export const pickupReady = eventType(
  'warehouse.pickup_ready',
  z.object({ fulfilmentId, number: z.string(), location: z.string(), orders, keepUntil: z.iso.date() }),
);
/** The buyer has it; the units left the store. */
export const fulfilmentCollected = eventType(
  'warehouse.fulfilment_collected',
  z.object({ fulfilmentId, number: z.string(), location: z.string(), orders }),
);
/** A location cannot send these units: all of the fulfilment, or (`isWhole` false) those that were short when picking. Still promised there. */
export const fulfilmentRejected = eventType(
  'warehouse.fulfilment_rejected',
  z.object({
    fulfilmentId,
    number: z.string(),
    location: z.string(),
    reason: z.enum(['not_found', 'damaged', 'no_staff']),
    isWhole: z.boolean(),
    /** Which units of which SKU were not there or damaged, as they lie on the shelf; all of a rejected fulfilment's. */
    units: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })),
    orders,
  }),
);
/** Nobody came for a pick-up in time. Still promised there. */
export const fulfilmentLapsed = eventType(
  'warehouse.fulfilment_lapsed',
  z.object({ fulfilmentId, number: z.string(), location: z.string(), orders }),
);
