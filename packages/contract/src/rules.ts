// The language of promotions: conditions → effects, as data. The house judges it (sell/pricing), screens write and read it.
import * as z from 'zod';
import { ChannelCode, Fen, Id, Sku } from './values.ts';

/**
 * The stages of a price, in the one order in which they are applied. Each sees the amounts that the one before it left.
 * list: price of the channel, group, quantity and time · exclusive: flash sale, points for goods; a unit sold so joins nothing after it
 * · line: the better of timed discount and member price · threshold: 满减/满折, bundles, gifts, cheapest free · coupon · points as money
 * · freight · tax (prices include it).
 */
export const priceStages = ['list', 'exclusive', 'line', 'threshold', 'coupon', 'points', 'freight', 'tax'] as const;
export type PriceStage = (typeof priceStages)[number];
/** Where a promotion may stand. */
export const promotionStages = ['exclusive', 'line', 'threshold', 'coupon', 'freight'] as const;
export const PromotionStage = z.enum(promotionStages);
export type PromotionStage = z.output<typeof PromotionStage>;

/** Which lines are meant. Several fields narrow each other; within a field any entry will do; an empty filter means every line. */
export const LineFilter = z.strictObject({
  skus: z.array(Sku).min(1).max(2000).optional(),
  productIds: z.array(Id).min(1).max(2000).optional(),
  /** A category and everything below it. */
  categories: z.array(z.string().min(1)).min(1).max(200).optional(),
  brands: z.array(z.string().min(1)).min(1).max(200).optional(),
  exceptSkus: z.array(Sku).min(1).max(2000).optional(),
  exceptCategories: z.array(z.string().min(1)).min(1).max(200).optional(),
});
export type LineFilter = z.output<typeof LineFilter>;

const Count = z.int().min(1).max(10_000);
const ShareBp = z.int().min(1).max(10_000);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);

/** One condition. Amounts and quantities count what earlier stages left of the lines that the filter means. */
export const Condition = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('channel'), in: z.array(ChannelCode).min(1) }),
  /** Tiers of membership. */
  z.strictObject({ is: z.literal('tier'), in: z.array(z.string().min(1)).min(1) }),
  /** Named lists of customers. */
  z.strictObject({ is: z.literal('segment'), in: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ is: z.literal('customer'), in: z.array(Id).min(1).max(1000) }),
  z.strictObject({ is: z.literal('member') }),
  z.strictObject({ is: z.literal('first_order') }),
  /** Weekdays 1 (Monday) – 7 and half-open hours [from, to) of the business zone. */
  z.strictObject({
    is: z.literal('time'),
    weekdays: z.array(z.int().min(1).max(7)).min(1).optional(),
    from: clock.optional(),
    to: clock.optional(),
  }),
  z.strictObject({ is: z.literal('payment_method'), in: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ is: z.literal('amount'), of: LineFilter, minFen: Fen.min(1) }),
  z.strictObject({ is: z.literal('quantity'), of: LineFilter, min: Count }),
]);
export type Condition = z.output<typeof Condition>;

export type ConditionTree = Condition | { all: ConditionTree[] } | { any: ConditionTree[] } | { not: ConditionTree };
/** Conditions nested with all, any, not; `{ all: [] }` always holds. */
export const ConditionTree: z.ZodType<ConditionTree> = z.lazy(() =>
  z.union([
    Condition,
    z.strictObject({ all: z.array(ConditionTree).max(20) }),
    z.strictObject({ any: z.array(ConditionTree).min(1).max(20) }),
    z.strictObject({ not: ConditionTree }),
  ]),
);

/** What is taken off: a share of the amount (1,000 = 10 % off, 九折), or a fixed amount. */
export const Off = z.union([z.strictObject({ bp: ShareBp }), z.strictObject({ fen: Fen.min(1) })]);
export type Off = z.output<typeof Off>;

/** What a promotion does when its conditions hold. */
export const Effect = z.discriminatedUnion('gives', [
  /** A share off each line meant; at most `capFen` in all. */
  z.strictObject({ gives: z.literal('percent'), of: LineFilter, bp: ShareBp, capFen: Fen.min(1).optional() }),
  /** An amount off the lines meant together. */
  z.strictObject({ gives: z.literal('amount'), of: LineFilter, fen: Fen.min(1) }),
  /** One price a unit, or a price for each SKU; only ever lowers. `unitsPerOrder` limits the units sold so (flash sale). */
  z.strictObject({
    gives: z.literal('fixed_price'),
    of: LineFilter,
    unitFen: Fen.min(0).optional(),
    prices: z.record(Sku, Fen.min(0)).optional(),
    unitsPerOrder: Count.optional(),
  }),
  /** 满减/满折 in steps: the highest step reached counts; `repeats` counts the lowest step once for every time it is reached (每满). */
  z.strictObject({
    gives: z.literal('steps'),
    of: LineFilter,
    by: z.enum(['amount', 'quantity']),
    steps: z
      .array(z.strictObject({ from: z.int().min(1), off: Off }))
      .min(1)
      .max(10),
    repeats: z.boolean().default(false),
    capFen: Fen.min(1).optional(),
  }),
  /** Of every `buy` units the `free` cheapest cost nothing. */
  z.strictObject({
    gives: z.literal('cheapest_free'),
    of: LineFilter,
    buy: Count.min(2),
    free: Count,
    timesMax: Count.optional(),
  }),
  /** For every `buyQuantity` units of `buy`, `getQuantity` units of `get` at `bp` off. A unit is counted on one side only. */
  z.strictObject({
    gives: z.literal('buy_x_get_y'),
    buy: LineFilter,
    buyQuantity: Count,
    get: LineFilter,
    getQuantity: Count,
    bp: ShareBp,
    timesMax: Count.optional(),
  }),
  /** Units that come free of charge while stock lasts: once an order, or with `repeats` once for every time that the amounts and
   * quantities of the conditions are reached, at most `timesMax` times. */
  z.strictObject({
    gives: z.literal('gift'),
    sku: Sku,
    quantity: Count.max(100),
    repeats: z.boolean().optional(),
    timesMax: Count.optional(),
  }),
  /** A set of units for one price. */
  z.strictObject({
    gives: z.literal('bundle_price'),
    items: z
      .array(z.strictObject({ of: LineFilter, quantity: Count.max(100) }))
      .min(1)
      .max(10),
    fen: Fen.min(0),
    timesMax: Count.optional(),
  }),
  z.strictObject({ gives: z.literal('free_freight') }),
  /** A coupon of this promotion for the buyer's next order, once this one is paid. */
  z.strictObject({ gives: z.literal('coupon'), promotionId: Id }),
  /** Goods for points: the unit costs `points` and `unitFen` money (stage exclusive). */
  z.strictObject({
    gives: z.literal('points_price'),
    of: LineFilter,
    points: z.int().min(1).max(10_000_000),
    unitFen: Fen.min(0),
    unitsPerOrder: Count.optional(),
  }),
]);
export type Effect = z.output<typeof Effect>;

/** How the members of a group get along. */
export const groupModes = ['sequence', 'sum', 'best', 'priority', 'only'] as const;
/**
 * sequence: one after another, each sees what the one before it left · sum: each sees the amounts at the group's entry, discounts add up
 * · best: the member that saves this buyer most · priority: the first by priority that gives anything · only: like best, and the lines it
 * touched join no later group or stage.
 */
export const GroupMode = z.enum(groupModes);
export type GroupMode = z.output<typeof GroupMode>;

/** Why a promotion gave nothing, told to the buyer whose cart it is; others' reasons never mix with it. */
export const missReasons = [
  'amount_short', 'quantity_short', 'no_matching_line', 'not_for_channel', 'not_for_customer', 'members_only', 'not_first_order',
  'not_now', 'payment_method', 'used_up', 'limit_reached', 'expired', 'not_started', 'unknown_code', 'beaten', 'nothing_to_take_off',
  'gift_out_of_stock', 'points_short', 'line_is_exclusive',
] as const; // prettier-ignore
export const MissReason = z.enum(missReasons);
export type MissReason = z.output<typeof MissReason>;
