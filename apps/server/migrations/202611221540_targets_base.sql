set lock_timeout = '3s';
create schema targets;

-- What a target is about; its values are its versions, which stay for ever.
create table targets.target (
  id uuid primary key default uuidv7(),
  metric text not null,
  scope jsonb not null,
  scope_key text not null,
  period text not null check (period in ('month', 'day')),
  starts_on date not null,
  version int not null check (version > 0),
  constraint target_once unique (metric, scope_key, period, starts_on),
  check (period = 'day' or extract(day from starts_on) = 1)
);
create index target_by_start on targets.target (starts_on, metric);

create table targets.version (
  target_id uuid not null references targets.target (id),
  version int not null check (version > 0),
  value double precision not null check (value >= 0),
  weekday_weights int[] not null check (array_length(weekday_weights, 1) = 7),
  note text,
  set_by text not null,
  set_at timestamptz not null,
  primary key (target_id, version)
);
