set lock_timeout = '3s';
create schema payments;

-- One attempt to take money for an order. `id` is what the provider knows as the merchant's reference.
create table payments.payment (
  id uuid primary key default uuidv7(),
  order_id uuid not null,
  reference text not null,
  provider text not null,
  amount_fen bigint not null check (amount_fen > 0),
  received_fen bigint not null default 0 check (received_fen >= 0),
  refunded_fen bigint not null default 0,
  currency text not null,
  state text not null default 'pending' check (state in ('pending', 'captured', 'failed', 'closed')),
  failure text,
  provider_ref text,
  pay_url text,
  created_at timestamptz not null,
  expires_at timestamptz,
  captured_at timestamptz,
  next_check_at timestamptz,
  constraint payment_refunds_within_received check (refunded_fen between 0 and received_fen)
) with (fillfactor = 85);
create index payment_by_order on payments.payment (order_id);
create unique index payment_one_pending on payments.payment (order_id) where state = 'pending';
create index payment_due_check on payments.payment (next_check_at) where next_check_at is not null;

-- Everything a provider ever told us, forged or not: append-only but for its outcome.
create table payments.notice (
  id uuid primary key default uuidv7(),
  provider text not null,
  notice_id text,
  body text not null,
  signature_valid boolean not null,
  outcome text not null,
  payment_id uuid references payments.payment (id),
  received_at timestamptz not null,
  constraint notice_once unique (provider, notice_id)
);
create index notice_newest on payments.notice (received_at desc, id desc);

create table payments.refund (
  id uuid primary key default uuidv7(),
  payment_id uuid not null references payments.payment (id),
  order_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  cause text not null,
  reason text not null,
  state text not null default 'requested' check (state in ('requested', 'sent', 'done', 'failed')),
  failure text,
  provider_ref text,
  requested_at timestamptz not null,
  done_at timestamptz,
  next_check_at timestamptz,
  constraint refund_once unique (payment_id, cause)
);
create index refund_newest on payments.refund (requested_at desc, id desc);
create index refund_by_order on payments.refund (order_id);
create index refund_due_check on payments.refund (next_check_at) where next_check_at is not null;
