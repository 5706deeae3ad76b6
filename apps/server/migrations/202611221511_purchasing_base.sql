set lock_timeout = '3s';
create schema purchasing;

create table purchasing.supplier (
  code text primary key,
  name text not null,
  lead_time_days int not null check (lead_time_days between 0 and 365)
);

-- On what terms a supplier delivers a SKU; lead_time_days null means the supplier's own.
create table purchasing.supply_term (
  sku text not null references catalog.variant (sku),
  supplier text not null references purchasing.supplier (code),
  unit_cost_fen bigint not null check (unit_cost_fen >= 0),
  minimum_quantity int not null default 1 check (minimum_quantity > 0),
  pack_size int not null default 1 check (pack_size > 0),
  lead_time_days int check (lead_time_days between 0 and 365),
  is_preferred boolean not null default true,
  primary key (sku, supplier)
);
create unique index supply_term_preferred on purchasing.supply_term (sku) where is_preferred;
create index supply_term_of_supplier on purchasing.supply_term (supplier, sku);

create sequence purchasing.request_number;

create table purchasing.request (
  id uuid primary key default uuidv7(),
  number text not null unique,
  supplier text not null references purchasing.supplier (code),
  location text not null references inventory.location (code),
  state text not null check (state in ('requested', 'partly_received', 'received', 'closed', 'cancelled')),
  cause text not null,
  expected_on date not null,
  note text,
  closed_reason text,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
-- One request a cause: a decision that is carried out twice asks once.
create unique index request_once_per_cause on purchasing.request (cause) where cause <> 'manual';
create index request_newest on purchasing.request (created_at desc, id desc);
create index request_by_state on purchasing.request (state, created_at desc, id desc);

create table purchasing.request_line (
  request_id uuid not null references purchasing.request (id),
  line_no int not null,
  sku text not null references catalog.variant (sku),
  quantity int not null check (quantity > 0),
  received int not null default 0,
  unit_cost_fen bigint not null check (unit_cost_fen >= 0),
  primary key (request_id, line_no),
  constraint line_within_request check (received between 0 and quantity)
);
create index request_line_open on purchasing.request_line (sku) where received < quantity;

create table purchasing.receipt (
  id uuid primary key default uuidv7(),
  request_id uuid not null references purchasing.request (id),
  note text,
  received_by text not null,
  received_at timestamptz not null
);
create index receipt_of_request on purchasing.receipt (request_id, id);

create table purchasing.receipt_line (
  receipt_id uuid not null references purchasing.receipt (id),
  position int not null,
  line_no int not null,
  sku text not null,
  quantity int not null check (quantity > 0),
  lot text,
  expires_on date,
  serials text[] not null default '{}',
  primary key (receipt_id, position)
);
