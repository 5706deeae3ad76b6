import * as z from 'zod';
import { CategoryCode, Image } from './catalog.ts';
import { endpoint } from './endpoint.ts';
import { ChannelCode, Currency, Fen, Id, Instant, page, paging, Sku } from './values.ts';

/** `list` holds everywhere, `channel` in one channel before `list`, `markdown` lowers either while it runs. */
export const priceKinds = ['list', 'channel', 'markdown'] as const;
export const PriceKind = z.enum(priceKinds);

/** One price in its window [validFrom, validTo); null runs on. */
export const Price = z.object({
  id: Id,
  sku: Sku,
  channel: ChannelCode.nullable(),
  kind: PriceKind,
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

export const setListPrice = endpoint({
  method: 'POST',
  path: '/pricing/prices',
  summary: 'Set a list or channel price from an instant on',
  access: { permission: 'pricing.edit' },
  body: z.object({
    sku: Sku,
    channel: ChannelCode.optional(),
    amountFen: Fen.min(0).max(100_000_000_00),
    /** Now when absent; never in the past. */
    validFrom: Instant.optional(),
    cause: z.string().trim().min(1).max(200).optional(),
  }),
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
