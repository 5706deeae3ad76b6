// Coupons: batches of codes, who has them, what became of them.
import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Person, PromotionStatus } from './promotion.ts';
import { Fen, Id, Instant, page, paging } from './values.ts';

const params = z.object({ id: Id });
const view = { permission: 'promotions.view' } as const;
const edit = { permission: 'promotions.edit' } as const;

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
