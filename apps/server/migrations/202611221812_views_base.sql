set lock_timeout = '3s';
create schema views;

-- A name for what a list shows. Staff are named by id; accounts are closed, never deleted.
create table views.view (
  id uuid primary key default uuidv7(),
  page text not null,
  owner_id text not null,
  owner_name text not null,
  name text not null,
  query text not null,
  layout jsonb,
  is_shared boolean not null,
  version int not null default 1,
  created_at timestamptz not null
);
create unique index view_name_is_unique on views.view (owner_id, page, lower(name));
create index view_shared on views.view (page) where is_shared;

-- How one person lays out the columns of a list: without a view, or of one view.
create table views.layout (
  staff_id text not null,
  page text not null,
  view_id uuid references views.view (id) on delete cascade,
  layout jsonb not null,
  constraint one_layout_each unique nulls not distinct (staff_id, page, view_id)
);
create index layout_of_view on views.layout (view_id) where view_id is not null;

-- Which view a list opens with.
create table views.opening (
  staff_id text not null,
  page text not null,
  view_id uuid not null references views.view (id) on delete cascade,
  primary key (staff_id, page)
);
create index opening_of_view on views.opening (view_id);
