set lock_timeout = '3s';

-- Where NATS JetStream keeps behaviour events, a batch's row names its part of a message there instead of holding the events: which of them
-- came before (`skipped`) and which joined a visitor (`joining`) is decided here, in the transaction that knows, by their places in the part.
alter table collection.batch alter column events drop not null;
alter table collection.batch
  add column log_seq bigint,
  add column log_part int,
  add column log_id text,
  add column skipped int[],
  add column joining int[],
  add constraint batch_is_somewhere check ((events is null) = (log_seq is not null and log_part is not null and log_id is not null));
