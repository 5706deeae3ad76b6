import { sql } from 'kysely';
import { run, type Tx } from '../../../platform/db.ts';

export interface OwnedSerial {
  orderId: string;
  sku: string;
  serial: string;
  warrantyUntil: string | null;
}

/** The appliances that these orders own. */
export const serialsOf = (tx: Tx, orderIds: readonly string[]): Promise<OwnedSerial[]> =>
  run(
    tx,
    sql<OwnedSerial>`select order_id as "orderId", sku, serial, warranty_until as "warrantyUntil" from inventory.serial
      where order_id = any(${[...orderIds]}::uuid[]) and state = 'shipped' order by order_id, sku, serial`,
  );
