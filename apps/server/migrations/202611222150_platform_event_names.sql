set lock_timeout = '3s';

-- Every event went into an index by name that is asked only for events that are rare: those that a campaign brings by the thousand are
-- found by reading the log backwards.
drop index platform.event_name;
create index event_rare on platform.event (name, xid, seq) where name not in
  ('orders.order_placed', 'orders.order_paid', 'orders.order_released', 'payments.payment_captured');

-- Rows that change soon after they were written find room on their page then, and their indexes need not hear of it.
alter table cart.cart set (fillfactor = 50);
alter table inventory.stock set (fillfactor = 50);
