import type { targets as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { allocate } from '../../platform/money.ts';
import { addDays, daysBetween, dayOf, startOfDay } from '../../platform/time.ts';

export type Scope = z.output<typeof contract.TargetScope>;

/** What the plan does with a metric over time: sums grow day by day, ratios and levels are the same every day. */
export interface Nature {
  isAdditive: boolean;
  polarity: 'more_is_better' | 'less_is_better' | 'neutral';
}

export const evenWeights: readonly number[] = [1, 1, 1, 1, 1, 1, 1];

/** Behind means worse than the plan by more than this share. */
const tolerance = 0.05;

/** One text for one scope, whatever order its dimensions came in. */
export const scopeKey = (scope: Scope): string =>
  Object.entries(scope)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

/** The scope without its undefined dimensions. */
export const normalScope = (scope: Scope): Scope =>
  Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined));

export const monthOf = (day: string): string => day.slice(0, 7);
export const firstDayOf = (month: string): string => `${month}-01`;

/** Every day of a month, `2026-11`. */
export function daysOfMonth(month: string): string[] {
  const first = firstDayOf(month);
  const next = firstDayOf(monthOf(addDays(first, 31)));
  return Array.from({ length: daysBetween(first, next) }, (_, index) => addDays(first, index));
}

/** Monday 0 … Sunday 6. */
export const weekdayOf = (day: string): number => ((daysBetween('2024-01-01', day) % 7) + 7) % 7; // 2024-01-01 was a Monday

/** A month's target by day: a sum is split by weekday weights and adds up to the month exactly; anything else is the same every day. */
export function splitMonth(month: string, value: number, weights: readonly number[], isAdditive: boolean): Map<string, number> {
  const days = daysOfMonth(month);
  if (!isAdditive) return new Map(days.map((day) => [day, value]));
  const parts = allocate(
    value,
    days.map((day) => weights[weekdayOf(day)] ?? 0),
  );
  return new Map(days.map((day, index) => [day, parts[index] ?? 0]));
}

/** What the plan wants by `now`: whole past days plus the passed share of today; for a ratio or level the target itself. */
export function expectedByNow(days: ReadonlyMap<string, number>, now: Date, isAdditive: boolean): number {
  const today = dayOf(now);
  if (!isAdditive) return days.get(today) ?? [...days.values()].at(-1) ?? 0;
  const passed = (now.getTime() - startOfDay(today).getTime()) / 86_400_000;
  let sum = 0;
  for (const [day, value] of days) {
    if (day < today) sum += value;
    else if (day === today) sum += value * passed;
  }
  return sum;
}

export interface Progress {
  expectedByNow: number;
  deviation: number | null;
  deviationRatio: number | null;
  projected: number | null;
  state: 'ahead' | 'on_track' | 'behind' | 'unknown';
}

/** The actual figure against the plan by now. An unknown actual gives an unknown state, never a zero. */
export function progressOf(
  plan: { days: ReadonlyMap<string, number>; value: number },
  actual: number | null,
  now: Date,
  nature: Nature,
): Progress {
  const expected = expectedByNow(plan.days, now, nature.isAdditive);
  if (actual === null)
    return { expectedByNow: expected, deviation: null, deviationRatio: null, projected: null, state: 'unknown' };
  const deviation = actual - expected;
  const deviationRatio = expected === 0 ? null : deviation / expected;
  const projected = nature.isAdditive ? (expected === 0 ? null : (actual / expected) * plan.value) : actual;
  const gain = nature.polarity === 'less_is_better' ? -(deviationRatio ?? 0) : (deviationRatio ?? 0);
  const state = gain >= 0 ? 'ahead' : gain < -tolerance ? 'behind' : 'on_track';
  return { expectedByNow: expected, deviation, deviationRatio, projected, state };
}
