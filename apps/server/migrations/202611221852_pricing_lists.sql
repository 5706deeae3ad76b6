set lock_timeout = '3s';

-- Prices for a tier or segment, for members, and from a quantity on. `wanted_to` is the end that was asked for; `valid_to` also ends where
-- the next price of the same place begins, and goes back to `wanted_to` when that one is called off.
alter table pricing.price
  add column customer_group text,
  add column from_quantity integer not null default 1 check (from_quantity between 1 and 10000),
  add column wanted_to timestamptz,
  drop constraint price_kind_check,
  drop constraint price_kind_fits_channel,
  drop constraint price_windows_do_not_overlap,
  add constraint price_kind_is_known check (kind in ('list', 'channel', 'group', 'member', 'markdown')),
  add constraint price_kind_fits_place check (case kind
    when 'list' then channel is null and customer_group is null
    when 'channel' then channel is not null and customer_group is null
    when 'group' then customer_group is not null
    when 'member' then true
    else customer_group is null and from_quantity = 1 end),
  add constraint price_base_runs_on check (kind <> 'list' or from_quantity > 1 or wanted_to is null),
  add constraint price_ends_as_wanted check (valid_to <= wanted_to),
  add constraint price_windows_do_not_overlap exclude using gist (sku with =, coalesce(channel, '') with =, kind with =,
    coalesce(customer_group, '') with =, from_quantity with =, tstzrange(valid_from, valid_to) with &&);

-- What changes when, over all SKUs.
create index price_by_start on pricing.price (valid_from, id);
create index price_by_end on pricing.price (valid_to, id) where valid_to is not null;
