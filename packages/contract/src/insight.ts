import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { hasWhen, when, Words } from './metrics.ts';
import { Day, Fen, Id, Instant, page, paging } from './values.ts';

/**
 * What people wanted and did not get. no_result_search: a search without an exact match · viewed_not_bought: looked at, and bought less often
 * than its kind · abandoned_cart: put into a cart, and bought less often than what lies in carts · size_complaint: came back because it was
 * too small or too large · asked_for: somebody asked for it in words.
 */
export const demandKinds = ['no_result_search', 'viewed_not_bought', 'abandoned_cart', 'size_complaint', 'asked_for'] as const;
export const DemandKind = z.enum(demandKinds);
export type DemandKind = z.output<typeof DemandKind>;

/** Money that was probably not earned, fen, VAT included, with the ends between which it lies 19 times of 20. */
export const LostSales = z.object({ fen: Fen, lowFen: Fen, highFen: Fen });
export type LostSales = z.output<typeof LostSales>;

export const DemandItem = z.object({
  kind: DemandKind,
  /** The words that were typed, or the product's id. */
  key: z.string(),
  name: Words.nullable(),
  /** Different visitors; of a size complaint, returns. */
  people: z.int(),
  times: z.int(),
  /** Of these people, who bought all the same: anything within a day after a search, this product within three days of looking. */
  bought: z.int().nullable(),
  /** The price of what was wanted, fen; null where words were typed. */
  unitFen: Fen.nullable(),
  /** null: too few cases to say. Counted, not estimated, where both ends are the same. */
  lost: LostSales.nullable(),
});
export type DemandItem = z.output<typeof DemandItem>;

/** What the estimates are made of, so that anybody can check them. */
export const DemandBasis = z.object({
  /** Visitors a day who searched and found, and those of them who bought within a day. */
  searchers: z.int(),
  searchersBought: z.int(),
  /** What an order of the shop came to, fen, VAT and freight included; null without orders. */
  orderFen: Fen.nullable(),
  viewers: z.int(),
  viewersBought: z.int(),
  adders: z.int(),
  addersBought: z.int(),
});
export type DemandBasis = z.output<typeof DemandBasis>;

export const listDemand = endpoint({
  method: 'GET',
  path: '/insight/demand',
  summary: 'Unmet demand, ranked by the sales that were probably lost, with what the estimates are made of',
  access: { permission: 'insight.view' },
  query: z
    .object({
      ...when,
      kind: DemandKind.optional(),
      /** Words typed by fewer people say little, and may be about one person. */
      peopleMin: z.coerce.number().int().min(2).max(1000).default(2),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    })
    .refine(hasWhen, { path: ['period'] }),
  reply: z.object({
    period: z.object({ from: Day, to: Day }),
    items: z.array(DemandItem),
    /** There are more than `limit`. */
    isCut: z.boolean(),
    totals: z.array(z.object({ kind: DemandKind, items: z.int(), people: z.int(), lostFen: Fen })),
    basis: DemandBasis,
    zone: z.literal('Asia/Shanghai'),
    asOf: Instant,
  }),
  errors: ['metric.period_invalid', 'metric.out_of_scope', 'metric.too_much', 'analytics.unavailable'],
});

export const requestStates = ['open', 'planned', 'declined', 'done'] as const;
export const RequestState = z.enum(requestStates);

export const ProductRequest = z.object({
  id: Id,
  text: z.string(),
  note: z.string().nullable(),
  language: z.string(),
  /** From a member who is signed in; who, is said to nobody here. */
  isMember: z.boolean(),
  state: RequestState,
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  at: Instant,
  version: z.int(),
});
export type ProductRequest = z.output<typeof ProductRequest>;

/** The same words of the same visitor on the same day are one wish. */
export const askForProduct = endpoint({
  method: 'POST',
  path: '/shop/product-requests',
  summary: 'Says what one was looking for and did not find',
  access: 'shopper',
  body: z.object({
    text: z.string().trim().min(2).max(100),
    note: z.string().trim().max(500).optional(),
    language: z.enum(['zh-CN', 'en']).default('zh-CN'),
  }),
  reply: z.object({}),
  errors: ['product_request.too_many'],
});

export const listProductRequests = endpoint({
  method: 'GET',
  path: '/insight/product-requests',
  summary: 'What people asked for, newest first',
  access: { permission: 'insight.view' },
  query: z.object({ ...paging, state: RequestState.optional(), text: z.string().trim().max(100).optional() }),
  reply: page(ProductRequest),
  errors: [],
});

export const settleProductRequest = endpoint({
  method: 'PUT',
  path: '/insight/product-requests/:id',
  summary: 'Says what becomes of a wish; the same words of others go with it',
  access: { permission: 'insight.edit' },
  params: z.object({ id: Id }),
  body: z.object({ state: RequestState, reason: z.string().trim().max(300).optional(), version: z.int() }),
  reply: ProductRequest,
  errors: ['product_request.not_found', 'product_request.changed'],
});
