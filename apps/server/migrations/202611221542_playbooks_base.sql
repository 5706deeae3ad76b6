set lock_timeout = '3s';
create schema playbooks;

-- Every version of a playbook's limits and parameters; the highest is in force.
create table playbooks.setting (
  playbook text not null check (playbook in ('cover', 'slow_mover')),
  version int not null check (version > 0),
  params jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (playbook, version)
);

create sequence playbooks.decision_number;

create table playbooks.decision (
  id uuid primary key default uuidv7(),
  number text not null unique,
  playbook text not null check (playbook in ('cover', 'slow_mover')),
  entity_kind text not null check (entity_kind in ('sku', 'category')),
  entity_key text not null,
  entity_name text not null,
  entity_name_en text not null,
  signal_id uuid references warnings.signal (id),
  state text not null check (state in ('proposed', 'change_requested', 'approved', 'carried_out', 'measured', 'rejected', 'expired',
    'superseded', 'failed', 'rolled_back')),
  amount_fen bigint not null check (amount_fen >= 0),
  cause jsonb not null,
  proposal jsonb not null,
  expected jsonb not null,
  effect jsonb,
  setting_version int not null,
  proposed_by_kind text not null check (proposed_by_kind in ('staff', 'system')),
  proposed_by_id text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  purchase_id uuid references purchasing.request (id),
  superseded_by uuid references playbooks.decision (id),
  effective_from timestamptz,
  effective_to timestamptz,
  measure_at timestamptz,
  version int not null default 1,
  foreign key (playbook, setting_version) references playbooks.setting (playbook, version)
);
-- Never two open decisions for one entity.
create unique index decision_one_open on playbooks.decision (playbook, entity_key)
  where state in ('proposed', 'change_requested', 'approved', 'carried_out');
create index decision_newest on playbooks.decision (proposed_at desc, id desc);
create index decision_by_state on playbooks.decision (state, proposed_at desc, id desc);
create index decision_of_purchase on playbooks.decision (purchase_id) where purchase_id is not null;
create index decision_to_expire on playbooks.decision (expires_at) where state in ('proposed', 'change_requested');
create index decision_to_measure on playbooks.decision (measure_at) where measure_at is not null;

-- Append-only: who or which rule did what, when and why.
create table playbooks.step (
  id uuid primary key default uuidv7(),
  decision_id uuid not null references playbooks.decision (id),
  at timestamptz not null,
  stage text not null check (stage in ('signal', 'cause', 'proposal', 'approval', 'execution', 'effect')),
  what text not null,
  actor_kind text not null check (actor_kind in ('staff', 'system')),
  actor text not null,
  rule text,
  note text,
  details jsonb not null default '{}'
);
create index step_of_decision on playbooks.step (decision_id, at, id);
create function playbooks.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'playbooks.step is append-only';
end $$;
create trigger step_is_append_only before update or delete on playbooks.step for each row execute function playbooks.refuse_change();

-- The two groups of a mark-down.
create table playbooks.arm (
  decision_id uuid not null references playbooks.decision (id),
  sku text not null,
  name text not null,
  category text not null,
  arm text not null check (arm in ('treated', 'control', 'dropped')),
  old_price_fen bigint not null,
  new_price_fen bigint,
  floor_fen bigint not null,
  unit_cost_fen bigint not null,
  tax_rate_bp int not null,
  available int not null,
  daily_units double precision not null,
  is_open boolean not null default true,
  primary key (decision_id, sku),
  constraint markdown_above_floor check (new_price_fen is null or new_price_fen >= floor_fen),
  constraint control_keeps_price check (arm = 'treated' or new_price_fen is null)
);
-- A SKU is in one running experiment at a time.
create unique index arm_one_open on playbooks.arm (sku) where is_open;

insert into playbooks.setting (playbook, version, params, changed_by, changed_at) values
  ('cover', 1, '{"autoApproveFen": 500000, "approverLimitsFen": {"operations": 5000000, "executive": null, "admin": null},
    "reviewDays": 7, "serviceLevelBp": 9500, "historyDays": 28, "location": "WH1", "expiresAfterHours": 72, "isActive": true}',
    'defaults', '2026-11-22T00:00:00Z'),
  ('slow_mover', 1, '{"autoApproveFen": 0, "approverLimitsFen": {"marketer": 2000000, "executive": null, "admin": null},
    "stockAgeDays": 90, "sellThroughBelowBp": 2000, "historyDays": 28, "groupMinimum": 8, "treatedShareBp": 5000, "depthBp": 2000,
    "depthMinimumBp": 500, "windowDays": 14, "confidenceBp": 9500, "elasticity": {"low": -4, "mid": -2.6, "high": -1.2},
    "expiresAfterHours": 120, "isActive": true}', 'defaults', '2026-11-22T00:00:00Z');
