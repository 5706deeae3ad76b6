set lock_timeout = '3s';

-- The buyer comes for it there; null: it is sent. And the day that was promised when it was placed.
alter table orders."order" add column pickup_at text references inventory.location (code), add column promised_on date;
