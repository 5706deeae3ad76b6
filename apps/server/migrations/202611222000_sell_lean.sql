set lock_timeout = '3s';

-- What the fast path wrote and nobody read: entries for orders without an external number, a second order of notices (their ids are in the
-- order of time), a look-up of the payment that was just locked, and the age of carts, which kept every change of a cart from staying on its page.
alter table orders."order" drop constraint order_external;
create unique index order_external on orders."order" (channel, external_id) where external_id is not null;
drop index payments.notice_newest;
alter table payments.notice drop constraint notice_payment_id_fkey;
drop index cart.cart_age;
