set lock_timeout = '3s';

-- Who did what with a promotion, append-only: what the console shows as its timeline.
create table promotions.step (
  id uuid primary key default uuidv7(),
  promotion_id uuid not null references promotions.promotion (id),
  what text not null check (what in ('created', 'changed', 'submitted', 'approved', 'rejected', 'paused', 'resumed', 'ended')),
  -- The reason of a rejection.
  note text,
  by_id text not null,
  by text not null,
  at timestamptz not null
);
create index step_of_promotion on promotions.step (promotion_id, id desc);
insert into promotions.step (promotion_id, what, by_id, by, at)
  select id, 'created', created_by_id, created_by, created_at from promotions.promotion;

create or replace function promotions.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'promotions.% is append-only', tg_table_name;
end $$;
create trigger step_is_append_only before update or delete on promotions.step
  for each row execute function promotions.refuse_change();
