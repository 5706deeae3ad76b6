set lock_timeout = '3s';

-- What came back of an order, by lot: written once, never changed. Beside `dispatch` it says what buyers still have.
create table inventory.takeback (
  order_id uuid not null,
  cause text not null,
  line_no int not null,
  sku text not null,
  location text not null,
  lot text,
  quantity int not null check (quantity > 0),
  is_sellable boolean not null,
  at timestamptz not null
);
create index takeback_of_order on inventory.takeback (order_id, line_no);
create index takeback_of_lot on inventory.takeback (sku, lot) where lot is not null;
create trigger takeback_is_append_only before update or delete on inventory.takeback
  for each row execute function inventory.refuse_rewrite();
