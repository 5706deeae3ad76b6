set lock_timeout = '3s';

-- Every write of a card carries its transaction: servers follow by it what they hold in memory, and miss no late commit
-- (they read again from the oldest transaction that was open when they last looked).
alter table storefront.card add column changed xid8 not null default pg_current_xact_id();
create index card_changed on storefront.card (changed);
-- Lists are cut and sorted in memory: only the sitemap and the follower read by an order of their own.
drop index storefront.card_by_category;
drop index storefront.card_newest;
drop index storefront.card_by_price;
