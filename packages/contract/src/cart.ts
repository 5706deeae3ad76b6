import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { OrderState } from './orders.ts';
import { Currency, Fen, Id, Quantity, Sku } from './values.ts';

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
  amountFen: Fen,
  notices: z.array(z.enum(cartNotices)),
});

/** The cart with its full estimate: what checkout will charge, freight included. */
export const Cart = z.object({
  /** Goes back with checkout: the same version checked out twice is one order. */
  version: z.int(),
  currency: Currency,
  lines: z.array(CartLine),
  units: z.int(),
  goodsFen: Fen,
  freightFen: Fen,
  totalFen: Fen,
  /** Goods still missing for free freight, fen; 0 when freight is free. */
  freeFreightGapFen: Fen,
  /** Nothing stands between this cart and an order. */
  isReady: z.boolean(),
});

const line = z.object({ sku: Sku });
const lineErrors = ['sku.not_found', 'sku.not_for_sale', 'price.missing'] as const;

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
    recipient: z.object({
      name: z.string().trim().min(1).max(50),
      phone: z
        .string()
        .trim()
        .regex(/^\+?[0-9 -]{5,20}$/),
      region: z.string().trim().min(1).max(100),
      address: z.string().trim().min(1).max(200),
    }),
    note: z.string().max(500).optional(),
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
  ],
});
