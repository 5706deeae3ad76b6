set lock_timeout = '3s';

alter table inventory.movement drop constraint movement_kind_check, add constraint movement_kind_check check (kind in (
  'receipt', 'shipment', 'return', 'adjustment', 'opening', 'import', 'transfer_out', 'transfer_in', 'transfer_loss',
  'damage', 'inspection', 'count', 'recall', 'expiry'));
create index movement_history_here on inventory.movement (sku, location, at desc, id desc);
create index movement_of_receipt on inventory.movement (cause) where kind = 'receipt';

-- Figures for others are absolute and carry `version`; `changed` is the transaction that changed the row last. BRIN keeps updates HOT.
alter table inventory.stock add column version bigint not null default 1, add column changed bigint not null default 0;
alter table inventory.stock alter column changed set default (pg_current_xact_id()::text::bigint);
create index stock_changed on inventory.stock using brin (changed) with (pages_per_range = 8);
create function inventory.note_change() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  new.changed := pg_current_xact_id()::text::bigint;
  return new;
end $$;
create trigger stock_notes_change before update on inventory.stock for each row
  when (old.on_hand <> new.on_hand or old.promised <> new.promised or old.unavailable <> new.unavailable or old.buffer <> new.buffer)
  execute function inventory.note_change();

-- Units that are there and cannot be sold, by reason; stock.unavailable is their sum, and each is the sum of its moves. lot '' is none.
create table inventory.unavailable (
  sku text not null,
  location text not null,
  condition text not null check (condition in ('damaged', 'inspection', 'recalled', 'expired', 'safety')),
  lot text not null default '',
  quantity int not null check (quantity >= 0),
  primary key (sku, location, condition, lot),
  foreign key (sku, location) references inventory.stock (sku, location)
);
create table inventory.condition_move (
  id uuid primary key default uuidv7(),
  sku text not null,
  location text not null,
  lot text not null default '',
  from_condition text not null check (from_condition in ('sellable', 'away', 'damaged', 'inspection', 'recalled', 'expired', 'safety')),
  to_condition text not null check (to_condition in ('sellable', 'away', 'damaged', 'inspection', 'recalled', 'expired', 'safety')),
  quantity int not null check (quantity > 0),
  cause text not null,
  actor text not null,
  reason text,
  at timestamptz not null,
  check (from_condition <> to_condition)
);
create index condition_move_history on inventory.condition_move (sku, at desc, id desc);
create or replace function inventory.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'inventory.% is append-only', tg_table_name;
end $$;
create trigger condition_move_is_append_only before update or delete on inventory.condition_move
  for each row execute function inventory.refuse_change();
insert into inventory.condition_move (sku, location, from_condition, to_condition, quantity, cause, actor, at)
  select sku, location, 'sellable', 'inspection', unavailable, 'opening', 'migration', now() from inventory.stock where unavailable > 0;
insert into inventory.unavailable (sku, location, condition, quantity)
  select sku, location, 'inspection', unavailable from inventory.stock where unavailable > 0;

-- Transfers in two phases: units leave one place, are nobody's on the way, and arrive at another.
create sequence inventory.transfer_number;
create table inventory.transfer (
  id uuid primary key default uuidv7(),
  number text not null unique default 'TR-' || lpad(nextval('inventory.transfer_number')::text, 6, '0'),
  from_location text not null references inventory.location (code),
  to_location text not null references inventory.location (code),
  state text not null default 'requested' check (state in ('requested', 'sent', 'received', 'cancelled')),
  expected_on date not null,
  cause text not null default 'manual',
  note text,
  requested_by text not null,
  requested_at timestamptz not null,
  sent_by text,
  sent_at timestamptz,
  received_by text,
  received_at timestamptz,
  cancelled_by text,
  cancelled_at timestamptz,
  cancel_reason text,
  check (from_location <> to_location)
);
create index transfer_newest on inventory.transfer (requested_at desc, id desc);
create index transfer_on_the_way on inventory.transfer (to_location, expected_on) where state = 'sent';
create table inventory.transfer_line (
  transfer_id uuid not null references inventory.transfer (id),
  line_no int not null,
  sku text not null references catalog.variant (sku),
  requested int not null check (requested > 0),
  sent int not null default 0 check (sent >= 0),
  received int not null default 0 check (received >= 0),
  damaged int not null default 0 check (damaged >= 0),
  lost int not null default 0 check (lost >= 0),
  reason text,
  unit_cost_fen bigint not null default 0,
  serials text[] not null default '{}',
  primary key (transfer_id, line_no),
  constraint transfer_line_conserves check (received + damaged + lost <= sent)
);
create index transfer_line_of_sku on inventory.transfer_line (sku, transfer_id);
create table inventory.transfer_part (
  transfer_id uuid not null,
  line_no int not null,
  lot text not null default '',
  expires_on date,
  quantity int not null check (quantity > 0),
  primary key (transfer_id, line_no, lot),
  foreign key (transfer_id, line_no) references inventory.transfer_line (transfer_id, line_no)
);

-- Changes of balances that are not trade: booked at once up to a limit of value, above it after a second person's approval.
create table inventory.correction_limit (
  kind text primary key check (kind in ('adjustment', 'count', 'import')),
  limit_fen bigint not null check (limit_fen >= 0),
  version int not null default 1
);
insert into inventory.correction_limit (kind, limit_fen) values ('adjustment', 50000), ('count', 50000), ('import', 5000000);
create sequence inventory.correction_number;
create table inventory.correction (
  id uuid primary key default uuidv7(),
  number text not null unique default 'CR-' || lpad(nextval('inventory.correction_number')::text, 6, '0'),
  kind text not null check (kind in ('adjustment', 'count', 'import')),
  state text not null check (state in ('waiting', 'booked', 'rejected')),
  location text,
  value_fen bigint not null,
  limit_fen bigint not null,
  units int not null,
  reason text not null,
  note text,
  cause text not null,
  count_id uuid,
  proposed_by text not null,
  proposer_ids text[] not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decision_note text
);
create index correction_newest on inventory.correction (proposed_at desc, id desc);
create index correction_waiting on inventory.correction (proposed_at desc, id desc) where state = 'waiting';
create table inventory.correction_line (
  correction_id uuid not null references inventory.correction (id),
  line_no int not null,
  sku text not null references catalog.variant (sku),
  location text not null references inventory.location (code),
  lot text,
  expires_on date,
  condition text,
  before int not null,
  change int not null check (change <> 0),
  unit_cost_fen bigint not null,
  -- An import may say what units that come in cost; null is the average.
  new_cost_fen bigint,
  primary key (correction_id, line_no)
);

-- Counts: a blind sheet, a second person where it differs.
create sequence inventory.count_number;
create table inventory.count (
  id uuid primary key default uuidv7(),
  number text not null unique default 'CT-' || lpad(nextval('inventory.count_number')::text, 6, '0'),
  location text not null references inventory.location (code),
  state text not null default 'open' check (state in ('open', 'recount', 'waiting', 'booked', 'cancelled')),
  cause text not null default 'manual',
  note text,
  opened_by text not null,
  opened_at timestamptz not null,
  counted_by text,
  counter_id text,
  counted_at timestamptz,
  recounted_by text,
  recounter_id text,
  recounted_at timestamptz,
  closed_at timestamptz,
  difference_fen bigint,
  correction_id uuid references inventory.correction (id)
);
create index count_newest on inventory.count (opened_at desc, id desc);
create table inventory.count_line (
  count_id uuid not null references inventory.count (id),
  line_no int not null,
  sku text not null references catalog.variant (sku),
  bin text,
  lot text,
  expires_on date,
  is_asked boolean not null default true,
  first int check (first >= 0),
  second int check (second >= 0),
  -- What the books said of this SKU and lot when the count that stands was handed in, and what the sheet differs by; on the first of its lines.
  expected int,
  difference int,
  primary key (count_id, line_no)
);
create index count_line_of_sku on inventory.count_line (sku, count_id);

-- What stock is worth: costs that come after the goods, and what neither stock nor a sale carries.
create sequence inventory.landed_cost_number;
create table inventory.landed_cost (
  id uuid primary key default uuidv7(),
  number text not null unique default 'LC-' || lpad(nextval('inventory.landed_cost_number')::text, 6, '0'),
  cause text not null,
  kind text not null check (kind in ('freight', 'duty', 'insurance', 'handling', 'other')),
  basis text not null check (basis in ('value', 'quantity')),
  amount_fen bigint not null check (amount_fen > 0),
  to_stock_fen bigint not null,
  to_variance_fen bigint not null,
  reference text,
  note text,
  actor text not null,
  at timestamptz not null,
  check (to_stock_fen + to_variance_fen = amount_fen)
);
create index landed_cost_newest on inventory.landed_cost (at desc, id desc);
create index landed_cost_of_receipt on inventory.landed_cost (cause);
create table inventory.landed_cost_part (
  landed_cost_id uuid not null references inventory.landed_cost (id),
  sku text not null,
  received int not null,
  units_left int not null,
  share_fen bigint not null,
  sold_fen bigint not null,
  rounding_fen bigint not null,
  primary key (landed_cost_id, sku)
);
-- location null: units on the way between two places.
create table inventory.cost_change (
  id uuid primary key default uuidv7(),
  landed_cost_id uuid not null references inventory.landed_cost (id),
  sku text not null,
  location text,
  quantity int not null,
  before_fen bigint not null,
  after_fen bigint not null,
  amount_fen bigint not null,
  at timestamptz not null
);
create index cost_change_of_place on inventory.cost_change (sku, location);
create trigger cost_change_is_append_only before update or delete on inventory.cost_change
  for each row execute function inventory.refuse_change();
create table inventory.cost_variance (
  id uuid primary key default uuidv7(),
  sku text not null,
  location text,
  kind text not null check (kind in ('rounding', 'sold', 'opening')),
  amount_fen bigint not null,
  cause text not null,
  at timestamptz not null
);
create index cost_variance_of_place on inventory.cost_variance (sku, location);
create trigger cost_variance_is_append_only before update or delete on inventory.cost_variance
  for each row execute function inventory.refuse_change();
-- Averages were rounded before there was a ledger for it.
insert into inventory.cost_variance (sku, location, kind, amount_fen, cause, at)
  select s.sku, s.location, 'opening', m.value_fen - s.on_hand * s.unit_cost_fen, 'opening', now()
  from inventory.stock s join (select sku, location, sum(quantity * unit_cost_fen)::bigint as value_fen from inventory.movement group by 1, 2) m
    using (sku, location)
  where m.value_fen <> s.on_hand * s.unit_cost_fen;

-- Whether the books agree with themselves.
create table inventory.drift_report (
  id uuid primary key default uuidv7(),
  at timestamptz not null,
  actor text not null,
  checked int not null
);
create index drift_report_newest on inventory.drift_report (at desc, id desc);
create table inventory.drift_row (
  report_id uuid not null references inventory.drift_report (id),
  row_no int not null,
  sku text not null,
  location text not null,
  what text not null check (what in ('on_hand', 'promised', 'unavailable', 'value')),
  stored bigint not null,
  summed bigint not null,
  state text not null default 'found' check (state in ('found', 'repaired', 'gone', 'needs_person')),
  repaired_by text,
  repaired_at timestamptz,
  note text,
  primary key (report_id, row_no)
);
