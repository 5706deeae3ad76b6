import { orders, type ReplyOf } from '@tongshang/contract';

export type BulkAction = (typeof orders.bulkActions)[number];
type Row = ReplyOf<typeof orders.listOrders>['items'][number];
export type BulkResult = ReplyOf<typeof orders.actOnOrders>['results'][number];

const target = { release: 'released', cancel: 'cancelled' } as const;

/** Which of the ticked orders an action can be done to, as far as their state tells. */
export function planBulk<R extends Pick<Row, 'state'>>(action: BulkAction, rows: readonly R[]): { able: R[]; unable: R[] } {
  const able: R[] = [];
  const unable: R[] = [];
  for (const row of rows) (orders.orderMoves[row.state].includes(target[action]) ? able : unable).push(row);
  return { able, unable };
}

/** As many at a time as one call takes. */
export function inCalls<T>(all: readonly T[], most = 200): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, at) => all.slice(at * most, (at + 1) * most));
}

/** How often each reason was given, the most frequent first. */
export function reasonsOf(results: readonly BulkResult[]): { problem: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { problem } of results) if (problem !== null) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  return [...counts].map(([problem, count]) => ({ problem, count })).toSorted((a, b) => b.count - a.count);
}
