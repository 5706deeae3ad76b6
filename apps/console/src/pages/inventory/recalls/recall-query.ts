import { inventory, lots, RefusedError, type ReplyOf, recalls } from '@tongshang/contract';
import { forget, q } from '../../../lib/api.ts';

export type Recall = ReplyOf<typeof recalls.getRecall>;
export type Trace = ReplyOf<typeof recalls.traceLot>;

export const recallOf = (id = '') => q(recalls.getRecall, { params: { id } });

/** A recall changes what may be sold everywhere. */
export const refreshed = [
  recalls.getRecall,
  recalls.listRecalls,
  recalls.traceLot,
  lots.listLotsOnShelf,
  inventory.listStock,
  inventory.getStockBreakdown,
  inventory.listLots,
] as const;

/** A recall that somebody else has ended meanwhile is read anew. */
export function showAsIs(error: unknown): void {
  if (error instanceof RefusedError && error.code === 'recall.wrong_state') void Promise.all(refreshed.map(forget));
}
