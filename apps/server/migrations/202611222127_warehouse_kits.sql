set lock_timeout = '3s';

-- A kit is sold as one and lies in the parcel as its components: so many of this SKU for one unit of what was sold.
alter table warehouse.fulfilment_line add column sold_sku text not null default '', add column per_sold int not null default 1 check (per_sold > 0);
