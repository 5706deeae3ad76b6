set lock_timeout = '3s';

-- A file lands in parts, which ask what its other parts came to.
create index correction_of_cause on inventory.correction (cause);
