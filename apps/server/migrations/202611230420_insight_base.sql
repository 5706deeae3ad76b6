set lock_timeout = '3s';
create schema insight;

-- What somebody looked for and did not find, in their words. `key` is the words as they are compared: small letters, single spaces.
create table insight.product_request (
  id uuid primary key default uuidv7(),
  key text not null,
  text text not null,
  note text,
  language text not null,
  visitor_id text not null,
  customer_id uuid,
  day date not null,
  state text not null default 'open' check (state in ('open', 'planned', 'declined', 'done')),
  reason text,
  decided_by text,
  decided_at timestamptz,
  version int not null default 1,
  at timestamptz not null,
  constraint product_request_once unique (visitor_id, day, key)
);
create index product_request_by_key on insight.product_request (key);
create index product_request_by_state on insight.product_request (state, id);
