set lock_timeout = '3s';
create schema imports;

-- One upload and what becomes of it. Counts and cursor move in the same transaction as the effects they count.
create table imports.job (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('products', 'stock', 'customers', 'orders')),
  state text not null check (state in ('uploaded', 'checking', 'checked', 'running', 'paused', 'done', 'cancelled', 'failed')),
  file_name text not null,
  size_bytes bigint not null check (size_bytes >= 0),
  text_bytes bigint not null check (text_bytes >= 0), -- unpacked
  format text not null check (format in ('csv', 'xlsx')),
  is_gzip boolean not null,
  sheets jsonb not null,
  headers jsonb not null,
  mapping jsonb not null,
  options jsonb not null,
  source text not null,
  -- reading: rows go from the file into blocks; landing: blocks are carried out one transaction each
  phase text check (phase in ('reading', 'landing')),
  is_read boolean not null default false,
  read_bytes bigint not null default 0,
  rows_total integer,
  rows_read integer not null default 0,
  rows_landed integer not null default 0,
  rows_good integer not null default 0,
  rows_unchanged integer not null default 0,
  rows_bad integer not null default 0,
  blocks integer not null default 0,
  next_block integer not null default 0, -- blocks below it have landed
  effects jsonb not null default '[]',
  ledger jsonb not null default '[]',
  preview jsonb,
  failure jsonb,
  attempt integer not null default 0, -- a worker that lost its job notices by this number
  created_by text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  check (rows_total is null or rows_landed <= rows_total)
);
create index job_newest on imports.job (created_at desc, id desc);

-- The file as it was uploaded, in parts of up to 1 MiB: any worker on any machine can read it.
create table imports.file_part (
  job_id uuid not null references imports.job (id),
  part_no integer not null check (part_no >= 0),
  bytes bytea not null,
  primary key (job_id, part_no)
);
alter table imports.file_part alter column bytes set storage external;

-- Rows waiting to land: a block holds whole orders (or whole products), as compressed JSON in one or several parts.
create table imports.block (
  job_id uuid not null references imports.job (id),
  block_no integer not null check (block_no >= 0),
  part_no integer not null check (part_no >= 0),
  rows integer not null check (rows > 0),
  body bytea not null,
  primary key (job_id, block_no, part_no)
);
alter table imports.block alter column body set storage external;

create table imports.bad_row (
  job_id uuid not null references imports.job (id),
  row_no integer not null check (row_no > 0), -- as a spreadsheet counts, the heading included
  cells jsonb not null,
  reasons jsonb not null check (jsonb_array_length(reasons) > 0),
  primary key (job_id, row_no)
);

-- Lines of an order ledger that are neither sale nor return: fees, discounts, corrections. Nothing of a file is dropped.
create table imports.entry (
  channel text not null,
  document text not null,
  position integer not null check (position > 0), -- the line's place in its document
  job_id uuid not null references imports.job (id),
  row_no integer not null,
  class text not null check (class in ('fee', 'discount', 'freight_refund', 'adjustment', 'stock_correction')),
  code text not null,
  text text not null,
  quantity integer not null,
  amount_fen bigint not null,
  customer text,
  at timestamptz not null,
  primary key (channel, document, position)
);
create index entry_of_job on imports.entry (job_id, row_no);

-- What a person chose for files of this source with these headings; the next file of the same sort starts there.
create table imports.remembered (
  kind text not null,
  source text not null,
  headers_hash text not null,
  mapping jsonb not null,
  options jsonb not null,
  chosen_at timestamptz not null,
  primary key (kind, source, headers_hash)
);

-- Cancellation documents that have landed: a second import leaves them alone, whatever it would match now.
create table imports.cancellation (
  channel text not null,
  document text not null,
  job_id uuid not null references imports.job (id),
  primary key (channel, document)
);
