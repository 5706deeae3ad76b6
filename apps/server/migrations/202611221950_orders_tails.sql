set lock_timeout = '3s';

-- The end of a number or phone, newest first: entries go to a few leaves that stay in memory, however many orders there are. A whole reversed
-- number went to a page of its own in an index that grows with the table: nearly all the WAL of an order at a million stored.
drop index orders.order_number_tail;
drop index orders.order_phone_tail;
create index order_number_tail on orders."order" (right(number, 2), placed_at desc);
create index order_phone_tail on orders."order" (right(recipient_phone, 4), placed_at desc) where recipient_phone is not null;
