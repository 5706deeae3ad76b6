set lock_timeout = '3s';

-- What a kit is made of. A kit is sold as one SKU and has no stock of its own.
create table catalog.kit_component (
  kit_sku text not null references catalog.variant (sku),
  sku text not null references catalog.variant (sku),
  quantity int not null check (quantity between 1 and 1000),
  primary key (kit_sku, sku),
  constraint kit_is_not_in_itself check (kit_sku <> sku)
);
create index kits_with_component on catalog.kit_component (sku);

-- Kept with the components in one statement, so that reading a SKU needs no second look.
alter table catalog.variant add column is_kit boolean not null default false;
