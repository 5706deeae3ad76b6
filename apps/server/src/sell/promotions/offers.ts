// Which offers a cart gets, pure: the promotions that run, the codes it gave, what budgets and limits still leave this buyer.
import type { MissReason, Missed } from '@tongshang/contract';
import type { Offer } from '../pricing/index.ts';
import { type CouponFacts, type CouponState, couponStateOf, spelled, windowOfCoupon } from './coupon/code.ts';
import { holdsAt } from './promotion.ts';
import type { RunningPromotion, RunningSet } from './running-set.ts';

export interface Taken {
  spentFen: number;
  uses: number;
  units: number;
}

export interface GivenCoupon extends CouponFacts {
  /** As stored. */
  code: string;
  /** As shown. */
  shown: string;
  batchId: string;
  promotionId: string;
  name: string;
  nameEn: string;
  /** Whom it belongs to; null works for anybody. */
  customerId: string | null;
  usesPerCustomer: number | null;
}

/** What has been taken so far, of promotions, of coupons, by customers. */
export interface TakenSoFar {
  balances: ReadonlyMap<string, Taken>;
  /** By scope (promotion or batch) and customer: see `useKey`. */
  uses: ReadonlyMap<string, { uses: number; units: number }>;
  coupons: ReadonlyMap<string, GivenCoupon>;
}

export const useKey = (scope: string, customerKey: string): string => `${scope}\n${customerKey}`;

interface Asker {
  at: Date;
  customerId: string | undefined;
  customerKey: string;
  couponCodes: readonly string[];
}

/** The offers of a cart, and what its codes missed that no offer stands for: unknown ones, those of promotions that are over. */
export function offersFor(set: RunningSet, taken: TakenSoFar, asker: Asker): { offers: Offer[]; missed: Missed[] } {
  const offers = set.promotions
    .filter((one) => !one.needsCode && holdsAt(one, asker.at))
    .map((one) => offerOf(one, taken, asker, undefined));
  const missed: Missed[] = [];
  const withCode = new Set<string>();
  for (const code of [...new Set(asker.couponCodes.map(spelled))].toSorted()) {
    const coupon = taken.coupons.get(code);
    const promotion = coupon === undefined ? undefined : set.byId.get(coupon.promotionId);
    const isOn = promotion !== undefined && holdsAt(promotion, asker.at);
    if (coupon === undefined || coupon.batchState === 'making')
      missed.push({ ...unknown, couponCode: typedAs(asker.couponCodes, code) });
    else if (!isOn) missed.push(missedBy(coupon, promotionOff(promotion, asker.at)));
    else if (withCode.has(coupon.promotionId)) missed.push(missedBy(coupon, 'beaten')); // one code of a promotion an order
    else {
      const offer = offerOf(promotion, taken, asker, coupon);
      if (offer.closed === undefined) withCode.add(coupon.promotionId);
      offers.push(offer);
    }
  }
  return { offers, missed };
}

/** Coupons of one's own that are tried when nobody chose: those that end first. */
const triedMax = 20;

/** The codes of a customer's own that work now, one of each promotion, the earliest end first. */
export function ownCodesFor(
  set: RunningSet,
  taken: TakenSoFar,
  { customerId, at }: { customerId: string | undefined; at: Date },
): string[] {
  if (customerId === undefined) return [];
  const endOf = (coupon: GivenCoupon): number => windowOfCoupon(coupon).endsAt?.getTime() ?? Infinity;
  const usable = [...taken.coupons.values()]
    .filter((coupon) => coupon.customerId === customerId)
    .filter((coupon) => {
      const promotion = set.byId.get(coupon.promotionId);
      return couponStateOf(coupon, { at, isPromotionOn: promotion !== undefined && holdsAt(promotion, at) }) === 'usable';
    })
    .toSorted((a, b) => (endOf(a) === endOf(b) ? (a.code < b.code ? -1 : 1) : endOf(a) - endOf(b)));
  const first = new Map(usable.toReversed().map((coupon) => [coupon.promotionId, coupon.code]));
  return usable.flatMap(({ promotionId, code }) => (first.get(promotionId) === code ? code : [])).slice(0, triedMax);
}

const unknown = { promotionId: null, name: '', nameEn: '', reason: 'unknown_code' as const };
const typedAs = (codes: readonly string[], code: string): string => codes.find((typed) => spelled(typed) === code) ?? code;
const missedBy = ({ promotionId, shown, name, nameEn }: GivenCoupon, reason: MissReason): Missed => ({
  promotionId,
  couponCode: shown,
  name,
  nameEn,
  reason,
});
const promotionOff = (promotion: RunningPromotion | undefined, at: Date): MissReason =>
  promotion !== undefined && at < promotion.startsAt ? 'not_started' : 'expired';

function offerOf(one: RunningPromotion, taken: TakenSoFar, asker: Asker, coupon: GivenCoupon | undefined): Offer {
  const all = taken.balances.get(one.promotionId) ?? nothing;
  const own = taken.uses.get(useKey(one.promotionId, asker.customerKey)) ?? nothing;
  const left = {
    amountFen: rest(one.budgetFen, all.spentFen),
    units: least(rest(one.unitsMax, all.units), rest(one.unitsPerCustomer, own.units)),
    uses: least(rest(one.usesMax, all.uses), rest(one.usesPerCustomer, own.uses)),
  };
  const isUsedUp = left.amountFen === 0 || rest(one.usesMax, all.uses) === 0 || rest(one.unitsMax, all.units) === 0;
  const isAtLimit = left.uses === 0 || left.units === 0;
  const closed =
    (coupon && closedCoupon(coupon, taken, asker)) ?? (isUsedUp ? 'used_up' : isAtLimit ? 'limit_reached' : undefined);
  return {
    promotionId: one.promotionId,
    couponCode: coupon?.shown ?? null,
    name: one.name,
    nameEn: one.nameEn,
    stage: one.stage,
    groupId: one.groupId,
    priority: one.priority,
    when: one.when,
    then: one.then,
    joinsExclusive: one.joinsExclusive,
    left,
    closed,
  };
}

const nothing: Taken = { spentFen: 0, uses: 0, units: 0 };
const rest = (max: number | null, used: number): number | undefined => (max === null ? undefined : Math.max(0, max - used));
const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

const reasons: Readonly<Record<Exclude<CouponState, 'usable'>, MissReason>> = {
  not_started: 'not_started',
  used_up: 'used_up',
  expired: 'expired',
  stopped: 'expired',
  promotion_off: 'expired',
};

function closedCoupon(coupon: GivenCoupon, taken: TakenSoFar, { at, customerId, customerKey }: Asker): MissReason | undefined {
  if (coupon.customerId !== null && coupon.customerId !== customerId) return 'not_for_customer';
  const state = couponStateOf(coupon, { at, isPromotionOn: true });
  if (state !== 'usable') return reasons[state];
  const own = taken.uses.get(useKey(coupon.batchId, customerKey))?.uses ?? 0;
  return coupon.usesPerCustomer !== null && own >= coupon.usesPerCustomer ? 'limit_reached' : undefined;
}
