set lock_timeout = '3s';

-- The latest calendar year whose points have been looked at and taken: points of a year end with the next one.
alter table membership.standing add column expired_through int not null default 0;
create index standing_to_expire on membership.standing (expired_through, customer_id) where points > 0;
