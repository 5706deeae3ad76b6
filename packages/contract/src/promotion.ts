// What a promotion is. The operations are in promotions.ts, coupons.ts and offers.ts.
import * as z from 'zod';
import { ConditionTree, Effect, PromotionStage } from './rules.ts';
import { Fen, Id, Instant } from './values.ts';

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

export const Name = z.string().trim().min(1).max(60);
export const Limit = z.int().min(1).max(1_000_000_000).nullable().default(null);

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

export const Person = z.object({ id: z.string(), name: z.string() });

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
