-- Whether an order was there by the day that its buyer was told: 1 it was, 0 it was late, -1 nobody was told a day (on delivered rows).
alter table order_step add column if not exists promise Int8 default -1;

-- What a parcel cost by its carrier's tariff when the carrier took it, a row an order in it; fen.
create table if not exists parcel_cost (
  at DateTime64(3, 'Asia/Shanghai'),
  day Date,
  order_id UUID,
  channel LowCardinality(String),
  store LowCardinality(String),
  location LowCardinality(String),
  carrier LowCardinality(String),
  amount_fen Int64
) engine = MergeTree partition by toYYYYMM(day) order by (day, channel)
settings non_replicated_deduplication_window = 1000;

-- A return and why; its lines are in order_line.
create table if not exists return_made (
  return_id UUID,
  at DateTime64(3, 'Asia/Shanghai'),
  day Date,
  order_id UUID,
  channel LowCardinality(String),
  store LowCardinality(String),
  customer_id UUID,
  reason LowCardinality(String),
  refund_fen Int64
) engine = MergeTree partition by toYYYYMM(day) order by (day, channel)
settings non_replicated_deduplication_window = 1000;
