set lock_timeout = '3s';

-- What was received in an hour, for the hourly comparison with the figures.
create index batch_received on collection.batch using brin (received_at) with (pages_per_range = 32, autosummarize = on);
