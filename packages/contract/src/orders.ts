import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { CheckoutRecipient, InvoiceForOrder, Order, OrderState, OrderSummary } from './order.ts';
import { orderFilters, orderStages } from './order-filters.ts';
import { PriceBreakdown } from './price.ts';
import { Fen, Id, LocationCode, page, paging, Quantity, Sku } from './values.ts';

export * from './my-orders.ts';
export * from './order.ts';
export * from './order-handling.ts';
export * from './order-bulk.ts';

const order = z.object({ orderId: Id });
/** The version the screen showed; a stale one is refused with the state as it is now. */
const seen = { version: z.int().optional() };

export const listOrders = endpoint({
  method: 'GET',
  path: '/orders',
  summary: 'Orders, newest first',
  access: { permission: 'orders.view' },
  query: z.object({ ...orderStages, ...orderFilters, ...paging }),
  reply: page(OrderSummary),
  errors: [],
});

export const countOrders = endpoint({
  method: 'GET',
  path: '/orders/counts',
  summary: 'How many orders stand in each state',
  access: { permission: 'orders.view' },
  query: z.object(orderFilters),
  reply: z.object({ states: z.record(OrderState, z.int()), attention: z.int() }),
  errors: [],
});

export const getOrder = endpoint({
  method: 'GET',
  path: '/orders/:orderId',
  summary: 'One order with lines, timeline and payments',
  access: { permission: 'orders.view' },
  params: order,
  reply: Order,
  errors: ['order.not_found'],
});

export const placeStoreOrder = endpoint({
  method: 'POST',
  path: '/orders',
  summary: 'A sale at the till: paid, handed over and off the stock at once',
  access: { permission: 'orders.place' },
  body: z.object({
    store: LocationCode,
    customerId: Id.optional(),
    lines: z
      .array(z.object({ sku: Sku, quantity: Quantity }))
      .min(1)
      .max(200),
    couponCodes: z.array(z.string().trim().min(1).max(40)).max(10).optional(),
    pointsWanted: z.int().min(0).optional(),
    payment: z.enum(['cash', 'card']),
    /** What the till showed, fen; refused with `price.changed` when it is no longer so. */
    expectedTotalFen: Fen.optional(),
    note: z.string().max(500).optional(),
  }),
  reply: Order,
  errors: [
    'sku.not_found',
    'sku.not_for_sale',
    'price.missing',
    'price.changed',
    'stock.insufficient',
    'location.not_found',
    'customer.not_found',
    'promotion.used_up',
    'points.insufficient',
  ],
  idempotent: true,
});

export const cancelOrder = endpoint({
  method: 'POST',
  path: '/orders/:orderId/cancellation',
  summary: 'Cancel before shipping: stock goes back and what was paid is refunded',
  access: { permission: 'orders.cancel' },
  params: order,
  body: z.object({ reason: z.string().trim().min(1).max(200), ...seen }),
  reply: Order,
  errors: ['fulfilment.too_late', 'order.not_found', 'order.wrong_state'],
  idempotent: true,
});

const lineUnits = z
  .array(z.object({ lineNo: z.int().min(1), quantity: Quantity }))
  .min(1)
  .max(200);

export const cancelLines = endpoint({
  method: 'POST',
  path: '/orders/:orderId/line-cancellations',
  summary: 'Call off single lines or units before picking: stock goes back, the frozen share of what was paid is refunded',
  access: { permission: 'orders.cancel' },
  params: order,
  body: z.object({ lines: lineUnits, reason: z.string().trim().min(1).max(200), ...seen }),
  reply: Order,
  errors: [
    'fulfilment.too_late',
    'order.line_substituted',
    'order.not_found',
    'order.wrong_state',
    'order.line_not_found',
    'order.exceeds_line',
  ],
  idempotent: true,
});

const staffOrder = {
  customerId: Id.optional(),
  lines: z
    .array(z.object({ sku: Sku, quantity: Quantity }))
    .min(1)
    .max(200),
  couponCodes: z.array(z.string().trim().min(1).max(40)).max(10).default([]),
  pointsWanted: z.int().min(0).default(0),
};

/** Why a line cannot be sold. */
export const LineProblem = z.object({
  sku: Sku,
  code: z.enum(['sku.not_found', 'sku.not_for_sale', 'price.missing', 'stock.insufficient']),
  available: z.int().nullable(),
});

export const quoteOrder = endpoint({
  method: 'POST',
  path: '/orders/quotes',
  summary: 'What these lines would cost this customer now, every amount explained; nothing is written',
  access: { permission: 'orders.place' },
  body: z.object({ channel: z.enum(['shop', 'store']), store: LocationCode.optional(), ...staffOrder }),
  reply: z.object({
    price: PriceBreakdown,
    problems: z.array(LineProblem),
    names: z.array(z.object({ sku: Sku, name: z.string(), nameEn: z.string(), available: z.int() })),
  }),
  errors: ['customer.not_found', 'location.not_found'],
});

export const placeStaffOrder = endpoint({
  method: 'POST',
  path: '/orders/staff',
  summary: 'An order taken by staff for a customer, sent by parcel; the answer carries the link by which the customer pays',
  access: { permission: 'orders.place' },
  body: z.object({
    ...staffOrder,
    recipient: CheckoutRecipient,
    note: z.string().max(500).optional(),
    invoice: InvoiceForOrder.optional(),
    /** What the quote showed, fen; refused with `price.changed` when it is no longer so. */
    expectedTotalFen: Fen,
  }),
  /** `orderUrl`: the page of the shop where the customer pays and follows the order; null when nothing is to be paid. */
  reply: z.object({ order: Order, orderUrl: z.string() }),
  errors: [
    'sku.not_found',
    'sku.not_for_sale',
    'price.missing',
    'price.changed',
    'stock.insufficient',
    'customer.not_found',
    'promotion.used_up',
    'points.insufficient',
  ],
  idempotent: true,
});

export const releaseOrder = endpoint({
  method: 'POST',
  path: '/orders/:orderId/release',
  summary: 'Release a paid order that the automatic rule held back',
  access: { permission: 'orders.release' },
  params: order,
  body: z.object(seen),
  reply: Order,
  errors: ['order.not_found', 'order.wrong_state'],
  idempotent: true,
});

export const changeRecipient = endpoint({
  method: 'PUT',
  path: '/orders/:orderId/recipient',
  summary: 'Mend the address of an order that has not been shipped; a complete one lets a held order go on',
  access: { permission: 'orders.release' },
  params: order,
  body: z.object({
    name: z.string().trim().min(1).max(50),
    phone: z.string().trim().min(5).max(20),
    region: z.string().trim().max(100),
    address: z.string().trim().max(200),
    ...seen,
  }),
  reply: Order,
  errors: ['fulfilment.too_late', 'order.not_found', 'order.wrong_state'],
});

export const shipOrder = endpoint({
  method: 'POST',
  path: '/orders/:orderId/shipment',
  summary: 'Ship the whole order: stock leaves, first expiring lots first',
  access: { permission: 'orders.ship' },
  params: order,
  body: z.object({ carrier: z.string().trim().min(1).max(50), trackingNumber: z.string().trim().min(1).max(64), ...seen }),
  reply: Order,
  errors: ['lot.not_usable', 'fulfilment.wrong_state', 'stock.insufficient', 'order.not_found', 'order.wrong_state'],
  idempotent: true,
});

export const deliverOrder = endpoint({
  method: 'POST',
  path: '/orders/:orderId/delivery',
  summary: 'Mark a shipped order delivered',
  access: { permission: 'orders.ship' },
  params: order,
  body: z.object(seen),
  reply: Order,
  errors: ['order.not_found', 'order.wrong_state'],
  idempotent: true,
});
