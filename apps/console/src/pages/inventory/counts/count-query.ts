import { counts, inventory, RefusedError, type ReplyOf } from '@tongshang/contract';
import { forget, q } from '../../../lib/api.ts';

export type Count = ReplyOf<typeof counts.getCount>;
export type CountLine = Count['lines'][number];

export const countOf = (id = '') => q(counts.getCount, { params: { id } });

export const refreshed = [
  counts.getCount,
  counts.listCounts,
  inventory.listCorrections,
  inventory.listStock,
  inventory.listMovements,
  inventory.getStockBreakdown,
] as const;

/** A count that somebody else has moved on meanwhile is read anew. */
export function showAsIs(error: unknown): void {
  if (error instanceof RefusedError && error.code === 'count.wrong_state') void Promise.all(refreshed.map(forget));
}
