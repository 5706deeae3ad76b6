-- Who sat behind it: '' a person, 'bot', 'staff' (one of us), 'house' (told by the house itself: what became of an order). Only persons visit.
alter table behaviour add column if not exists visitor_kind LowCardinality(String) default '';

alter table behaviour add column if not exists group_id String default '';

-- The sender's clock was ahead of ours by more than a minute; `at` is put right, `client_at` and `sent_at` are as they came.
alter table behaviour add column if not exists is_clock_ahead UInt8 default 0;

drop view if exists visit_of_behaviour;

create materialized view visit_of_behaviour to visit as
select day, channel, toHour(at) as hour, visitor_id, min(at) as came_at, toDateTime64('2299-01-01 00:00:00', 3, 'Asia/Shanghai') as paid_at
from behaviour where visitor_kind = '' group by day, channel, hour, visitor_id;

-- Whom an anonymous visitor turned out to be: one row a visitor. What they did before counts as the customer's where a reader joins it.
create table if not exists visitor_customer (
  visitor_id String,
  customer_id String,
  joined_at DateTime64(3, 'Asia/Shanghai')
) engine = ReplacingMergeTree(joined_at) order by visitor_id
settings non_replicated_deduplication_window = 1000;
