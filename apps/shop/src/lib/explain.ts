import type { Applied, Cart, CartLine, Missed, OrderLine } from '../views.ts';

// Why an amount is what it is: the parts of a price, gathered by the rule that gave them. Pure.

type Adjustment = CartLine['adjustments'][number];

export interface DiscountRow {
  key: string;
  stage: Adjustment['stage'];
  promotionId: string | null;
  couponCode: string | null;
  name: string;
  nameEn: string;
  /** Taken off all lines together, fen. */
  amountFen: number;
  points: number;
}

const keyOf = ({ stage, promotionId, couponCode, name }: Adjustment): string => [stage, promotionId, couponCode, name].join('|');

/** One row a rule over all lines, in the order in which they were applied; the rows sum to the lines' discounts. */
export function discountRows(lines: readonly Pick<CartLine | OrderLine, 'adjustments'>[]): DiscountRow[] {
  const rows = new Map<string, DiscountRow>();
  for (const part of lines.flatMap(({ adjustments }) => adjustments)) {
    if (part.amountFen === 0) continue;
    const key = keyOf(part);
    const row = rows.get(key) ?? { ...part, key, amountFen: 0, points: 0 };
    rows.set(key, { ...row, amountFen: row.amountFen + part.amountFen, points: row.points + (part.points ?? 0) });
  }
  const stages = ['list', 'exclusive', 'line', 'threshold', 'coupon', 'points', 'freight', 'tax'];
  return [...rows.values()].toSorted((one, other) => stages.indexOf(one.stage) - stages.indexOf(other.stage));
}

/** What is nearly reached, the nearest first: an amount, units, or being a member. */
export function hintsOf(cart: Pick<Cart, 'missed'>): Missed[] {
  const nearness = ({ missingFen, missingUnits }: Missed): number => missingFen ?? (missingUnits ?? 100) * 5_000;
  return cart.missed
    .filter(
      ({ couponCode, reason, missingFen, missingUnits }) =>
        couponCode === null &&
        ((reason === 'amount_short' && (missingFen ?? 0) > 0) ||
          (reason === 'quantity_short' && (missingUnits ?? 0) > 0) ||
          reason === 'members_only'),
    )
    .toSorted((one, other) => nearness(one) - nearness(other));
}

/** Promotions without a code that gave nothing for another reason than being nearly reached. */
export const unusedOf = (cart: Pick<Cart, 'missed'>): Missed[] => {
  const hints = new Set(hintsOf(cart));
  return cart.missed.filter((one) => one.couponCode === null && !hints.has(one));
};

export type CouponOutcome = { applied: Applied } | { missed: Missed } | undefined;

/** What became of a code in this cart; undefined while it is not considered. Case and blanks do not count. */
export function outcomeOf(cart: Pick<Cart, 'applied' | 'missed'>, code: string): CouponOutcome {
  const wanted = plainCode(code);
  const is = ({ couponCode }: { couponCode: string | null }): boolean => couponCode !== null && plainCode(couponCode) === wanted;
  const applied = cart.applied.find(is);
  if (applied) return { applied };
  const missed = cart.missed.find(is);
  return missed && { missed };
}

export const plainCode = (code: string): string => code.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '');

/** Coupons that gave something, in fen; freight they made free is told apart. */
export const savedByCoupons = (cart: Pick<Cart, 'lines'>): number =>
  discountRows(cart.lines)
    .filter(({ couponCode }) => couponCode !== null)
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
