// What buyers do with their own orders.
import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Order, orderHead, OrderLine, OrderState } from './order.ts';
import { Id, page, paging, Quantity, Sku } from './values.ts';

const state = z.union([OrderState, z.array(OrderState)]);
const lineUnits = z
  .array(z.object({ lineNo: z.int().min(1), quantity: Quantity }))
  .min(1)
  .max(200);
const mine = z.object({ number: z.string().max(64) });
/** Opens a guest's order from its link; a member and the visitor who placed it need none. */
const byLink = z.object({ token: z.string().max(200).optional() });

export const listMyOrders = endpoint({
  method: 'GET',
  path: '/shop/orders',
  summary: "A member's orders, newest first",
  access: 'member',
  query: z.object({ state: state.optional(), ...paging }),
  reply: page(z.object({ ...orderHead, lines: z.array(OrderLine) })),
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
  errors: ['fulfilment.too_late', 'order.not_found', 'order.wrong_state'],
  idempotent: true,
});

export const cancelMyLines = endpoint({
  method: 'POST',
  path: '/shop/orders/:number/line-cancellations',
  summary: 'The buyer calls off single lines or units before picking',
  access: 'shopper',
  params: mine,
  body: z.object({ lines: lineUnits, ...byLink.shape }),
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

export const answerQuestion = endpoint({
  method: 'POST',
  path: '/shop/orders/:number/answers',
  summary: "The buyer answers the house's question; an order that only waited for it goes on",
  access: 'shopper',
  params: mine,
  body: z.object({ answer: z.string().trim().min(1).max(500), ...byLink.shape }),
  reply: Order,
  errors: ['order.not_found', 'order.wrong_state'],
  idempotent: true,
});

export const settleMySubstitution = endpoint({
  method: 'POST',
  path: '/shop/orders/:number/substitutions/:substitutionId/settlement',
  summary: 'The buyer takes another SKU instead, or does not',
  access: 'shopper',
  params: z.object({ number: z.string().max(64), substitutionId: Id }),
  body: z.object({ isAccepted: z.boolean(), ...byLink.shape }),
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

export const buyAgain = endpoint({
  method: 'POST',
  path: '/shop/orders/:number/repetition',
  summary: "Put an order's lines into the cart again, as far as they are for sale; what is not is named",
  access: 'shopper',
  params: mine,
  body: byLink,
  reply: z.object({ units: z.int(), missing: z.array(z.object({ sku: Sku, name: z.string(), nameEn: z.string() })) }),
  errors: ['order.not_found'],
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
