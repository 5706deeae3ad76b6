import type { Status } from '@tongshang/ui';

export const aheadStates = {
  selling: { tone: 'good', zh: '可订', en: 'On sale' },
  full: { tone: 'neutral', zh: '已订满', en: 'Sold out' },
  overdue: { tone: 'bad', zh: '过了发货日还在等货', en: 'Past its day, still waiting' },
  past: { tone: 'neutral', zh: '已过日期', en: 'Day has passed' },
} as const satisfies Readonly<Record<string, Status>>;

/** How a sale ahead stands on a day: what waits after its day is overdue, what was sold to the last unit is full. */
export function aheadState(
  { fromDay, unitsMax, promised }: { fromDay: string; unitsMax: number; promised: number },
  today: string,
): keyof typeof aheadStates {
  if (fromDay < today) return promised > 0 ? 'overdue' : 'past';
  return unitsMax > promised ? 'selling' : 'full';
}
