set lock_timeout = '3s';
create schema warnings;

create table warnings.rule (
  id uuid primary key default uuidv7(),
  name text not null,
  name_en text not null,
  metric text not null,
  entity text not null check (entity in ('total', 'sku', 'store', 'channel', 'category')),
  direction text not null check (direction in ('below', 'above')),
  fire_level double precision not null,
  clear_level double precision not null,
  hold_minutes int not null check (hold_minutes >= 0),
  against text not null default 'level' check (against in ('level', 'target')),
  is_active boolean not null default true,
  version int not null default 1,
  changed_by text not null,
  changed_at timestamptz not null,
  evaluated_at timestamptz,
  -- The clear level lies on the safe side of the fire level: between the two nothing changes, so nothing flaps.
  constraint levels_in_order check (
    (direction = 'below' and clear_level >= fire_level) or (direction = 'above' and clear_level <= fire_level))
);

-- Every version of a rule as it was: a signal names the version that fired it.
create table warnings.rule_version (
  rule_id uuid not null references warnings.rule (id),
  version int not null,
  body jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (rule_id, version)
);

create table warnings.signal (
  id uuid primary key default uuidv7(),
  rule_id uuid not null references warnings.rule (id),
  rule_version int not null,
  metric text not null,
  entity text not null,
  entity_key text not null,
  direction text not null,
  fire_level double precision not null,
  clear_level double precision not null,
  fired_value double precision not null,
  pending_since timestamptz not null,
  fired_at timestamptz not null,
  resolved_at timestamptz
);
create unique index signal_once_open on warnings.signal (rule_id, entity_key) where resolved_at is null;
create index signal_newest on warnings.signal (fired_at desc, id desc);
create index signal_of_entity on warnings.signal (entity, entity_key, fired_at desc);

-- Where each watched entity stands. `value` null is unknown.
create table warnings.state (
  rule_id uuid not null references warnings.rule (id),
  entity_key text not null,
  state text not null check (state in ('inactive', 'pending', 'firing', 'resolved')),
  value double precision,
  pending_since timestamptz,
  fired_at timestamptz,
  resolved_at timestamptz,
  signal_id uuid references warnings.signal (id),
  evaluated_at timestamptz not null,
  primary key (rule_id, entity_key),
  constraint firing_has_signal check (state <> 'firing' or signal_id is not null)
) with (fillfactor = 70);
create index state_of_rule on warnings.state (rule_id, state, entity_key);

insert into warnings.rule (name, name_en, metric, entity, direction, fire_level, clear_level, hold_minutes, against, changed_by, changed_at) values
  ('可售天数过低', 'Too few days of cover', 'days_of_cover', 'sku', 'below', 7, 10, 30, 'level', 'defaults', '2026-11-22T00:00:00Z'),
  ('滞销', 'Slow mover', 'stock_turnover', 'sku', 'below', 1, 1.5, 60, 'level', 'defaults', '2026-11-22T00:00:00Z'),
  ('品类退货率过高', 'Return rate of a category too high', 'return_rate', 'category', 'above', 0.15, 0.12, 60, 'level', 'defaults', '2026-11-22T00:00:00Z'),
  ('净销售额落后目标', 'Net sales behind target', 'net_sales', 'total', 'below', 0.8, 0.9, 60, 'target', 'defaults', '2026-11-22T00:00:00Z');
insert into warnings.rule_version (rule_id, version, body, changed_by, changed_at)
  select id, version, to_jsonb(rule) - 'id' - 'evaluated_at', changed_by, changed_at from warnings.rule;
