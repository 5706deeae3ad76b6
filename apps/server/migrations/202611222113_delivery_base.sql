set lock_timeout = '3s';
create schema delivery;

create table delivery.carrier (
  code text primary key,
  name text not null,
  name_en text not null default '',
  phone text not null default '',
  is_active boolean not null default true
);

-- Which zone a province lies in, seen from the province of dispatch.
create table delivery.zone (
  carrier text not null references delivery.carrier (code),
  origin text not null,
  province text not null,
  zone text not null,
  primary key (carrier, origin, province)
);

create table delivery.service (
  code text primary key,
  carrier text not null references delivery.carrier (code),
  name text not null,
  name_en text not null default '',
  storages text[] not null check (cardinality(storages) > 0),
  maximum_grams int not null check (maximum_grams > 0),
  is_active boolean not null default true
);

-- First weight, then each step begun. Days from dispatch to the door.
create table delivery.price (
  service text not null references delivery.service (code),
  zone text not null,
  first_grams int not null check (first_grams > 0),
  first_fen bigint not null check (first_fen >= 0),
  step_grams int not null check (step_grams > 0),
  step_fen bigint not null check (step_fen >= 0),
  days int not null check (days >= 0),
  primary key (service, zone)
);

-- How a location takes part in delivery: when parcels leave, whether buyers collect there.
create table delivery.place (
  location text primary key references inventory.location (code),
  province text not null,
  address text not null default '',
  phone text not null default '',
  cut_off text not null default '16:00' check (cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  weekdays int[] not null default '{1,2,3,4,5,6,7}',
  ships boolean not null default true,
  offers_pickup boolean not null default false,
  pickup_ready_minutes int not null default 120 check (pickup_ready_minutes >= 0),
  pickup_keep_days int not null default 7 check (pickup_keep_days > 0),
  opening_hours text not null default ''
);

-- Days that are not as their weekday says.
create table delivery.calendar (
  day date primary key,
  dispatches boolean not null,
  delivers boolean not null,
  name text not null default '',
  name_en text not null default ''
);

create sequence delivery.waybill as bigint;

create table delivery.parcel (
  id uuid primary key default uuidv7(),
  fulfilment_id uuid not null,
  fulfilment_number text not null,
  location text not null references inventory.location (code),
  carrier text not null references delivery.carrier (code),
  service text not null references delivery.service (code),
  tracking_number text not null,
  state text not null check (state in ('booked', 'handed_over', 'in_transit', 'out_for_delivery', 'failed', 'delivered', 'returned', 'voided')),
  region text not null,
  grams int not null check (grams > 0),
  price_fen bigint not null check (price_fen >= 0),
  promised_on date,
  booked_at timestamptz not null,
  handed_over_at timestamptz,
  delivered_at timestamptz,
  late_at timestamptz,
  reported_at timestamptz,
  constraint parcel_tracking unique (carrier, tracking_number)
);
create unique index parcel_of_fulfilment on delivery.parcel (fulfilment_id) where state <> 'voided';
create index parcel_newest on delivery.parcel (booked_at desc, id desc);
create index parcel_under_way on delivery.parcel (promised_on) where state in ('handed_over', 'in_transit', 'out_for_delivery', 'failed');

-- What carriers reported; append-only, once an event.
create table delivery.tracking_event (
  carrier text not null,
  event_id text not null,
  parcel_id uuid not null references delivery.parcel (id),
  status text not null check (status in ('handed_over', 'in_transit', 'out_for_delivery', 'failed', 'delivered', 'returned')),
  at timestamptz not null,
  place text,
  note text,
  received_at timestamptz not null,
  primary key (carrier, event_id)
);
create index tracking_of_parcel on delivery.tracking_event (parcel_id, at);
create function delivery.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'delivery.tracking_event is append-only';
end $$;
create trigger tracking_is_append_only before update or delete on delivery.tracking_event
  for each row execute function delivery.refuse_change();
