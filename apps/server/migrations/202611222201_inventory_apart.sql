set lock_timeout = '3s';

-- Whether any units of lots are set apart at all: asked once where many lots are looked at.
create index unavailable_of_lot on inventory.unavailable (sku, location, lot) where lot <> '' and quantity > 0;
