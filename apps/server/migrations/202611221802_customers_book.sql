set lock_timeout = '3s';

-- Named lists of customers, kept by hand or by upload.
create table customers.segment (
  code text primary key check (code ~ '^[a-z0-9-]{1,40}$'),
  name text not null,
  name_en text not null,
  created_at timestamptz not null
);
create table customers.segment_member (
  segment text not null references customers.segment (code),
  customer_id uuid not null references customers.customer (id),
  added_at timestamptz not null,
  primary key (segment, customer_id)
);
create index segments_of_customer on customers.segment_member (customer_id, segment);

-- The division an address lies in: its code and the names as they were when it was written. Addresses of imports have the text alone.
alter table customers.address
  add column district_code text check (district_code ~ '^\d{6}$'),
  add column province text,
  add column city text,
  add column district text,
  add constraint address_division_is_whole check (num_nonnulls(district_code, province, city, district) in (0, 4));

-- What a customer wants on invoices.
create table customers.invoice_profile (
  id uuid primary key default uuidv7(),
  customer_id uuid not null references customers.customer (id),
  data jsonb not null check (data->>'kind' in ('personal', 'company', 'special')),
  is_default boolean not null default false,
  created_at timestamptz not null
);
create index invoice_profile_of_customer on customers.invoice_profile (customer_id, created_at);
create unique index invoice_profile_one_default on customers.invoice_profile (customer_id) where is_default;
