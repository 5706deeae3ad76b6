// A price that explains itself: what a cart costs, line by line, stage by stage.
import * as z from 'zod';
import { MissReason, priceStages } from './rules.ts';
import { Currency, Fen, Id, Sku } from './values.ts';

export { exponentOf } from './currency.ts';

/** One thing taken off a line: by which rule, at which stage, how much. Frozen with the order. */
export const Adjustment = z.object({
  stage: z.enum(priceStages),
  /** null: points, or a price of the list itself. */
  promotionId: Id.nullable(),
  /** What it was when no promotion gave it. */
  from: z.enum(['markdown', 'member', 'points']).optional(),
  couponCode: z.string().nullable(),
  name: z.string(),
  nameEn: z.string(),
  /** Taken off this line, fen, never negative. */
  amountFen: Fen,
  /** Points that pay for it. */
  points: z.int().optional(),
});
export type Adjustment = z.output<typeof Adjustment>;

/** What one line costs and why. goods = quantity × unit; amount = goods − discount; tax is inside the amount. */
export const PricedLine = z.object({
  key: z.string(),
  sku: Sku,
  quantity: z.int(),
  isGift: z.boolean(),
  /** Before anything, the price that the channel shows struck through, fen a unit. */
  listFen: Fen,
  /** The price of the list for this channel, group and quantity, fen a unit. */
  unitFen: Fen,
  discountFen: Fen,
  amountFen: Fen,
  taxRateBp: z.int(),
  taxFen: Fen,
  adjustments: z.array(Adjustment),
});
export type PricedLine = z.output<typeof PricedLine>;

/** A promotion that gave something to this cart. */
export const Applied = z.object({
  promotionId: Id,
  couponCode: z.string().nullable(),
  name: z.string(),
  nameEn: z.string(),
  amountFen: Fen,
  /** Units sold at its price (flash sale) or given away. */
  units: z.int(),
  /** What the next step of it lacks, when it has a higher one: fen, or units. */
  nextFen: Fen.optional(),
  nextUnits: z.int().optional(),
});
export type Applied = z.output<typeof Applied>;

/** A promotion that gave nothing, and what is missing: `{ missingFen: 4000 }` reads “¥40 more for …”. */
export const Missed = z.object({
  promotionId: Id.nullable(),
  couponCode: z.string().nullable(),
  name: z.string(),
  nameEn: z.string(),
  reason: MissReason,
  missingFen: Fen.optional(),
  missingUnits: z.int().optional(),
  /** Points that the buyer would have to spend besides. */
  missingPoints: z.int().optional(),
});
export type Missed = z.output<typeof Missed>;

/** total = goods − discount + freight. Each sum is the sum of the lines. */
export const PriceBreakdown = z.object({
  currency: Currency,
  lines: z.array(PricedLine),
  applied: z.array(Applied),
  missed: z.array(Missed),
  goodsFen: Fen,
  discountFen: Fen,
  /** Of the discount: what points paid. */
  pointsFen: Fen,
  pointsSpent: z.int(),
  freightFen: Fen,
  /** Freight before it was made free. */
  freightListFen: Fen,
  /** The tax inside the lines. */
  taxFen: Fen,
  totalFen: Fen,
});
export type PriceBreakdown = z.output<typeof PriceBreakdown>;
