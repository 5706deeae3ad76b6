// What a part of a line is worth when it comes back. The frozen amount is read, never a promotion.
import { portionOf } from '../../../platform/money.ts';

/**
 * The share of a line's amount for `count` of its `quantity` units, when `before` units went earlier: rounded cumulatively, so that the
 * shares of any partition, in any sequence, sum to the amount.
 */
export const refundShare = (amountFen: number, quantity: number, before: number, count: number): number =>
  portionOf(amountFen, before + count, quantity) - portionOf(amountFen, before, quantity);
