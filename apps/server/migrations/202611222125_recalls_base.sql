set lock_timeout = '3s';
create schema recalls;

-- Who took the list of buyers, with their full names and phones.
create table recalls.notice_export (
  id uuid primary key default uuidv7(),
  recall_id uuid not null,
  buyers int not null check (buyers >= 0),
  taken_by text not null,
  taken_at timestamptz not null
);
create index notice_export_of_recall on recalls.notice_export (recall_id, taken_at);
