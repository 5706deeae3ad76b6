set lock_timeout = '3s';

-- The same done to many orders by the server. The rows are what the filter found when it was started.
create table orders.bulk_run (
  id uuid primary key default uuidv7(),
  action text not null check (action in ('release', 'cancel')),
  reason text,
  state text not null default 'running' check (state in ('running', 'done', 'stopped')),
  total int not null check (total > 0),
  staff_id text not null,
  staff_name text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  check ((state = 'running') = (finished_at is null))
);
create index bulk_run_newest on orders.bulk_run (id desc);

-- One row an order: waiting, then done or refused, written in the transaction that changed the order.
create table orders.bulk_row (
  run_id uuid not null references orders.bulk_run (id),
  seq int not null,
  order_id uuid not null references orders."order" (id),
  number text not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'refused')),
  problem text,
  primary key (run_id, seq),
  check ((state = 'refused') = (problem is not null))
);
create index bulk_row_by_state on orders.bulk_row (run_id, state, seq);
