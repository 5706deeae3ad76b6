// The rules of points, pure: what they are worth, who may spend them, what comes back, which tier goods lift a customer to.
import { type membership, membership as contract } from '@tongshang/contract';
import type * as z from 'zod';

export const pointWorth = contract.pointWorth;

/** What so many points pay, fen; a fraction of a fen pays nothing. */
export const fenOfPoints = (points: number): number => Math.floor((points * pointWorth.fen) / pointWorth.points);

/** Points that goods of this price earn: one for every full ¥1.00. Goods that come back lose as many. */
export const pointsForFen = (goodsFen: number): number => Math.trunc(goodsFen / 100);

export type Tier = z.output<typeof membership.Tier>;

export interface Standing {
  customerId: string;
  tier: string;
  points: number;
  /** Goods delivered and kept, fen. */
  earnedFen: number;
}

/** One change of a balance, as the ledger keeps it. */
export interface Entry {
  customerId: string;
  kind: 'earned' | 'spent' | 'returned' | 'adjusted' | 'expired';
  /** Signed. */
  points: number;
  balance: number;
  goodsFen: number;
  cause: string;
  orderId: string | null;
  reason: string | null;
}

export interface Change extends Omit<Entry, 'balance' | 'goodsFen' | 'orderId' | 'reason'> {
  goodsFen?: number;
  orderId?: string | undefined;
  reason?: string | undefined;
}

/** Balances as they become, row by row, and what the ledger will say of it. */
export interface Book {
  standings: Map<string, Standing>;
  entries: Entry[];
}

/** Applies one change to the balances in memory. */
export function book({ standings, entries }: Book, change: Change): void {
  const { customerId, goodsFen = 0, orderId = null, reason = null } = change;
  const before = standings.get(customerId) ?? { customerId, tier: '', points: 0, earnedFen: 0 };
  const after = { ...before, points: before.points + change.points, earnedFen: before.earnedFen + goodsFen };
  standings.set(customerId, after);
  entries.push({ ...change, balance: after.points, goodsFen, orderId, reason });
}

export interface Spend {
  customerId: string;
  orderId: string;
  points: number;
  /** Why an order spends once more after it got everything back; the first time when absent. */
  again?: string | undefined;
}

/** Who may pay with points, in the given order: each spends all it asks for, or nothing. */
export function decideSpends(books: Book, spends: readonly Spend[]): ('ok' | 'short')[] {
  return spends.map(({ customerId, orderId, points, again }) => {
    if (points === 0) return 'ok';
    if ((books.standings.get(customerId)?.points ?? 0) < points) return 'short';
    book(books, { customerId, kind: 'spent', points: -points, cause: spendCause(orderId, again), orderId });
    return 'ok';
  });
}

export interface Return {
  customerId: string;
  orderId: string;
  /** All that is left of what the order spent, when absent. */
  points?: number | undefined;
  /** What gives them back, once an order: `cancelled`, `line 2`, the number of a return. */
  cause: string;
}

/** What an order spent and has not got back. */
export type LeftOfOrder = Map<string, number>;

/** Points that come back: each cause once, and never more than the order spent. Answers how many came back by each row. */
export function decideReturns(
  books: Book,
  { left, done }: { left: LeftOfOrder; done: ReadonlySet<string> },
  returns: readonly Return[],
): number[] {
  const known = new Set(done);
  return returns.map(({ customerId, orderId, points, cause: given }) => {
    const cause = returnCause(orderId, given);
    const owed = left.get(orderId) ?? 0;
    const back = known.has(cause) ? 0 : Math.min(points ?? owed, owed);
    if (back <= 0) return 0;
    known.add(cause);
    left.set(orderId, owed - back);
    book(books, { customerId, kind: 'returned', points: back, cause, orderId });
    return back;
  });
}

export interface Earning {
  customerId: string;
  /** What earned them, once a customer: `order:…`. */
  cause: string;
  points: number;
  /** Goods delivered, fen; negative with negative points when goods come back. */
  goodsFen: number;
}

/**
 * Points earned, each cause once. Goods that come back take their points with them as far as they are still there: nobody owes points.
 * A tier only rises here.
 */
export function decideEarnings(
  books: Book,
  { tiers, done }: { tiers: readonly Tier[]; done: ReadonlySet<string> },
  earnings: readonly Earning[],
): void {
  const known = new Set(done);
  for (const { customerId, cause, points, goodsFen } of earnings) {
    const key = earningKey({ customerId, cause });
    if (known.has(key)) continue;
    known.add(key);
    const held = books.standings.get(customerId)?.points ?? 0;
    book(books, { customerId, kind: 'earned', points: Math.max(points, -held), goodsFen, cause });
    const after = books.standings.get(customerId);
    if (after !== undefined) books.standings.set(customerId, { ...after, tier: risen(tiers, after) });
  }
}

/** The tier of a standing after goods were counted: the highest it has reached, never a lower one than it holds. */
function risen(tiers: readonly Tier[], { tier, earnedFen }: Standing): string {
  const held = tiers.find((one) => one.code === tier)?.fromFen ?? -1;
  return tiers.findLast((one) => one.fromFen <= earnedFen && one.fromFen > held)?.code ?? tier;
}

/** The tier above this one and the goods missing for it, fen; undefined on the highest. `tiers` from the lowest up. */
export function nextTier(
  tiers: readonly Tier[],
  { tier, earnedFen }: Pick<Standing, 'tier' | 'earnedFen'>,
): { tier: Tier; missingFen: number } | undefined {
  const held = tiers.findIndex((one) => one.code === tier);
  const next = tiers[held + 1];
  return next && { tier: next, missingFen: Math.max(0, next.fromFen - earnedFen) };
}

const spendCause = (orderId: string, again?: string): string => `order:${orderId}${again === undefined ? '' : `:${again}`}`;
export const returnCause = (orderId: string, cause: string): string => `order:${orderId}:${cause}`;
export const earningKey = ({ customerId, cause }: { customerId: string; cause: string }): string => `${customerId}\n${cause}`;
