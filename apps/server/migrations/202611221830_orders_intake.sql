set lock_timeout = '3s';

-- What a price is made of, frozen with the order.
alter table orders."order"
  add column points_fen bigint not null default 0 check (points_fen between 0 and discount_fen),
  add column points_spent int not null default 0 check (points_spent >= 0),
  add column freight_list_fen bigint not null default 0 check (freight_list_fen >= 0),
  add column cancelled_fen bigint not null default 0 check (cancelled_fen between 0 and total_fen),
  add column coupon_codes text[] not null default '{}',
  add column buyer_key text,
  add column invoice jsonb,
  add column parcels jsonb;
update orders."order" set freight_list_fen = freight_fen where freight_fen > 0;
alter table orders.line
  add column adjustments jsonb not null default '[]',
  add column is_gift boolean not null default false,
  add column parcel_no int not null default 1 check (parcel_no > 0);

-- Units called off before picking, with their frozen share; append-only. A line itself never changes.
create table orders.line_cancellation (
  id uuid primary key default uuidv7(),
  order_id uuid not null,
  line_no int not null,
  quantity int not null check (quantity > 0),
  amount_fen bigint not null check (amount_fen >= 0),
  tax_fen bigint not null,
  points int not null default 0,
  at timestamptz not null,
  foreign key (order_id, line_no) references orders.line (order_id, line_no)
);
create index line_cancellation_of_order on orders.line_cancellation (order_id, line_no);

-- Numbers are found whole, by their beginning or by their end: a trigram index cost every order, three times over, as much as all its rows.
drop index orders.order_number_part;
create index order_number_tail on orders."order" (reverse(number) text_pattern_ops);
