set lock_timeout = '3s';
create schema promotions;

-- The identity of what runs. Every write to a promotion or group gives it a new token; processes keep the running set by it.
create table promotions.revision (
  is_only boolean primary key default true check (is_only),
  token uuid not null default gen_random_uuid()
);
insert into promotions.revision default values;

create table promotions.setting (
  is_only boolean primary key default true check (is_only),
  second_person_above_fen bigint not null check (second_person_above_fen >= 0),
  version int not null default 1,
  changed_by text not null,
  changed_at timestamptz not null
);
insert into promotions.setting (second_person_above_fen, changed_by, changed_at) values (1000000, 'defaults', '2026-11-22T00:00:00Z');

create table promotions."group" (
  id uuid primary key default uuidv7(),
  name text not null,
  name_en text not null,
  stage text not null check (stage in ('exclusive', 'line', 'threshold', 'coupon', 'freight')),
  mode text not null check (mode in ('sequence', 'sum', 'best', 'priority', 'only')),
  parent_id uuid references promotions."group" (id),
  priority int not null default 0,
  version int not null default 1,
  constraint group_is_not_its_own_parent check (parent_id <> id)
);
create index group_of_parent on promotions."group" (parent_id) where parent_id is not null;

create sequence promotions.promotion_number start 10001;
create sequence promotions.batch_number start 10001;

-- A rule in its half-open window [starts_at, ends_at). Null limits have no end.
create table promotions.promotion (
  id uuid primary key default uuidv7(),
  number text not null unique default 'P' || nextval('promotions.promotion_number'),
  name text not null,
  name_en text not null,
  stage text not null check (stage in ('exclusive', 'line', 'threshold', 'coupon', 'freight')),
  group_id uuid references promotions."group" (id),
  priority int not null default 0,
  "when" jsonb not null,
  "then" jsonb not null,
  joins_exclusive boolean not null default false,
  needs_code boolean not null default false,
  starts_at timestamptz not null,
  ends_at timestamptz,
  budget_fen bigint check (budget_fen > 0),
  uses_max bigint check (uses_max > 0),
  uses_per_customer bigint check (uses_per_customer > 0),
  units_max bigint check (units_max > 0),
  units_per_customer bigint check (units_per_customer > 0),
  expected_cost_fen bigint not null default 0 check (expected_cost_fen >= 0),
  state text not null default 'draft' check (state in ('draft', 'waiting', 'approved', 'paused', 'ended')),
  version int not null default 1,
  created_by_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  changed_by_id text not null,
  changed_by text not null,
  changed_at timestamptz not null,
  approved_by_id text,
  approved_by text,
  approved_at timestamptz,
  rejected_reason text,
  ended_at timestamptz,
  constraint promotion_window_is_not_empty check (ends_at > starts_at),
  constraint promotion_approved_by_somebody check (state not in ('approved', 'paused') or approved_by is not null)
);
create index promotion_latest on promotions.promotion (starts_at desc, id desc);
create index promotion_in_force on promotions.promotion (ends_at) where state = 'approved';
create index promotion_of_group on promotions.promotion (group_id) where group_id is not null;

-- What a promotion has taken: the sum of its claims. One with limits uses shard 0 alone; one without spreads over 16, so that no row is hot.
create table promotions.balance (
  promotion_id uuid not null references promotions.promotion (id),
  shard smallint not null check (shard between 0 and 15),
  spent_fen bigint not null default 0,
  uses bigint not null default 0,
  units bigint not null default 0,
  primary key (promotion_id, shard),
  constraint balance_is_not_negative check (spent_fen >= 0 and uses >= 0 and units >= 0)
) with (fillfactor = 50);

-- What one customer has taken of a promotion or of a batch of coupons (`scope` is the id of either).
create table promotions.customer_use (
  scope uuid not null,
  customer_key text not null,
  uses bigint not null default 0 check (uses >= 0),
  units bigint not null default 0 check (units >= 0),
  primary key (scope, customer_key)
) with (fillfactor = 80);

create table promotions.coupon_batch (
  id uuid primary key default uuidv7(),
  number text not null unique default 'B' || nextval('promotions.batch_number'),
  name text not null,
  promotion_id uuid not null references promotions.promotion (id),
  kind text not null check (kind in ('single', 'multi')),
  size int not null check (size between 1 and 1000000),
  prefix text not null default '',
  -- A word of one's own instead of made codes.
  word text,
  uses_per_code bigint check (uses_per_code > 0),
  uses_per_customer bigint check (uses_per_customer > 0),
  valid_from timestamptz not null,
  valid_to timestamptz,
  valid_days int check (valid_days > 0),
  is_public boolean not null default false,
  -- Made by the house for what a promotion gives after an order; grows by itself.
  is_earned boolean not null default false,
  state text not null default 'making' check (state in ('making', 'ready', 'stopped')),
  made int not null default 0,
  given int not null default 0 check (given >= 0),
  created_by_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  constraint batch_window_is_not_empty check (valid_to > valid_from),
  constraint batch_makes_what_it_says check (made <= size),
  constraint batch_word_is_one_code check (word is null or (size = 1 and kind = 'multi')),
  constraint batch_single_is_used_once check (kind <> 'single' or uses_per_code = 1)
);
create index batch_newest on promotions.coupon_batch (id desc);
create index batch_of_promotion on promotions.coupon_batch (promotion_id, id desc);
create unique index batch_earned_once on promotions.coupon_batch (promotion_id) where is_earned;

-- A code in its one spelling (O is 0, I and L are 1). `position` counts within the batch: exports page by it.
create table promotions.coupon (
  code text primary key,
  batch_id uuid not null references promotions.coupon_batch (id),
  position int not null,
  customer_id uuid,
  given_at timestamptz,
  -- Its own end, when it counts from the day it was given.
  valid_to timestamptz,
  -- The order that earned it.
  earned_by uuid,
  uses bigint not null default 0 check (uses >= 0),
  constraint coupon_position_once unique (batch_id, position)
) with (fillfactor = 90);
create index coupon_free on promotions.coupon (batch_id, position) where customer_id is null and uses = 0;
create index coupon_used on promotions.coupon (batch_id) where uses > 0;
create index coupon_of_customer on promotions.coupon (customer_id, batch_id) where customer_id is not null;
create unique index coupon_earned_once on promotions.coupon (earned_by, batch_id) where earned_by is not null;

-- Append-only ledger of what orders took and gave back; its sums are the balances. The key makes giving back happen once.
create table promotions.claim (
  order_id uuid not null,
  promotion_id uuid not null references promotions.promotion (id),
  coupon_code text not null default '',
  kind text not null check (kind in ('taken', 'returned')),
  batch_id uuid,
  shard smallint not null,
  customer_key text not null,
  -- Whether customer_use counts it, of the promotion and of the batch: limits count from when they were set.
  counts_customer boolean not null,
  counts_batch boolean not null,
  -- Signed: what is given back is negative.
  amount_fen bigint not null,
  uses int not null,
  units bigint not null,
  -- Goods of the order after every discount, the tax within and their cost, fen, as the order was placed; signed as well.
  goods_fen bigint not null,
  tax_fen bigint not null,
  cost_fen bigint not null,
  at timestamptz not null,
  primary key (order_id, promotion_id, coupon_code, kind),
  constraint claim_sign check (case kind when 'taken' then uses = 1 and amount_fen >= 0 and units >= 0
    else uses = -1 and amount_fen <= 0 and units <= 0 end)
);
create index claim_of_promotion on promotions.claim (promotion_id, at desc);
create index claim_of_coupon on promotions.claim (coupon_code, at desc) where coupon_code <> '';
create function promotions.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'promotions.claim is append-only';
end $$;
create trigger claim_is_append_only before update or delete on promotions.claim
  for each row execute function promotions.refuse_change();
