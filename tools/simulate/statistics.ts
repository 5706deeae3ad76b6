// The little statistics that figures need: quantiles, and how sure a difference is. Pure.
import { createRandom } from '../../apps/server/src/demo/random.ts';

/** The value below which `share` of the numbers lie (nearest rank); undefined of none. */
export function quantile(numbers: readonly number[], share: number): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
export const mean = (numbers: readonly number[]): number => (numbers.length === 0 ? 0 : sum(numbers) / numbers.length);

export interface Interval {
  low: number;
  high: number;
}

/** A day of a figure that is a ratio of two sums: units sold over units wanted. A plain sum or mean has `of` 1. */
export interface Ratio {
  part: number;
  of: number;
}

const draws = 2000;
const blockDaysMax = 5;

/** Days that are drawn together: four blocks at least, or every run drawn would be the run itself. */
const blockOf = (days: number): number => Math.max(1, Math.min(blockDaysMax, Math.floor(days / 4)));

/**
 * How far the difference of two ratios over the same days may be chance: the middle 95 % of 2,000 resampled runs. Days are drawn in pairs
 * (both policies met the same demand on them) and in blocks of up to five, round the end to the beginning, because a shelf that is empty
 * today is empty tomorrow. Percentile intervals of the bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13) over
 * circular blocks (Politis and Romano, A circular block-resampling procedure for stationary data, 1992). Of fewer than ten days they come
 * out too narrow.
 */
export function differenceOf(
  before: readonly Ratio[],
  after: readonly Ratio[],
  seed = 1,
): { difference: number; interval: Interval } {
  const days = Math.min(before.length, after.length);
  const over = (some: readonly Ratio[], chosen: readonly number[]) => {
    const of = sum(chosen.map((day) => some[day]?.of ?? 0));
    return of === 0 ? 0 : sum(chosen.map((day) => some[day]?.part ?? 0)) / of;
  };
  const gap = (chosen: readonly number[]) => over(after, chosen) - over(before, chosen);
  const all = Array.from({ length: days }, (_, day) => day);
  const random = createRandom(seed);
  const block = blockOf(days);
  const resampled = Array.from({ length: draws }, () => {
    const blocks = Array.from({ length: Math.ceil(days / block) }, () => random.between(0, days - 1));
    const chosen = blocks.flatMap((first) => Array.from({ length: block }, (_, step) => (first + step) % days));
    return gap(chosen.slice(0, days));
  });
  return { difference: gap(all), interval: { low: quantile(resampled, 0.025) ?? 0, high: quantile(resampled, 0.975) ?? 0 } };
}
