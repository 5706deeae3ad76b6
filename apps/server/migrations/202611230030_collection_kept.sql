set lock_timeout = '3s';

-- What a source is: a browser's key is public, a server's is a secret. Only servers may report what the house itself decides (orders).
alter table collection.source add column kind text not null default 'browser' check (kind in ('browser', 'server'));

-- Messages taken in this week and the week before, so that one sent again is known for at least 7 days. `key` is a hash of source and
-- messageId; `week` counts from 1970-01-01. A week is a table, and goes as one.
create table collection.seen (week int not null, key uuid not null, primary key (week, key)) partition by list (week);
create table collection.seen_rest partition of collection.seen default;

create function collection.keep_seen_weeks(this_week int) returns void language plpgsql as $$
declare
  one int;
  old text;
begin
  foreach one in array array[this_week, this_week + 1] loop
    if to_regclass('collection.seen_' || one) is null and not exists (select from collection.seen_rest where week = one) then
      execute format('create table collection.%I partition of collection.seen for values in (%L)', 'seen_' || one, one);
    end if;
  end loop;
  for old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'collection.seen'::regclass and c.relname ~ '^seen_\d+$' and substr(c.relname, 6)::int < this_week - 1
  loop
    execute format('drop table collection.%I', old);
  end loop;
  delete from collection.seen_rest where week < this_week - 1;
end $$;

-- Events that cannot be kept as they are, until somebody mends and replays or discards them. Cleaned of what names a person.
create table collection.bad_event (
  id uuid primary key default uuidv7(),
  key uuid not null unique,
  source text not null,
  channel text not null,
  source_kind text not null check (source_kind in ('browser', 'server')),
  event_name text,
  message_id text,
  reasons text[] not null,
  event text not null,
  mended text,
  sent_at text,
  visitor_id text,
  received_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'replayed', 'discarded')),
  version int not null default 1,
  settled_by text,
  settled_at timestamptz,
  note text,
  check ((state = 'open') = (settled_at is null))
);
create index bad_event_by_state on collection.bad_event (state, id);

-- Bad events a source and day; beyond the limit they are counted here and no longer kept one by one.
create table collection.bad_day (
  day date not null,
  source text not null,
  events int not null,
  primary key (day, source)
);

-- The tracking plan: what an event of this name carries. `properties`: [{ name, type, isRequired, items? }].
create table collection.planned_event (
  name text primary key,
  properties jsonb not null,
  is_enforced boolean not null default false,
  is_server_only boolean not null default false,
  version int not null default 1,
  changed_by text not null default 'Segment e-commerce spec v2',
  changed_at timestamptz not null default now()
);

-- Where events go against the plan: how often a day, and one of them to look at.
create table collection.violation (
  day date not null,
  source text not null,
  event text not null,
  property text not null,
  problem text not null,
  times bigint not null,
  last_at timestamptz not null,
  message_id text not null,
  primary key (day, source, event, property, problem)
);

-- Whom a visitor turned out to be. The first who signs in keeps the visitor; somebody else on the same device is a conflict, never a merger.
create table collection.visitor (
  visitor_id text primary key,
  customer_id text not null,
  source text not null,
  joined_at timestamptz not null
);
create index visitor_of_customer on collection.visitor (customer_id);
create table collection.identity_conflict (
  id uuid primary key default uuidv7(),
  visitor_id text not null,
  customer_id text not null,
  other_customer_id text not null,
  source text not null,
  times int not null default 1,
  first_at timestamptz not null,
  last_at timestamptz not null,
  unique (visitor_id, other_customer_id)
);
