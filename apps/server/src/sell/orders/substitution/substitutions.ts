import type { Tx } from '../../../platform/db.ts';
import { orders } from '../tables.ts';

export interface SubstitutionRow {
  id: string;
  orderId: string;
  lineNo: number;
  sku: string;
  substituteSku: string;
  quantity: number;
  refundFen: number;
  state: 'proposed' | 'accepted' | 'declined';
  at: Date;
}

/** The substitutions of an order, the oldest first. */
export const substitutionsOf = (tx: Tx, orderId: string): Promise<SubstitutionRow[]> =>
  orders(tx)
    .selectFrom('substitution')
    .select(['id', 'order_id as orderId', 'line_no as lineNo', 'sku', 'substitute_sku as substituteSku', 'quantity'])
    .select(['refund_fen as refundFen', 'state', 'at'])
    .where('order_id', '=', orderId)
    .orderBy('at')
    .orderBy('id')
    .execute();

/** Lines whose goods were changed for others, with what was given back for it, fen. */
export async function substitutedLines(tx: Tx, orderId: string): Promise<Map<number, number>> {
  const all = await substitutionsOf(tx, orderId);
  return new Map(all.filter(({ state }) => state === 'accepted').map(({ lineNo, refundFen }) => [lineNo, refundFen]));
}
