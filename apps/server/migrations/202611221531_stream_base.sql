set lock_timeout = '3s';
create schema stream;

-- A rebuild raises the generation: what the generation before left in ClickHouse is thrown away, its tokens mean nothing any more.
create table stream.generation (is_only boolean primary key default true check (is_only), number int not null, started_at timestamptz not null);
insert into stream.generation (number, started_at) values (1, now());

-- What goes to ClickHouse is decided here first: a batch is a range of the log, fixed before it is sent. Sent again after a crash it is
-- the same batch with the same token, and ClickHouse keeps it once. `inserted_at` marks that it arrived.
create table stream.batch (
  feed text not null check (feed in ('events', 'behaviour')),
  generation int not null,
  number bigint not null check (number > 0),
  after_xid xid8 not null,
  after_seq bigint not null,
  upto_xid xid8 not null,
  upto_seq bigint not null,
  entries int not null,
  recorded_at timestamptz not null default clock_timestamp(),
  inserted_at timestamptz,
  primary key (feed, generation, number)
);
