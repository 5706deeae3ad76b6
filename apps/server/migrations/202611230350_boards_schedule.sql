set lock_timeout = '3s';

-- A board or a saved question that goes to staff by mail. `next_at` is the next time it is due; null while paused.
create table boards.schedule (
  id uuid primary key default uuidv7(),
  owner_id text not null,
  owner_name text not null,
  name text not null,
  subject jsonb not null,
  timing jsonb not null,
  recipients text[] not null check (cardinality(recipients) between 1 and 50),
  next_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null
);
create index schedule_due on boards.schedule (next_at) where next_at is not null;

-- One sending: a due time, or a press of the button. A due time is sent once, whoever looks.
create table boards.run (
  id uuid primary key default uuidv7(),
  schedule_id uuid not null references boards.schedule (id) on delete cascade,
  due_at timestamptz not null,
  started_at timestamptz not null,
  by_name text,
  missed timestamptz[] not null default '{}',
  missed_count int not null default 0
);
create unique index run_once_due on boards.run (schedule_id, due_at) where by_name is null;
create index run_newest on boards.run (schedule_id, started_at desc, id desc);

-- The files of a run in one language for one scope ('' is the whole house): made once, from one reading.
create table boards.run_file (
  run_id uuid not null references boards.run (id) on delete cascade,
  store text not null,
  language text not null,
  title text not null,
  as_of timestamptz not null,
  pdf bytea not null,
  xlsx bytea not null,
  made_at timestamptz not null,
  primary key (run_id, store, language)
);
create index run_file_age on boards.run_file (made_at);

-- One mail of a run: its id makes the Message-ID, so a second try is the same mail. Whoever works on it holds it until `held_until`.
create table boards.delivery (
  id uuid primary key default uuidv7(),
  run_id uuid not null references boards.run (id) on delete cascade,
  staff_id text not null,
  name text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'skipped', 'kept')),
  reason text,
  answer text,
  attempts int not null default 0,
  held_until timestamptz,
  sent_at timestamptz,
  store text,
  language text,
  constraint delivery_once_a_run unique (run_id, staff_id)
);
