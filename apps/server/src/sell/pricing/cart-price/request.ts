// What the price of a cart is made from. Everything is given; nothing is looked up, no clock is read.
import type { ConditionTree, Effect, GroupMode, MissReason, PromotionStage } from '@tongshang/contract';

/** A price in force for a SKU in this channel, for everybody, a group of customers, or from a quantity on. */
export interface ListPrice {
  /** list < channel < group: the most special kind counts; markdown and member are weighed at the stage `line`. */
  kind: 'list' | 'channel' | 'group' | 'markdown' | 'member';
  /** Tier or segment that it is for; null for everybody, of kind `member` for every member. */
  group: string | null;
  /** Holds from so many units of the SKU in the cart. */
  fromQuantity: number;
  /** Minor units of the request's currency, tax included, one unit. */
  amountFen: number;
}

export interface PricedGoods {
  sku: string;
  productId: string;
  category: string;
  brand: string;
  taxRateBp: number;
  /** At least one of kind list or channel; else the SKU has no price. */
  prices: readonly ListPrice[];
}

export interface RequestLine {
  /** Names the line in the answer; the order of lines never matters. */
  key: string;
  quantity: number;
  goods: PricedGoods;
  /** The parcel that it travels in, 0 when absent; freight is counted a parcel. */
  parcel?: number;
}

export interface Buyer {
  customerId: string | undefined;
  tier: string | undefined;
  segments: readonly string[];
  isFirstOrder: boolean;
  /** Points that may be spent. */
  points: number;
}

/** A promotion as it runs at the request's instant, with what its budget and limits still leave this buyer. */
export interface Offer {
  promotionId: string;
  /** Present when the buyer gave or owns a code. */
  couponCode: string | null;
  name: string;
  nameEn: string;
  stage: PromotionStage;
  /** Group that it stands in; undefined stands alone in the stage's sequence. */
  groupId: string | undefined;
  /** Higher goes first; equal ones by id. */
  priority: number;
  when: ConditionTree;
  then: Effect;
  /** Whether units sold at an exclusive price may join it. */
  joinsExclusive: boolean;
  /** What is left, each undefined when there is no limit. */
  left: { amountFen?: number | undefined; units?: number | undefined; uses?: number | undefined };
  /** Why it cannot count for this buyer although it runs (used up, limit reached, expired …). */
  closed?: MissReason | undefined;
}

export interface OfferGroup {
  id: string;
  stage: PromotionStage;
  mode: GroupMode;
  parent: string | undefined;
  priority: number;
}

/** Freight of one parcel: a fee, free from an amount of goods; dearer for some regions. */
export interface FreightRule {
  feeFen: number;
  freeFromFen: number;
}

export interface PriceRequest {
  currency: string;
  channel: string;
  at: Date;
  buyer: Buyer;
  lines: readonly RequestLine[];
  offers: readonly Offer[];
  groups: readonly OfferGroup[];
  paymentMethod?: string | undefined;
  /** Points that the buyer agrees to spend: first on goods for points, then as money; never more than needed is taken. */
  pointsWanted: number;
  /** Minor units that `points` points are worth. */
  pointWorth: { points: number; fen: number };
  /** Units of a gift that may be given now beside what the lines take, by SKU, with its goods. */
  gifts: ReadonlyMap<string, { goods: PricedGoods; available: number }>;
  freight: FreightRule;
}
