set lock_timeout = '3s';
create schema customers;
create sequence customers.customer_number;

create table customers.customer (
  id uuid primary key default uuidv7(),
  number text not null default 'C' || lpad(nextval('customers.customer_number')::text, 8, '0')
    constraint customer_number_is_unique unique,
  name text not null default '',
  phone text,
  email text,
  user_id uuid constraint customer_user_is_unique unique references identity."user" (id),
  source text not null check (source in ('shop', 'import', 'store')),
  external_id text,
  language text not null default 'zh-CN' check (language in ('zh-CN', 'en')),
  created_at timestamptz not null,
  constraint customer_source_is_unique unique (source, external_id)
);
create index customer_by_phone on customers.customer (phone, created_at) where phone is not null;
create index customer_by_name on customers.customer using gin (name gin_trgm_ops);

create table customers.address (
  id uuid primary key default uuidv7(),
  customer_id uuid not null references customers.customer (id),
  name text not null,
  phone text not null,
  region text not null,
  detail text not null,
  is_default boolean not null default false,
  created_at timestamptz not null
);
create index address_of_customer on customers.address (customer_id, created_at);
create unique index address_one_default on customers.address (customer_id) where is_default;
