-- What each customer bought a day: orders paid, and net sales as everywhere (paid − cancelled − returned, without VAT, each on its own day).
-- Retention, cohorts and RFM read it: a third of the rows of order_line, and sorted by customer. Emptied before it is filled, so that a second
-- run of the file is harmless; the stream ships nothing meanwhile.
create table if not exists customer_day (
  customer_id UUID,
  day Date,
  channel LowCardinality(String),
  store LowCardinality(String),
  orders Int64,
  net_fen Int64
) engine = SummingMergeTree partition by toYYYYMM(day) order by (customer_id, day, channel, store)
settings non_replicated_deduplication_window = 1000;

drop view if exists customer_day_of_lines;

truncate table customer_day;

insert into customer_day select customer_id, day, channel, store, sum(orders), sum(net_fen) from order_line
where customer_id != '00000000-0000-0000-0000-000000000000' group by customer_id, day, channel, store settings max_partitions_per_insert_block = 0;

create materialized view customer_day_of_lines to customer_day as
select customer_id, day, channel, store, sum(orders) as orders, sum(net_fen) as net_fen from order_line
where customer_id != '00000000-0000-0000-0000-000000000000' group by customer_id, day, channel, store;
