set lock_timeout = '3s';
create schema returns;

create table returns.return (
  id uuid primary key default uuidv7(),
  number text not null constraint return_number unique,
  order_id uuid references orders."order" (id),
  channel text not null,
  store text,
  customer_id uuid,
  external_id text,
  source text not null check (source in ('live', 'import', 'demo')),
  reason text not null,
  note text,
  currency text not null,
  refund_fen bigint not null check (refund_fen >= 0),
  received_at timestamptz not null,
  actor text not null,
  constraint return_external unique (channel, external_id)
);
create index return_newest on returns.return (received_at desc, id desc);
create index return_by_order on returns.return (order_id) where order_id is not null;

-- Frozen like the order line it undoes; an imported return that undoes nothing known has no order line.
create table returns.line (
  return_id uuid not null references returns.return (id),
  line_no int not null,
  order_id uuid references orders."order" (id),
  order_line_no int,
  sku text not null,
  product_id uuid,
  category text,
  name text not null,
  quantity int not null check (quantity > 0),
  amount_fen bigint not null check (amount_fen >= 0),
  tax_fen bigint not null,
  unit_cost_fen bigint not null,
  is_restocked boolean not null,
  primary key (return_id, line_no)
);
create index line_by_order on returns.line (order_id, order_line_no) where order_id is not null;
