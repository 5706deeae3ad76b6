import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { purchasing } from './tables.ts';

/** One request with its lines, locked until the transaction ends. Refuses `purchase.not_found`. */
export async function lockPurchase(tx: Tx, id: string) {
  const request = await purchasing(tx)
    .selectFrom('request')
    .select(['id', 'number', 'location', 'state', 'cause'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (request === undefined) refuse('purchase.not_found', { id });
  const lines = await purchasing(tx)
    .selectFrom('request_line')
    .select(['line_no as lineNo', 'sku', 'quantity', 'received', 'unit_cost_fen as unitCostFen'])
    .where('request_id', '=', id)
    .orderBy('line_no')
    .execute();
  return { ...request, lines };
}
