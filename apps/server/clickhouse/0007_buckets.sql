-- Sums by minute, hour and business day × channel, store, category, SKU, campaign. A minute is kept 14 days, hours and days for good.
-- A file runs once, statement by statement, while the stream ships nothing; every statement may run again: sums are emptied before they
-- are filled from the facts.

-- The campaign by which an order's visitor came in the day before they paid; '' where none is known. See docs/adr/0015.
alter table order_line add column if not exists campaign LowCardinality(String) default '';

alter table order_step add column if not exists campaign LowCardinality(String) default '';

-- When the batch of an event was kept (a mended event was received before that), and the product that an event is about.
alter table behaviour add column if not exists kept_at DateTime64(3, 'Asia/Shanghai') default received_at;

alter table behaviour add column if not exists sku LowCardinality(String) default JSONExtractString(properties, 'sku');

alter table behaviour add column if not exists category LowCardinality(String) default '';

drop view if exists sales_sku_day_of_lines;

drop view if exists sales_day_of_lines;

drop view if exists sales_hour_of_lines;

drop view if exists sales_minute_of_lines;

drop view if exists visit_of_behaviour;

drop view if exists visit_of_steps;

drop view if exists event_day_of_behaviour;

drop view if exists event_hour_of_behaviour;

drop view if exists event_minute_of_behaviour;

alter table sales_sku_day add column if not exists campaign LowCardinality(String),
  modify order by (day, channel, store, location, category, sku, campaign);

alter table sales_day add column if not exists campaign LowCardinality(String), modify order by (day, channel, store, category, campaign);

-- The campaign of a visitor's hour: the last of them by name where there were several, so that it never depends on the order of arrival.
alter table visit add column if not exists campaign SimpleAggregateFunction(max, String);

create table if not exists sales_hour (
  day Date,
  hour DateTime('Asia/Shanghai'),
  channel LowCardinality(String),
  store LowCardinality(String),
  category LowCardinality(String),
  sku LowCardinality(String),
  campaign LowCardinality(String),
  placed_fen Int64, paid_fen Int64, paid_units Int64, net_fen Int64, net_cost_fen Int64, net_units Int64, returned_fen Int64,
  orders Int64, category_orders Int64, sku_orders Int64, cancelled_orders Int64
) engine = SummingMergeTree partition by toYYYYMM(day) order by (day, hour, channel, store, category, sku, campaign)
settings non_replicated_deduplication_window = 1000;

create table if not exists sales_minute (
  day Date,
  minute DateTime('Asia/Shanghai'),
  channel LowCardinality(String),
  store LowCardinality(String),
  category LowCardinality(String),
  sku LowCardinality(String),
  campaign LowCardinality(String),
  placed_fen Int64, paid_fen Int64, paid_units Int64, net_fen Int64, net_cost_fen Int64, net_units Int64, returned_fen Int64,
  orders Int64, category_orders Int64, sku_orders Int64, cancelled_orders Int64
) engine = SummingMergeTree partition by day order by (day, minute, channel, store, category, sku, campaign)
ttl minute + interval 14 day
settings non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1;

-- Events of visitors, counted: visitor_kind as in the facts ('' a person). Who came, distinct, is in `visit`.
create table if not exists event_day (
  day Date,
  channel LowCardinality(String),
  campaign LowCardinality(String),
  event LowCardinality(String),
  visitor_kind LowCardinality(String),
  category LowCardinality(String),
  sku LowCardinality(String),
  events Int64
) engine = SummingMergeTree partition by toYYYYMM(day) order by (day, channel, event, campaign, visitor_kind, category, sku)
settings non_replicated_deduplication_window = 1000;

create table if not exists event_hour (
  day Date,
  hour DateTime('Asia/Shanghai'),
  channel LowCardinality(String),
  campaign LowCardinality(String),
  event LowCardinality(String),
  visitor_kind LowCardinality(String),
  category LowCardinality(String),
  sku LowCardinality(String),
  events Int64
) engine = SummingMergeTree partition by toYYYYMM(day) order by (day, hour, channel, event, campaign, visitor_kind, category, sku)
settings non_replicated_deduplication_window = 1000;

create table if not exists event_minute (
  day Date,
  minute DateTime('Asia/Shanghai'),
  channel LowCardinality(String),
  campaign LowCardinality(String),
  event LowCardinality(String),
  visitor_kind LowCardinality(String),
  category LowCardinality(String),
  sku LowCardinality(String),
  events Int64
) engine = SummingMergeTree partition by day order by (day, minute, channel, event, campaign, visitor_kind, category, sku)
ttl minute + interval 14 day
settings non_replicated_deduplication_window = 1000, ttl_only_drop_parts = 1;

truncate table sales_hour;

insert into sales_hour (day, hour, channel, store, category, sku, campaign, placed_fen, paid_fen, paid_units, net_fen, net_cost_fen, net_units,
  returned_fen, orders, category_orders, sku_orders, cancelled_orders)
select day, toStartOfHour(at) as hour, channel, store, category, sku, campaign,
  sum(placed_fen), sum(paid_fen), sum(paid_units), sum(net_fen), sum(net_cost_fen), sum(net_units), sum(returned_fen), sum(orders),
  sum(category_orders), sum(sku_orders), sum(cancelled_orders)
from order_line group by day, hour, channel, store, category, sku, campaign settings max_partitions_per_insert_block = 0;

truncate table sales_minute;

insert into sales_minute (day, minute, channel, store, category, sku, campaign, placed_fen, paid_fen, paid_units, net_fen, net_cost_fen,
  net_units, returned_fen, orders, category_orders, sku_orders, cancelled_orders)
select day, toStartOfMinute(at) as minute, channel, store, category, sku, campaign,
  sum(placed_fen), sum(paid_fen), sum(paid_units), sum(net_fen), sum(net_cost_fen), sum(net_units), sum(returned_fen), sum(orders),
  sum(category_orders), sum(sku_orders), sum(cancelled_orders)
from order_line where day >= today() - 14 and at >= now() - interval 14 day
group by day, minute, channel, store, category, sku, campaign;

truncate table event_hour;

insert into event_hour (day, hour, channel, campaign, event, visitor_kind, category, sku, events)
select day, toStartOfHour(at) as hour, channel, campaign, event, visitor_kind, category, sku, count()
from behaviour group by day, hour, channel, campaign, event, visitor_kind, category, sku settings max_partitions_per_insert_block = 0;

truncate table event_day;

insert into event_day (day, channel, campaign, event, visitor_kind, category, sku, events)
select day, channel, campaign, event, visitor_kind, category, sku, sum(events)
from event_hour group by day, channel, campaign, event, visitor_kind, category, sku settings max_partitions_per_insert_block = 0;

truncate table event_minute;

insert into event_minute (day, minute, channel, campaign, event, visitor_kind, category, sku, events)
select day, toStartOfMinute(at) as minute, channel, campaign, event, visitor_kind, category, sku, count()
from behaviour where day >= today() - 14 and at >= now() - interval 14 day
group by day, minute, channel, campaign, event, visitor_kind, category, sku;

create materialized view sales_sku_day_of_lines to sales_sku_day as
select day, channel, store, location, category, sku, campaign,
  sum(placed_fen) as placed_fen, sum(paid_fen) as paid_fen, sum(paid_units) as paid_units, sum(net_fen) as net_fen,
  sum(net_cost_fen) as net_cost_fen, sum(net_units) as net_units, sum(returned_fen) as returned_fen, sum(orders) as orders,
  sum(category_orders) as category_orders, sum(sku_orders) as sku_orders, sum(cancelled_orders) as cancelled_orders
from order_line group by day, channel, store, location, category, sku, campaign;

create materialized view sales_day_of_lines to sales_day as
select day, channel, store, category, campaign,
  sum(placed_fen) as placed_fen, sum(paid_fen) as paid_fen, sum(paid_units) as paid_units, sum(net_fen) as net_fen,
  sum(net_cost_fen) as net_cost_fen, sum(net_units) as net_units, sum(returned_fen) as returned_fen, sum(orders) as orders,
  sum(category_orders) as category_orders, sum(cancelled_orders) as cancelled_orders
from order_line group by day, channel, store, category, campaign;

create materialized view sales_hour_of_lines to sales_hour as
select day, toStartOfHour(at) as hour, channel, store, category, sku, campaign,
  sum(placed_fen) as placed_fen, sum(paid_fen) as paid_fen, sum(paid_units) as paid_units, sum(net_fen) as net_fen,
  sum(net_cost_fen) as net_cost_fen, sum(net_units) as net_units, sum(returned_fen) as returned_fen, sum(orders) as orders,
  sum(category_orders) as category_orders, sum(sku_orders) as sku_orders, sum(cancelled_orders) as cancelled_orders
from order_line group by day, hour, channel, store, category, sku, campaign;

create materialized view sales_minute_of_lines to sales_minute as
select day, toStartOfMinute(at) as minute, channel, store, category, sku, campaign,
  sum(placed_fen) as placed_fen, sum(paid_fen) as paid_fen, sum(paid_units) as paid_units, sum(net_fen) as net_fen,
  sum(net_cost_fen) as net_cost_fen, sum(net_units) as net_units, sum(returned_fen) as returned_fen, sum(orders) as orders,
  sum(category_orders) as category_orders, sum(sku_orders) as sku_orders, sum(cancelled_orders) as cancelled_orders
from order_line where at >= now() - interval 14 day group by day, minute, channel, store, category, sku, campaign;

create materialized view visit_of_behaviour to visit as
select day, channel, toHour(at) as hour, visitor_id, min(at) as came_at, toDateTime64('2299-01-01 00:00:00', 3, 'Asia/Shanghai') as paid_at,
  max(toString(campaign)) as campaign
from behaviour where visitor_kind = '' group by day, channel, hour, visitor_id;

create materialized view visit_of_steps to visit as
select day, channel, toHour(at) as hour, visitor_id, min(at) as came_at, min(at) as paid_at, max(toString(campaign)) as campaign
from order_step where kind = 'paid' and visitor_id != '' group by day, channel, hour, visitor_id;

create materialized view event_day_of_behaviour to event_day as
select day, channel, campaign, event, visitor_kind, category, sku, toInt64(count()) as events
from behaviour group by day, channel, campaign, event, visitor_kind, category, sku;

create materialized view event_hour_of_behaviour to event_hour as
select day, toStartOfHour(at) as hour, channel, campaign, event, visitor_kind, category, sku, toInt64(count()) as events
from behaviour group by day, hour, channel, campaign, event, visitor_kind, category, sku;

create materialized view event_minute_of_behaviour to event_minute as
select day, toStartOfMinute(at) as minute, channel, campaign, event, visitor_kind, category, sku, toInt64(count()) as events
from behaviour where at >= now() - interval 14 day group by day, minute, channel, campaign, event, visitor_kind, category, sku;
