// The promises of architecture.md, asked of the database at the end of each simulated day. Each is a question whose answer must be empty.
import type pg from 'pg';

/** What the house told its callers: only what was answered counts. */
export interface Told {
  orders: readonly { orderId: string; number: string; totalFen: number }[];
  /** What the figures' screen said was ordered on a day, after that day. */
  screens: readonly { day: string; gmvFen: number }[];
}

export interface PromiseCheck {
  name: string;
  /** As architecture.md says it. */
  zh: string;
  en: string;
  /** Rows that break it; $1 is what was told, as jsonb, where the question needs it. */
  ask: string;
  isTold?: boolean;
  /** Breaks it by hand, for the proof that it would be seen. */
  plant: string;
}

export const promises: readonly PromiseCheck[] = [
  {
    name: 'balances-are-sums',
    zh: '台账只增不改，与余额相等：库存',
    en: 'Ledgers are append-only and equal their balances: stock',
    ask: `select sku, location, s.on_hand as balance, coalesce(m.units, 0)::int as movements from inventory.stock s
      full join (select sku, location, sum(quantity) as units from inventory.movement group by sku, location) m using (sku, location)
      where coalesce(s.on_hand, 0) <> coalesce(m.units, 0)`,
    plant: `update inventory.stock set on_hand = on_hand + 1 where (sku, location) = (select sku, location from inventory.stock order by on_hand desc, sku limit 1)`,
  },
  {
    name: 'lots-fit-balances',
    zh: '批次不多于账面',
    en: 'No more units of a SKU stand in its lots than on its shelf',
    ask: `select sku, location, s.on_hand as balance, l.units::int as lots from inventory.stock s
      join (select sku, location, sum(on_hand) as units from inventory.lot group by sku, location) l using (sku, location) where l.units > s.on_hand`,
    plant: `update inventory.lot set on_hand = on_hand + 1000000 where id = (select id from inventory.lot order by id limit 1)`,
  },
  {
    name: 'no-unit-promised-twice',
    zh: '同一件货绝不承诺两次',
    en: 'No unit is promised twice',
    ask: `select sku, location, s.on_hand as "onHand", s.promised, s.unavailable, coalesce(r.units, 0)::int as held from inventory.stock s
      full join (select sku, location, sum(quantity) as units from inventory.reservation where state = 'held' group by sku, location) r using (sku, location)
      where coalesce(s.promised, 0) <> coalesce(r.units, 0) or s.on_hand < s.promised + s.unavailable`,
    plant: `update inventory.reservation set quantity = quantity + 1 where ctid = (select ctid from inventory.reservation where state = 'held' limit 1)`,
  },
  {
    name: 'acknowledged-once',
    zh: '订单不丢不重',
    en: 'No order is lost or doubled',
    isTold: true,
    ask: `with told as (select * from jsonb_to_recordset($1::jsonb -> 'orders') as t ("orderId" uuid, number text, "totalFen" bigint)),
      there as (select id, number, total_fen, count(*) over (partition by number) as times from orders."order" where source = 'live')
      select coalesce(told.number, there.number) as number, told."totalFen" as told, there.total_fen as there, there.times
      from told full join there on there.id = told."orderId"
      where told.number is null or there.number is null or told.number <> there.number or told."totalFen" <> there.total_fen or there.times > 1`,
    plant: `update orders."order" set number = number || 'X' where id = (select id from orders."order" order by id limit 1)`,
  },
  {
    name: 'sent-once',
    zh: '订单不丢不重：没有一件发出两次，离库的就是发出的',
    en: 'No order is lost or doubled: no unit of it leaves twice, and what left the stock is what left in parcels',
    ask: `with gone as (
        select l.order_id, l.line_no, l.sku, l.per_sold, sum(l.quantity)::int as units from warehouse.fulfilment_line l
        join warehouse.fulfilment f on f.id = l.fulfilment_id where f.state in ('handed_over', 'delivered', 'collected') group by 1, 2, 3, 4)
      select o.number, gone.line_no as "lineNo", gone.sku, gone.units as sent, (l.quantity - coalesce(c.units, 0)) * gone.per_sold as owed
      from gone join orders.line l using (order_id, line_no) join orders."order" o on o.id = gone.order_id
      left join (select order_id, line_no, sum(quantity)::int as units from orders.line_cancellation group by 1, 2) c using (order_id, line_no)
      where gone.units > (l.quantity - coalesce(c.units, 0)) * gone.per_sold
      union all
      select 'stock', null, sku, sent.units::int, left_stock.units::int from (select sku, sum(units) as units from gone group by 1) sent
      full join (select sku, -sum(quantity) as units from inventory.movement where kind = 'shipment' group by 1) left_stock using (sku)
      where coalesce(sent.units, 0) <> coalesce(left_stock.units, 0)`,
    plant: `update warehouse.fulfilment_line set quantity = quantity + 1000 where (fulfilment_id, order_id, line_no, sku) = (
      select l.fulfilment_id, order_id, line_no, sku from warehouse.fulfilment_line l join warehouse.fulfilment f on f.id = l.fulfilment_id
      where f.state in ('handed_over', 'delivered') order by 1, 2, 3 limit 1)`,
  },
  {
    name: 'amounts-sum',
    zh: '每笔金额相加到分不差',
    en: 'Every amount sums to the fen',
    ask: `select o.number, o.total_fen as total, o.goods_fen as goods, o.discount_fen as discount, o.freight_fen as freight, l.amount, l.off
      from orders."order" o cross join lateral (
        select coalesce(sum(amount_fen), 0)::bigint as amount, coalesce(sum(quantity * unit_fen), 0)::bigint as goods, coalesce(sum(tax_fen), 0)::bigint as tax,
          coalesce(sum(discount_fen), 0)::bigint as discount,
          bool_and(discount_fen = (select coalesce(sum((a ->> 'amountFen')::bigint), 0) from jsonb_array_elements(adjustments) a where a ->> 'stage' <> 'list')) as fits,
          sum((select coalesce(sum((a ->> 'amountFen')::bigint), 0) from jsonb_array_elements(adjustments) a where a ->> 'stage' <> 'list'))::bigint as off
        from orders.line where order_id = o.id) l
      where o.total_fen <> l.amount + o.freight_fen or o.goods_fen <> l.goods or o.discount_fen <> l.discount or o.tax_fen <> l.tax or l.fits is not true`,
    plant: `update orders."order" set tax_fen = tax_fen + 1 where id = (select id from orders."order" order by id limit 1)`,
  },
  {
    name: 'money-is-accounted',
    zh: '收进的钱要么对应货物，要么已退',
    en: 'Money that came in stands for goods or was given back',
    ask: `with paid as (
        select p.order_id, sum(p.received_fen) as received, sum(p.refunded_fen) as refunded,
          sum((select coalesce(sum(amount_fen), 0) from payments.refund r where r.payment_id = p.id and r.state <> 'failed')) as given
        from payments.payment p group by p.order_id)
      select o.number, o.state, o.total_fen as total, paid.received::bigint, paid.refunded::bigint, paid.given::bigint from orders."order" o join paid on paid.order_id = o.id
      where paid.refunded <> paid.given
        or (o.state = 'cancelled' and paid.received <> paid.refunded)
        or (o.state not in ('placed', 'cancelled') and paid.received - paid.refunded <> o.total_fen - o.cancelled_fen
          - (select coalesce(sum(refund_fen), 0) from returns.return where order_id = o.id))`,
    plant: `update payments.payment set received_fen = received_fen + 1 where id = (select id from payments.payment where received_fen > 0 order by id limit 1)`,
  },
  {
    name: 'refunds-are-frozen-shares',
    zh: '退款按下单时冻结的分摊',
    en: 'Refunds read the frozen allocation',
    ask: `with back as (
        select order_id, line_no, sum(quantity)::int as units, sum(amount_fen)::bigint as fen from (
          select order_id, order_line_no as line_no, quantity, amount_fen from returns.line where order_id is not null
          union all select order_id, line_no, quantity, amount_fen from orders.line_cancellation) parts group by order_id, line_no)
      select o.number, l.line_no as "lineNo", l.quantity, l.amount_fen as amount, back.units, back.fen
      from back join orders.line l using (order_id, line_no) join orders."order" o on o.id = l.order_id
      where back.units > l.quantity or (back.units = l.quantity and back.fen <> l.amount_fen)
        or abs(back.fen - l.amount_fen::numeric * back.units / l.quantity) > 1
      union all
      select r.number, null, null, r.refund_fen, null, sum(l.amount_fen)::bigint from returns.return r join returns.line l on l.return_id = r.id
      group by r.id having r.refund_fen <> sum(l.amount_fen)`,
    plant: `update returns.line set amount_fen = amount_fen + 2 where return_id = (select return_id from returns.line order by return_id limit 1)`,
  },
  {
    name: 'points-are-sums',
    zh: '台账只增不改，与余额相等：积分',
    en: 'Ledgers are append-only and equal their balances: points',
    ask: `select s.customer_id as customer, s.points as balance, coalesce(l.points, 0)::int as ledger from membership.standing s
      left join (select customer_id, sum(points) as points from membership.points_ledger group by customer_id) l using (customer_id)
      where s.points <> coalesce(l.points, 0)`,
    plant: `insert into membership.standing (customer_id, points) select id, 1 from customers.customer order by id limit 1
      on conflict (customer_id) do update set points = membership.standing.points + 1`,
  },
  {
    name: 'budgets-are-sums',
    zh: '台账只增不改，与余额相等：促销预算',
    en: 'Ledgers are append-only and equal their balances: promotion budgets',
    ask: `select coalesce(b.id, c.id) as promotion, b.spent, c.spent as claimed, b.uses, c.uses as "claimedUses" from
        (select promotion_id as id, sum(spent_fen)::bigint as spent, sum(uses)::bigint as uses from promotions.balance group by 1) b
        full join (select promotion_id as id, sum(amount_fen)::bigint as spent, sum(uses)::bigint as uses from promotions.claim group by 1) c on b.id = c.id
      where coalesce(b.spent, 0) <> coalesce(c.spent, 0) or coalesce(b.uses, 0) <> coalesce(c.uses, 0)`,
    plant: `update promotions.balance set spent_fen = spent_fen + 1 where (promotion_id, shard) = (select promotion_id, shard from promotions.balance limit 1)`,
  },
  {
    name: 'figures-agree',
    zh: '屏幕上的数与订单里的数相同：成交总额',
    en: 'What a screen shows is the same figure: GMV in the analytics and in the orders',
    isTold: true,
    ask: `select s.day, s."gmvFen" as screen, coalesce(there.fen, 0)::bigint as orders
      from jsonb_to_recordset($1::jsonb -> 'screens') as s (day date, "gmvFen" bigint)
      left join lateral (select sum(l.amount_fen) as fen from orders."order" o join orders.line l on l.order_id = o.id
        where o.source = 'live' and (o.placed_at at time zone 'Asia/Shanghai')::date = s.day) there on true
      where s."gmvFen" <> coalesce(there.fen, 0)`,
    plant: `update orders."order" set placed_at = placed_at - interval '1 day' where id = (select id from orders."order" where total_fen > 0 order by placed_at, id limit 1)`,
  },
  {
    name: 'events-take-effect',
    zh: '每个事件生效且只生效一次',
    en: 'An event takes effect once',
    ask: `select id::int as job, task_identifier as task, attempts, last_error as error from graphile_worker.jobs where attempts >= max_attempts
      union all
      select null, r.name, null, 'event ' || e.id || ' had no effect' from platform.event e join platform.reaction r on r.event = e.name
      where not exists (select from platform.reaction_done d where d.event_id = e.id and d.reaction = r.name)
        and not exists (select from graphile_worker.jobs where task_identifier = 'platform/react')`,
    plant: `delete from platform.reaction_done where (event_id, reaction) = (select event_id, reaction from platform.reaction_done limit 1)`,
  },
];

export interface Broken {
  name: string;
  zh: string;
  en: string;
  rows: readonly Record<string, unknown>[];
}

const shownMax = 5;

/** The promises that do not hold now, each with some of the rows that say so. */
export async function findBroken(db: Pick<pg.Pool, 'query'>, told: Told): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const { name, zh, en, ask, isTold } of promises) {
    const { rows } = await db.query<Record<string, unknown>>(ask, isTold ? [JSON.stringify(told)] : []);
    if (rows.length > 0) broken.push({ name, zh, en, rows: rows.slice(0, shownMax) });
  }
  return broken;
}
