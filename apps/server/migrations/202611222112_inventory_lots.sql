set lock_timeout = '3s';

-- A line may be promised at several locations, for the channel that sold it; part of it may have left.
alter table inventory.reservation drop constraint reservation_pkey, add primary key (order_id, line_no, sku, location),
  add column shipped int not null default 0 check (shipped >= 0),
  add column channel text not null default '';

-- Whether more than the row itself limits what may be sold: lots, earmarks, rules of a channel, a sale ahead. All others pay nothing for these.
alter table inventory.stock add column has_limits boolean not null default false;
update inventory.stock s set has_limits = true
  where exists (select from inventory.lot l where l.sku = s.sku and l.location = s.location and l.on_hand > 0);

alter table inventory.lot add column allocated int not null default 0,
  add column is_recalled boolean not null default false,
  add constraint lot_covers_allocations check (allocated between 0 and on_hand);

-- Units of a lot set aside for a released order's line.
create table inventory.allocation (
  order_id uuid not null,
  line_no int not null,
  sku text not null,
  location text not null,
  lot text not null,
  quantity int not null check (quantity > 0),
  at timestamptz not null,
  primary key (order_id, line_no, sku, location, lot)
);
create index allocation_of_lot on inventory.allocation (sku, lot, location);

create function inventory.refuse_rewrite() returns trigger language plpgsql as $$
begin
  raise exception '%.% is append-only', tg_table_schema, tg_table_name;
end $$;

-- What left for an order, by lot: written once, never changed. The document that sent it makes it happen once.
create table inventory.dispatch (
  order_id uuid not null,
  cause text not null,
  line_no int not null,
  sku text not null,
  location text not null,
  lot text,
  quantity int not null check (quantity > 0),
  unit_cost_fen bigint not null,
  at timestamptz not null
);
create index dispatch_of_order on inventory.dispatch (order_id, cause);
create index dispatch_of_lot on inventory.dispatch (sku, lot) where lot is not null;
create trigger dispatch_is_append_only before update or delete on inventory.dispatch
  for each row execute function inventory.refuse_rewrite();

-- What a channel asks of stock: sku '' is every SKU of the channel, a row of a SKU goes before it.
create table inventory.channel_rule (
  channel text not null,
  sku text not null default '',
  minimum_life_days int check (minimum_life_days >= 0),
  buffer int check (buffer >= 0),
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (channel, sku)
);

-- Units set aside for a channel (earmark), or the most it may take (quota), for a time.
create table inventory.earmark (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('earmark', 'quota')),
  sku text not null,
  location text not null references inventory.location (code),
  channel text not null,
  campaign text not null default '',
  units int not null check (units > 0),
  taken int not null default 0 check (taken >= 0),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  ended_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  constraint earmark_holds check (taken <= units)
);
create index earmark_open on inventory.earmark (sku, location) where ended_at is null;
create table inventory.earmark_use (
  order_id uuid not null,
  line_no int not null,
  earmark_id uuid not null references inventory.earmark (id),
  quantity int not null check (quantity > 0),
  primary key (order_id, line_no, earmark_id)
);

-- Units that may be sold before they are there, from a day on; and the orders that wait for them.
create table inventory.ahead (
  sku text not null references catalog.variant (sku),
  location text not null references inventory.location (code),
  from_day date not null,
  units_max int not null check (units_max >= 0),
  promised int not null default 0 check (promised >= 0),
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (sku, location, from_day),
  constraint ahead_holds check (promised <= units_max)
);
create table inventory.ahead_promise (
  order_id uuid not null,
  line_no int not null,
  sku text not null,
  location text not null,
  from_day date not null,
  channel text not null,
  quantity int not null check (quantity > 0),
  state text not null default 'waiting' check (state in ('waiting', 'covered', 'released')),
  at timestamptz not null,
  primary key (order_id, line_no, sku, location)
);
create index ahead_waiting on inventory.ahead_promise (sku, location, at) where state = 'waiting';

-- One owner at a time; what happened to a number is never overwritten.
alter table inventory.serial add column warranty_until date;
create index serial_of_order on inventory.serial (order_id) where order_id is not null;
create table inventory.serial_event (
  id uuid primary key default uuidv7(),
  sku text not null,
  serial text not null,
  what text not null check (what in ('received', 'shipped', 'returned', 'moved', 'removed')),
  location text,
  order_id uuid,
  cause text not null,
  actor text not null,
  warranty_until date,
  at timestamptz not null
);
create index serial_history on inventory.serial_event (sku, serial, id);
create trigger serial_event_is_append_only before update or delete on inventory.serial_event
  for each row execute function inventory.refuse_rewrite();

create table inventory.recall (
  id uuid primary key default uuidv7(),
  number text not null unique,
  sku text not null,
  lot text not null,
  reason text not null,
  state text not null default 'open' check (state in ('open', 'closed', 'lifted')),
  started_by text not null,
  started_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  end_reason text
);
create unique index recall_open on inventory.recall (sku, lot) where state <> 'lifted';
