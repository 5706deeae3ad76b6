// What shoppers see of promotions: their coupons, flash sales, labels, the rules that run for a product.
import * as z from 'zod';
import { Image, Slug } from './catalog.ts';
import { endpoint } from './endpoint.ts';
import { CouponState } from './coupons.ts';
import { ConditionTree, Effect, PromotionStage } from './rules.ts';
import { ChannelCode, Fen, Id, Instant, Sku } from './values.ts';

const params = z.object({ id: Id });

/** What a shopper may know of a rule: no lists of customers, no budgets. */
export const PublicRule = z.object({
  promotionId: Id,
  name: z.string(),
  nameEn: z.string(),
  stage: PromotionStage,
  gives: Effect,
  /** Its conditions with the goods that they count, as far as a shopper may know them: no lists of customers, no channels. */
  when: ConditionTree,
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
