set lock_timeout = '3s';
create schema observations;

-- What somebody outside says, for one line: a figure in a channel and a campaign. Locked while figures of it are written, so that no two
-- of them come to cover the same day.
create table observations.line (
  id uuid primary key default uuidv7(),
  name text not null,
  channel text not null,
  campaign text not null,
  constraint line_once unique (name, channel, campaign)
);

-- A file that was recorded.
create table observations.file (
  id uuid primary key default uuidv7(),
  name text not null,
  rows int not null,
  recorded int not null,
  corrected int not null,
  unchanged int not null,
  bad int not null,
  recorded_by text not null,
  recorded_at timestamptz not null
);

-- A figure for days of a line; its value is its versions.
create table observations.observation (
  id uuid primary key default uuidv7(),
  line_id uuid not null references observations.line (id),
  from_on date not null,
  to_on date not null,
  version int not null check (version > 0),
  constraint observation_once unique (line_id, from_on, to_on),
  check (from_on <= to_on)
);
create index observation_by_days on observations.observation (to_on, id);

create table observations.version (
  observation_id uuid not null references observations.observation (id),
  version int not null check (version > 0),
  value numeric(18, 4) not null,
  cases int check (cases > 0),
  source text not null,
  note text,
  is_withdrawn boolean not null,
  file_id uuid references observations.file (id),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (observation_id, version)
);

create function observations.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'observations.version is append-only';
end $$;
create trigger version_is_append_only before update or delete on observations.version
  for each row execute function observations.refuse_change();
