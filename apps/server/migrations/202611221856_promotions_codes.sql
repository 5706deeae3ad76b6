set lock_timeout = '3s';

-- A million codes are made in seconds: no row asks after its batch (batches are never deleted), free codes are in no order.
alter table promotions.coupon drop constraint coupon_batch_id_fkey;
drop index promotions.coupon_free;
create index coupon_free on promotions.coupon (batch_id) where customer_id is null and uses = 0;
