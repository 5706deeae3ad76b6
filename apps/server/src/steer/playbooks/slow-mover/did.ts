import type { playbooks as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { type Interval, meanOf, welchInterval } from '../statistics.ts';

export type Estimate = z.output<typeof contract.Estimate>;

/** One SKU's figure by day, before and during the window. */
export interface UnitSeries {
  pre: readonly number[];
  post: readonly number[];
}

/**
 * Difference in differences: how much more the treated SKUs changed from before to during than the control SKUs, per SKU and day. Each
 * SKU is collapsed to one number, its mean during − its mean before, so days of one SKU are not counted as independent (Bertrand, Duflo
 * and Mullainathan 2004, "How much should we trust differences-in-differences estimates?", QJE 119, §IV.C); the two groups of numbers are
 * compared by Welch's interval. Stratified assignment makes it conservative, never too narrow. Undefined below two SKUs a group.
 */
export function differenceInDifferences(
  treated: readonly UnitSeries[],
  control: readonly UnitSeries[],
  { confidence, windowDays }: { confidence: number; windowDays: number },
): Estimate | undefined {
  if (treated.length < 2 || control.length < 2) return undefined;
  const change = ({ pre, post }: UnitSeries) => meanOf(post) - meanOf(pre);
  return estimateOf(welchInterval(treated.map(change), control.map(change), confidence), treated.length * windowDays);
}

function estimateOf({ effect, low, high, degreesOfFreedom }: Interval, skuDays: number): Estimate {
  return {
    effect,
    low,
    high,
    total: effect * skuDays,
    totalLow: low * skuDays,
    totalHigh: high * skuDays,
    degreesOfFreedom,
    isSignificant: low > 0 || high < 0,
  };
}
