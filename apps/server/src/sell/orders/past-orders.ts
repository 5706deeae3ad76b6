import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { PastOrder } from '../promotions/index.ts';

/** The orders of a time [from, to) that were not cancelled: how many, and the latest of them with what was bought, gifts left out. */
export async function pastOrders(
  tx: Tx,
  { from, to, limit }: { from: Date; to: Date; limit: number },
): Promise<{ orders: number; latest: PastOrder[] }> {
  const within = sql`o.placed_at >= ${from} and o.placed_at < ${to} and o.state <> 'cancelled'`;
  const [counted] = await run(tx, sql<{ orders: number }>`select count(*)::int as orders from orders."order" o where ${within}`);
  const rows = await run(
    tx,
    sql<
      Omit<PastOrder, 'customerId'> & { customerId: string | null }
    >`select o.id as "orderId", o.number, o.placed_at as "placedAt", o.channel,
        o.customer_id as "customerId", o.customer_id is not null and not exists (
          select from orders."order" e where e.customer_id = o.customer_id and e.placed_at < o.placed_at and e.state <> 'cancelled'
        ) as "isFirstOrder",
        (select coalesce(json_agg(json_build_object('sku', l.sku, 'quantity', l.quantity) order by l.line_no), '[]') from orders.line l
          where l.order_id = o.id and not l.is_gift) as lines
      from orders."order" o where ${within} order by o.placed_at desc, o.id desc limit ${limit}`,
  );
  return { orders: counted?.orders ?? 0, latest: rows.map((row) => ({ ...row, customerId: row.customerId ?? undefined })) };
}
