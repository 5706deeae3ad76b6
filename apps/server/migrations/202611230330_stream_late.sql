set lock_timeout = '3s';

-- Up to where of a feed late entries have been written down: sent again, or told again by a rebuild, they leave no second trace.
create table stream.late_mark (
  feed text primary key check (feed in ('events', 'behaviour')),
  xid xid8 not null,
  seq bigint not null
);

-- What came more than 72 hours after its minute: not in the figures, but kept with its rows and amounts until a person decides.
create table stream.late_entry (
  id uuid primary key default uuidv7(),
  feed text not null check (feed in ('events', 'behaviour')),
  xid xid8 not null,
  seq bigint not null,
  day date not null,
  what text not null,
  ref text not null,
  channel text not null,
  store text not null,
  happened_at timestamptz not null,
  arrived_at timestamptz not null,
  entries int not null check (entries > 0),
  units bigint not null,
  amount_fen bigint not null,
  rows jsonb not null,
  state text not null default 'open' check (state in ('open', 'taken', 'left')),
  reason text,
  decided_by text,
  decided_at timestamptz,
  version int not null default 1,
  unique (feed, xid, seq, day),
  check ((state = 'open') = (decided_at is null)),
  check ((state = 'open') = (reason is null))
);
create index late_entry_by_state on stream.late_entry (state, id desc);
create index late_entry_by_day on stream.late_entry (day) where state <> 'taken';

-- A closed bucket that a late entry opened again: the figure was `before`, it is `after` from this version on. The first is 1 and not here.
create table stream.bucket_version (
  id uuid primary key default uuidv7(),
  source text not null check (source in ('sales', 'events')),
  grain text not null check (grain in ('minute', 'hour', 'day')),
  starts_at timestamptz not null,
  channel text not null,
  store text not null,
  category text not null,
  sku text not null,
  campaign text not null,
  event text not null,
  version int not null check (version > 1),
  batch text not null,
  reopened_at timestamptz not null,
  before jsonb not null,
  after jsonb not null,
  unique (source, grain, starts_at, channel, store, category, sku, campaign, event, version)
);

-- By which campaign a visitor came, and when the stream learned it. An order has the newest that was known when it was paid.
create table stream.campaign_touch (
  visitor_id text not null,
  at timestamptz not null,
  campaign text not null,
  known_at timestamptz not null,
  primary key (visitor_id, at, campaign)
);
