set lock_timeout = '3s';
create schema membership;

-- Steps of membership. The one from 0 fen is where everybody starts.
create table membership.tier (
  code text primary key check (code ~ '^[a-z0-9-]{1,32}$'),
  name text not null,
  name_en text not null,
  from_fen bigint not null check (from_fen >= 0) constraint tier_level_is_unique unique
);
insert into membership.tier (code, name, name_en, from_fen) values ('basic', '普通会员', 'Basic', 0);

-- One balance a customer: points is the sum of the ledger's points, earned_fen the sum of its goods.
create table membership.standing (
  customer_id uuid primary key references customers.customer (id),
  tier text not null default 'basic' references membership.tier (code),
  points int not null default 0 constraint points_are_there check (points >= 0),
  earned_fen bigint not null default 0
) with (fillfactor = 80);
create index standing_by_tier on membership.standing (tier, customer_id);

-- Append-only: which points came or went, why, and what was left.
create table membership.points_ledger (
  id uuid primary key default uuidv7(),
  customer_id uuid not null references customers.customer (id),
  kind text not null check (kind in ('earned', 'spent', 'returned', 'adjusted', 'expired')),
  points int not null check (points <> 0 or kind = 'earned'),
  balance int not null check (balance >= 0),
  goods_fen bigint not null default 0,
  cause text not null,
  order_id uuid,
  actor text not null,
  reason text,
  at timestamptz not null,
  constraint points_once_a_cause unique (customer_id, cause, kind)
);
create index points_history on membership.points_ledger (customer_id, at desc, id desc);
create index points_of_order on membership.points_ledger (order_id) where order_id is not null;
create function membership.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'membership.points_ledger is append-only';
end $$;
create trigger points_ledger_is_append_only before update or delete on membership.points_ledger
  for each row execute function membership.refuse_change();
