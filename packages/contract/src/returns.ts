import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Serial } from './lots.ts';
import { ChannelCode, Day, Fen, Id, Instant, LocationCode, page, paging, Quantity, Sku } from './values.ts';

/** too_small, too_large: what size advice is measured by. */
export const returnReasons = [
  'unwanted',
  'too_small',
  'too_large',
  'defective',
  'wrong_item',
  'damaged',
  'late',
  'other',
] as const;

export const ReturnLine = z.object({
  lineNo: z.int(),
  orderId: Id.nullable(),
  orderLineNo: z.int().nullable(),
  sku: Sku,
  name: z.string(),
  quantity: z.int(),
  /** The frozen share of what was paid for these units, fen. */
  amountFen: Fen,
  isRestocked: z.boolean(),
});

export const Return = z.object({
  id: Id,
  number: z.string(),
  orderId: Id.nullable(),
  channel: ChannelCode,
  store: LocationCode.nullable(),
  externalId: z.string().nullable(),
  source: z.enum(['live', 'import', 'demo']),
  reason: z.string(),
  note: z.string().nullable(),
  refundFen: Fen,
  receivedAt: Instant,
  actor: z.string(),
  lines: z.array(ReturnLine),
});

export const Returnable = z.object({
  orderId: Id,
  lines: z.array(
    z.object({
      lineNo: z.int(),
      sku: Sku,
      name: z.string(),
      bought: z.int(),
      returned: z.int(),
      returnable: z.int(),
      /** Appliances of the line that the order owns. */
      serials: z.array(z.string()),
    }),
  ),
});

export const listReturns = endpoint({
  method: 'GET',
  path: '/returns',
  summary: 'Returns, newest first',
  access: { permission: 'returns.view' },
  query: z.object({
    orderId: Id.optional(),
    channel: ChannelCode.optional(),
    from: Day.optional(),
    to: Day.optional(),
    ...paging,
  }),
  reply: page(Return),
  errors: [],
});

export const getReturn = endpoint({
  method: 'GET',
  path: '/returns/:returnId',
  summary: 'One return',
  access: { permission: 'returns.view' },
  params: z.object({ returnId: Id }),
  reply: Return,
  errors: ['return.not_found'],
});

export const getReturnable = endpoint({
  method: 'GET',
  path: '/orders/:orderId/returnable',
  summary: 'What of an order may still come back',
  access: { permission: 'returns.view' },
  params: z.object({ orderId: Id }),
  reply: Returnable,
  errors: ['order.not_found'],
});

export const recordReturn = endpoint({
  method: 'POST',
  path: '/orders/:orderId/returns',
  summary: 'Take goods back: refund their frozen share, put sellable units back on stock',
  access: { permission: 'returns.record' },
  params: z.object({ orderId: Id }),
  body: z.object({
    reason: z.enum(returnReasons),
    note: z.string().max(500).optional(),
    /** Where the goods are now. */
    location: LocationCode,
    lines: z
      .array(
        z.object({
          lineNo: z.int(),
          quantity: Quantity,
          isSellable: z.boolean(),
          /** Which appliances came back; needed where the order has more of them than come back. */
          serials: z.array(Serial).max(200).optional(),
        }),
      )
      .min(1)
      .max(200),
  }),
  reply: Return,
  errors: [
    'order.not_found',
    'order.wrong_state',
    'return.exceeds_order',
    'location.not_found',
    'serial.not_sold_to_order',
    'serial.missing',
  ],
  idempotent: true,
});
