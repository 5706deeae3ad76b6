set lock_timeout = '3s';

-- Since when the mail address is known to be the customer's; an address belongs to one customer at most.
alter table customers.customer add column email_proved_at timestamptz;
create unique index customer_email_is_proved_once on customers.customer (lower(email)) where email_proved_at is not null;
