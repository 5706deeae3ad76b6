import { inventory, lots, RefusedError, type ReplyOf, transfers } from '@tongshang/contract';
import { forget, q } from '../../../lib/api.ts';

export type Transfer = ReplyOf<typeof transfers.getTransfer>;
export type TransferLine = Transfer['lines'][number];

export const transferOf = (id = '') => q(transfers.getTransfer, { params: { id } });

/** What a transfer's step makes old. */
export const refreshed = [
  transfers.getTransfer,
  transfers.listTransfers,
  transfers.listIncoming,
  inventory.listStock,
  inventory.listMovements,
  inventory.getStockBreakdown,
  inventory.listLots,
  lots.listLotsOnShelf,
  lots.listSerials,
] as const;

/** A transfer that somebody else has moved on meanwhile is read anew. */
export function showAsIs(error: unknown): void {
  if (error instanceof RefusedError && error.code === 'transfer.wrong_state') void Promise.all(refreshed.map(forget));
}
