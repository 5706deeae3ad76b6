set lock_timeout = '3s';

-- Days of one place that are neither as its weekday nor as the house's calendar says: it takes stock, it moves, it works through a holiday.
create table delivery.place_day (
  location text not null references delivery.place (location) on delete cascade,
  day date not null,
  dispatches boolean not null,
  name text not null default '',
  name_en text not null default '',
  primary key (location, day)
);

-- The version that a screen showed; every change of the place's own days counts it up.
alter table delivery.place add column days_version int not null default 0;
