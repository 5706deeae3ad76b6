set lock_timeout = '3s';

-- A guest's orders by the mail address of their own invoice, for when it is proved. A company's may be its bookkeeper's.
create index order_guest_mail on orders."order" (lower(invoice ->> 'email'))
  where customer_id is null and invoice ->> 'kind' = 'personal' and invoice ->> 'email' is not null;
