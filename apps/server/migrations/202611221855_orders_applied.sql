set lock_timeout = '3s';

-- Which promotions gave something to the order, frozen: what order pages name, and what tells a plain order from one that took offers.
alter table orders."order" add column applied jsonb not null default '[]';
