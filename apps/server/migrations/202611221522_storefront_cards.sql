set lock_timeout = '3s';
create schema storefront;

-- What shop lists are filtered and sorted by: derived from catalog, prices and stock, rebuildable at any time.
-- What a page shows beside a card (price, stock) is read from its owner at that moment.
create table storefront.card (
  product_id uuid primary key,
  slug text not null,
  category text not null,
  brand text not null,
  options text[] not null,
  price_fen bigint,
  is_in_stock boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index card_by_category on storefront.card (category) where price_fen is not null;
create index card_newest on storefront.card (created_at desc, product_id) where price_fen is not null;
create index card_by_price on storefront.card (price_fen, product_id) where price_fen is not null;
create index card_by_option on storefront.card using gin (options);
