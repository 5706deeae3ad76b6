set lock_timeout = '3s';
-- The newest of a category, in order: related products stop after a few rows of it.
drop index storefront.card_by_category;
create index card_by_category on storefront.card (category, created_at desc, product_id desc) where price_fen is not null;
