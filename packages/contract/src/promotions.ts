// Promotions: rules that lower a price, their life, groups, previews and results.
import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { PriceBreakdown } from './price.ts';
import { PromotionStage } from './rules.ts';
import { ChannelCode, Day, Fen, Id, Instant, page, paging, Sku } from './values.ts';
import { Person, Promotion, PromotionDraft, PromotionStatus } from './promotion.ts';

export * from './coupons.ts';
export * from './offers.ts';
export * from './promotion-groups.ts';
export * from './promotion.ts';

const params = z.object({ id: Id });
const view = { permission: 'promotions.view' } as const;
const edit = { permission: 'promotions.edit' } as const;
const approve = { permission: 'promotions.approve' } as const;
const Version = z.int().min(1);

export const listPromotions = endpoint({
  method: 'GET',
  path: '/promotions',
  summary: 'Promotions, the latest start first; how many there are in each status',
  access: view,
  query: z.object({
    status: PromotionStatus.optional(),
    stage: PromotionStage.optional(),
    /** Part of a name or number. */
    text: z.string().trim().max(60).optional(),
    ...paging,
  }),
  reply: page(Promotion).extend({ counts: z.record(PromotionStatus, z.int()) }),
  errors: [],
});

export const getPromotion = endpoint({
  method: 'GET',
  path: '/promotions/:id',
  summary: 'One promotion with what it has taken so far',
  access: view,
  params,
  reply: Promotion,
  errors: ['promotion.not_found'],
});

export const promotionSteps = ['created', 'changed', 'submitted', 'approved', 'rejected', 'paused', 'resumed', 'ended'] as const;

export const listPromotionSteps = endpoint({
  method: 'GET',
  path: '/promotions/:id/steps',
  summary: 'Who did what with a promotion, the latest first',
  access: view,
  params,
  reply: z.object({
    items: z.array(
      z.object({
        id: Id,
        what: z.enum(promotionSteps),
        by: Person,
        /** The reason of a rejection. */
        note: z.string().nullable(),
        at: Instant,
      }),
    ),
  }),
  errors: ['promotion.not_found'],
});

const ruleErrors = ['promotion.invalid_rule', 'promotion_group.not_found'] as const;

export const createPromotion = endpoint({
  method: 'POST',
  path: '/promotions',
  summary: 'Write a promotion as a draft',
  access: edit,
  body: PromotionDraft,
  reply: Promotion,
  errors: ruleErrors,
  idempotent: true,
});

export const savePromotion = endpoint({
  method: 'PUT',
  path: '/promotions/:id',
  summary: 'Change a promotion that does not run; it becomes a draft again',
  access: edit,
  params,
  body: PromotionDraft.extend({ version: Version }),
  reply: Promotion,
  errors: ['promotion.not_found', 'promotion.stale', 'promotion.wrong_state', ...ruleErrors],
});

export const submitPromotion = endpoint({
  method: 'POST',
  path: '/promotions/:id/submission',
  summary: 'Ask to start it: within the limit it is approved at once, above it waits for a second person',
  access: edit,
  params,
  body: z.object({ version: Version }),
  reply: Promotion,
  errors: ['promotion.not_found', 'promotion.stale', 'promotion.wrong_state', 'promotion.invalid_rule'],
});

export const approvePromotion = endpoint({
  method: 'POST',
  path: '/promotions/:id/approval',
  summary: 'Let it start; never by who wrote or last changed it',
  access: approve,
  params,
  body: z.object({ version: Version }),
  reply: Promotion,
  errors: ['promotion.not_found', 'promotion.stale', 'promotion.wrong_state', 'promotion.needs_second_person'],
});

export const rejectPromotion = endpoint({
  method: 'POST',
  path: '/promotions/:id/rejection',
  summary: 'Send it back to its writer with a reason',
  access: approve,
  params,
  body: z.object({ version: Version, reason: z.string().trim().min(1).max(500) }),
  reply: Promotion,
  errors: ['promotion.not_found', 'promotion.stale', 'promotion.wrong_state'],
});

const move = (path: 'pause' | 'resumption' | 'ending', summary: string) =>
  endpoint({
    method: 'POST',
    path: `/promotions/:id/${path}`,
    summary,
    access: edit,
    params,
    reply: Promotion,
    errors: ['promotion.not_found', 'promotion.wrong_state'],
  });

export const pausePromotion = move('pause', 'Stop giving, for the time being');
export const resumePromotion = move('resumption', 'Give again, as approved');
export const endPromotion = move('ending', 'End it for good; orders already placed keep what they were given');

export const duplicatePromotion = endpoint({
  method: 'POST',
  path: '/promotions/:id/duplicates',
  summary: 'A new draft with the same rule',
  access: edit,
  params,
  reply: Promotion,
  errors: ['promotion.not_found'],
  idempotent: true,
});

export const PromotionSettings = z.object({
  /** Above this possible cost a second person must approve, fen. */
  secondPersonAboveFen: Fen.min(0).max(1_000_000_000_00),
  version: z.int(),
});

export const getPromotionSettings = endpoint({
  method: 'GET',
  path: '/promotion-settings',
  summary: 'From which cost on a second person is needed',
  access: view,
  reply: PromotionSettings,
  errors: [],
});

export const savePromotionSettings = endpoint({
  method: 'PUT',
  path: '/promotion-settings',
  summary: 'Set the cost above which a second person is needed',
  access: approve,
  body: PromotionSettings,
  reply: PromotionSettings,
  errors: ['promotion.stale'],
});

/** A cart that somebody might have; who buys is said, not looked up. */
export const SampleCart = z.object({
  name: z.string().trim().max(60).default(''),
  channel: ChannelCode.default('shop'),
  tier: z.string().max(32).optional(),
  segments: z.array(z.string().max(64)).max(20).default([]),
  isMember: z.boolean().default(true),
  isFirstOrder: z.boolean().default(false),
  paymentMethod: z.string().max(32).optional(),
  pointsWanted: z.int().min(0).default(0),
  /** The promotion's own start, or now when that has passed. */
  at: Instant.optional(),
  lines: z
    .array(z.object({ sku: Sku, quantity: z.int().min(1).max(9999) }))
    .min(1)
    .max(200),
});

const Draft = z.object({
  draft: PromotionDraft,
  /** The stored promotion that the draft would replace. */
  promotionId: Id.optional(),
});

export const previewPromotion = endpoint({
  method: 'POST',
  path: '/promotion-previews/carts',
  summary: 'What sample carts cost without and with the rule; nothing is stored',
  access: view,
  body: Draft.extend({ carts: z.array(SampleCart).min(1).max(20) }),
  reply: z.object({
    carts: z.array(
      z.object({
        name: z.string(),
        without: PriceBreakdown,
        with: PriceBreakdown,
        /** Total without − total with, fen. */
        savedFen: Fen,
        /** SKUs that have no price or are not for sale; they are left out. */
        leftOut: z.array(Sku),
        names: z.record(Sku, z.object({ name: z.string(), nameEn: z.string() })),
      }),
    ),
  }),
  errors: [...ruleErrors],
});

export const previewPromotionOnOrders = endpoint({
  method: 'POST',
  path: '/promotion-previews/orders',
  summary: 'What the rule would have cost on real orders of a time [from, to); nothing is stored',
  access: view,
  body: Draft.extend({ from: Instant, to: Instant }),
  reply: z.object({
    /** Orders in the time. */
    orders: z.int(),
    /** Orders that were priced again: the latest of them, at most 2,000. */
    ordersPriced: z.int(),
    ordersHit: z.int(),
    /** What it would have given away on the orders priced, fen. */
    costFen: Fen,
    units: z.int(),
    /** The cost carried over to all orders of the time, fen; equal to costFen when all were priced. */
    costAllFen: Fen,
    sample: z.array(
      z.object({ orderId: Id, number: z.string(), placedAt: Instant, beforeFen: Fen, afterFen: Fen, savedFen: Fen }),
    ),
  }),
  errors: [...ruleErrors],
});

export const Conflict = z.discriminatedUnion('kind', [
  /** Another promotion, running or to come in its window, would give to the same cart as well. */
  z.object({
    kind: z.literal('stacks_with'),
    promotionId: Id,
    name: z.string(),
    nameEn: z.string(),
    stage: PromotionStage,
    /** A cart on which both give: what it costs without, with the other, with both. */
    example: z.object({
      lines: z.array(z.object({ sku: Sku, name: z.string(), nameEn: z.string(), quantity: z.int() })),
      beforeFen: Fen,
      otherFen: Fen,
      bothFen: Fen,
    }),
  }),
  /** Both are exclusive and mean the same SKU: only one counts there. */
  z.object({
    kind: z.literal('same_goods'),
    promotionId: Id,
    name: z.string(),
    nameEn: z.string(),
    stage: PromotionStage,
    /** SKUs that both mean, of those tried. */
    skus: z.int(),
    wins: z.enum(['this', 'other']),
    /** What so many units cost with the one alone and with the other alone. */
    example: z.object({ sku: Sku, name: z.string(), nameEn: z.string(), quantity: z.int(), thisFen: Fen, otherFen: Fen }),
  }),
  /** One unit would be sold under the lowest price that keeps the margin floor. */
  z.object({
    kind: z.literal('under_floor'),
    sku: Sku,
    name: z.string(),
    nameEn: z.string(),
    priceFen: Fen,
    floorFen: Fen,
    costFen: Fen,
  }),
]);

export const findPromotionConflicts = endpoint({
  method: 'POST',
  path: '/promotion-conflicts',
  summary: 'Warnings for a rule: what it stacks with, what would be sold under the margin floor',
  access: view,
  body: Draft,
  reply: z.object({
    items: z.array(Conflict),
    /** SKUs tried; at most 300 of those that the rule means. */
    skusTried: z.int(),
    skusMeant: z.int(),
  }),
  errors: [...ruleErrors],
});

export const getPromotionResults = endpoint({
  method: 'GET',
  path: '/promotions/:id/results',
  summary: 'What it gave and what was sold with it, by day of the business zone',
  access: view,
  params,
  reply: z.object({
    promotion: Promotion,
    uses: z.int(),
    /** Orders that were given something and still stand. */
    orders: z.int(),
    /** Orders cancelled since; what they took was given back. */
    ordersReturned: z.int(),
    customers: z.int(),
    spentFen: Fen,
    units: z.int(),
    /** Goods of those orders after every discount, fen. */
    goodsFen: Fen,
    costFen: Fen,
    /** goods − tax − cost, fen. */
    marginFen: Fen,
    byDay: z.array(z.object({ day: Day, orders: z.int(), units: z.int(), spentFen: Fen, goodsFen: Fen, marginFen: Fen })),
  }),
  errors: ['promotion.not_found'],
});
