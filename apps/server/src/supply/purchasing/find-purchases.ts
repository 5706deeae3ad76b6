import type { Tx } from '../../platform/db.ts';
import { purchasing } from './tables.ts';

export interface PurchaseSource {
  id: string;
  number: string;
  supplier: string;
  supplierName: string;
}

/** The purchases of these numbers and who delivered them; an unknown number is left out. */
export const purchasesByNumber = (tx: Tx, numbers: readonly string[]): Promise<PurchaseSource[]> =>
  purchasing(tx)
    .selectFrom('request as r')
    .innerJoin('supplier as s', 's.code', 'r.supplier')
    .select(['r.id', 'r.number', 'r.supplier', 's.name as supplierName'])
    .where('r.number', 'in', [...numbers, ''])
    .execute();
