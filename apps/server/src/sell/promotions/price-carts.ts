import type { Missed, PriceBreakdown } from '@tongshang/contract';
import type { SkuFacts } from '../../base/catalog/index.ts';
import type { StandingFacts } from '../../base/membership/index.ts';
import type { Tx } from '../../platform/db.ts';
import { type LoadedGoods, loadGoods } from './load-goods.ts';
import { offersFor, ownCodesFor, type TakenSoFar } from './offers.ts';
import { readTaken } from './read-taken.ts';
import type { RunningSet } from './running-set.ts';
import { pointWorth } from '../../base/membership/index.ts';
import { freightRuleFor, priceCart } from '../pricing/index.ts';

export interface CartToPrice {
  key: string;
  channel: string;
  /** Where the goods leave from; gifts must be there. WH1 when absent. */
  location?: string | undefined;
  customerId?: string | undefined;
  /** Whose limits count: the customer's id, else `visitor:…` or a guest's phone. */
  customerKey: string;
  /** No order of this customer stands yet. */
  isFirstOrder: boolean;
  lines: readonly { key: string; sku: string; quantity: number; parcel?: number }[];
  /** `best`: nobody chose; the one of the customer's own that saves most, if any does. */
  couponCodes: readonly string[] | 'best';
  pointsWanted: number;
  /** The buyer comes for it: nothing is carried. */
  isCollected?: boolean | undefined;
  paymentMethod?: string | undefined;
  /** Now when absent. */
  at?: Date | undefined;
  /** Instead of what membership knows, for carts that nobody has. */
  standing?: StandingFacts | undefined;
}

export interface LineProblem {
  /** The line's. */
  key: string;
  sku: string;
  code: 'sku.not_found' | 'sku.not_for_sale' | 'price.missing';
}

export interface PricedCart {
  key: string;
  /** Of the lines without a problem. */
  breakdown: PriceBreakdown;
  problems: LineProblem[];
  /** Points that this buyer could spend. */
  pointsAvailable: number;
  /** What is known of every SKU of the breakdown, gifts too; shared by all carts of a call. */
  facts: ReadonlyMap<string, SkuFacts>;
}

/**
 * What carts cost now, each explained, in the order given. Everybody who shows or charges a price asks here: same cart, same answer to the
 * fen. At most 6 statements, however many carts; none takes a lock.
 */
export async function priceCarts(tx: Tx, carts: readonly CartToPrice[], now: Date): Promise<PricedCart[]> {
  if (carts.length === 0) return [];
  const { set, taken } = await readTaken(tx, carts, now);
  const goods = await loadGoods(tx, carts, { now, giftSkus: set.giftSkus });
  return carts.map((cart) => priceOne(cart, { set, taken, goods, now }));
}

interface Loaded {
  set: RunningSet;
  taken: TakenSoFar;
  goods: LoadedGoods;
  now: Date;
}

/** One cart from what is loaded already: no database, no clock. */
export function priceOne(cart: CartToPrice, loaded: Loaded): PricedCart {
  const { couponCodes, ...rest } = cart;
  if (couponCodes !== 'best') return priceWith({ ...rest, couponCodes }, loaded);
  const codes = ownCodesFor(loaded.set, loaded.taken, { customerId: cart.customerId, at: cart.at ?? loaded.now });
  return codes
    .map((code) => priceWith({ ...rest, couponCodes: [code] }, loaded))
    .reduce((best, one) => (isCheaper(one, best) ? one : best), priceWith({ ...rest, couponCodes: [] }, loaded));
}

/** Points are money: of two ways that cost as much, the one that spends fewer. The first of equals stays. */
const isCheaper = ({ breakdown: one }: PricedCart, { breakdown: other }: PricedCart): boolean =>
  one.totalFen === other.totalFen ? one.pointsSpent < other.pointsSpent : one.totalFen < other.totalFen;

function priceWith(cart: CartToPrice & { couponCodes: readonly string[] }, { set, taken, goods, now }: Loaded): PricedCart {
  const at = cart.at ?? now;
  const problems: LineProblem[] = [];
  const lines = cart.lines.flatMap((line) => {
    const known = goods.goodsOf(line.sku, { channel: cart.channel, at });
    if (typeof known !== 'string') return [{ key: line.key, quantity: line.quantity, goods: known, parcel: line.parcel ?? 0 }];
    problems.push({ key: line.key, sku: line.sku, code: known });
    return [];
  });
  const { offers, missed } = offersFor(set, taken, {
    at,
    customerId: cart.customerId,
    customerKey: cart.customerKey,
    couponCodes: cart.couponCodes,
  });
  const standing = cart.standing ?? (cart.customerId === undefined ? undefined : goods.standings.get(cart.customerId));
  const breakdown = priceCart({
    currency: 'CNY',
    channel: cart.channel,
    at,
    buyer: {
      customerId: cart.customerId,
      tier: standing?.tier,
      segments: standing?.segments ?? [],
      isFirstOrder: cart.isFirstOrder,
      points: standing?.points ?? 0,
    },
    lines,
    offers,
    groups: set.groups,
    paymentMethod: cart.paymentMethod,
    pointsWanted: cart.pointsWanted,
    pointWorth,
    gifts: goods.giftsFor(cart, { at }),
    freight: freightRuleFor(cart.isCollected === true ? 'store' : cart.channel),
  });
  return {
    key: cart.key,
    breakdown: withMissed(breakdown, missed),
    problems,
    pointsAvailable: standing?.points ?? 0,
    facts: goods.facts,
  };
}

const withMissed = (breakdown: PriceBreakdown, missed: readonly Missed[]): PriceBreakdown =>
  missed.length === 0 ? breakdown : { ...breakdown, missed: [...breakdown.missed, ...missed] };
