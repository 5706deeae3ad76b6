set lock_timeout = '3s';

-- A line of a kit promises each of its components.
alter table inventory.reservation drop constraint reservation_pkey, add primary key (order_id, line_no, sku);
