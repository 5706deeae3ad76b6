import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

/** Units came or went. The figures are those of the moment and never change; at most 1,000 movements an event. */
export const stockMoved = eventType(
  'inventory.stock_moved',
  z.object({
    movements: z
      .array(
        z.object({
          id: z.uuid(),
          sku: z.string(),
          location: z.string(),
          kind: z.string(),
          quantity: z.int(),
          balance: z.int(),
          unitCostFen: z.int(),
          /** By how much stock there is worth more; a landed cost changes it without a unit moving. */
          valueFen: z.int().optional(),
        }),
      )
      .min(1)
      .max(1000),
  }),
);

/** The nightly comparison found balances that are not what their ledgers sum to. */
export const driftFound = eventType('inventory.drift_found', z.object({ reportId: z.uuid(), rows: z.int().min(1) }));

/** Drifted balances were set to what their ledgers say; `rows` of them could be. */
export const driftRepaired = eventType('inventory.drift_repaired', z.object({ reportId: z.uuid(), rows: z.int().min(0) }));

/** Units came for orders that were sold ahead; these wait for nothing any more. */
export const aheadCovered = eventType('inventory.ahead_covered', z.object({ orderIds: z.array(z.uuid()).min(1) }));

/** A cost that arrived after its goods was split over them. */
export const landedCostBooked = eventType(
  'inventory.landed_cost_booked',
  z.object({ id: z.uuid(), cause: z.string(), amountFen: z.int() }),
);

/** A person changed what may be sold beyond the balance itself; the figures as they were and as they are, for the audit log. */
export const termsChanged = eventType(
  'inventory.terms_changed',
  z.object({
    what: z.enum(['safety_stock', 'channel_rule', 'earmark', 'quota', 'sale_ahead']),
    sku: z.string().nullable(),
    location: z.string().nullable(),
    channel: z.string().nullable(),
    before: z.record(z.string(), z.union([z.string(), z.int()]).nullable()).nullable(),
    after: z.record(z.string(), z.union([z.string(), z.int()]).nullable()).nullable(),
  }),
);
