set lock_timeout = '3s';

-- An order that expired, gave everything back and was then paid after all may take it again: each taking and giving back is a round.
alter table promotions.claim add column round smallint not null default 0;
alter table promotions.claim drop constraint claim_pkey;
alter table promotions.claim add constraint claim_pkey primary key (order_id, promotion_id, coupon_code, kind, round);
