set lock_timeout = '3s';
create extension if not exists pg_trgm;
create schema catalog;

-- A child's code begins with its parent's: a subtree is a range of codes.
create table catalog.category (
  code text primary key,
  parent text references catalog.category (code),
  name text not null,
  name_en text not null default '',
  position int not null default 0,
  constraint category_code_is_a_slug_path check (code ~ '^[a-z0-9-]+(/[a-z0-9-]+)*$'),
  constraint category_code_is_a_path check (parent is null or code ~ ('^' || parent || '/[^/]+$'))
);

create table catalog.product (
  id uuid primary key default uuidv7(),
  code text not null constraint product_code_is_unique unique,
  slug text not null constraint product_slug_is_unique unique,
  name text not null,
  name_en text not null default '',
  summary text not null default '',
  summary_en text not null default '',
  description text not null default '',
  description_en text not null default '',
  brand text not null default '',
  category text not null references catalog.category (code),
  line text not null default 'general' check (line in ('apparel', 'food', 'appliance', 'general')),
  state text not null default 'active' check (state in ('draft', 'active', 'retired')),
  specs jsonb not null default '[]',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index product_by_category on catalog.product (category, id);
create index product_for_sitemap on catalog.product (slug) include (updated_at) where state = 'active';

-- Addresses a product had before: they lead to it for ever.
create table catalog.former_slug (
  slug text primary key,
  product_id uuid not null references catalog.product (id)
);

create table catalog.variant (
  sku text primary key,
  product_id uuid not null references catalog.product (id),
  options jsonb not null default '[]',
  barcode text,
  weight_grams int check (weight_grams >= 0),
  cost_fen bigint not null default 0 check (cost_fen >= 0),
  tax_rate_bp int not null default 1300 check (tax_rate_bp between 0 and 10000),
  shelf_life_days int check (shelf_life_days > 0),
  is_lot_tracked boolean not null default false,
  is_serialised boolean not null default false,
  state text not null default 'active' check (state in ('active', 'retired')),
  position int not null default 0
);
create index variant_of_product on catalog.variant (product_id, position);

create table catalog.media (
  id uuid primary key default uuidv7(),
  product_id uuid not null references catalog.product (id),
  sku text,
  path text not null,
  alt text not null default '',
  alt_en text not null default '',
  width int not null check (width > 0),
  height int not null check (height > 0),
  position int not null,
  constraint media_position_is_unique unique (product_id, position)
);

-- What a product is found by: written by the house, derived from the rows above, rebuildable at any time.
create table catalog.search (
  product_id uuid primary key references catalog.product (id),
  document tsvector not null,
  names text not null
);
create index search_document on catalog.search using gin (document);
create index search_names on catalog.search using gin (names gin_trgm_ops);
