set lock_timeout = '3s';
create schema cart;

create table cart.cart (
  id uuid primary key default uuidv7(),
  customer_id uuid references customers.customer (id),
  visitor_id text,
  version int not null default 1,
  updated_at timestamptz not null,
  constraint cart_has_one_owner check ((customer_id is null) <> (visitor_id is null)),
  constraint cart_of_customer unique (customer_id),
  constraint cart_of_visitor unique (visitor_id)
) with (fillfactor = 80);
create index cart_age on cart.cart (updated_at);

create table cart.line (
  cart_id uuid not null references cart.cart (id),
  sku text not null,
  quantity int not null check (quantity > 0),
  seen_price_fen bigint not null,
  added_at timestamptz not null,
  primary key (cart_id, sku)
);
