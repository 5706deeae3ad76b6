import * as z from 'zod';
import { CategoryCode, Image } from './catalog.ts';
import { endpoint } from './endpoint.ts';
import { ChannelCode, Currency, Fen, Id, Instant, page, paging, Sku } from './values.ts';

/**
 * `list` holds everywhere, `channel` in one channel before `list`, `group` for a tier or segment before either; `markdown` lowers what holds
 * while it runs, `member` is a member's or a tier's own: of mark-down, timed promotion and member price the lowest counts.
 */
export const priceKinds = ['list', 'channel', 'group', 'member', 'markdown'] as const;
export const PriceKind = z.enum(priceKinds);

/** A tier of membership or a named segment. */
const CustomerGroup = z.string().trim().min(1).max(64);
const FromQuantity = z.int().min(1).max(10_000);
const Amount = Fen.min(0).max(100_000_000_00);
const Cause = z.string().trim().min(1).max(200);

/** One price in its window [validFrom, validTo); null runs on. */
export const Price = z.object({
  id: Id,
  sku: Sku,
  channel: ChannelCode.nullable(),
  kind: PriceKind,
  /** The tier or segment that it is for; null for everybody, of kind `member` for every member. */
  group: z.string().nullable(),
  /** Holds from so many units of the SKU in one cart. */
  fromQuantity: z.int(),
  amountFen: Fen.min(0),
  currency: Currency,
  validFrom: Instant,
  validTo: Instant.nullable(),
  /** The document or reason behind it. */
  cause: z.string(),
  createdBy: z.string(),
  createdAt: Instant,
  state: z.enum(['scheduled', 'running', 'ended']),
});

/** What a SKU costs now in one channel, beside what it must not go under. */
export const CurrentPrice = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  image: Image.nullable(),
  /** null: not priced yet. */
  amountFen: Fen.nullable(),
  /** Before any mark-down. */
  listFen: Fen.nullable(),
  kind: PriceKind.nullable(),
  validTo: Instant.nullable(),
  costFen: Fen,
  /** The lowest price, VAT included, that keeps the margin floor. */
  floorFen: Fen,
});

export const listCurrentPrices = endpoint({
  method: 'GET',
  path: '/pricing/prices',
  summary: 'What every SKU costs now in a channel',
  access: { permission: 'pricing.view' },
  query: z.object({
    search: z.string().max(100).optional(),
    category: CategoryCode.optional(),
    channel: ChannelCode.default('shop'),
    ...paging,
  }),
  reply: page(CurrentPrice),
  errors: [],
});

export const listPrices = endpoint({
  method: 'GET',
  path: '/pricing/prices/:sku',
  summary: 'Every price a SKU had, has and will have, latest first',
  access: { permission: 'pricing.view' },
  params: z.object({ sku: Sku }),
  reply: z.object({ current: CurrentPrice, items: z.array(Price) }),
  errors: ['sku.not_found'],
});

/** A price to set. Without `kind` it is the channel's with a channel, else the list price. */
export const PriceToSet = z.object({
  sku: Sku,
  channel: ChannelCode.optional(),
  /** `group` needs a group; `member` may name a tier. */
  kind: z.enum(['group', 'member']).optional(),
  group: CustomerGroup.optional(),
  fromQuantity: FromQuantity.optional(),
  amountFen: Amount,
  /** Now when absent; never in the past. */
  validFrom: Instant.optional(),
  /** Runs on when absent, until the next price of the same place; the list price for everybody always runs on. */
  validTo: Instant.optional(),
});

/** `group` names one, `member` may, the others have none. */
const namesItsGroup = ({ kind, group }: { kind?: string | undefined; group?: string | undefined }): boolean =>
  kind === 'group' ? group !== undefined : kind === 'member' || group === undefined;

export const setListPrice = endpoint({
  method: 'POST',
  path: '/pricing/prices',
  summary: 'Set a price from an instant on: for everybody, a channel, a customer group or members',
  access: { permission: 'pricing.edit' },
  body: PriceToSet.extend({ cause: Cause.optional() }).refine(namesItsGroup, { path: ['group'] }),
  reply: Price,
  errors: ['sku.not_found', 'price.below_floor', 'price.invalid_window'],
  idempotent: true,
});

export const scheduleMarkdowns = endpoint({
  method: 'POST',
  path: '/pricing/markdowns',
  summary: 'Lower prices for a time, never under the margin floor',
  access: { permission: 'pricing.edit' },
  body: z.object({
    cause: z.string().trim().min(1).max(200),
    rows: z
      .array(z.object({ sku: Sku, amountFen: Fen.min(0) }))
      .min(1)
      .max(1000),
    validFrom: Instant,
    validTo: Instant,
  }),
  reply: z.object({ scheduled: z.int() }),
  errors: ['sku.not_found', 'price.missing', 'price.below_floor', 'price.invalid_window'],
  idempotent: true,
});

export const endMarkdowns = endpoint({
  method: 'POST',
  path: '/pricing/markdown-endings',
  summary: 'End the mark-downs of one cause now',
  access: { permission: 'pricing.edit' },
  body: z.object({ cause: z.string().trim().min(1).max(200) }),
  reply: z.object({ ended: z.int() }),
  errors: [],
});

export const setPriceRows = endpoint({
  method: 'POST',
  path: '/pricing/price-rows',
  summary: 'Set many prices at once, all or none',
  access: { permission: 'pricing.edit' },
  body: z.object({
    cause: Cause,
    rows: z
      .array(PriceToSet.refine(namesItsGroup, { path: ['group'] }))
      .min(1)
      .max(2000),
  }),
  reply: z.object({ set: z.int(), unchanged: z.int() }),
  errors: ['sku.not_found', 'price.below_floor', 'price.invalid_window'],
  idempotent: true,
});

/** One turn of a price that is already known: it begins, or it ends and nothing of its kind follows. */
export const PriceChange = z.object({
  at: Instant,
  what: z.enum(['begins', 'ends']),
  price: Price,
  name: z.string(),
  nameEn: z.string(),
  /** What held in the same place until then, fen; null when nothing did. */
  beforeFen: Fen.nullable(),
});

export const listPriceChanges = endpoint({
  method: 'GET',
  path: '/pricing/changes',
  summary: 'Which prices change when, the next change first',
  access: { permission: 'pricing.view' },
  query: z.object({
    search: z.string().max(100).optional(),
    category: CategoryCode.optional(),
    kind: PriceKind.optional(),
    channel: ChannelCode.optional(),
    group: CustomerGroup.optional(),
    cause: Cause.optional(),
    /** Changes before this instant. */
    before: Instant.optional(),
    ...paging,
  }),
  reply: page(PriceChange),
  errors: [],
});

export const cancelPrice = endpoint({
  method: 'POST',
  path: '/pricing/prices/:id/cancellation',
  summary: 'Call off a price that has not begun; what it would have ended runs on',
  access: { permission: 'pricing.edit' },
  params: z.object({ id: Id }),
  reply: z.object({}),
  errors: ['price.not_found', 'price.wrong_state'],
});

export const endPrice = endpoint({
  method: 'POST',
  path: '/pricing/prices/:id/ending',
  summary: 'End a running price now; the list price for everybody cannot end, only be replaced',
  access: { permission: 'pricing.edit' },
  params: z.object({ id: Id }),
  reply: z.object({}),
  errors: ['price.not_found', 'price.wrong_state'],
});
