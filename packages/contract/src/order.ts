// What an order is. The operations are in orders.ts.
import * as z from 'zod';
import { Payment } from './payments.ts';
import { Adjustment, Applied } from './price.ts';
import { RouteDecision } from './route.ts';
import { ChannelCode, Currency, Day, Fen, Id, Instant, LocationCode, Quantity, Sku } from './values.ts';

export const orderStates = ['placed', 'paid', 'released', 'partly_shipped', 'shipped', 'delivered', 'cancelled'] as const;
export const OrderState = z.enum(orderStates);
export type OrderState = z.output<typeof OrderState>;

/** The whole life of an order. A move that is not in this table does not exist; screens disable its button and say why. */
export const orderMoves: Readonly<Record<OrderState, readonly OrderState[]>> = {
  placed: ['paid', 'cancelled'],
  paid: ['released', 'cancelled'],
  released: ['shipped', 'partly_shipped', 'cancelled'],
  partly_shipped: ['shipped'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

export const orderStepKinds = [
  'release', 'hold', 'ask_customer', 'change_recipient', 'reroute', 'substitute', 'cancel_lines', 'ship', 'deliver', 'cancel',
] as const; // prettier-ignore
export const OrderStep = z.enum(orderStepKinds);
export type OrderStep = z.output<typeof OrderStep>;

/**
 * What may be done to an order in a state, as far as the state alone tells; what is picked, packed or handed over meanwhile narrows it.
 * `Order.steps` says what is left now, and so does the refusal of a step that is not.
 */
export const orderSteps: Readonly<Record<OrderState, readonly OrderStep[]>> = {
  placed: ['change_recipient', 'cancel_lines', 'cancel'],
  paid: ['release', 'hold', 'ask_customer', 'change_recipient', 'reroute', 'substitute', 'cancel_lines', 'cancel'],
  released: ['ask_customer', 'change_recipient', 'reroute', 'substitute', 'cancel_lines', 'ship', 'cancel'],
  partly_shipped: ['reroute', 'cancel_lines', 'ship'],
  shipped: ['deliver'],
  delivered: [],
  cancelled: [],
};

/**
 * Why an order is held. Several may hold one order at once; each is released by itself, and the order goes on when none is left that
 * stands in its way (`refund_failed`, `payment_wrong_amount` and `parcel_late` only ask for a person's eyes).
 */
export const holdReasons = [
  'address_incomplete', 'payment_wrong_amount', 'payment_refunded', 'refund_failed', 'remark', 'large_amount', 'address_watch',
  'risk_score', 'back_order', 'no_capacity', 'no_location', 'customer_asked', 'substitution', 'staff',
  'parcel_late',
] as const; // prettier-ignore
export const HoldReason = z.enum(holdReasons);
export type HoldReason = z.output<typeof HoldReason>;

/** Why an order waits for a person: the first of its open holds, for lists. */
export const attentions = holdReasons;
export const Attention = HoldReason;

/** What a person may decide about a held order with one key. */
export const exceptionDecisions = ['release_hold', 'ask_customer', 'change_recipient', 'reroute', 'cancel'] as const;
export const ExceptionDecision = z.enum(exceptionDecisions);

export const Hold = z.object({
  id: Id,
  reason: HoldReason,
  /** Data for a sentence: the limit and the figure, the word that was found, the question, the day that stock is expected. */
  details: z.record(z.string(), z.unknown()),
  raisedAt: Instant,
  raisedBy: z.string(),
  releasedAt: Instant.nullable(),
  releasedBy: z.string().nullable(),
  note: z.string().nullable(),
  /** What may be decided about it now with one key. */
  decisions: z.array(ExceptionDecision),
});

/** What one location sends of the order, or hands out. */
export const OrderFulfilment = z.object({
  id: Id,
  number: z.string(),
  location: LocationCode,
  kind: z.string(),
  state: z.string(),
  storage: z.string(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  promisedOn: Day.nullable(),
  /** What the buyer shows in the store, once it is ready there; for the buyer's eyes only. */
  pickupCode: z.string().nullable(),
  /** This order's lines in it; a merged parcel may carry more. */
  lines: z.array(z.object({ lineNo: z.int(), sku: Sku, quantity: z.int() })),
  /** Other orders that travel in the same parcel. */
  isMerged: z.boolean(),
});

export const substitutionStates = ['proposed', 'accepted', 'declined'] as const;
export const Substitution = z.object({
  id: Id,
  lineNo: z.int(),
  sku: Sku,
  substituteSku: Sku,
  quantity: z.int(),
  /** Given back when it is accepted, fen: what the substitute costs less; a dearer one raises nothing. */
  refundFen: Fen,
  state: z.enum(substitutionStates),
  at: Instant,
});

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
  /** Every part of the discount by the rule that gave it, frozen. */
  adjustments: z.array(Adjustment),
  isGift: z.boolean(),
  parcelNo: z.int(),
  /** Of a kit: what it was made of, units of the whole line, each with its share of the amount; null for an ordinary SKU. */
  components: z.array(z.object({ sku: Sku, quantity: z.int(), amountFen: Fen })).nullable(),
  /** Units called off before picking, and what was given back for them, fen. */
  cancelledQuantity: z.int(),
  cancelledFen: Fen,
  /** Expected not before this day (预售/缺货预订); null when it is in stock. */
  expectedOn: Day.nullable(),
});

export const timelineKinds = [
  'placed', 'paid', 'payment_started', 'payment_declined', 'payment_wrong_amount', 'payment_late_refunded', 'payment_doubled_refunded',
  'held', 'released', 'shipped', 'delivered', 'cancelled', 'expired', 'refund_requested', 'refund_done', 'refund_failed',
  'recipient_changed', 'return_recorded', 'imported', 'revived', 'lines_cancelled', 'points_returned', 'coupon_given',
  'hold_released', 'partly_shipped', 'routed', 'rerouted', 'rejected', 'merged', 'customer_asked', 'customer_answered',
  'substitution_proposed', 'substituted', 'substitution_declined', 'collected', 'lapsed', 'pickup_ready',
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

/** Whom a parcel goes to. */
export const CheckoutRecipient = z.object({
  name: z.string().trim().min(1).max(50),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 -]{5,20}$/),
  /** 省 市 区, as chosen; `districtCode` names the same district. */
  region: z.string().trim().min(1).max(100),
  districtCode: z.string().regex(/^\d{6}$/).optional(),
  address: z.string().trim().min(1).max(200),
}); // prettier-ignore

export const ParcelForm = z.object({
  recipient: CheckoutRecipient,
  lines: z
    .array(z.object({ sku: Sku, quantity: Quantity.max(999) }))
    .min(1)
    .max(100),
});

/** Where the electronic invoice is sent. */
const invoiceEmail = z.email().max(200).optional();

export const invoiceKinds = ['personal', 'company', 'special'] as const;
/** 普通发票 for a person or a company, 增值税专用发票 for a company with all its particulars; frozen with the order. */
export const InvoiceForOrder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('personal'), title: z.string().trim().min(1).max(100), email: invoiceEmail }),
  z.object({
    kind: z.literal('company'),
    title: z.string().trim().min(2).max(100),
    taxNumber: z.string().trim().min(15).max(20),
    email: invoiceEmail,
  }),
  z.object({
    kind: z.literal('special'),
    title: z.string().trim().min(2).max(100),
    taxNumber: z.string().trim().min(15).max(20),
    address: z.string().trim().min(4).max(200),
    phone: z.string().trim().min(5).max(30),
    bank: z.string().trim().min(2).max(100),
    account: z.string().trim().min(6).max(40),
    email: invoiceEmail,
  }),
]);

export const Parcel = z.object({ parcelNo: z.int(), recipient: Recipient, freightFen: Fen });

export const orderHead = {
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
  ...orderHead,
  customerId: Id.nullable(),
  /** Family name only, phone masked. */
  recipientName: z.string().nullable(),
  recipientPhone: z.string().nullable(),
  units: z.int(),
});

export const Order = z.object({
  ...orderHead,
  customerId: Id.nullable(),
  source: z.enum(['live', 'import', 'demo']),
  externalId: z.string().nullable(),
  goodsFen: Fen,
  freightFen: Fen,
  /** Freight before a promotion made it free. */
  freightListFen: Fen,
  discountFen: Fen,
  /** Of the discount: what points paid, and how many. */
  pointsFen: Fen,
  pointsSpent: z.int(),
  taxFen: Fen,
  /** Given back for units called off before picking, fen. */
  cancelledFen: Fen,
  releasedAt: Instant.nullable(),
  shippedAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  cancelledAt: Instant.nullable(),
  cancelReason: z.string().nullable(),
  /** Unpaid until then, the order is cancelled and its stock given back. */
  expiresAt: Instant.nullable(),
  recipient: Recipient.nullable(),
  /** One for each address; the first is the recipient's. */
  parcels: z.array(Parcel),
  invoice: InvoiceForOrder.nullable(),
  /** The promotions that gave something, frozen. */
  applied: z.array(Applied),
  note: z.string().nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  /** Where the buyer comes for it; null: it is sent. */
  pickupAt: LocationCode.nullable(),
  /** The day that was promised when it was placed. */
  promisedOn: Day.nullable(),
  version: z.int(),
  /** The states this order may move to now. */
  moves: z.array(OrderState),
  /** What may be done to it now, given also how far picking and packing have come. */
  steps: z.array(OrderStep),
  /** Every hold it ever had, the newest first; buyers see none. */
  holds: z.array(Hold),
  /** Where it goes out from and why, each decision with its ranking, the newest first; buyers see none. */
  routes: z.array(RouteDecision),
  fulfilments: z.array(OrderFulfilment),
  substitutions: z.array(Substitution),
  lines: z.array(OrderLine),
  timeline: z.array(TimelineEntry),
  payments: z.array(Payment),
});
