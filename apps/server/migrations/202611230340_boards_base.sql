set lock_timeout = '3s';
create schema boards;

-- A question that somebody asks again: of metrics, a funnel, retention … Its body is the contract's `TileQuestion`.
create table boards.question (
  id uuid primary key default uuidv7(),
  owner_id text not null,
  owner_name text not null,
  name_zh text not null,
  name_en text not null,
  body jsonb not null,
  chart text not null,
  is_shared boolean not null,
  version int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index question_by_owner on boards.question (owner_id);
create index question_shared on boards.question (created_at) where is_shared;

-- Tiles on a grid. The house's own cockpits are code, not rows. A tile holds its question, or the id of a saved one.
create table boards.board (
  id uuid primary key default uuidv7(),
  owner_id text not null,
  owner_name text not null,
  name_zh text not null,
  name_en text not null,
  is_shared boolean not null,
  bar jsonb not null,
  tiles jsonb not null,
  version int not null default 1,
  created_at timestamptz not null,
  changed_by_name text not null,
  changed_at timestamptz not null
);
create index board_by_owner on boards.board (owner_id);
create index board_shared on boards.board (created_at) where is_shared;

-- What is to be known about some days, written by hand.
create table boards.annotation (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('campaign', 'outage', 'holiday', 'note')),
  from_day date not null,
  to_day date not null,
  title_zh text not null,
  title_en text not null,
  by_id text not null,
  by_name text not null,
  version int not null default 1,
  created_at timestamptz not null,
  check (from_day <= to_day)
);
create index annotation_by_day on boards.annotation using gist (daterange(from_day, to_day, '[]'));
