set lock_timeout = '3s';

-- By which campaign a buyer came, where the source of an imported order says so. Of the shop's own orders the visit tells.
alter table orders."order" add column campaign text;
