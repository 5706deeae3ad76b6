set lock_timeout = '3s';
create schema storefront;

-- What shop lists are filtered, sorted and counted by: derived from catalog, prices and stock, rebuildable at any time.
-- The price and stock that a page shows beside a card are read from their owners at that moment.
create table storefront.card (
  product_id uuid primary key,
  slug text not null,
  category text not null,
  crumbs jsonb not null,
  brand text not null,
  options text[] not null,
  options_en text[] not null,
  price_fen bigint,
  is_in_stock boolean not null,
  display jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index card_by_category on storefront.card (category) where price_fen is not null;
create index card_newest on storefront.card (created_at desc, product_id desc) where price_fen is not null;
create index card_by_price on storefront.card (price_fen, product_id) where price_fen is not null;
create index card_by_slug on storefront.card (slug) include (updated_at) where price_fen is not null;
