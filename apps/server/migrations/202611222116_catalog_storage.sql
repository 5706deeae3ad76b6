set lock_timeout = '3s';

-- How goods must be kept: parcels are split by it, and a location sends only what it can keep.
alter table catalog.product
  add column storage text not null default 'ambient' check (storage in ('ambient', 'chilled', 'frozen'));
