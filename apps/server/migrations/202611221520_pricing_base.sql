set lock_timeout = '3s';
create extension if not exists btree_gist;
create schema pricing;

-- One price in its half-open window [valid_from, valid_to). Two prices of the same SKU, channel and kind never overlap.
create table pricing.price (
  id uuid primary key default uuidv7(),
  sku text not null references catalog.variant (sku),
  channel text,
  kind text not null check (kind in ('list', 'channel', 'markdown')),
  amount_fen bigint not null check (amount_fen >= 0),
  currency text not null default 'CNY' check (currency ~ '^[A-Z]{3}$'),
  valid_from timestamptz not null,
  valid_to timestamptz,
  cause text not null,
  created_by text not null,
  created_at timestamptz not null,
  constraint price_window_is_not_empty check (valid_to > valid_from),
  constraint price_kind_fits_channel check (case kind when 'list' then channel is null when 'channel' then channel is not null else true end),
  constraint price_markdown_ends check (kind <> 'markdown' or valid_to is not null),
  constraint price_windows_do_not_overlap exclude using gist
    (sku with =, coalesce(channel, '') with =, kind with =, tstzrange(valid_from, valid_to) with &&)
);
create index price_of_sku on pricing.price (sku, valid_from);
create index price_of_markdown on pricing.price (cause) where kind = 'markdown';
