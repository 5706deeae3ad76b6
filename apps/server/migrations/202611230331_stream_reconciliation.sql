set lock_timeout = '3s';

-- Each comparison of PostgreSQL with ClickHouse, also those that found nothing. Asked for by a row, done by whoever leads the stream.
create table stream.reconciliation (
  id uuid primary key default uuidv7(),
  started_at timestamptz not null,
  finished_at timestamptz,
  asked_by text not null,
  from_day date not null,
  to_day date not null,
  outcome text not null default 'running'
    check (outcome in ('running', 'equal', 'repaired', 'unrepaired', 'postponed')),
  checks int not null default 0,
  check ((outcome = 'running') = (finished_at is null))
);
create unique index reconciliation_running on stream.reconciliation ((true)) where outcome = 'running';

create table stream.difference (
  reconciliation_id uuid not null references stream.reconciliation on delete cascade,
  row_no int not null,
  what text not null,
  day date not null,
  measure text not null,
  expected bigint not null,
  found bigint not null,
  found_after bigint,
  ids text[] not null,
  repair text not null,
  primary key (reconciliation_id, row_no)
);
