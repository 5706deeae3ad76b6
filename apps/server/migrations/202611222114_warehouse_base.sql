set lock_timeout = '3s';
create schema warehouse;

create table warehouse.bin (
  location text not null references inventory.location (code),
  sku text not null,
  bin text not null,
  primary key (location, sku)
);
create index bin_in_order on warehouse.bin (location, bin, sku);

create table warehouse.pick_list (
  id uuid primary key default uuidv7(),
  number text not null unique,
  location text not null,
  state text not null default 'open' check (state in ('open', 'done', 'abandoned')),
  picker text not null,
  started_at timestamptz not null,
  done_at timestamptz
);
create index pick_list_newest on warehouse.pick_list (started_at desc, id desc);

create table warehouse.manifest (
  id uuid primary key default uuidv7(),
  number text not null unique,
  location text not null,
  carrier text not null,
  handed_over_at timestamptz not null,
  handed_over_by text not null
);
create index manifest_newest on warehouse.manifest (handed_over_at desc, id desc);

-- What one location sends or hands out in one parcel; it may serve several orders of the same buyer.
create table warehouse.fulfilment (
  id uuid primary key,
  number text not null unique,
  location text not null references inventory.location (code),
  kind text not null check (kind in ('delivery', 'pickup', 'till')),
  state text not null check (state in
    ('open', 'picking', 'picked', 'packed', 'handed_over', 'delivered', 'collected', 'rejected', 'cancelled', 'lapsed')),
  channel text not null,
  buyer_key text not null,
  address_key text not null,
  merge_key text,
  recipient jsonb not null,
  storage text not null default 'ambient' check (storage in ('ambient', 'chilled', 'frozen')),
  grams int not null default 0 check (grams >= 0),
  carrier text,
  service text,
  tracking_number text,
  parcel_id uuid,
  pickup_code text,
  pick_list_id uuid references warehouse.pick_list (id),
  manifest_id uuid references warehouse.manifest (id),
  reject_reason text,
  dispatch_by timestamptz,
  promised_on date,
  keep_until date,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  packed_at timestamptz,
  left_at timestamptz,
  version int not null default 0
);
-- One open parcel for the same buyer, address, channel, location and storage: whoever comes second joins it.
create unique index fulfilment_to_join on warehouse.fulfilment (merge_key) where state = 'open';
-- A code opens one parcel; it stays unique for ever, so that an old one never opens a new parcel.
create unique index fulfilment_pickup_code on warehouse.fulfilment (pickup_code) where pickup_code is not null;
create index fulfilment_work on warehouse.fulfilment (location, dispatch_by, id) where state in ('open', 'picking', 'picked', 'packed');
create index fulfilment_under_way on warehouse.fulfilment (promised_on) where state = 'handed_over';
create index fulfilment_newest on warehouse.fulfilment (created_at desc, id desc);
create index fulfilment_of_pick_list on warehouse.fulfilment (pick_list_id) where pick_list_id is not null;
create index fulfilment_of_manifest on warehouse.fulfilment (manifest_id) where manifest_id is not null;

create table warehouse.fulfilment_line (
  fulfilment_id uuid not null references warehouse.fulfilment (id),
  order_id uuid not null,
  order_number text not null,
  line_no int not null,
  sku text not null,
  quantity int not null check (quantity >= 0),
  picked int not null default 0 check (picked >= 0),
  packed int not null default 0 check (packed >= 0),
  primary key (fulfilment_id, order_id, line_no, sku),
  constraint line_packs_what_was_picked check (packed <= picked and picked <= quantity)
);
create index fulfilment_line_of_order on warehouse.fulfilment_line (order_id);

-- What lies in the parcel, as it was scanned.
create table warehouse.packed_unit (
  id uuid primary key default uuidv7(),
  fulfilment_id uuid not null references warehouse.fulfilment (id),
  order_id uuid not null,
  line_no int not null,
  sku text not null,
  lot text,
  serial text,
  quantity int not null check (quantity > 0),
  at timestamptz not null,
  actor text not null
);
create index packed_unit_of on warehouse.packed_unit (fulfilment_id);
create unique index packed_serial_once on warehouse.packed_unit (sku, serial, fulfilment_id) where serial is not null;

-- Append-only: who did what with a fulfilment.
create table warehouse.history (
  id uuid primary key default uuidv7(),
  fulfilment_id uuid not null references warehouse.fulfilment (id),
  state text not null,
  what text not null,
  details jsonb not null default '{}',
  actor text not null,
  at timestamptz not null
);
create index history_of on warehouse.history (fulfilment_id, at, id);
