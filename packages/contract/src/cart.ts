import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { CheckoutRecipient, InvoiceForOrder, OrderState, ParcelForm } from './orders.ts';
import { Adjustment, Applied, Missed } from './price.ts';
import { DeliveryPromise, PickupPlace } from './delivery.ts';
import { Currency, Day, Fen, Id, Instant, LocationCode, Quantity, Sku } from './values.ts';

/** What a shopper should know about a line before paying. */
export const cartNotices = ['price_up', 'price_down', 'stock_short', 'out_of_stock', 'not_for_sale'] as const;

export const CartLine = z.object({
  sku: Sku,
  productId: Id.nullable(),
  slug: z.string().nullable(),
  name: z.string(),
  nameEn: z.string(),
  options: z.array(z.object({ name: z.string(), nameEn: z.string(), value: z.string(), valueEn: z.string() })),
  image: z.object({ src: z.string(), alt: z.string(), altEn: z.string(), width: z.int(), height: z.int() }).nullable(),
  quantity: z.int(),
  /** Units that may be bought now. */
  available: z.int(),
  /** Price of one unit now, fen; null when it cannot be bought. */
  unitFen: Fen.nullable(),
  listFen: Fen.nullable(),
  /** Price of one unit when it was last put in or looked over, fen. */
  seenFen: Fen,
  /** quantity × unit. */
  goodsFen: Fen,
  /** What promotions, coupons and points take off this line. */
  discountFen: Fen,
  /** goods − discount: what the line will cost. */
  amountFen: Fen,
  adjustments: z.array(Adjustment),
  /** Comes with a promotion; not put in by the shopper and not to be changed. */
  isGift: z.boolean(),
  notices: z.array(z.enum(cartNotices)),
});

export const paymentMethods = ['sandbox'] as const;

/** What the shopper chose for the price; kept with the cart. */
export const CartTerms = z.object({
  couponCodes: z.array(z.string().trim().min(1).max(40)).max(10),
  /** Points to spend as money; no more than the order needs is taken. */
  pointsWanted: z.int().min(0).max(100_000_000),
  paymentMethod: z.string().max(32).nullable(),
});

/** How the cart will travel, as far as it is known; what no parcel names goes with the first. */
export const DeliveryPlan = z.object({
  /** Lines that go elsewhere, by parcel. */
  parcels: z.array(z.object({ lines: z.array(z.object({ sku: Sku, quantity: Quantity.max(999) })).max(200) })).max(5),
  /** The store where the buyer comes for all of it; null when it is sent. Nothing is carried then, so no freight is charged. */
  pickupAt: LocationCode.nullable(),
});

/** The cart with its full estimate: what checkout will charge, freight included. */
export const Cart = z.object({
  /** Goes back with checkout: the same version checked out twice is one order. */
  version: z.int(),
  currency: Currency,
  lines: z.array(CartLine),
  units: z.int(),
  goodsFen: Fen,
  discountFen: Fen,
  /** Of the discount: what points pay. */
  pointsFen: Fen,
  pointsSpent: z.int(),
  /** Points that the member has; 0 for guests. */
  pointsAvailable: z.int(),
  freightFen: Fen,
  /** Freight before a promotion made it free. */
  freightListFen: Fen,
  /** The tax inside the lines. */
  taxFen: Fen,
  totalFen: Fen,
  applied: z.array(Applied),
  missed: z.array(Missed),
  terms: CartTerms,
  delivery: DeliveryPlan,
  /** Parcels that freight is counted for; 1 unless lines go to several addresses. */
  parcelCount: z.int(),
  /** While checkout is open: until when its units are kept, and how often that may be renewed. */
  hold: z.object({ expiresAt: Instant, renewalsLeft: z.int() }).nullable(),
  /** Goods still missing for free freight, fen; 0 when freight is free. */
  freeFreightGapFen: Fen,
  /** Nothing stands between this cart and an order. */
  isReady: z.boolean(),
});

const line = z.object({ sku: Sku });
const lineErrors = ['sku.not_found', 'sku.not_for_sale', 'price.missing', 'cart.too_many_lines'] as const;

export const getCart = endpoint({
  method: 'GET',
  path: '/cart',
  summary: "The shopper's cart with prices, stock and freight as they are now; a guest's cart joins the member's at sign-in",
  access: 'shopper',
  reply: Cart,
  errors: [],
});

export const addToCart = endpoint({
  method: 'POST',
  path: '/cart/lines',
  summary: 'Put units into the cart, on top of those already there',
  access: 'shopper',
  body: z.object({ sku: Sku, quantity: Quantity.max(999).default(1) }),
  reply: Cart,
  errors: lineErrors,
});

export const addManyToCart = endpoint({
  method: 'POST',
  path: '/cart/lines/several',
  summary: 'Put several SKUs into the cart at once (buy again, a whole list): all or none',
  access: 'shopper',
  body: z.object({
    lines: z
      .array(z.object({ sku: Sku, quantity: Quantity.max(999) }))
      .min(1)
      .max(100),
  }),
  reply: Cart,
  errors: lineErrors,
});

export const setCartTerms = endpoint({
  method: 'PUT',
  path: '/cart/terms',
  summary: 'Choose coupons, points and payment method; codes that give nothing are told in `missed` with the reason',
  access: 'shopper',
  body: CartTerms.partial(),
  reply: Cart,
  errors: [],
});

export const planDelivery = endpoint({
  method: 'PUT',
  path: '/cart/delivery',
  summary:
    "Tell where the cart's lines go and a guest's phone, so that freight and limits are counted as checkout will; the version stays",
  access: 'shopper',
  body: DeliveryPlan.extend({
    /** Whose limits count, for guests; a member's own account counts. */
    phone: z.string().trim().max(30),
  }).partial(),
  reply: Cart,
  errors: ['cart.parcels_wrong', 'location.not_found'],
});

export const getDeliveryOptions = endpoint({
  method: 'GET',
  path: '/cart/delivery-options',
  summary: 'By when the cart would be there, and the stores where it may be collected with what lies there',
  access: 'shopper',
  query: z.object({ region: z.string().trim().max(100).optional() }),
  reply: DeliveryPromise.extend({ places: z.array(PickupPlace) }),
  errors: [],
});

export const holdCart = endpoint({
  method: 'PUT',
  path: '/cart/hold',
  summary: "Keep the cart's units while checkout is open, for 10 minutes; again to renew, three times at most",
  access: 'shopper',
  reply: Cart,
  errors: ['cart.empty', 'stock.insufficient', 'cart.hold_exhausted'],
});

export const dropCartHold = endpoint({
  method: 'DELETE',
  path: '/cart/hold',
  summary: 'Give kept units back',
  access: 'shopper',
  reply: Cart,
  errors: [],
});

export const putCartLine = endpoint({
  method: 'PUT',
  path: '/cart/lines/:sku',
  summary: 'Set the quantity of a line; also agrees to its present price',
  access: 'shopper',
  params: line,
  body: z.object({ quantity: Quantity.max(999) }),
  reply: Cart,
  errors: lineErrors,
});

export const removeCartLine = endpoint({
  method: 'DELETE',
  path: '/cart/lines/:sku',
  summary: 'Take a line out of the cart',
  access: 'shopper',
  params: line,
  reply: Cart,
  errors: ['cart.line_not_found'],
});

export const checkout = endpoint({
  method: 'POST',
  path: '/cart/checkout',
  summary: 'Turn the cart into an order. Checking the same version out again answers the same order',
  access: 'shopper',
  body: z.object({
    version: z.int(),
    /** The total the shopper was shown, fen; anything else is refused with `price.changed` and the new amounts. */
    expectedTotalFen: Fen,
    recipient: CheckoutRecipient,
    /** Lines that go elsewhere, by parcel; what no parcel names goes to `recipient`. Freight is counted a parcel. */
    parcels: z.array(ParcelForm).max(5).optional(),
    invoice: InvoiceForOrder.optional(),
    note: z.string().max(500).optional(),
    /** The store where the buyer comes for it. */
    pickupAt: LocationCode.optional(),
    /** The day that the buyer was shown, or a later one that suits better; never earlier than it can be there. */
    promisedOn: Day.optional(),
  }),
  reply: z.object({
    orderId: Id,
    number: z.string(),
    state: OrderState,
    totalFen: Fen,
    /** Opens the order without signing in; belongs into the link that the buyer keeps. */
    token: z.string(),
    paymentId: Id.nullable(),
    /** A path of this house that leads on to the provider; null when nothing is to be paid. */
    payUrl: z.string().nullable(),
  }),
  errors: [
    'cart.empty',
    'cart.changed',
    'price.changed',
    'price.missing',
    'stock.insufficient',
    'sku.not_found',
    'sku.not_for_sale',
    'promotion.used_up',
    'points.insufficient',
    'cart.parcels_wrong',
    'location.not_found',
  ],
});
