-- The stock of the whole house and of each location, without SKUs: what the cockpit reads. Filled from the facts when it is made; the
-- stream ships nothing while files are applied, so emptying it first makes a second run harmless.
create table if not exists stock_total_day (
  day Date,
  location LowCardinality(String),
  quantity Int64,
  value_fen Int64
) engine = SummingMergeTree partition by toYear(day) order by (location, day)
settings non_replicated_deduplication_window = 1000;

drop view if exists stock_total_day_of_moves;

truncate table stock_total_day;

insert into stock_total_day select day, location, sum(quantity) as quantity, sum(value_fen) as value_fen from stock_move group by day, location;

create materialized view stock_total_day_of_moves to stock_total_day as
select day, location, sum(quantity) as quantity, sum(value_fen) as value_fen from stock_move group by day, location;
