// When points end, pure: earned in a calendar year, they end with the next one (Asia/Shanghai). The first to end are the first spent.
import { dayOf } from '../../platform/time.ts';
import type { Entry } from './points.ts';

export interface LedgerRow extends Pick<Entry, 'kind' | 'points' | 'orderId' | 'cause'> {
  at: Date;
}

const yearOf = (at: Date): number => Number(dayOf(at).slice(0, 4));

/** The last day on which points of a year can be spent. */
export const lastDayOf = (year: number): string => `${year + 1}-12-31`;

/** The latest year whose points have ended by an instant. */
export const endedYear = (at: Date): number => yearOf(at) - 2;

/**
 * What is left of the points of each year, from the ledger, oldest row first. Spending takes the oldest years first; points given back go
 * to the years they came from, or to the year of their return when those have ended; what returned goods had earned goes from the newest.
 */
export function pointsByYear(ledger: readonly LedgerRow[]): Map<number, number> {
  const left = new Map<number, number>();
  const spentOf = new Map<string, Map<number, number>>();
  const put = (year: number, points: number) => left.set(year, (left.get(year) ?? 0) + points);
  for (const { kind, points, orderId, at } of ledger) {
    if (kind === 'returned') giveBack(put, spentOf.get(orderId ?? ''), { points, at });
    else if (points >= 0) put(yearOf(at), points);
    else {
      const taken = take(left, -points, kind === 'earned' ? 'newest' : 'oldest');
      if (kind === 'spent' && orderId !== null) spentOf.set(orderId, taken);
    }
  }
  return new Map([...left].filter(([, points]) => points > 0).toSorted(([a], [b]) => a - b));
}

/** Takes points from the years that still have some. Answers how many came from which. */
function take(left: Map<number, number>, points: number, first: 'oldest' | 'newest'): Map<number, number> {
  const years = [...left.keys()].toSorted((a, b) => (first === 'oldest' ? a - b : b - a));
  const taken = new Map<number, number>();
  let rest = points;
  for (const year of years) {
    const some = Math.min(left.get(year) ?? 0, rest);
    if (some === 0) continue;
    left.set(year, (left.get(year) ?? 0) - some);
    taken.set(year, some);
    rest -= some;
  }
  return taken;
}

/** The youngest of what an order spent comes back first, and so lasts longest. */
function giveBack(
  put: (year: number, points: number) => void,
  spent: Map<number, number> | undefined,
  { points, at }: { points: number; at: Date },
): void {
  let rest = points;
  for (const year of [...(spent?.keys() ?? [])].toSorted((a, b) => b - a)) {
    const some = Math.min(spent?.get(year) ?? 0, rest);
    spent?.set(year, (spent.get(year) ?? 0) - some);
    put(year <= endedYear(at) ? yearOf(at) : year, some);
    rest -= some;
  }
  if (rest > 0) put(yearOf(at), rest);
}
