set lock_timeout = '3s';
create schema collection;

-- Who may send behaviour events. The key is public: it stands in every page of the sender.
create table collection.source (
  write_key text primary key,
  name text not null unique,
  channel text not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now()
);
insert into collection.source (write_key, name, channel) values ('ts_shop_web', 'shop web', 'shop');

-- Behaviour events as they came (cleaned), a batch a row: the permanent log that analytics is built from.
-- Read in (xid, id) order below pg_snapshot_xmin, so a batch that commits late is never skipped.
create table collection.batch (
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  source text not null,
  channel text not null,
  event_count int not null check (event_count > 0),
  events text not null check (events <> ''),
  received_at timestamptz not null,
  primary key (id, received_at)
) partition by range (received_at);
create table collection.batch_rest partition of collection.batch default;
create index batch_order on collection.batch (xid, id);

create function collection.ensure_batch_partition(month date) returns void language plpgsql as $$
declare
  first_day timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  name text := 'batch_' || to_char(month, 'YYYY_MM');
begin
  if to_regclass('collection.' || name) is null
    and not exists (select 1 from collection.batch_rest where received_at >= first_day and received_at < first_day + interval '1 month')
  then
    execute format('create table collection.%I partition of collection.batch for values from (%L) to (%L)',
      name, first_day, first_day + interval '1 month');
  end if;
end $$;
