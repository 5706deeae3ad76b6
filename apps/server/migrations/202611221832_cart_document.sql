set lock_timeout = '3s';

-- A cart is one shopper's and always locked as a whole: one row, written once a change. `hold` names its open reservation.
alter table cart.cart
  add column lines jsonb not null default '[]' check (jsonb_typeof(lines) = 'array'),
  add column terms jsonb not null default '{}',
  add column hold_id uuid,
  add column hold_expires_at timestamptz,
  add column hold_renewals int not null default 0;
update cart.cart c set lines = l.lines
from (
  select cart_id, jsonb_agg(jsonb_build_object('sku', sku, 'quantity', quantity, 'seenFen', seen_price_fen) order by added_at, sku) as lines
  from cart.line group by cart_id
) l where l.cart_id = c.id;
drop table cart.line;
create index cart_hold_ends on cart.cart (hold_expires_at) where hold_id is not null;
