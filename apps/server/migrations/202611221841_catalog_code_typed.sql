set lock_timeout = '3s';
-- A number typed in any case leads to its product first.
create index product_by_typed_code on catalog.product (lower(code));
