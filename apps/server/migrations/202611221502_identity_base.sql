set lock_timeout = '3s';
create schema identity;

-- Tables of better-auth (names mapped in auth.ts), one user table for staff and shoppers; `kind` keeps them apart.
create table identity."user" (
  id uuid primary key default uuidv7(),
  name text not null,
  email text not null constraint user_email_is_unique unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  kind text not null default 'shopper' check (kind in ('staff', 'shopper')),
  role text,
  location text,
  phone text constraint user_phone_is_unique unique,
  customer_id uuid,
  is_active boolean not null default true,
  constraint staff_have_a_role check ((kind = 'staff') = (role is not null)),
  constraint clerks_have_a_location check (role is distinct from 'clerk' or location is not null)
);

create table identity.session (
  id uuid primary key default uuidv7(),
  user_id uuid not null references identity."user" (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_of_user on identity.session (user_id);
create index session_age on identity.session (expires_at);

create table identity.account (
  id uuid primary key default uuidv7(),
  user_id uuid not null references identity."user" (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index account_of_user on identity.account (user_id);

create table identity.verification (
  id uuid primary key default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_of_identifier on identity.verification (identifier);

create table identity.rate_limit (
  id uuid primary key default uuidv7(),
  key text not null unique,
  count int not null,
  last_request bigint not null
);

-- Sign-in codes, hashed. The newest of a phone counts; a used or spent one never works again.
create table identity.phone_code (
  id uuid primary key default uuidv7(),
  phone text not null,
  code_hash text not null,
  attempts int not null default 0,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index phone_code_newest on identity.phone_code (phone, sent_at desc);

-- What the sandbox phone received; stays empty outside the demo.
create table identity.sandbox_message (
  id uuid primary key default uuidv7(),
  phone text not null,
  code text not null,
  sent_at timestamptz not null
);
create index sandbox_message_newest on identity.sandbox_message (phone, sent_at desc);
