set lock_timeout = '3s';

alter table orders."order" drop constraint order_state_check;
alter table orders."order" add constraint order_state_check
  check (state in ('placed', 'paid', 'released', 'partly_shipped', 'shipped', 'delivered', 'cancelled')) not valid;
-- A person had to do something before it was released; null: it handled itself.
alter table orders."order" add column touched_at timestamptz;
-- Sold ahead: expected not before this day.
alter table orders.line add column expected_on date;

-- Why an order waits. Several at once, each released by itself; one of a kind at a time.
create table orders.hold (
  id uuid primary key default uuidv7(),
  order_id uuid not null references orders."order" (id),
  reason text not null,
  details jsonb not null default '{}',
  raised_at timestamptz not null,
  raised_by text not null,
  released_at timestamptz,
  released_by text,
  note text
);
create unique index hold_open_once on orders.hold (order_id, reason) where released_at is null;
create index hold_waiting on orders.hold (raised_at, order_id) where released_at is null;
create index hold_of_order on orders.hold (order_id);

insert into orders.hold (order_id, reason, raised_at, raised_by)
select id, attention, coalesce(paid_at, placed_at), 'migration' from orders."order" where attention is not null;

-- The rules that hold a paid order back, as data. One row.
create table orders.review_rules (
  only_one boolean primary key default true check (only_one),
  rules jsonb not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null
);

-- Another SKU for units of a line. The line stays as it was sold; what the substitute costs less is given back.
create table orders.substitution (
  id uuid primary key default uuidv7(),
  order_id uuid not null,
  line_no int not null,
  sku text not null,
  substitute_sku text not null,
  quantity int not null check (quantity > 0),
  refund_fen bigint not null check (refund_fen >= 0),
  state text not null check (state in ('proposed', 'accepted', 'declined')),
  at timestamptz not null,
  settled_at timestamptz,
  foreign key (order_id, line_no) references orders.line (order_id, line_no)
);
create unique index substitution_open_once on orders.substitution (order_id, line_no) where state <> 'declined';
