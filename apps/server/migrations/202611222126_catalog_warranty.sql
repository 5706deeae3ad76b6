set lock_timeout = '3s';

-- How long an appliance is under warranty from the day it is sent.
alter table catalog.variant add column warranty_months int check (warranty_months between 1 and 600);
