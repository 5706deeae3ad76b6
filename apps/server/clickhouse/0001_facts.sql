-- Facts of the business, append-only and additive. A file runs once, statement by statement; every statement may run again.
-- `day` is the Asia/Shanghai day of `at`. Money is fen, VAT included unless it says tax. Tokens of the stream make each insert count once:
-- non_replicated_deduplication_window is what lets a plain MergeTree know them.

-- One row a line and step: placed; paid; cancelled (of a paid order); returned. The order's ids and frozen figures stand in the row.
-- is_*_first marks one line an order, an order's category, an order's SKU: summing them counts orders at that grain.
create table if not exists order_line (
  kind Enum8('placed' = 1, 'paid' = 2, 'cancelled' = 3, 'returned' = 4),
  at DateTime64(3, 'Asia/Shanghai'),
  day Date,
  order_id UUID,
  line_no UInt32,
  sku LowCardinality(String),
  category LowCardinality(String),
  channel LowCardinality(String),
  store LowCardinality(String),
  location LowCardinality(String),
  customer_id UUID,
  quantity Int64,
  amount_fen Int64,
  tax_fen Int64,
  cost_fen Int64,
  is_order_first UInt8,
  is_category_first UInt8,
  is_sku_first UInt8,
  placed_fen Int64 alias if(kind = 'placed', amount_fen, 0),
  paid_fen Int64 alias if(kind = 'paid', amount_fen, 0),
  paid_units Int64 alias if(kind = 'paid', quantity, 0),
  net_fen Int64 alias if(kind = 'placed', 0, if(kind = 'paid', amount_fen - tax_fen, tax_fen - amount_fen)),
  net_cost_fen Int64 alias if(kind = 'placed', 0, if(kind = 'paid', cost_fen, -cost_fen)),
  net_units Int64 alias if(kind = 'placed', 0, if(kind = 'paid', quantity, -quantity)),
  returned_fen Int64 alias if(kind = 'returned', amount_fen, 0),
  orders Int64 alias if(kind = 'paid', is_order_first, 0),
  category_orders Int64 alias if(kind = 'paid', is_category_first, 0),
  sku_orders Int64 alias if(kind = 'paid', is_sku_first, 0),
  cancelled_orders Int64 alias if(kind = 'cancelled', is_order_first, 0)
) engine = MergeTree partition by toYYYYMM(day) order by (day, sku, channel)
settings non_replicated_deduplication_window = 1000;

-- One row an order and step. seconds: from paid to released, on released rows; -1 where there was nothing to handle or nobody knows.
create table if not exists order_step (
  kind Enum8('placed' = 1, 'paid' = 2, 'cancelled' = 3, 'released' = 5, 'shipped' = 6, 'delivered' = 7),
  at DateTime64(3, 'Asia/Shanghai'),
  day Date,
  order_id UUID,
  channel LowCardinality(String),
  store LowCardinality(String),
  customer_id UUID,
  visitor_id String,
  total_fen Int64,
  seconds Int64
) engine = MergeTree partition by toYYYYMM(day) order by (kind, day, channel)
settings non_replicated_deduplication_window = 1000;

-- Units that came or went; value_fen is units × their cost at that moment, signed. The balance of a day is the sum of all before it.
create table if not exists stock_move (
  id UUID,
  kind LowCardinality(String),
  at DateTime64(3, 'Asia/Shanghai'),
  day Date,
  sku LowCardinality(String),
  location LowCardinality(String),
  quantity Int64,
  value_fen Int64
) engine = MergeTree partition by toYYYYMM(day) order by (day, sku, location)
settings non_replicated_deduplication_window = 1000;

-- Behaviour of visitors. Clients may send an event twice: rows of one messageId melt into one. Sessions: a gap of 30 minutes.
create table if not exists behaviour (
  message_id String,
  type LowCardinality(String),
  event LowCardinality(String),
  at DateTime64(3, 'Asia/Shanghai'),
  day Date,
  visitor_id String,
  customer_id String,
  channel LowCardinality(String),
  path String,
  language LowCardinality(String),
  campaign LowCardinality(String),
  properties String,
  client_at String,
  sent_at String,
  received_at DateTime64(3, 'Asia/Shanghai')
) engine = ReplacingMergeTree(received_at) partition by toYYYYMM(day) order by (day, visitor_id, message_id)
settings non_replicated_deduplication_window = 1000;

-- What a SKU is called and where it belongs now; the newest version counts.
create table if not exists sku (
  sku String,
  category LowCardinality(String),
  name String,
  name_en String,
  version UInt64
) engine = ReplacingMergeTree(version) order by sku;

-- Names of stores and categories.
create table if not exists label (
  dimension LowCardinality(String),
  key String,
  name String,
  name_en String,
  version UInt64
) engine = ReplacingMergeTree(version) order by (dimension, key);

-- Which batches of the stream are here: what PostgreSQL believes is compared with this when a leader starts.
create table if not exists shipped (
  feed LowCardinality(String),
  generation UInt32,
  number UInt64
) engine = ReplacingMergeTree order by (feed, generation, number);
