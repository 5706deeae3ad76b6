set lock_timeout = '3s';
create schema routing;

-- The rules in force, as data, in their order. One row; `version` only grows.
create table routing.rule_set (
  only_one boolean primary key default true check (only_one),
  rules jsonb not null,
  parcels_max int not null check (parcels_max between 1 and 3),
  parcel_fen_min bigint not null default 0 check (parcel_fen_min >= 0),
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null
);

-- What routing knows of a location; one without a row ships online when it is a warehouse, without limit.
create table routing.location_rule (
  location text primary key references inventory.location (code),
  ships_online boolean not null,
  daily_capacity int check (daily_capacity >= 0),
  priority int not null default 100,
  province text check (province ~ '^\d{6}$'),
  storages text[] not null default '{ambient}'
);

-- Of a location's orders a day, taken. Only locations with a limit have rows: nobody else waits here.
create table routing.capacity (
  location text not null,
  day date not null,
  used int not null check (used >= 0),
  primary key (location, day)
);
-- Who took it, so that it is taken once and given back once.
create table routing.capacity_claim (
  order_id uuid not null,
  location text not null,
  day date not null,
  primary key (order_id, location)
);

-- Where an order goes out from and why; append-only, the newest counts.
create table routing.decision (
  id uuid not null default uuidv7(),
  order_id uuid not null,
  at timestamptz not null,
  origin text not null check (origin in ('first_location', 'rules', 'person', 'rejection', 'capacity', 'back_order')),
  decided_by text,
  actor text not null,
  reason text,
  parcels jsonb not null,
  ranking jsonb not null,
  primary key (order_id, id)
);
