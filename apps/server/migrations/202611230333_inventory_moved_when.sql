set lock_timeout = '3s';

-- What moved on a day, for the hourly comparison with the figures.
create index movement_when on inventory.movement using brin (at) with (pages_per_range = 32, autosummarize = on);
