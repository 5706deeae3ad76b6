// What unmet demand has cost, pure. Every estimate is a share that other people showed, times people, times money.
import type { insight as contract } from '@tongshang/contract';

type LostSales = contract.LostSales;

/** So many of so many. */
export interface Share {
  part: number;
  whole: number;
}

/** 95 % of a normal distribution lie within so many standard deviations. */
const z = 1.959964;

/** Between which shares the true one lies, 19 times of 20, after `part` of `whole` were seen (Wilson's score interval, 1927). */
export function wilson({ part, whole }: Share): { low: number; high: number } {
  if (whole === 0) return { low: 0, high: 1 };
  const share = part / whole;
  const square = (z * z) / whole;
  const middle = (share + square / 2) / (1 + square);
  const reach = (z / (1 + square)) * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/** Fewer cases than these say nothing that is worth a figure. */
const peersMin = 30;
const ownMin = 10;

/**
 * People who found nothing: had it been there, they would have bought as often as those who found what they searched for. null while fewer
 * than 30 of those are known.
 */
export function lostToMissing(people: number, found: Share, valueFen: number | null): LostSales | null {
  if (valueFen === null || found.whole < peersMin) return null;
  const { low, high } = wilson(found);
  const at = (share: number): number => Math.round(people * share * valueFen);
  return { fen: at(found.part / found.whole), lowFen: at(low), highFen: at(high) };
}

/**
 * A product that people take up and buy less often than others of its kind: what is missing to their share. 0 where it sells as well; the ends
 * come from the product's own few cases, which are the larger doubt. null while it has fewer than 10 people or its peers fewer than 30.
 */
export function lostToWeakness(own: Share, peers: Share, unitFen: number | null): LostSales | null {
  if (unitFen === null || own.whole < ownMin || peers.whole < peersMin) return null;
  const usual = peers.part / peers.whole;
  const { low, high } = wilson(own);
  const at = (share: number): number => Math.round(Math.max(0, usual - share) * own.whole * unitFen);
  return { fen: at(own.part / own.whole), lowFen: at(high), highFen: at(low) };
}

/** What was counted needs no estimate. */
export const counted = (fen: number): LostSales => ({ fen, lowFen: fen, highFen: fen });

/** Words as they are compared: small letters, single spaces. */
export const keyOfWords = (text: string): string => text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
