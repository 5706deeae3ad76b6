-- Visitors and customers by a number of their own (a hash of the name; two of a billion names share one about once in forty houses): distinct
-- counts over millions of them take a third of the time that texts take. Counted beside the names, which stay what they are known by.
alter table visit add column if not exists visitor SimpleAggregateFunction(max, UInt64) default cityHash64(visitor_id);

alter table visitor_customer
  add column if not exists visitor UInt64 default cityHash64(visitor_id),
  add column if not exists customer UInt64 default cityHash64(customer_id);

alter table visit materialize column visitor;

alter table visitor_customer materialize column visitor;

alter table visitor_customer materialize column customer;
