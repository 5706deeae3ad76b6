set lock_timeout = '3s';
create schema orders;

create table orders."order" (
  id uuid primary key default uuidv7(),
  number text not null constraint order_number unique,
  channel text not null,
  store text references inventory.location (code),
  customer_id uuid references customers.customer (id),
  visitor_id text,
  state text not null check (state in ('placed', 'paid', 'released', 'shipped', 'delivered', 'cancelled')),
  attention text,
  currency text not null,
  goods_fen bigint not null,
  freight_fen bigint not null check (freight_fen >= 0),
  discount_fen bigint not null check (discount_fen >= 0),
  tax_fen bigint not null,
  total_fen bigint not null check (total_fen >= 0),
  placed_at timestamptz not null,
  paid_at timestamptz,
  released_at timestamptz,
  shipped_at timestamptz,
  delivered_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  expires_at timestamptz,
  source text not null check (source in ('live', 'import', 'demo')),
  external_id text,
  recipient_name text,
  recipient_phone text,
  region text,
  address text,
  note text,
  access_token_hash text,
  placement_key text constraint order_placed_once unique,
  carrier text,
  tracking_number text,
  version int not null default 1,
  constraint order_external unique (channel, external_id),
  constraint order_total_is_its_parts check (total_fen = goods_fen - discount_fen + freight_fen)
) with (fillfactor = 85);
create index order_newest on orders."order" (placed_at desc, id desc);
create index order_by_state on orders."order" (state, placed_at desc, id desc);
create index order_by_customer on orders."order" (customer_id, placed_at, id) where customer_id is not null;
create index order_by_store on orders."order" (store, placed_at desc, id desc) where store is not null;
create index order_expiring on orders."order" (expires_at) where state = 'placed';
create index order_attention on orders."order" (placed_at desc, id desc) where attention is not null;
create index order_number_part on orders."order" using gin (number gin_trgm_ops);
create index order_phone_tail on orders."order" (reverse(recipient_phone) text_pattern_ops) where recipient_phone is not null;

-- Frozen when the order is placed; nothing ever updates a line.
create table orders.line (
  order_id uuid not null references orders."order" (id),
  line_no int not null,
  sku text not null,
  product_id uuid,
  category text,
  name text not null,
  name_en text not null,
  quantity int not null check (quantity > 0),
  list_fen bigint not null,
  unit_fen bigint not null check (unit_fen >= 0),
  discount_fen bigint not null default 0 check (discount_fen >= 0),
  amount_fen bigint not null check (amount_fen >= 0),
  tax_rate_bp int not null,
  tax_fen bigint not null,
  unit_cost_fen bigint not null,
  location text,
  primary key (order_id, line_no),
  constraint line_amount_is_its_parts check (amount_fen = quantity * unit_fen - discount_fen)
);
create index line_by_sku on orders.line (sku, order_id);

create table orders.timeline (
  id uuid primary key default uuidv7(),
  order_id uuid not null references orders."order" (id),
  at timestamptz not null,
  actor_kind text not null,
  actor text not null,
  what text not null,
  details jsonb not null default '{}'
);
create index timeline_of_order on orders.timeline (order_id, at, id);
