set lock_timeout = '3s';

-- What a kit was made of when it was sold, each component with its share of the line's amount; null for an ordinary SKU.
alter table orders.line add column components jsonb;
