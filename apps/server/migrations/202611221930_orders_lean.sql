set lock_timeout = '3s';

-- A line of a timeline is only ever read with its order: one index serves as key and as order.
drop index orders.timeline_of_order;
alter table orders.timeline drop constraint timeline_pkey, add primary key (order_id, at, id);
