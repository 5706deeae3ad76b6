set lock_timeout = '3s';
create schema metrics;

-- Every published version of a metric. An edit is a new row, valid from its day or a later one; no row ever changes, so what was published
-- stays computed as it was. A null valid_from: since ever (first versions only). shipped_revision: published by the house itself.
create table metrics.definition (
  name text not null check (name ~ '^[a-z][a-z0-9_]{1,39}$'),
  version int not null check (version >= 1),
  valid_from date,
  body jsonb not null,
  note text not null,
  shipped_revision int,
  published_by text not null,
  published_by_name text,
  published_at timestamptz not null,
  primary key (name, version),
  constraint only_the_first_is_since_ever check (version = 1 or valid_from is not null)
);

create function metrics.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'metrics.definition is append-only';
end $$;
create trigger definition_is_append_only before update or delete on metrics.definition
  for each row execute function metrics.refuse_change();
