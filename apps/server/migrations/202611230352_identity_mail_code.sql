set lock_timeout = '3s';

-- Codes that prove a mail address to be a customer's, hashed. The newest of a customer counts; a used or spent one never works again.
create table identity.mail_code (
  id uuid primary key default uuidv7(),
  customer_id uuid not null,
  email text not null,
  code_hash text not null,
  attempts int not null default 0,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index mail_code_newest on identity.mail_code (customer_id, sent_at desc);
create index mail_code_of_address on identity.mail_code (email, sent_at desc);

-- What the sandbox mailbox received; stays empty outside the demo.
create table identity.sandbox_mail (
  id uuid primary key default uuidv7(),
  email text not null,
  code text not null,
  sent_at timestamptz not null
);
create index sandbox_mail_newest on identity.sandbox_mail (email, sent_at desc);
