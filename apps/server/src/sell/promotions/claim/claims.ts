// Who may take what promotions give, pure: in the given order, each order all or nothing, never past a budget or limit.
import type { Applied } from '@tongshang/contract';
import { spelled } from '../coupon/code.ts';

export interface OrderToClaim {
  orderId: string;
  customerKey: string;
  applied: readonly Pick<Applied, 'promotionId' | 'couponCode' | 'amountFen' | 'units'>[];
  /** Goods of the order after every discount, the tax within and their cost, fen: what results count. */
  goodsFen: number;
  taxFen: number;
  costFen: number;
  /** How often the order has taken and given back before: 0 for a new one. */
  round?: number;
}

export type ClaimOutcome =
  | { isOk: true }
  | { isOk: false; reason: 'used_up' | 'limit_reached'; promotionId: string; couponCode: string | null };

/** A balance that grows as orders take, and where it must stop; undefined has no end. */
export interface Meter {
  spentFen: number;
  uses: number;
  units: number;
  spentMax?: number | undefined;
  usesMax?: number | undefined;
  unitsMax?: number | undefined;
}

/** Every meter that somebody might pass: of promotions, of codes, of a customer by promotion or batch. Absent means no limit. */
export interface Meters {
  promotions: ReadonlyMap<string, Meter>;
  coupons: ReadonlyMap<string, Meter & { batchId: string; isOff: boolean; customerId: string | null }>;
  customers: ReadonlyMap<string, Meter>;
}

export const meterKey = (scope: string, customerKey: string): string => `${scope}\n${customerKey}`;

/** Decides for each order; those that may take have taken when it returns: the meters stand where they will be written. */
export const decideClaims = (meters: Meters, orders: readonly OrderToClaim[]): ClaimOutcome[] =>
  orders.map((order) => decide(meters, order));

interface Step {
  meter: Meter;
  take: { spentFen: number; uses: number; units: number };
}

function decide(meters: Meters, { customerKey, applied }: OrderToClaim): ClaimOutcome {
  const taken: Step[] = [];
  for (const one of applied) {
    const code = one.couponCode === null ? undefined : spelled(one.couponCode);
    const coupon = code === undefined ? undefined : meters.coupons.get(code);
    const owned = coupon?.customerId ?? null;
    const isGone = code !== undefined && (coupon === undefined || coupon.isOff || (owned !== null && owned !== customerKey));
    const own = [one.promotionId, ...(coupon === undefined ? [] : [coupon.batchId])].map((scope) =>
      meters.customers.get(meterKey(scope, customerKey)),
    );
    const take = { spentFen: one.amountFen, uses: 1, units: one.units };
    const isUsedUp = isGone || !hasRoom(meters.promotions.get(one.promotionId), take) || !hasRoom(coupon, take);
    if (isUsedUp || own.some((meter) => !hasRoom(meter, take))) {
      for (const step of taken) move(step, -1);
      const reason = isUsedUp ? 'used_up' : 'limit_reached';
      return { isOk: false, reason, promotionId: one.promotionId, couponCode: one.couponCode };
    }
    for (const meter of [meters.promotions.get(one.promotionId), coupon, ...own]) {
      if (meter === undefined) continue;
      const step = { meter, take };
      move(step, 1);
      taken.push(step);
    }
  }
  return { isOk: true };
}

function hasRoom(meter: Meter | undefined, take: Step['take']): boolean {
  if (meter === undefined) return true;
  return (
    fits(meter.spentFen + take.spentFen, meter.spentMax) &&
    fits(meter.uses + take.uses, meter.usesMax) &&
    fits(meter.units + take.units, meter.unitsMax)
  );
}

const fits = (value: number, max: number | undefined): boolean => max === undefined || value <= max;

function move({ meter, take }: Step, sign: 1 | -1): void {
  meter.spentFen += sign * take.spentFen;
  meter.uses += sign * take.uses;
  meter.units += sign * take.units;
}
