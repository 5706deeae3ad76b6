set lock_timeout = '3s';

-- What was paid on a day, for the hourly comparison with the figures: orders are paid about when they are placed, so a block range tells
-- enough, and costs an order nothing.
create index order_paid on orders."order" using brin (paid_at) with (pages_per_range = 32, autosummarize = on);
