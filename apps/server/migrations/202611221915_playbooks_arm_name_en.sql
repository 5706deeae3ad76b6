set lock_timeout = '3s';

-- The name as it was drawn, for readers of English; arms of before keep the one they have.
alter table playbooks.arm add column name_en text not null default '';
alter table playbooks.arm alter column name_en drop default;
