-- Figures from outside, a row a day that one covers; a newer version of a figure replaces the one before (read it with FINAL). `amount`: of
-- a flow the day's part of it, of a mean value × cases, of a level the value. Money is fen.
create table if not exists observation (
  id UUID,
  version UInt32,
  name LowCardinality(String),
  day Date,
  channel LowCardinality(String),
  campaign LowCardinality(String),
  amount Decimal(18, 4),
  cases Int64,
  is_withdrawn UInt8
) engine = ReplacingMergeTree(version) partition by toYear(day) order by (name, day, channel, campaign, id)
settings non_replicated_deduplication_window = 1000;
