import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Payment } from './payments.ts';
import { ChannelCode, Currency, Day, Fen, Id, Instant, LocationCode, page, paging, Quantity, Sku } from './values.ts';

export const orderStates = ['placed', 'paid', 'released', 'shipped', 'delivered', 'cancelled'] as const;
export const OrderState = z.enum(orderStates);
export type OrderState = z.output<typeof OrderState>;

/** The whole life of an order. A move that is not in this table does not exist; screens disable its button and say why. */
export const orderMoves: Readonly<Record<OrderState, readonly OrderState[]>> = {
  placed: ['paid', 'cancelled'],
  paid: ['released', 'cancelled'],
  released: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

/** Why an order waits for a person. */
export const attentions = ['address_incomplete', 'payment_wrong_amount', 'payment_refunded', 'refund_failed'] as const;
export const Attention = z.enum(attentions);

/** One line as it was sold: name, price, cost, tax and category are frozen at placement. */
export const OrderLine = z.object({
  lineNo: z.int(),
  sku: Sku,
  productId: Id.nullable(),
  category: z.string().nullable(),
  name: z.string(),
  nameEn: z.string(),
  quantity: z.int(),
  /** List price of one unit, fen. */
  listFen: Fen,
  /** Price charged for one unit before the line's discount, fen. */
  unitFen: Fen,
  discountFen: Fen,
  /** quantity × unit − discount: what the line costs, tax included. */
  amountFen: Fen,
  taxRateBp: z.int(),
  /** The tax inside the amount. */
  taxFen: Fen,
  location: LocationCode.nullable(),
});

export const timelineKinds = [
  'placed', 'paid', 'payment_started', 'payment_declined', 'payment_wrong_amount', 'payment_late_refunded', 'payment_doubled_refunded',
  'held', 'released', 'shipped', 'delivered', 'cancelled', 'expired', 'refund_requested', 'refund_done', 'refund_failed',
  'recipient_changed', 'return_recorded', 'imported',
] as const; // prettier-ignore
export const TimelineEntry = z.object({
  id: Id,
  at: Instant,
  actorKind: z.enum(['staff', 'shopper', 'system']),
  actor: z.string(),
  what: z.enum(timelineKinds),
  details: z.record(z.string(), z.unknown()),
});

export const Recipient = z.object({
  name: z.string(),
  /** Masked (`138****1234`) unless the reader ships orders or is the buyer. */
  phone: z.string(),
  region: z.string(),
  address: z.string(),
});

const head = {
  id: Id,
  number: z.string(),
  channel: ChannelCode,
  store: LocationCode.nullable(),
  state: OrderState,
  attention: Attention.nullable(),
  currency: Currency,
  totalFen: Fen,
  placedAt: Instant,
  paidAt: Instant.nullable(),
};

export const OrderSummary = z.object({
  ...head,
  customerId: Id.nullable(),
  /** Family name only, phone masked. */
  recipientName: z.string().nullable(),
  recipientPhone: z.string().nullable(),
  units: z.int(),
});

export const Order = z.object({
  ...head,
  customerId: Id.nullable(),
  source: z.enum(['live', 'import', 'demo']),
  externalId: z.string().nullable(),
  goodsFen: Fen,
  freightFen: Fen,
  discountFen: Fen,
  taxFen: Fen,
  releasedAt: Instant.nullable(),
  shippedAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  cancelledAt: Instant.nullable(),
  cancelReason: z.string().nullable(),
  /** Unpaid until then, the order is cancelled and its stock given back. */
  expiresAt: Instant.nullable(),
  recipient: Recipient.nullable(),
  note: z.string().nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  version: z.int(),
  /** The states this order may move to now. */
  moves: z.array(OrderState),
  lines: z.array(OrderLine),
  timeline: z.array(TimelineEntry),
  payments: z.array(Payment),
});

const state = z.union([OrderState, z.array(OrderState)]);
const filters = {
  channel: ChannelCode.optional(),
  store: LocationCode.optional(),
  /** First and last business day of placement. */
  from: Day.optional(),
  to: Day.optional(),
  /** Part of the number or external number, or the last digits of the phone. */
  text: z.string().trim().max(64).optional(),
  customerId: Id.optional(),
};

const order = z.object({ orderId: Id });
/** The version the screen showed; a stale one is refused with the state as it is now. */
const seen = { version: z.int().optional() };

export const listOrders = endpoint({
  method: 'GET',
  path: '/orders',
  summary: 'Orders, newest first',
  access: { permission: 'orders.view' },
  query: z.object({ state: state.optional(), attention: z.enum(['any', ...attentions]).optional(), ...filters, ...paging }),
  reply: page(OrderSummary),
  errors: [],
});

export const countOrders = endpoint({
  method: 'GET',
  path: '/orders/counts',
  summary: 'How many orders stand in each state',
  access: { permission: 'orders.view' },
  query: z.object(filters),
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
  errors: ['order.not_found', 'order.wrong_state'],
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
  }),
  reply: Order,
  errors: ['order.not_found', 'order.wrong_state'],
});

export const shipOrder = endpoint({
  method: 'POST',
  path: '/orders/:orderId/shipment',
  summary: 'Ship the whole order: stock leaves, first expiring lots first',
  access: { permission: 'orders.ship' },
  params: order,
  body: z.object({ carrier: z.string().trim().min(1).max(50), trackingNumber: z.string().trim().min(1).max(64), ...seen }),
  reply: Order,
  errors: ['order.not_found', 'order.wrong_state'],
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

const mine = z.object({ number: z.string().max(64) });
/** Opens a guest's order from its link; a member and the visitor who placed it need none. */
const byLink = z.object({ token: z.string().max(200).optional() });

export const listMyOrders = endpoint({
  method: 'GET',
  path: '/shop/orders',
  summary: "A member's orders, newest first",
  access: 'member',
  query: z.object({ state: state.optional(), ...paging }),
  reply: page(z.object({ ...head, lines: z.array(OrderLine) })),
  errors: [],
});

export const getMyOrder = endpoint({
  method: 'GET',
  path: '/shop/orders/:number',
  summary: 'An order as its buyer sees it: member, the visitor who placed it, or whoever holds its link',
  access: 'shopper',
  params: mine,
  query: byLink,
  reply: Order,
  errors: ['order.not_found'],
});

export const cancelMyOrder = endpoint({
  method: 'POST',
  path: '/shop/orders/:number/cancellation',
  summary: 'The buyer cancels before shipping',
  access: 'shopper',
  params: mine,
  body: byLink,
  reply: Order,
  errors: ['order.not_found', 'order.wrong_state'],
  idempotent: true,
});

export const payMyOrder = endpoint({
  method: 'POST',
  path: '/shop/orders/:number/payment',
  summary: 'The address to pay an unpaid order; after a declined payment it is a new attempt',
  access: 'shopper',
  params: mine,
  body: byLink,
  /** `payUrl` is a path of this house that leads on to the provider. */
  reply: z.object({ paymentId: Id, payUrl: z.string() }),
  errors: ['order.not_found', 'order.wrong_state'],
});
