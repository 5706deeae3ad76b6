set lock_timeout = '3s';

-- Who last said how many units a place keeps back; the figure that counts stands in stock.
create table inventory.safety_stock (
  sku text not null,
  location text not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (sku, location),
  foreign key (sku, location) references inventory.stock (sku, location)
);
create index stock_with_buffer on inventory.stock (sku, location) where buffer > 0;

-- Who ended an earmark before its time.
alter table inventory.earmark add column ended_by text;
