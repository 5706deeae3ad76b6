// Orders that wait for a person, and what is done about them.
import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ExceptionDecision, Hold, HoldReason, Order, OrderSummary } from './order.ts';
import { ChannelCode, Id, Instant, LocationCode, page, paging, Sku } from './values.ts';

export const listExceptions = endpoint({
  method: 'GET',
  path: '/orders/exceptions',
  summary: 'Orders that wait for a person, the longest waiting first, each with its reasons and what may be decided',
  access: { permission: 'orders.view' },
  query: z.object({ reason: HoldReason.optional(), channel: ChannelCode.optional(), store: LocationCode.optional(), ...paging }),
  reply: page(
    z.object({
      ...OrderSummary.shape,
      note: z.string().nullable(),
      version: z.int(),
      /** The open ones, the oldest first. */
      holds: z.array(Hold),
      /** Since when its oldest open hold stands. */
      since: Instant,
    }),
  ),
  errors: [],
});

export const countExceptions = endpoint({
  method: 'GET',
  path: '/orders/exceptions/counts',
  summary: 'How many orders wait for a person, by reason, and how long',
  access: { permission: 'orders.view' },
  query: z.object({ channel: ChannelCode.optional(), store: LocationCode.optional() }),
  reply: z.object({
    orders: z.int(),
    reasons: z.array(z.object({ reason: HoldReason, orders: z.int(), oldest: Instant })),
    /** Of the orders released in the last 24 hours, those that no person touched; null when none was. */
    untouched: z.object({ released: z.int(), untouched: z.int() }),
  }),
  errors: [],
});

export const decideException = endpoint({
  method: 'POST',
  path: '/orders/:orderId/holds/:holdId/decision',
  summary: 'Decide about a held order with one key: release this hold, ask the customer, send it from elsewhere, or call it off',
  access: { permission: 'orders.release' },
  params: z.object({ orderId: Id, holdId: Id }),
  body: z.object({
    decision: ExceptionDecision.exclude(['change_recipient']),
    /** The reason, or the question to the customer. */
    note: z.string().trim().min(1).max(500).optional(),
    version: z.int().optional(),
  }),
  reply: Order,
  errors: [
    'stock.insufficient',
    'fulfilment.too_late',
    'order.not_found',
    'order.wrong_state',
    'hold.not_found',
    'order.no_location',
    'auth.forbidden',
  ],
  idempotent: true,
});

export const holdOrder = endpoint({
  method: 'POST',
  path: '/orders/:orderId/holds',
  summary: 'Hold a paid order back by hand',
  access: { permission: 'orders.release' },
  params: z.object({ orderId: Id }),
  body: z.object({ note: z.string().trim().min(1).max(500), version: z.int().optional() }),
  reply: Order,
  errors: ['order.not_found', 'order.wrong_state'],
  idempotent: true,
});

export const askCustomer = endpoint({
  method: 'POST',
  path: '/orders/:orderId/questions',
  summary: 'Ask the buyer; the order waits for the answer',
  access: { permission: 'orders.release' },
  params: z.object({ orderId: Id }),
  body: z.object({ question: z.string().trim().min(1).max(500), version: z.int().optional() }),
  reply: Order,
  errors: ['order.not_found', 'order.wrong_state'],
  idempotent: true,
});

export const rerouteOrder = endpoint({
  method: 'POST',
  path: '/orders/:orderId/routes',
  summary: 'Send what has not left yet from elsewhere: from a given location, or wherever the rules say without some',
  access: { permission: 'orders.release' },
  params: z.object({ orderId: Id }),
  body: z.object({
    location: LocationCode.optional(),
    without: z.array(LocationCode).max(50).optional(),
    reason: z.string().trim().min(1).max(200),
    version: z.int().optional(),
  }),
  reply: Order,
  errors: [
    'stock.insufficient',
    'fulfilment.too_late',
    'order.not_found',
    'order.wrong_state',
    'order.no_location',
    'location.not_found',
  ],
  idempotent: true,
});

export const proposeSubstitution = endpoint({
  method: 'POST',
  path: '/orders/:orderId/substitutions',
  summary: 'Propose another SKU for units of a line; the buyer pays no more, and gets back what it costs less',
  access: { permission: 'orders.release' },
  params: z.object({ orderId: Id }),
  body: z.object({
    lineNo: z.int().min(1),
    substituteSku: Sku,
    /** The buyer said yes already, by phone: it is done at once. */
    isAgreed: z.boolean().default(false),
    version: z.int().optional(),
  }),
  reply: Order,
  errors: [
    'fulfilment.too_late',
    'order.not_found',
    'order.wrong_state',
    'order.line_not_found',
    'order.line_substituted',
    'sku.not_found',
    'sku.not_for_sale',
    'price.missing',
    'stock.insufficient',
  ],
  idempotent: true,
});

export const settleSubstitution = endpoint({
  method: 'POST',
  path: '/orders/:orderId/substitutions/:substitutionId/settlement',
  summary: "Write down the buyer's answer to a substitution",
  access: { permission: 'orders.release' },
  params: z.object({ orderId: Id, substitutionId: Id }),
  body: z.object({ isAccepted: z.boolean() }),
  reply: Order,
  errors: [
    'fulfilment.too_late',
    'order.not_found',
    'order.wrong_state',
    'substitution.not_found',
    'substitution.wrong_state',
    'stock.insufficient',
  ],
  idempotent: true,
});
