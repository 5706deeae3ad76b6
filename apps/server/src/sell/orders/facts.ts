import { sql } from 'kysely';
import { json, run, type Tx } from '../../platform/db.ts';
import type { OrderSource, OrderState } from './order.ts';

export interface OrderLineFacts {
  lineNo: number;
  sku: string;
  productId: string | null;
  category: string | null;
  name: string;
  nameEn: string;
  isGift: boolean;
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
  /** Points that paid for the line. */
  points: number;
  /** Units called off before picking, and their frozen share, fen. */
  cancelledQuantity: number;
  cancelledFen: number;
  cancelledTaxFen: number;
  /** Another SKU took its place: that one was sent, and so much was given back for it, fen. */
  sentSku: string | null;
  givenBackFen: number;
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
  /** The day that the buyer was told. */
  promisedOn: string | null;
  /** What the source of an imported order says; of the shop's own orders the visit tells. */
  campaign: string | null;
  /** No earlier order of the same customer that stands; undefined customers are never first. */
  isFirst: boolean;
  /** A person had to do something before it was released. */
  isTouched: boolean;
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
        delivered_at as "deliveredAt", cancelled_at as "cancelledAt", promised_on as "promisedOn", campaign,
        touched_at is not null as "isTouched",
        customer_id is not null and not exists (
          select from orders."order" earlier where earlier.customer_id = o.customer_id
            and (earlier.placed_at, earlier.id) < (o.placed_at, o.id) and earlier.state <> 'cancelled'
        ) as "isFirst"
      from orders."order" o where id = any(${orderIds}::uuid[]) order by placed_at, id`,
  );
  const lines = Map.groupBy(await linesOf(tx, orderIds), (line) => line.orderId);
  return heads.map((head) => ({ ...head, lines: lines.get(head.orderId) ?? [] }));
}

export interface OrderVisit {
  orderId: string;
  visitorId: string | null;
  /** What the source of an imported order says. */
  campaign: string | null;
  at: Date;
}

/** Who came for these orders and when they paid, or ordered where nothing was paid; those of which nobody knows either are left out. */
export const visitsOf = (tx: Tx, orderIds: readonly string[]): Promise<OrderVisit[]> =>
  run(
    tx,
    sql<OrderVisit>`select id as "orderId", visitor_id as "visitorId", campaign, coalesce(paid_at, placed_at) as at
      from orders."order" where id = any(${orderIds}::uuid[]) and (visitor_id is not null or campaign is not null)`,
  );

export interface PaidOrder {
  orderId: string;
  totalFen: number;
  /** Of all lines. */
  units: number;
  amountFen: number;
}

/** What was paid in each business day from one instant up to another, summed; orders of `except` are left out. Money in fen. */
export const paidByDay = (
  tx: Tx,
  { from, before, except }: { from: Date; before: Date; except: readonly string[] },
): Promise<{ day: string; orders: number; totalFen: number; units: number; amountFen: number }[]> =>
  run(
    tx,
    sql<{ day: string; orders: number; totalFen: number; units: number; amountFen: number }>`
      select day::text, count(*)::int as orders, sum(total_fen)::bigint as "totalFen", sum(units)::bigint as units,
        sum(amount_fen)::bigint as "amountFen"
      from (
        select (o.paid_at at time zone 'Asia/Shanghai')::date as day, o.total_fen, sum(l.quantity) as units, sum(l.amount_fen) as amount_fen
        from orders."order" o join orders.line l on l.order_id = o.id
        where o.paid_at >= ${from} and o.paid_at < ${before} and o.id <> all (${except}::uuid[]) group by o.id
      ) paid group by day order by day`,
  );

/** The orders paid from one instant up to another, one by one. */
export const paidBetween = (tx: Tx, { from, before }: { from: Date; before: Date }): Promise<PaidOrder[]> =>
  run(
    tx,
    sql<PaidOrder>`select o.id as "orderId", o.total_fen as "totalFen", sum(l.quantity)::bigint as units, sum(l.amount_fen)::bigint as "amountFen"
      from orders."order" o join orders.line l on l.order_id = o.id
      where o.paid_at >= ${from} and o.paid_at < ${before} group by o.id`,
  );

/** The frozen lines of these orders. */
export const linesOf = (tx: Tx, orderIds: readonly string[]): Promise<(OrderLineFacts & { orderId: string })[]> =>
  run(
    tx,
    sql<
      OrderLineFacts & { orderId: string }
    >`select line.order_id as "orderId", line.line_no as "lineNo", line.sku, product_id as "productId", category, name, name_en as "nameEn", is_gift as "isGift", line.quantity,
        list_fen as "listFen", unit_fen as "unitFen", discount_fen as "discountFen", line.amount_fen as "amountFen", line.tax_fen as "taxFen",
        unit_cost_fen as "unitCostFen", location,
        case when adjustments = '[]' then 0 else
          (select coalesce(sum((part ->> 'points')::int), 0)::int from jsonb_array_elements(adjustments) as part) end as points,
        coalesce(off.quantity, 0) as "cancelledQuantity", coalesce(off.amount_fen, 0) as "cancelledFen", coalesce(off.tax_fen, 0) as "cancelledTaxFen",
        other.substitute_sku as "sentSku", coalesce(other.refund_fen, 0) as "givenBackFen"
      from orders.line left join (
        select c.order_id, c.line_no, sum(c.quantity)::int as quantity, sum(c.amount_fen)::bigint as amount_fen, sum(c.tax_fen)::bigint as tax_fen
        from orders.line_cancellation c where c.order_id = any(${orderIds}::uuid[]) group by c.order_id, c.line_no
      ) off on off.order_id = line.order_id and off.line_no = line.line_no
      left join orders.substitution other on other.order_id = line.order_id and other.line_no = line.line_no and other.state = 'accepted'
      where line.order_id = any(${orderIds}::uuid[]) order by line.order_id, line.line_no`,
  );

interface Sale {
  orderId: string;
  lineNo: number;
  customerId: string;
  sku: string;
  quantity: number;
  amountFen: number;
  unitCostFen: number;
  placedAt: Date;
}

/**
 * The lines by which these customers bought these SKUs on a channel, for returns that name no order. The orders are locked, in the
 * one order, so that nobody else takes units of them back meanwhile.
 */
export async function lockSales(
  tx: Tx,
  { channel, wanted }: { channel: string; wanted: readonly { customerId: string; sku: string }[] },
): Promise<Sale[]> {
  if (wanted.length === 0) return [];
  const sales = await run(
    tx,
    sql<Sale>`select l.order_id as "orderId", l.line_no as "lineNo", o.customer_id as "customerId", l.sku, l.quantity,
        l.amount_fen as "amountFen", l.unit_cost_fen as "unitCostFen", o.placed_at as "placedAt"
      from orders."order" o join orders.line l on l.order_id = o.id
      where o.channel = ${channel} and o.state in ('shipped', 'delivered')
        and (o.customer_id, l.sku) in (select w."customerId", w.sku from jsonb_to_recordset(${json(wanted)}) as w ("customerId" uuid, sku text))`,
  );
  const orderIds = [...new Set(sales.map((sale) => sale.orderId))];
  await run(
    tx,
    sql`select id from orders."order" where id in (select jsonb_array_elements_text(${json(orderIds)})::uuid)
      order by id for no key update`,
  );
  return sales;
}
