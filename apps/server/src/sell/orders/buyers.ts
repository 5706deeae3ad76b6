import { sql } from 'kysely';
import { json, run, type Tx } from '../../platform/db.ts';
import type { OrderState } from './order.ts';

export interface Buyer {
  orderId: string;
  number: string;
  channel: string;
  state: OrderState;
  customerId: string | null;
  /** As written on the parcel, in full: who shows them masks them. */
  name: string | null;
  phone: string | null;
  shippedAt: Date | null;
}

/** Who bought by these orders. */
export const buyersOf = (tx: Tx, orderIds: readonly string[]): Promise<Buyer[]> =>
  run(
    tx,
    sql<Buyer>`select o.id as "orderId", o.number, o.channel, o.state, o.customer_id as "customerId", o.recipient_name as name,
        o.recipient_phone as phone, o.shipped_at as "shippedAt"
      from jsonb_array_elements_text(${json(orderIds)}) as asked (id) join orders."order" o on o.id = asked.id::uuid
      order by o.number`,
  );
