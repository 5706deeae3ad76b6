set lock_timeout = '3s';
create schema inventory;

create table inventory.location (
  code text primary key,
  name text not null,
  name_en text not null,
  kind text not null check (kind in ('warehouse', 'store')),
  position int not null default 0
);

-- One balance a SKU and location. on_hand is the sum of its movements; promised the sum of its open reservations.
create table inventory.stock (
  sku text not null references catalog.variant (sku),
  location text not null references inventory.location (code),
  on_hand int not null default 0 check (on_hand >= 0),
  promised int not null default 0 check (promised >= 0),
  unavailable int not null default 0 check (unavailable >= 0),
  buffer int not null default 0 check (buffer >= 0),
  unit_cost_fen bigint not null default 0 check (unit_cost_fen >= 0),
  primary key (sku, location),
  constraint stock_covers_promises check (on_hand >= promised + unavailable)
) with (fillfactor = 80);
create index stock_by_location on inventory.stock (location, sku);

-- Append-only: who moved how many, why, and what was left.
create table inventory.movement (
  id uuid primary key default uuidv7(),
  sku text not null,
  location text not null,
  kind text not null check (kind in ('receipt', 'shipment', 'return', 'adjustment', 'opening', 'import')),
  quantity int not null check (quantity <> 0),
  balance int not null check (balance >= 0),
  unit_cost_fen bigint not null,
  cause text not null,
  actor text not null,
  reason text,
  lot text,
  at timestamptz not null
);
create index movement_history on inventory.movement (sku, at desc, id desc);
create index movement_inbound on inventory.movement (at, sku) where quantity > 0;
create function inventory.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'inventory.movement is append-only';
end $$;
create trigger movement_is_append_only before update or delete on inventory.movement
  for each row execute function inventory.refuse_change();

create table inventory.reservation (
  order_id uuid not null,
  line_no int not null,
  sku text not null,
  location text not null,
  quantity int not null check (quantity > 0),
  state text not null default 'held' check (state in ('held', 'shipped', 'released')),
  at timestamptz not null,
  primary key (order_id, line_no)
);
create index reservation_open on inventory.reservation (sku, location) where state = 'held';

create table inventory.lot (
  id uuid primary key default uuidv7(),
  sku text not null,
  location text not null,
  code text not null,
  expires_on date,
  on_hand int not null check (on_hand >= 0),
  unique (sku, location, code)
);
create index lot_first_expiring on inventory.lot (sku, location, expires_on, code) where on_hand > 0;

create table inventory.serial (
  sku text not null,
  serial text not null,
  location text,
  state text not null check (state in ('in_stock', 'shipped')),
  order_id uuid,
  changed_at timestamptz not null,
  primary key (sku, serial)
);
create index serial_in_stock on inventory.serial (sku, location, serial) where state = 'in_stock';
