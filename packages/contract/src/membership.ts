import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Fen, Id, Instant, page, paging } from './values.ts';

/** What points are worth as money: 100 points = ¥1.00. */
export const pointWorth = { points: 100, fen: 100 } as const;

export const TierCode = z.string().regex(/^[a-z0-9-]{1,32}$/);

/** A step of membership, reached by goods delivered from `fromFen` on. */
export const Tier = z.object({
  code: TierCode,
  name: z.string().trim().min(1).max(40),
  nameEn: z.string().trim().min(1).max(40),
  fromFen: Fen.min(0),
});
export type Tier = z.output<typeof Tier>;

export const pointKinds = ['earned', 'spent', 'returned', 'adjusted', 'expired'] as const;
export const PointEntry = z.object({
  id: Id,
  kind: z.enum(pointKinds),
  /** Signed: spent points are negative. */
  points: z.int(),
  /** What was left after it. */
  balance: z.int(),
  /** The document that made it happen: `order:…`. */
  cause: z.string(),
  orderId: Id.nullable(),
  /** Staff's words when they corrected it. */
  reason: z.string().nullable(),
  at: Instant,
});

export const Standing = z.object({
  tier: Tier,
  points: z.int(),
  /** What the points are worth as money, fen. */
  worthFen: Fen,
  /** Goods delivered and kept, fen: what tiers count. */
  earnedFen: Fen,
  /** The next tier and the goods missing for it; null on the highest. */
  next: z.object({ tier: Tier, missingFen: Fen }).nullable(),
  /** What of the points can be spent until which day, the earliest first; together they are all of them. */
  expiring: z.array(z.object({ points: z.int(), lastDay: Day })),
});

export const getMyStanding = endpoint({
  method: 'GET',
  path: '/profile/membership',
  summary: 'My tier, my points, and what the next tier takes',
  access: 'member',
  reply: Standing.extend({ tiers: z.array(Tier) }),
  errors: [],
});

export const listMyPoints = endpoint({
  method: 'GET',
  path: '/profile/points',
  summary: 'Every point I earned and spent, newest first',
  access: 'member',
  query: z.object(paging),
  reply: page(PointEntry.omit({ reason: true })),
  errors: [],
});

export const listTiers = endpoint({
  method: 'GET',
  path: '/membership/tiers',
  summary: 'Tiers from the lowest up, with how many customers hold each',
  access: { permission: 'membership.view' },
  reply: z.object({ items: z.array(Tier.extend({ holders: z.int() })) }),
  errors: [],
});

export const saveTier = endpoint({
  method: 'PUT',
  path: '/membership/tiers/:code',
  summary: 'Add a tier or change it; who holds one keeps it until goods lift them higher',
  access: { permission: 'membership.adjust' },
  params: z.object({ code: TierCode }),
  body: Tier.omit({ code: true }),
  reply: Tier,
  errors: ['tier.level_taken', 'tier.lowest_fixed'],
});

const customer = z.object({ customerId: Id });

export const getStanding = endpoint({
  method: 'GET',
  path: '/membership/customers/:customerId',
  summary: "A customer's tier and points",
  access: { permission: 'membership.view' },
  params: customer,
  reply: Standing,
  errors: ['customer.not_found'],
});

export const listPoints = endpoint({
  method: 'GET',
  path: '/membership/customers/:customerId/points',
  summary: 'Why are there 470? Every point of a customer, newest first',
  access: { permission: 'membership.view' },
  params: customer,
  query: z.object(paging),
  reply: page(PointEntry.extend({ actor: z.string() })),
  errors: ['customer.not_found'],
});

export const adjustPoints = endpoint({
  method: 'POST',
  path: '/membership/customers/:customerId/adjustments',
  summary: "Correct a customer's points, with a reason",
  access: { permission: 'membership.adjust' },
  params: customer,
  body: z.object({
    /** Signed. */
    change: z
      .int()
      .min(-1_000_000)
      .max(1_000_000)
      .refine((points) => points !== 0),
    reason: z.string().trim().min(1).max(200),
  }),
  reply: Standing,
  errors: ['customer.not_found', 'points.insufficient'],
  idempotent: true,
});
