set lock_timeout = '3s';

-- The last day on which anybody may use a lot: the one thing that is asked of it, so that what is past it is found by an index.
alter table inventory.lot add column usable_until date not null
  generated always as (case when is_recalled then '-infinity'::date else coalesce(expires_on, 'infinity'::date) end) stored;
create index lot_ending on inventory.lot (sku, usable_until) where on_hand > 0;
