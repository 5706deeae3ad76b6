import type { Adjustment } from '@tongshang/contract';

/** A reduction as it is told under the lines: one row for each rule that gave it. */
export interface Reduction {
  key: string;
  adjustment: Adjustment;
  amountFen: number;
  points: number;
}

interface Lines {
  discountFen: number;
  lines: readonly { adjustments: readonly Adjustment[] }[];
}

/** What every rule took off the whole order, in the order of the stages; what no rule explains (imported orders) is the rest. */
export function reductionsOf({ discountFen, lines }: Lines): { reductions: Reduction[]; restFen: number } {
  const found = new Map<string, Reduction>();
  for (const adjustment of lines.flatMap((line) => line.adjustments)) {
    const key = [
      adjustment.stage,
      adjustment.promotionId ?? adjustment.from ?? adjustment.name,
      adjustment.couponCode ?? '',
    ].join('|');
    const so = found.get(key) ?? { key, adjustment, amountFen: 0, points: 0 };
    found.set(key, { ...so, amountFen: so.amountFen + adjustment.amountFen, points: so.points + (adjustment.points ?? 0) });
  }
  const reductions = [...found.values()].toSorted((a, b) => stageOf(a) - stageOf(b));
  return { reductions, restFen: discountFen - reductions.reduce((sum, { amountFen }) => sum + amountFen, 0) };
}

const stages: readonly Adjustment['stage'][] = ['list', 'exclusive', 'line', 'threshold', 'coupon', 'points', 'freight', 'tax'];
const stageOf = ({ adjustment }: Reduction): number => stages.indexOf(adjustment.stage);
