set lock_timeout = '3s';
create schema if not exists platform;

-- The permanent log of everything that happened: the outbox, the audit trail, and the source of all analytics.
-- (xid, seq) orders it: a reader that stays below pg_snapshot_xmin never misses a transaction that commits late.
create table platform.event (
  id uuid not null default uuidv7(),
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  name text not null,
  payload jsonb not null,
  actor jsonb not null,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (id, recorded_at)
) partition by range (recorded_at);
create table platform.event_rest partition of platform.event default;
create index event_order on platform.event (xid, seq);
create index event_name on platform.event (name, at);

-- A month's partition is made ahead of time; the default one catches what nobody foresaw.
create function platform.ensure_event_partition(month date) returns void language plpgsql as $$
declare
  first_day date := date_trunc('month', month);
  name text := 'event_' || to_char(first_day, 'YYYY_MM');
begin
  if to_regclass('platform.' || name) is null then
    execute format('create table platform.%I partition of platform.event for values from (%L) to (%L)',
      name, first_day, first_day + interval '1 month');
  end if;
exception when check_violation then
  null; -- the default partition holds rows of that month already; they stay there
end $$;

create table platform.reaction (name text primary key, event text not null);
create index reaction_event on platform.reaction (event);
create table platform.reaction_done (
  event_id uuid not null,
  reaction text not null,
  at timestamptz not null,
  primary key (event_id, reaction)
);

create table platform.idempotency (
  key text not null,
  endpoint text not null,
  actor text not null,
  request_hash text not null,
  reply jsonb,
  created_at timestamptz not null,
  primary key (key, endpoint, actor)
);
create index idempotency_age on platform.idempotency (created_at);

create table platform.worker (id text primary key, host text not null, started_at timestamptz not null, seen_at timestamptz not null);
