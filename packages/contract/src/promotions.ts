// Promotions: rules that lower a price, their groups, coupons, previews and results; and what a shopper sees of them.
import * as z from 'zod';
import { Image, Slug } from './catalog.ts';
import { endpoint } from './endpoint.ts';
import { PriceBreakdown } from './price.ts';
import { ConditionTree, Effect, GroupMode, PromotionStage } from './rules.ts';
import { ChannelCode, Day, Fen, Id, Instant, page, paging, Sku } from './values.ts';

/** draft → waiting (for a second person) → approved ⇄ paused → ended. Only `approved` inside its window gives anything. */
export const promotionStates = ['draft', 'waiting', 'approved', 'paused', 'ended'] as const;
export const PromotionState = z.enum(promotionStates);
export type PromotionState = z.output<typeof PromotionState>;

/** What is so now, window included: an approved one is scheduled, running or ended. */
export const promotionStatuses = ['draft', 'waiting', 'scheduled', 'running', 'paused', 'ended'] as const;
export const PromotionStatus = z.enum(promotionStatuses);
export type PromotionStatus = z.output<typeof PromotionStatus>;

/** What may be asked of a promotion in each state; consoles disable the rest with the reason. */
export const promotionMoves = {
  draft: ['edit', 'submit'],
  waiting: ['edit', 'approve', 'reject'],
  approved: ['pause', 'end'],
  paused: ['edit', 'resume', 'end'],
  ended: [],
} as const satisfies Readonly<
  Record<PromotionState, readonly ('edit' | 'submit' | 'approve' | 'reject' | 'pause' | 'resume' | 'end')[]>
>;

const Name = z.string().trim().min(1).max(60);
const Limit = z.int().min(1).max(1_000_000_000).nullable().default(null);

/** The rule as it is written. Saving one that waits or is paused makes it a draft again. */
export const PromotionDraft = z.strictObject({
  name: Name,
  nameEn: Name,
  stage: PromotionStage,
  groupId: Id.nullable().default(null),
  /** Higher goes first. */
  priority: z.int().min(-1000).max(1000).default(0),
  when: ConditionTree,
  then: Effect,
  /** Whether units sold at an exclusive price may join it. */
  joinsExclusive: z.boolean().default(false),
  /** Only for those who give or own a code; stage `coupon` always does. */
  needsCode: z.boolean().default(false),
  /** Half-open: [startsAt, endsAt); null runs on. Answered with the offset of the business zone. */
  startsAt: Instant,
  endsAt: Instant.nullable().default(null),
  /** What it may give away in all, fen; null has no end, and always needs a second person. */
  budgetFen: Fen.min(1).max(1_000_000_000_00).nullable().default(null),
  /** Orders that may use it. */
  usesMax: Limit,
  usesPerCustomer: Limit,
  /** Units that may be sold at its price or given away. */
  unitsMax: Limit,
  unitsPerCustomer: Limit,
  /** What its writer expects it to cost, fen. */
  expectedCostFen: Fen.min(0).default(0),
});
export type PromotionDraft = z.output<typeof PromotionDraft>;

/** Taken so far, given-back uses not counted. `leftFen`, `usesLeft`, `unitsLeft` are null without a limit. */
const Balance = z.object({
  spentFen: Fen,
  uses: z.int(),
  units: z.int(),
  leftFen: Fen.nullable(),
  usesLeft: z.int().nullable(),
  unitsLeft: z.int().nullable(),
});

const Person = z.object({ id: z.string(), name: z.string() });

export const Promotion = PromotionDraft.extend({
  id: Id,
  /** `P10001`, for people. */
  number: z.string(),
  version: z.int(),
  state: PromotionState,
  status: PromotionStatus,
  groupName: z.string().nullable(),
  groupNameEn: z.string().nullable(),
  balance: Balance,
  /** The most that it can cost, fen; null when nothing bounds it. */
  costMaxFen: Fen.nullable(),
  /** Whether starting it needs somebody who did not write it. */
  needsSecondPerson: z.boolean(),
  /** Whether the one who asks may approve it: holds the right and did not write or last change it. */
  mayApprove: z.boolean(),
  createdBy: Person,
  changedBy: Person,
  approvedBy: Person.nullable(),
  /** Why it was sent back. */
  rejectedReason: z.string().nullable(),
  createdAt: Instant,
  changedAt: Instant,
  approvedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type Promotion = z.output<typeof Promotion>;

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

/** Promotions of one stage that get along in one way; a group may stand inside another of its stage. */
export const PromotionGroup = z.object({
  id: Id,
  name: z.string(),
  nameEn: z.string(),
  stage: PromotionStage,
  mode: GroupMode,
  parentId: Id.nullable(),
  priority: z.int(),
  version: z.int(),
  /** Promotions in it that have not ended. */
  members: z.int(),
});
const GroupForm = z.object({
  name: Name,
  nameEn: Name,
  stage: PromotionStage,
  mode: GroupMode,
  parentId: Id.nullable().default(null),
  priority: z.int().min(-1000).max(1000).default(0),
});
const groupErrors = ['promotion_group.not_found', 'promotion_group.invalid'] as const;

export const listPromotionGroups = endpoint({
  method: 'GET',
  path: '/promotion-groups',
  summary: 'Groups in the order in which they are applied',
  access: view,
  reply: z.object({ items: z.array(PromotionGroup) }),
  errors: [],
});

export const createPromotionGroup = endpoint({
  method: 'POST',
  path: '/promotion-groups',
  summary: 'Add a group',
  access: edit,
  body: GroupForm,
  reply: PromotionGroup,
  errors: groupErrors,
  idempotent: true,
});

export const savePromotionGroup = endpoint({
  method: 'PUT',
  path: '/promotion-groups/:id',
  summary: 'Change a group; its stage stays as long as it has members',
  access: edit,
  params,
  body: GroupForm.extend({ version: Version }),
  reply: PromotionGroup,
  errors: [...groupErrors, 'promotion.stale'],
});

export const deletePromotionGroup = endpoint({
  method: 'DELETE',
  path: '/promotion-groups/:id',
  summary: 'Remove a group that nothing stands in',
  access: edit,
  params,
  reply: z.object({}),
  errors: ['promotion_group.not_found', 'promotion_group.in_use'],
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
    /** A cart on which both give: what the SKU costs alone and with both. */
    example: z.object({
      sku: Sku,
      name: z.string(),
      nameEn: z.string(),
      quantity: z.int(),
      beforeFen: Fen,
      otherFen: Fen,
      bothFen: Fen,
    }),
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

export const couponBatchKinds = ['single', 'multi'] as const;
export const couponBatchStates = ['making', 'ready', 'stopped'] as const;

/** Codes of one promotion made together. single: each code works once · multi: each works `usesPerCode` times (null: any number). */
export const CouponBatch = z.object({
  id: Id,
  number: z.string(),
  name: z.string(),
  promotionId: Id,
  promotionName: z.string(),
  promotionNameEn: z.string(),
  promotionStatus: PromotionStatus,
  kind: z.enum(couponBatchKinds),
  size: z.int(),
  prefix: z.string(),
  usesPerCode: z.int().nullable(),
  usesPerCustomer: z.int().nullable(),
  /** Half-open [validFrom, validTo). */
  validFrom: Instant,
  validTo: Instant.nullable(),
  /** A code given or taken is valid so many days, within the batch's window. */
  validDays: z.int().nullable(),
  /** Members may take one in the shop; such codes are not exported. */
  isPublic: z.boolean(),
  state: z.enum(couponBatchStates),
  /** Codes made so far. */
  made: z.int(),
  /** Codes that belong to a customer. */
  given: z.int(),
  uses: z.int(),
  /** The code itself when the batch has only one. */
  code: z.string().nullable(),
  createdBy: Person,
  createdAt: Instant,
});
export type CouponBatch = z.output<typeof CouponBatch>;

export const listCouponBatches = endpoint({
  method: 'GET',
  path: '/coupon-batches',
  summary: 'Batches of codes, newest first',
  access: view,
  query: z.object({
    promotionId: Id.optional(),
    state: z.enum(couponBatchStates).optional(),
    text: z.string().trim().max(60).optional(),
    ...paging,
  }),
  reply: page(CouponBatch),
  errors: [],
});

/** Cheap: ask once a second while codes are made. */
export const getCouponBatch = endpoint({
  method: 'GET',
  path: '/coupon-batches/:id',
  summary: 'One batch: progress, uses',
  access: view,
  params,
  reply: CouponBatch,
  errors: ['coupon_batch.not_found'],
});

export const createCouponBatch = endpoint({
  method: 'POST',
  path: '/coupon-batches',
  summary: 'Make up to 1,000,000 codes of a promotion that needs a code; a job makes them',
  access: edit,
  body: z
    .object({
      promotionId: Id,
      name: z.string().trim().min(1).max(60),
      kind: z.enum(couponBatchKinds),
      size: z.int().min(1).max(1_000_000).default(1),
      /** Letters and digits before the unguessable part. */
      prefix: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z0-9]{0,8}$/)
        .default(''),
      /** A word of one's own (`WELCOME10`) for a batch of one code that works many times. */
      code: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z0-9]{4,24}$/)
        .optional(),
      usesPerCode: z.int().min(1).max(1_000_000_000).nullable().default(null),
      usesPerCustomer: z.int().min(1).max(1_000_000).nullable().default(1),
      validFrom: Instant,
      validTo: Instant.nullable().default(null),
      validDays: z.int().min(1).max(366).nullable().default(null),
      isPublic: z.boolean().default(false),
    })
    .strict(),
  reply: CouponBatch,
  errors: ['promotion.not_found', 'promotion.wrong_state', 'coupon_batch.invalid', 'coupon.exists'],
  idempotent: true,
});

export const stopCouponBatch = endpoint({
  method: 'POST',
  path: '/coupon-batches/:id/stop',
  summary: 'No code of it works any more; orders already placed keep what they were given',
  access: edit,
  params,
  reply: CouponBatch,
  errors: ['coupon_batch.not_found', 'coupon_batch.wrong_state'],
});

/** Replies with the file itself (CSV with BOM): code, state, uses, customer. Streamed, however many there are. */
export const exportCoupons = endpoint({
  method: 'GET',
  path: '/coupon-batches/:id/codes',
  summary: 'All codes of a batch as a file',
  access: edit,
  params,
  query: z.object({ language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
  reply: z.unknown(),
  errors: ['coupon_batch.not_found', 'coupon_batch.wrong_state'],
});

/** Why a code can(not) be used. `used_up` is not `expired`: each is told for what it is. */
export const couponStates = ['usable', 'not_started', 'used_up', 'expired', 'stopped', 'promotion_off'] as const;
export const CouponState = z.enum(couponStates);
export type CouponState = z.output<typeof CouponState>;

export const Coupon = z.object({
  code: z.string(),
  state: CouponState,
  batch: CouponBatch,
  uses: z.int(),
  usesMax: z.int().nullable(),
  validFrom: Instant,
  validTo: Instant.nullable(),
  customer: z.object({ id: Id, number: z.string(), name: z.string() }).nullable(),
  /** Orders that used it, newest first, at most 50. */
  orders: z.array(z.object({ orderId: Id, amountFen: Fen, state: z.enum(['held', 'returned']), at: Instant })),
});

export const lookUpCoupon = endpoint({
  method: 'GET',
  path: '/coupons/:code',
  summary: 'What became of a code; upper and lower case, O and 0, I, L and 1 are told apart by nobody',
  access: view,
  params: z.object({ code: z.string().trim().min(1).max(64) }),
  reply: Coupon,
  errors: ['coupon.not_found'],
});

export const giveCoupons = endpoint({
  method: 'POST',
  path: '/coupon-batches/:id/gifts',
  summary: 'Give each customer of a segment or list one code; who already has as many as allowed gets none',
  access: edit,
  params,
  body: z.union([
    z.strictObject({ customerIds: z.array(Id).min(1).max(10_000) }),
    z.strictObject({ segment: z.string().min(1).max(64) }),
  ]),
  reply: z.object({ customers: z.int(), given: z.int(), had: z.int() }),
  errors: [
    'coupon_batch.not_found',
    'coupon_batch.wrong_state',
    'coupon_batch.used_up',
    'segment.not_found',
    'customer.not_found',
  ],
  idempotent: true,
});

/** What a shopper may know of a rule: no lists of customers, no budgets. */
export const PublicRule = z.object({
  promotionId: Id,
  name: z.string(),
  nameEn: z.string(),
  stage: PromotionStage,
  gives: Effect,
  /** From this amount of the goods meant on, fen; null when there is no such condition. */
  minFen: Fen.nullable(),
  minUnits: z.int().nullable(),
  /** Tiers that it is for; empty for everybody. */
  tiers: z.array(z.string()),
  /** Channels that it is for; empty for all. */
  channels: z.array(ChannelCode),
  isFirstOrderOnly: z.boolean(),
  /** Narrows goods: false when every SKU counts. */
  isForSomeGoods: z.boolean(),
  endsAt: Instant.nullable(),
});
export type PublicRule = z.output<typeof PublicRule>;

export const MyCoupon = z.object({
  code: z.string(),
  rule: PublicRule,
  state: CouponState,
  usesLeft: z.int().nullable(),
  validFrom: Instant,
  validTo: Instant.nullable(),
  usedAt: Instant.nullable(),
  orderId: Id.nullable(),
});

export const listMyCoupons = endpoint({
  method: 'GET',
  path: '/shop/coupons',
  summary: 'My coupons: usable first, then used and expired ones, each with its reason',
  access: 'member',
  reply: z.object({ items: z.array(MyCoupon), serverTime: Instant }),
  errors: [],
});

export const listCouponOffers = endpoint({
  method: 'GET',
  path: '/shop/coupon-offers',
  summary: 'Coupons that any member may take now',
  access: 'shopper',
  reply: z.object({
    items: z.array(
      z.object({
        batchId: Id,
        rule: PublicRule,
        validTo: Instant.nullable(),
        validDays: z.int().nullable(),
        left: z.int(),
        /** taken: as many as one may have · used_up: none is left · sign_in: members only. */
        state: z.enum(['open', 'taken', 'used_up', 'sign_in']),
      }),
    ),
  }),
  errors: [],
});

export const takeCoupon = endpoint({
  method: 'POST',
  path: '/shop/coupon-offers/:id/taking',
  summary: 'Take a coupon: one at a time, as many as one customer may have',
  access: 'member',
  params,
  reply: MyCoupon,
  errors: ['coupon_batch.not_found', 'coupon_batch.used_up', 'coupon.limit_reached'],
  idempotent: true,
});

export const FlashItem = z.object({
  sku: Sku,
  productId: Id,
  slug: Slug,
  name: z.string(),
  nameEn: z.string(),
  options: z.array(z.object({ name: z.string(), nameEn: z.string(), value: z.string(), valueEn: z.string() })),
  image: Image.nullable(),
  /** One unit now outside the sale, fen. */
  listFen: Fen,
  flashFen: Fen,
  /** Points a unit, when it is sold for points. */
  points: z.int().nullable(),
  /** Units that can really be bought now at this price: the least of the sale's rest and the stock that is there. */
  left: z.int(),
});

/** A sale of limited units in a limited time. The counter is the ledger's: it goes up again when an order is cancelled. */
export const FlashSale = z.object({
  promotionId: Id,
  name: z.string(),
  nameEn: z.string(),
  state: z.enum(['running', 'next']),
  startsAt: Instant,
  endsAt: Instant.nullable(),
  /** null: as long as stock lasts. */
  unitsTotal: z.int().nullable(),
  unitsLeft: z.int().nullable(),
  unitsPerCustomer: z.int().nullable(),
  items: z.array(FlashItem),
});
export type FlashSale = z.output<typeof FlashSale>;

export const listFlashSales = endpoint({
  method: 'GET',
  path: '/shop/flash-sales',
  summary: 'Flash sales that run now and the next to come within 7 days; count down against serverTime',
  access: 'public',
  reply: z.object({ items: z.array(FlashSale), serverTime: Instant }),
  errors: [],
});

export const listCardLabels = endpoint({
  method: 'GET',
  path: '/shop/promotion-labels',
  summary: 'What runs now for each of these products, two rules at most; rules about every product are left out',
  access: 'public',
  query: z.object({
    product: z
      .union([Id, z.array(Id).max(100)])
      .optional()
      .transform((value) => (value === undefined ? [] : [value].flat())),
  }),
  reply: z.object({ items: z.array(z.object({ productId: Id, rules: z.array(PublicRule) })) }),
  errors: [],
});

export const listProductPromotions = endpoint({
  method: 'GET',
  path: '/shop/products/:slug/promotions',
  summary: 'What runs now for a product, and coupons for it that may be taken',
  access: 'public',
  params: z.object({ slug: Slug }),
  reply: z.object({
    items: z.array(PublicRule),
    coupons: z.array(z.object({ batchId: Id, rule: PublicRule, validTo: Instant.nullable(), left: z.int() })),
    serverTime: Instant,
  }),
  errors: ['product.not_found'],
});
