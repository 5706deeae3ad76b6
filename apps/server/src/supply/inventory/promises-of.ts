import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

export interface PromisedLine {
  orderId: string;
  lineNo: number;
  /** As it lies on the shelf: of a kit, a component. */
  sku: string;
  location: string;
  quantity: number;
}

/** What is still promised to these orders, by line, SKU and location. */
export const promisesOf = (tx: Tx, orderIds: readonly string[]): Promise<PromisedLine[]> =>
  run(
    tx,
    sql<PromisedLine>`select order_id as "orderId", line_no as "lineNo", sku, location, quantity from inventory.reservation
      where order_id = any(${[...orderIds]}::uuid[]) and state = 'held' order by order_id, line_no, sku, location`,
  );
