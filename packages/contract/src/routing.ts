import * as z from 'zod';
import { Storage } from './delivery.ts';
import { endpoint } from './endpoint.ts';
import { HoldReason } from './order.ts';
import { RoutingRuleKind } from './route.ts';
import { Day, Fen, Id, LocationCode } from './values.ts';

export * from './route.ts';

export const RoutingRule = z.object({
  kind: RoutingRuleKind,
  isOn: z.boolean(),
  /** Whom `prefer` and `avoid` mean; empty for all other kinds. */
  locations: z.array(LocationCode).max(50),
});

export const RoutingRules = z.object({
  /** In the order in which they are asked. */
  rules: z.array(RoutingRule).max(20),
  /** At most so many locations send one order. */
  parcelsMax: z.int().min(1).max(3),
  /** A parcel of a split order carries at least so much, fen, while there is another way. */
  parcelFenMin: Fen.min(0),
  version: z.int(),
});

export const getRoutingRules = endpoint({
  method: 'GET',
  path: '/routing/rules',
  summary: 'The rules by which the house decides where an order goes out from, in their order',
  access: { permission: 'routing.view' },
  reply: RoutingRules,
  errors: [],
});

export const saveRoutingRules = endpoint({
  method: 'PUT',
  path: '/routing/rules',
  summary: 'Replace the routing rules; orders placed from now on follow them',
  access: { permission: 'routing.edit' },
  /** `version`: the one that the screen showed. */
  body: RoutingRules,
  reply: RoutingRules,
  errors: ['rules.stale', 'location.not_found'],
});

export const RoutingLocation = z.object({
  location: LocationCode,
  name: z.string(),
  nameEn: z.string(),
  kind: z.enum(['warehouse', 'store']),
  /** Whether orders of the shop may go out from here. */
  shipsOnline: z.boolean(),
  /** Orders a day; null is without limit. */
  dailyCapacity: z.int().min(0).nullable(),
  /** Of today's capacity, taken. */
  usedToday: z.int(),
  /** The smaller the sooner, where the rules leave it open. */
  priority: z.int(),
  /** The province it stands in, six digits (`310000`); null is unknown. */
  province: z
    .string()
    .regex(/^\d{6}$/)
    .nullable(),
  storages: z.array(Storage),
});

export const listRoutingLocations = endpoint({
  method: 'GET',
  path: '/routing/locations',
  summary: 'What routing knows of each location',
  access: { permission: 'routing.view' },
  reply: z.object({ items: z.array(RoutingLocation) }),
  errors: [],
});

export const saveRoutingLocation = endpoint({
  method: 'PUT',
  path: '/routing/locations/:location',
  summary: 'Change whether and how much a location sends',
  access: { permission: 'routing.edit' },
  params: z.object({ location: LocationCode }),
  body: RoutingLocation.pick({
    shipsOnline: true,
    dailyCapacity: true,
    priority: true,
    province: true,
    storages: true,
  }),
  reply: RoutingLocation,
  errors: ['location.not_found'],
});

/** What may hold an order back by itself. */
export const reviewRuleKinds = ['address', 'payment', 'remark', 'large_amount', 'address_watch', 'risk_score'] as const;
export const ReviewRule = z.object({
  kind: z.enum(reviewRuleKinds),
  isOn: z.boolean(),
  /** `large_amount`: fen and above; `risk_score`: points (0–100) and above; null for all other kinds. */
  limit: z.int().min(0).nullable(),
  /** `remark`: held when one of them is in it, or at any remark when there is none; `address_watch`: parts of an address. */
  words: z.array(z.string().trim().min(1).max(40)).max(100),
});
export const ReviewRules = z.object({ rules: z.array(ReviewRule), version: z.int() });

export const getReviewRules = endpoint({
  method: 'GET',
  path: '/routing/review-rules',
  summary: 'The rules that hold a paid order back for a person',
  access: { permission: 'routing.view' },
  reply: ReviewRules,
  errors: [],
});

export const saveReviewRules = endpoint({
  method: 'PUT',
  path: '/routing/review-rules',
  summary: 'Replace the review rules; orders paid from now on follow them',
  access: { permission: 'routing.edit' },
  body: ReviewRules,
  reply: ReviewRules,
  errors: ['rules.stale'],
});

/** What the rules make of a day's orders. */
const Outcome = z.object({
  /** Orders that at least one hold would stop. */
  held: z.int(),
  holds: z.array(z.object({ reason: HoldReason, orders: z.int() })),
  split: z.int(),
  parcels: z.int(),
  /** Orders that no location could send. */
  unroutable: z.int(),
  locations: z.array(z.object({ location: LocationCode, parcels: z.int() })),
});

export const dryRun = endpoint({
  method: 'POST',
  path: '/routing/dry-runs',
  summary: "What other rules would have made of a day's orders, beside the rules in force; nothing is written",
  access: { permission: 'routing.view' },
  body: z.object({
    /** Yesterday when absent. */
    day: Day.optional(),
    routing: RoutingRules.omit({ version: true }).optional(),
    review: ReviewRules.omit({ version: true }).optional(),
  }),
  /** Both on today's stock, each order as if it were the only one; at most the last 2,000 orders of the day. */
  reply: z.object({
    day: Day,
    orders: z.int(),
    now: Outcome,
    then: Outcome,
    changed: z.int(),
    /** At most 50 orders that would go another way. */
    examples: z.array(
      z.object({
        orderId: Id,
        number: z.string(),
        totalFen: Fen,
        now: z.object({ locations: z.array(LocationCode), holds: z.array(HoldReason), decidedBy: RoutingRuleKind.nullable() }),
        then: z.object({ locations: z.array(LocationCode), holds: z.array(HoldReason), decidedBy: RoutingRuleKind.nullable() }),
      }),
    ),
  }),
  errors: ['location.not_found'],
});
