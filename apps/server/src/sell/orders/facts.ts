import { sql } from 'kysely';
import { json, run, type Tx } from '../../platform/db.ts';
import type { OrderSource, OrderState } from './order.ts';

export interface OrderLineFacts {
  lineNo: number;
  sku: string;
  productId: string | null;
  category: string | null;
  name: string;
  quantity: number;
  /** List price of one unit, fen. */
  listFen: number;
  unitFen: number;
  discountFen: number;
  /** What the line cost, tax included, fen. */
  amountFen: number;
  taxFen: number;
  unitCostFen: number;
  location: string | null;
}

/** An order as analytics needs it: frozen amounts, and the instant of every change of state. */
export interface OrderFacts {
  orderId: string;
  number: string;
  channel: string;
  store: string | null;
  customerId: string | null;
  visitorId: string | null;
  source: OrderSource;
  state: OrderState;
  currency: string;
  goodsFen: number;
  discountFen: number;
  freightFen: number;
  taxFen: number;
  totalFen: number;
  placedAt: Date;
  paidAt: Date | null;
  releasedAt: Date | null;
  shippedAt: Date | null;
  deliveredAt: Date | null;
  cancelledAt: Date | null;
  /** No earlier order of the same customer that stands; undefined customers are never first. */
  isFirst: boolean;
  lines: OrderLineFacts[];
}

type Head = Omit<OrderFacts, 'lines'>;

/** The facts of these orders as they are now, with their lines in order; unknown ids are left out. */
export async function factsOf(tx: Tx, orderIds: readonly string[]): Promise<OrderFacts[]> {
  if (orderIds.length === 0) return [];
  const heads = await run(
    tx,
    sql<Head>`select o.id as "orderId", number, channel, store, customer_id as "customerId", visitor_id as "visitorId", source, state, currency,
        goods_fen as "goodsFen", discount_fen as "discountFen", freight_fen as "freightFen", tax_fen as "taxFen", total_fen as "totalFen",
        placed_at as "placedAt", paid_at as "paidAt", released_at as "releasedAt", shipped_at as "shippedAt",
        delivered_at as "deliveredAt", cancelled_at as "cancelledAt",
        customer_id is not null and not exists (
          select from orders."order" earlier where earlier.customer_id = o.customer_id
            and (earlier.placed_at, earlier.id) < (o.placed_at, o.id) and earlier.state <> 'cancelled'
        ) as "isFirst"
      from orders."order" o where id in (select jsonb_array_elements_text(${json(orderIds)})::uuid) order by placed_at, id`,
  );
  const lines = Map.groupBy(await linesOf(tx, orderIds), (line) => line.orderId);
  return heads.map((head) => ({ ...head, lines: lines.get(head.orderId) ?? [] }));
}

/** The frozen lines of these orders. */
export const linesOf = (tx: Tx, orderIds: readonly string[]): Promise<(OrderLineFacts & { orderId: string })[]> =>
  run(
    tx,
    sql<OrderLineFacts & { orderId: string }>`select order_id as "orderId", line_no as "lineNo", sku, product_id as "productId", category, name, quantity,
        list_fen as "listFen", unit_fen as "unitFen", discount_fen as "discountFen", amount_fen as "amountFen", tax_fen as "taxFen",
        unit_cost_fen as "unitCostFen", location
      from orders.line where order_id in (select jsonb_array_elements_text(${json(orderIds)})::uuid) order by order_id, line_no`,
  );

/** The ids of stored orders after a given one, oldest first: how a consumer walks through all of them from zero. */
export const orderIdsAfter = async (tx: Tx, after: string | undefined, limit: number): Promise<string[]> =>
  (
    await run(
      tx,
      sql<{ id: string }>`select id from orders."order" where id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid order by id limit ${limit}`,
    )
  ).map((row) => row.id);
