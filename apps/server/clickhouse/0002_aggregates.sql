-- Small sums that screens read, kept by ClickHouse as facts arrive. Each can be rebuilt from the facts.

create table if not exists sales_sku_day (
  day Date,
  channel LowCardinality(String),
  store LowCardinality(String),
  location LowCardinality(String),
  category LowCardinality(String),
  sku LowCardinality(String),
  placed_fen Int64, paid_fen Int64, paid_units Int64, net_fen Int64, net_cost_fen Int64, net_units Int64, returned_fen Int64,
  orders Int64, category_orders Int64, sku_orders Int64, cancelled_orders Int64
) engine = SummingMergeTree partition by toYYYYMM(day) order by (day, channel, store, location, category, sku)
settings non_replicated_deduplication_window = 1000;

create materialized view if not exists sales_sku_day_of_lines to sales_sku_day as
select day, channel, store, location, category, sku,
  sum(placed_fen) as placed_fen, sum(paid_fen) as paid_fen, sum(paid_units) as paid_units, sum(net_fen) as net_fen,
  sum(net_cost_fen) as net_cost_fen, sum(net_units) as net_units, sum(returned_fen) as returned_fen, sum(orders) as orders,
  sum(category_orders) as category_orders, sum(sku_orders) as sku_orders, sum(cancelled_orders) as cancelled_orders
from order_line group by day, channel, store, location, category, sku;

create table if not exists sales_day (
  day Date,
  channel LowCardinality(String),
  store LowCardinality(String),
  category LowCardinality(String),
  placed_fen Int64, paid_fen Int64, paid_units Int64, net_fen Int64, net_cost_fen Int64, net_units Int64, returned_fen Int64,
  orders Int64, category_orders Int64, cancelled_orders Int64
) engine = SummingMergeTree partition by toYYYYMM(day) order by (day, channel, store, category)
settings non_replicated_deduplication_window = 1000;

create materialized view if not exists sales_day_of_lines to sales_day as
select day, channel, store, category,
  sum(placed_fen) as placed_fen, sum(paid_fen) as paid_fen, sum(paid_units) as paid_units, sum(net_fen) as net_fen,
  sum(net_cost_fen) as net_cost_fen, sum(net_units) as net_units, sum(returned_fen) as returned_fen, sum(orders) as orders,
  sum(category_orders) as category_orders, sum(cancelled_orders) as cancelled_orders
from order_line group by day, channel, store, category;

-- When each customer first paid: whoever imports history later moves it back, and new customers of those days with it.
create table if not exists customer_first (
  customer_id UUID,
  first_at SimpleAggregateFunction(min, DateTime64(3, 'Asia/Shanghai'))
) engine = AggregatingMergeTree order by customer_id
settings non_replicated_deduplication_window = 1000;

create materialized view if not exists customer_first_of_steps to customer_first as
select customer_id, min(at) as first_at from order_step
where kind = 'paid' and customer_id != '00000000-0000-0000-0000-000000000000' group by customer_id;

-- Who came in which hour, and when they first paid in it (the year 2299 means never).
create table if not exists visit (
  day Date,
  channel LowCardinality(String),
  hour UInt8,
  visitor_id String,
  came_at SimpleAggregateFunction(min, DateTime64(3, 'Asia/Shanghai')),
  paid_at SimpleAggregateFunction(min, DateTime64(3, 'Asia/Shanghai'))
) engine = AggregatingMergeTree partition by toYYYYMM(day) order by (day, channel, hour, visitor_id)
settings non_replicated_deduplication_window = 1000;

create materialized view if not exists visit_of_behaviour to visit as
select day, channel, toHour(at) as hour, visitor_id, min(at) as came_at, toDateTime64('2299-01-01 00:00:00', 3, 'Asia/Shanghai') as paid_at
from behaviour group by day, channel, hour, visitor_id;

create materialized view if not exists visit_of_steps to visit as
select day, channel, toHour(at) as hour, visitor_id, min(at) as came_at, min(at) as paid_at
from order_step where kind = 'paid' and visitor_id != '' group by day, channel, hour, visitor_id;

create table if not exists stock_day (
  day Date,
  location LowCardinality(String),
  sku LowCardinality(String),
  quantity Int64,
  value_fen Int64
) engine = SummingMergeTree partition by toYYYYMM(day) order by (sku, location, day)
settings non_replicated_deduplication_window = 1000;

create materialized view if not exists stock_day_of_moves to stock_day as
select day, location, sku, sum(quantity) as quantity, sum(value_fen) as value_fen from stock_move group by day, location, sku;
