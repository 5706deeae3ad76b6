import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Fen, Id, Instant, LocationCode, page, paging, Quantity, Sku } from './values.ts';

export const transferStates = ['requested', 'sent', 'received', 'cancelled'] as const;
export const transferSteps = ['send', 'receive', 'cancel'] as const;

export const Transfer = z.object({
  id: Id,
  number: z.string(),
  from: LocationCode,
  to: LocationCode,
  state: z.enum(transferStates),
  /** What may be done next, as the transfer stands and for the caller. */
  steps: z.array(z.enum(transferSteps)),
  /** The day the units are expected at `to`. */
  expectedOn: Day,
  /** Expected before today and not there. */
  isLate: z.boolean(),
  note: z.string().nullable(),
  cause: z.string(),
  requestedBy: z.string(),
  requestedAt: Instant,
  sentBy: z.string().nullable(),
  sentAt: Instant.nullable(),
  receivedBy: z.string().nullable(),
  receivedAt: Instant.nullable(),
  cancelledBy: z.string().nullable(),
  cancelledAt: Instant.nullable(),
  cancelReason: z.string().nullable(),
  /** Units over all lines: requested, sent, received whole, received damaged, lost, still on the way. */
  requested: z.int(),
  sent: z.int(),
  received: z.int(),
  damaged: z.int(),
  lost: z.int(),
  inTransit: z.int(),
  /** What the units on the way are worth, fen. */
  inTransitFen: Fen,
});

export const TransferLine = z.object({
  lineNo: z.int(),
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  requested: z.int(),
  sent: z.int(),
  received: z.int(),
  damaged: z.int(),
  lost: z.int(),
  inTransit: z.int(),
  /** Why units are missing or damaged, in the receiver's words. */
  reason: z.string().nullable(),
  unitCostFen: Fen,
  /** What was sent: units by lot, serial numbers. */
  lots: z.array(z.object({ lot: z.string().nullable(), expiresOn: Day.nullable(), quantity: z.int() })),
  serials: z.array(z.string()),
});

export const TransferDetail = Transfer.extend({ lines: z.array(TransferLine) });

export const listTransfers = endpoint({
  method: 'GET',
  path: '/inventory/transfers',
  summary: 'Transfers between warehouses and stores, newest first',
  access: { permission: 'inventory.view' },
  query: z.object({
    state: z.enum(transferStates).optional(),
    from: LocationCode.optional(),
    to: LocationCode.optional(),
    only: z.enum(['late', 'short']).optional(),
    search: z.string().max(64).optional(),
    ...paging,
  }),
  reply: page(Transfer),
  errors: [],
});

export const getTransfer = endpoint({
  method: 'GET',
  path: '/inventory/transfers/:id',
  summary: 'One transfer with its lines',
  access: { permission: 'inventory.view' },
  params: z.object({ id: Id }),
  reply: TransferDetail,
  errors: ['transfer.not_found'],
});

export const requestTransfer = endpoint({
  method: 'POST',
  path: '/inventory/transfers',
  summary: 'Ask for units to be brought from one place to another; nothing moves yet',
  access: { permission: 'inventory.transfer' },
  body: z.object({
    from: LocationCode,
    to: LocationCode,
    expectedOn: Day,
    note: z.string().max(500).optional(),
    lines: z
      .array(z.object({ sku: Sku, quantity: Quantity }))
      .min(1)
      .max(200),
  }),
  reply: TransferDetail,
  errors: ['location.not_found', 'sku.not_found', 'transfer.same_location'],
  idempotent: true,
});

export const sendTransfer = endpoint({
  method: 'POST',
  path: '/inventory/transfers/:id/dispatch',
  summary: 'Units leave the sender, first expiring first; from now on they belong to nobody until they arrive',
  access: { permission: 'inventory.transfer' },
  params: z.object({ id: Id }),
  body: z.object({
    expectedOn: Day.optional(),
    /** Fewer than requested, or which serial numbers; a line left out is sent whole. */
    lines: z
      .array(z.object({ lineNo: z.int(), quantity: z.int().min(0), serials: z.array(z.string().max(64)).max(1000).optional() }))
      .max(200)
      .optional(),
  }),
  reply: TransferDetail,
  errors: ['transfer.not_found', 'transfer.wrong_state', 'transfer.line_not_found', 'transfer.exceeds_sent', 'transfer.serials_wrong', 'transfer.nothing_sent', 'stock.insufficient'],
  idempotent: true,
}); // prettier-ignore

export const receiveTransfer = endpoint({
  method: 'POST',
  path: '/inventory/transfers/:id/receipt',
  summary: 'Units arrive: whole, damaged, and what is missing of each line with its reason',
  access: { permission: 'inventory.transfer' },
  params: z.object({ id: Id }),
  body: z.object({
    /** A line left out arrived whole and complete. */
    lines: z
      .array(
        z.object({
          lineNo: z.int(),
          received: z.int().min(0),
          damaged: z.int().min(0).default(0),
          reason: z.string().trim().max(500).optional(),
          /** Serial numbers that did not arrive. */
          missingSerials: z.array(z.string().max(64)).max(1000).optional(),
        }),
      )
      .max(200),
  }),
  reply: TransferDetail,
  errors: ['transfer.not_found', 'transfer.wrong_state', 'transfer.line_not_found', 'transfer.exceeds_sent', 'transfer.serials_wrong', 'transfer.shortage_unexplained'],
  idempotent: true,
}); // prettier-ignore

export const cancelTransfer = endpoint({
  method: 'POST',
  path: '/inventory/transfers/:id/cancellation',
  summary: 'Call a transfer off; units that were on the way are back at the sender',
  access: { permission: 'inventory.transfer' },
  params: z.object({ id: Id }),
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  reply: TransferDetail,
  errors: ['transfer.not_found', 'transfer.wrong_state'],
  idempotent: true,
});

export const listIncoming = endpoint({
  method: 'GET',
  path: '/inventory/incoming',
  summary: 'Units on their way by transfer, each with its day, earliest first',
  access: { permission: 'inventory.view' },
  query: z.object({ location: LocationCode.optional(), sku: Sku.optional(), ...paging }),
  reply: page(
    z.object({
      transferId: Id,
      number: z.string(),
      lineNo: z.int(),
      sku: Sku,
      name: z.string(),
      nameEn: z.string(),
      from: LocationCode,
      to: LocationCode,
      quantity: z.int(),
      expectedOn: Day,
      isLate: z.boolean(),
    }),
  ),
  errors: [],
});
