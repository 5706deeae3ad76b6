import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

const ids = { purchaseId: z.uuid(), number: z.string(), cause: z.string() };

export const purchaseRequested = eventType(
  'purchasing.purchase_requested',
  z.object({ ...ids, lines: z.array(z.object({ sku: z.string(), quantity: z.int(), unitCostFen: z.int() })) }),
);

/** Goods arrived and are stock. `state` tells whether more is expected. */
export const purchaseReceived = eventType(
  'purchasing.purchase_received',
  z.object({
    ...ids,
    receiptId: z.uuid(),
    state: z.enum(['partly_received', 'received']),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
  }),
);

/** What was still open will not come: `cancelled` had no receipt, `closed` had some. */
export const purchaseGivenUp = eventType(
  'purchasing.purchase_given_up',
  z.object({ ...ids, state: z.enum(['cancelled', 'closed']) }),
);
