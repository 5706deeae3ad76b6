-- Whether a person had to do something before the order was released.
alter table order_step add column if not exists is_touched UInt8 default 0;
