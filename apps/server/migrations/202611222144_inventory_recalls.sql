set lock_timeout = '3s';
create sequence inventory.recall_number;

-- Where units of a lot came from.
create index movement_of_lot on inventory.movement (sku, lot) where lot is not null and quantity > 0;
