-- Printed by npm run gen from an empty database after all migrations. Do not edit.

create table boards.annotation (
  id uuid not null default uuidv7(),
  kind text not null,
  from_day date not null,
  to_day date not null,
  title_zh text not null,
  title_en text not null,
  by_id text not null,
  by_name text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint annotation_pkey PRIMARY KEY (id),
  constraint annotation_check CHECK ((from_day <= to_day)),
  constraint annotation_kind_check CHECK ((kind = ANY (ARRAY['campaign'::text, 'outage'::text, 'holiday'::text, 'note'::text])))
);

create table boards.board (
  id uuid not null default uuidv7(),
  owner_id text not null,
  owner_name text not null,
  name_zh text not null,
  name_en text not null,
  is_shared boolean not null,
  bar jsonb not null,
  tiles jsonb not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  changed_by_name text not null,
  changed_at timestamp with time zone not null,
  constraint board_pkey PRIMARY KEY (id)
);

create table boards.delivery (
  id uuid not null default uuidv7(),
  run_id uuid not null,
  staff_id text not null,
  name text not null,
  state text not null default 'waiting'::text,
  reason text,
  answer text,
  attempts integer not null default 0,
  held_until timestamp with time zone,
  sent_at timestamp with time zone,
  store text,
  language text,
  constraint delivery_once_a_run UNIQUE (run_id, staff_id),
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_run_id_fkey FOREIGN KEY (run_id) REFERENCES boards.run(id) ON DELETE CASCADE,
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'skipped'::text, 'kept'::text])))
);

create table boards.question (
  id uuid not null default uuidv7(),
  owner_id text not null,
  owner_name text not null,
  name_zh text not null,
  name_en text not null,
  body jsonb not null,
  chart text not null,
  is_shared boolean not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint question_pkey PRIMARY KEY (id)
);

create table boards.run (
  id uuid not null default uuidv7(),
  schedule_id uuid not null,
  due_at timestamp with time zone not null,
  started_at timestamp with time zone not null,
  by_name text,
  missed timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  missed_count integer not null default 0,
  constraint run_pkey PRIMARY KEY (id),
  constraint run_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES boards.schedule(id) ON DELETE CASCADE
);

create table boards.run_file (
  run_id uuid not null,
  store text not null,
  language text not null,
  title text not null,
  as_of timestamp with time zone not null,
  pdf bytea not null,
  xlsx bytea not null,
  made_at timestamp with time zone not null,
  constraint run_file_pkey PRIMARY KEY (run_id, store, language),
  constraint run_file_run_id_fkey FOREIGN KEY (run_id) REFERENCES boards.run(id) ON DELETE CASCADE
);

create table boards.schedule (
  id uuid not null default uuidv7(),
  owner_id text not null,
  owner_name text not null,
  name text not null,
  subject jsonb not null,
  timing jsonb not null,
  recipients text[] not null,
  next_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint schedule_pkey PRIMARY KEY (id),
  constraint schedule_recipients_check CHECK (((cardinality(recipients) >= 1) AND (cardinality(recipients) <= 50)))
);

create table cart.cart (
  id uuid not null default uuidv7(),
  customer_id uuid,
  visitor_id text,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  lines jsonb not null default '[]'::jsonb,
  terms jsonb not null default '{}'::jsonb,
  hold_id uuid,
  hold_expires_at timestamp with time zone,
  hold_renewals integer not null default 0,
  constraint cart_of_customer UNIQUE (customer_id),
  constraint cart_of_visitor UNIQUE (visitor_id),
  constraint cart_pkey PRIMARY KEY (id),
  constraint cart_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(id),
  constraint cart_has_one_owner CHECK (((customer_id IS NULL) <> (visitor_id IS NULL))),
  constraint cart_lines_check CHECK ((jsonb_typeof(lines) = 'array'::text))
);

create table catalog.category (
  code text not null,
  parent text,
  name text not null,
  name_en text not null default ''::text,
  position integer not null default 0,
  constraint category_pkey PRIMARY KEY (code),
  constraint category_parent_fkey FOREIGN KEY (parent) REFERENCES catalog.category(code),
  constraint category_code_is_a_path CHECK (((parent IS NULL) OR (code ~ (('^'::text || parent) || '/[^/]+$'::text)))),
  constraint category_code_is_a_slug_path CHECK ((code ~ '^[a-z0-9-]+(/[a-z0-9-]+)*$'::text))
);

create table catalog.former_slug (
  slug text not null,
  product_id uuid not null,
  constraint former_slug_pkey PRIMARY KEY (slug),
  constraint former_slug_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.product(id)
);

create table catalog.kit_component (
  kit_sku text not null,
  sku text not null,
  quantity integer not null,
  constraint kit_component_pkey PRIMARY KEY (kit_sku, sku),
  constraint kit_component_kit_sku_fkey FOREIGN KEY (kit_sku) REFERENCES catalog.variant(sku),
  constraint kit_component_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.variant(sku),
  constraint kit_component_quantity_check CHECK (((quantity >= 1) AND (quantity <= 1000))),
  constraint kit_is_not_in_itself CHECK ((kit_sku <> sku))
);

create table catalog.media (
  id uuid not null default uuidv7(),
  product_id uuid not null,
  sku text,
  path text not null,
  alt text not null default ''::text,
  alt_en text not null default ''::text,
  width integer not null,
  height integer not null,
  position integer not null,
  constraint media_position_is_unique UNIQUE (product_id, "position"),
  constraint media_pkey PRIMARY KEY (id),
  constraint media_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.product(id),
  constraint media_height_check CHECK ((height > 0)),
  constraint media_width_check CHECK ((width > 0))
);

create table catalog.product (
  id uuid not null default uuidv7(),
  code text not null,
  slug text not null,
  name text not null,
  name_en text not null default ''::text,
  summary text not null default ''::text,
  summary_en text not null default ''::text,
  description text not null default ''::text,
  description_en text not null default ''::text,
  brand text not null default ''::text,
  category text not null,
  line text not null default 'general'::text,
  state text not null default 'active'::text,
  specs jsonb not null default '[]'::jsonb,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  storage text not null default 'ambient'::text,
  constraint product_code_is_unique UNIQUE (code),
  constraint product_slug_is_unique UNIQUE (slug),
  constraint product_pkey PRIMARY KEY (id),
  constraint product_category_fkey FOREIGN KEY (category) REFERENCES catalog.category(code),
  constraint product_line_check CHECK ((line = ANY (ARRAY['apparel'::text, 'food'::text, 'appliance'::text, 'general'::text]))),
  constraint product_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text]))),
  constraint product_storage_check CHECK ((storage = ANY (ARRAY['ambient'::text, 'chilled'::text, 'frozen'::text])))
);

create table catalog.search (
  product_id uuid not null,
  document tsvector not null,
  names text not null,
  constraint search_pkey PRIMARY KEY (product_id),
  constraint search_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.product(id)
);

create table catalog.variant (
  sku text not null,
  product_id uuid not null,
  options jsonb not null default '[]'::jsonb,
  barcode text,
  weight_grams integer,
  cost_fen bigint not null default 0,
  tax_rate_bp integer not null default 1300,
  shelf_life_days integer,
  is_lot_tracked boolean not null default false,
  is_serialised boolean not null default false,
  state text not null default 'active'::text,
  position integer not null default 0,
  is_kit boolean not null default false,
  warranty_months integer,
  constraint variant_pkey PRIMARY KEY (sku),
  constraint variant_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.product(id),
  constraint variant_cost_fen_check CHECK ((cost_fen >= 0)),
  constraint variant_shelf_life_days_check CHECK ((shelf_life_days > 0)),
  constraint variant_state_check CHECK ((state = ANY (ARRAY['active'::text, 'retired'::text]))),
  constraint variant_tax_rate_bp_check CHECK (((tax_rate_bp >= 0) AND (tax_rate_bp <= 10000))),
  constraint variant_warranty_months_check CHECK (((warranty_months >= 1) AND (warranty_months <= 600))),
  constraint variant_weight_grams_check CHECK ((weight_grams >= 0))
);

create table collection.bad_day (
  day date not null,
  source text not null,
  events integer not null,
  constraint bad_day_pkey PRIMARY KEY (day, source)
);

create table collection.bad_event (
  id uuid not null default uuidv7(),
  key uuid not null,
  source text not null,
  channel text not null,
  source_kind text not null,
  event_name text,
  message_id text,
  reasons text[] not null,
  event text not null,
  mended text,
  sent_at text,
  visitor_id text,
  received_at timestamp with time zone not null,
  state text not null default 'open'::text,
  version integer not null default 1,
  settled_by text,
  settled_at timestamp with time zone,
  note text,
  constraint bad_event_key_key UNIQUE (key),
  constraint bad_event_pkey PRIMARY KEY (id),
  constraint bad_event_check CHECK (((state = 'open'::text) = (settled_at IS NULL))),
  constraint bad_event_source_kind_check CHECK ((source_kind = ANY (ARRAY['browser'::text, 'server'::text]))),
  constraint bad_event_state_check CHECK ((state = ANY (ARRAY['open'::text, 'replayed'::text, 'discarded'::text])))
);

create table collection.batch (
  id bigint not null generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  source text not null,
  channel text not null,
  event_count integer not null,
  events text,
  received_at timestamp with time zone not null,
  log_seq bigint,
  log_part integer,
  log_id text,
  skipped integer[],
  joining integer[],
  constraint batch_pkey PRIMARY KEY (id, received_at),
  constraint batch_event_count_check CHECK ((event_count > 0)),
  constraint batch_events_check CHECK ((events <> ''::text)),
  constraint batch_is_somewhere CHECK (((events IS NULL) = ((log_seq IS NOT NULL) AND (log_part IS NOT NULL) AND (log_id IS NOT NULL))))
);

create table collection.identity_conflict (
  id uuid not null default uuidv7(),
  visitor_id text not null,
  customer_id text not null,
  other_customer_id text not null,
  source text not null,
  times integer not null default 1,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  constraint identity_conflict_visitor_id_other_customer_id_key UNIQUE (visitor_id, other_customer_id),
  constraint identity_conflict_pkey PRIMARY KEY (id)
);

create table collection.planned_event (
  name text not null,
  properties jsonb not null,
  is_enforced boolean not null default false,
  is_server_only boolean not null default false,
  version integer not null default 1,
  changed_by text not null default 'Segment e-commerce spec v2'::text,
  changed_at timestamp with time zone not null default now(),
  constraint planned_event_pkey PRIMARY KEY (name)
);

create table collection.seen (
  week integer not null,
  key uuid not null,
  constraint seen_pkey PRIMARY KEY (week, key)
);

create table collection.source (
  write_key text not null,
  name text not null,
  channel text not null,
  is_active boolean not null default true,
  created_at timestamp with time zone not null default now(),
  kind text not null default 'browser'::text,
  constraint source_name_key UNIQUE (name),
  constraint source_pkey PRIMARY KEY (write_key),
  constraint source_kind_check CHECK ((kind = ANY (ARRAY['browser'::text, 'server'::text])))
);

create table collection.violation (
  day date not null,
  source text not null,
  event text not null,
  property text not null,
  problem text not null,
  times bigint not null,
  last_at timestamp with time zone not null,
  message_id text not null,
  constraint violation_pkey PRIMARY KEY (day, source, event, property, problem)
);

create table collection.visitor (
  visitor_id text not null,
  customer_id text not null,
  source text not null,
  joined_at timestamp with time zone not null,
  constraint visitor_pkey PRIMARY KEY (visitor_id)
);

create table customers.address (
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  name text not null,
  phone text not null,
  region text not null,
  detail text not null,
  is_default boolean not null default false,
  created_at timestamp with time zone not null,
  district_code text,
  province text,
  city text,
  district text,
  constraint address_pkey PRIMARY KEY (id),
  constraint address_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(id),
  constraint address_district_code_check CHECK ((district_code ~ '^\d{6}$'::text)),
  constraint address_division_is_whole CHECK ((num_nonnulls(district_code, province, city, district) = ANY (ARRAY[0, 4])))
);

create table customers.customer (
  id uuid not null default uuidv7(),
  number text not null default ('C'::text || lpad((nextval('customers.customer_number'::regclass))::text, 8, '0'::text)),
  name text not null default ''::text,
  phone text,
  email text,
  user_id uuid,
  source text not null,
  external_id text,
  language text not null default 'zh-CN'::text,
  created_at timestamp with time zone not null,
  email_proved_at timestamp with time zone,
  constraint customer_number_is_unique UNIQUE (number),
  constraint customer_source_is_unique UNIQUE (source, external_id),
  constraint customer_user_is_unique UNIQUE (user_id),
  constraint customer_pkey PRIMARY KEY (id),
  constraint customer_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id),
  constraint customer_language_check CHECK ((language = ANY (ARRAY['zh-CN'::text, 'en'::text]))),
  constraint customer_source_check CHECK ((source = ANY (ARRAY['shop'::text, 'import'::text, 'store'::text])))
);

create table customers.invoice_profile (
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  data jsonb not null,
  is_default boolean not null default false,
  created_at timestamp with time zone not null,
  constraint invoice_profile_pkey PRIMARY KEY (id),
  constraint invoice_profile_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(id),
  constraint invoice_profile_data_check CHECK (((data ->> 'kind'::text) = ANY (ARRAY['personal'::text, 'company'::text, 'special'::text])))
);

create table customers.segment (
  code text not null,
  name text not null,
  name_en text not null,
  created_at timestamp with time zone not null,
  constraint segment_pkey PRIMARY KEY (code),
  constraint segment_code_check CHECK ((code ~ '^[a-z0-9-]{1,40}$'::text))
);

create table customers.segment_member (
  segment text not null,
  customer_id uuid not null,
  added_at timestamp with time zone not null,
  constraint segment_member_pkey PRIMARY KEY (segment, customer_id),
  constraint segment_member_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(id),
  constraint segment_member_segment_fkey FOREIGN KEY (segment) REFERENCES customers.segment(code)
);

create table delivery.calendar (
  day date not null,
  dispatches boolean not null,
  delivers boolean not null,
  name text not null default ''::text,
  name_en text not null default ''::text,
  constraint calendar_pkey PRIMARY KEY (day)
);

create table delivery.carrier (
  code text not null,
  name text not null,
  name_en text not null default ''::text,
  phone text not null default ''::text,
  is_active boolean not null default true,
  constraint carrier_pkey PRIMARY KEY (code)
);

create table delivery.parcel (
  id uuid not null default uuidv7(),
  fulfilment_id uuid not null,
  fulfilment_number text not null,
  location text not null,
  carrier text not null,
  service text not null,
  tracking_number text not null,
  state text not null,
  region text not null,
  grams integer not null,
  price_fen bigint not null,
  promised_on date,
  booked_at timestamp with time zone not null,
  handed_over_at timestamp with time zone,
  delivered_at timestamp with time zone,
  late_at timestamp with time zone,
  reported_at timestamp with time zone,
  constraint parcel_tracking UNIQUE (carrier, tracking_number),
  constraint parcel_pkey PRIMARY KEY (id),
  constraint parcel_carrier_fkey FOREIGN KEY (carrier) REFERENCES delivery.carrier(code),
  constraint parcel_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code),
  constraint parcel_service_fkey FOREIGN KEY (service) REFERENCES delivery.service(code),
  constraint parcel_grams_check CHECK ((grams > 0)),
  constraint parcel_price_fen_check CHECK ((price_fen >= 0)),
  constraint parcel_state_check CHECK ((state = ANY (ARRAY['booked'::text, 'handed_over'::text, 'in_transit'::text, 'out_for_delivery'::text, 'failed'::text, 'delivered'::text, 'returned'::text, 'voided'::text])))
);

create table delivery.place (
  location text not null,
  province text not null,
  address text not null default ''::text,
  phone text not null default ''::text,
  cut_off text not null default '16:00'::text,
  weekdays integer[] not null default '{1,2,3,4,5,6,7}'::integer[],
  ships boolean not null default true,
  offers_pickup boolean not null default false,
  pickup_ready_minutes integer not null default 120,
  pickup_keep_days integer not null default 7,
  opening_hours text not null default ''::text,
  days_version integer not null default 0,
  constraint place_pkey PRIMARY KEY (location),
  constraint place_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code),
  constraint place_cut_off_check CHECK ((cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint place_pickup_keep_days_check CHECK ((pickup_keep_days > 0)),
  constraint place_pickup_ready_minutes_check CHECK ((pickup_ready_minutes >= 0))
);

create table delivery.place_day (
  location text not null,
  day date not null,
  dispatches boolean not null,
  name text not null default ''::text,
  name_en text not null default ''::text,
  constraint place_day_pkey PRIMARY KEY (location, day),
  constraint place_day_location_fkey FOREIGN KEY (location) REFERENCES delivery.place(location) ON DELETE CASCADE
);

create table delivery.price (
  service text not null,
  zone text not null,
  first_grams integer not null,
  first_fen bigint not null,
  step_grams integer not null,
  step_fen bigint not null,
  days integer not null,
  constraint price_pkey PRIMARY KEY (service, zone),
  constraint price_service_fkey FOREIGN KEY (service) REFERENCES delivery.service(code),
  constraint price_days_check CHECK ((days >= 0)),
  constraint price_first_fen_check CHECK ((first_fen >= 0)),
  constraint price_first_grams_check CHECK ((first_grams > 0)),
  constraint price_step_fen_check CHECK ((step_fen >= 0)),
  constraint price_step_grams_check CHECK ((step_grams > 0))
);

create table delivery.service (
  code text not null,
  carrier text not null,
  name text not null,
  name_en text not null default ''::text,
  storages text[] not null,
  maximum_grams integer not null,
  is_active boolean not null default true,
  constraint service_pkey PRIMARY KEY (code),
  constraint service_carrier_fkey FOREIGN KEY (carrier) REFERENCES delivery.carrier(code),
  constraint service_maximum_grams_check CHECK ((maximum_grams > 0)),
  constraint service_storages_check CHECK ((cardinality(storages) > 0))
);

create table delivery.tracking_event (
  carrier text not null,
  event_id text not null,
  parcel_id uuid not null,
  status text not null,
  at timestamp with time zone not null,
  place text,
  note text,
  received_at timestamp with time zone not null,
  constraint tracking_event_pkey PRIMARY KEY (carrier, event_id),
  constraint tracking_event_parcel_id_fkey FOREIGN KEY (parcel_id) REFERENCES delivery.parcel(id),
  constraint tracking_event_status_check CHECK ((status = ANY (ARRAY['handed_over'::text, 'in_transit'::text, 'out_for_delivery'::text, 'failed'::text, 'delivered'::text, 'returned'::text])))
);

create table delivery.zone (
  carrier text not null,
  origin text not null,
  province text not null,
  zone text not null,
  constraint zone_pkey PRIMARY KEY (carrier, origin, province),
  constraint zone_carrier_fkey FOREIGN KEY (carrier) REFERENCES delivery.carrier(code)
);

create table identity.account (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint account_provider_id_account_id_key UNIQUE (provider_id, account_id),
  constraint account_pkey PRIMARY KEY (id),
  constraint account_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE
);

create table identity.mail_code (
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  email text not null,
  code_hash text not null,
  attempts integer not null default 0,
  sent_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint mail_code_pkey PRIMARY KEY (id)
);

create table identity.phone_code (
  id uuid not null default uuidv7(),
  phone text not null,
  code_hash text not null,
  attempts integer not null default 0,
  sent_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint phone_code_pkey PRIMARY KEY (id)
);

create table identity.rate_limit (
  id uuid not null default uuidv7(),
  key text not null,
  count integer not null,
  last_request bigint not null,
  constraint rate_limit_key_key UNIQUE (key),
  constraint rate_limit_pkey PRIMARY KEY (id)
);

create table identity.sandbox_mail (
  id uuid not null default uuidv7(),
  email text not null,
  code text not null,
  sent_at timestamp with time zone not null,
  constraint sandbox_mail_pkey PRIMARY KEY (id)
);

create table identity.sandbox_message (
  id uuid not null default uuidv7(),
  phone text not null,
  code text not null,
  sent_at timestamp with time zone not null,
  constraint sandbox_message_pkey PRIMARY KEY (id)
);

create table identity.session (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  token text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint session_token_key UNIQUE (token),
  constraint session_pkey PRIMARY KEY (id),
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE
);

create table identity.user (
  id uuid not null default uuidv7(),
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  kind text not null default 'shopper'::text,
  role text,
  location text,
  phone text,
  customer_id uuid,
  is_active boolean not null default true,
  language text not null default 'zh-CN'::text,
  constraint user_email_is_unique UNIQUE (email),
  constraint user_phone_is_unique UNIQUE (phone),
  constraint user_pkey PRIMARY KEY (id),
  constraint clerks_have_a_location CHECK (((role IS DISTINCT FROM 'clerk'::text) OR (location IS NOT NULL))),
  constraint staff_have_a_role CHECK (((kind = 'staff'::text) = (role IS NOT NULL))),
  constraint user_kind_check CHECK ((kind = ANY (ARRAY['staff'::text, 'shopper'::text]))),
  constraint user_language_check CHECK ((language = ANY (ARRAY['zh-CN'::text, 'en'::text])))
);

create table identity.verification (
  id uuid not null default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint verification_pkey PRIMARY KEY (id)
);

create table imports.bad_row (
  job_id uuid not null,
  row_no integer not null,
  cells jsonb not null,
  reasons jsonb not null,
  constraint bad_row_pkey PRIMARY KEY (job_id, row_no),
  constraint bad_row_job_id_fkey FOREIGN KEY (job_id) REFERENCES imports.job(id),
  constraint bad_row_reasons_check CHECK ((jsonb_array_length(reasons) > 0)),
  constraint bad_row_row_no_check CHECK ((row_no > 0))
);

create table imports.block (
  job_id uuid not null,
  block_no integer not null,
  part_no integer not null,
  rows integer not null,
  body bytea not null,
  constraint block_pkey PRIMARY KEY (job_id, block_no, part_no),
  constraint block_job_id_fkey FOREIGN KEY (job_id) REFERENCES imports.job(id),
  constraint block_block_no_check CHECK ((block_no >= 0)),
  constraint block_part_no_check CHECK ((part_no >= 0)),
  constraint block_rows_check CHECK ((rows > 0))
);

create table imports.cancellation (
  channel text not null,
  document text not null,
  job_id uuid not null,
  constraint cancellation_pkey PRIMARY KEY (channel, document),
  constraint cancellation_job_id_fkey FOREIGN KEY (job_id) REFERENCES imports.job(id)
);

create table imports.entry (
  channel text not null,
  document text not null,
  position integer not null,
  job_id uuid not null,
  row_no integer not null,
  class text not null,
  code text not null,
  text text not null,
  quantity integer not null,
  amount_fen bigint not null,
  customer text,
  at timestamp with time zone not null,
  constraint entry_pkey PRIMARY KEY (channel, document, "position"),
  constraint entry_job_id_fkey FOREIGN KEY (job_id) REFERENCES imports.job(id),
  constraint entry_class_check CHECK ((class = ANY (ARRAY['fee'::text, 'discount'::text, 'freight_refund'::text, 'adjustment'::text, 'stock_correction'::text]))),
  constraint entry_position_check CHECK (("position" > 0))
);

create table imports.file_part (
  job_id uuid not null,
  part_no integer not null,
  bytes bytea not null,
  constraint file_part_pkey PRIMARY KEY (job_id, part_no),
  constraint file_part_job_id_fkey FOREIGN KEY (job_id) REFERENCES imports.job(id),
  constraint file_part_part_no_check CHECK ((part_no >= 0))
);

create table imports.job (
  id uuid not null default uuidv7(),
  kind text not null,
  state text not null,
  file_name text not null,
  size_bytes bigint not null,
  text_bytes bigint not null,
  format text not null,
  is_gzip boolean not null,
  sheets jsonb not null,
  headers jsonb not null,
  mapping jsonb not null,
  options jsonb not null,
  source text not null,
  phase text,
  is_read boolean not null default false,
  read_bytes bigint not null default 0,
  rows_total integer,
  rows_read integer not null default 0,
  rows_landed integer not null default 0,
  rows_good integer not null default 0,
  rows_unchanged integer not null default 0,
  rows_bad integer not null default 0,
  blocks integer not null default 0,
  next_block integer not null default 0,
  effects jsonb not null default '[]'::jsonb,
  ledger jsonb not null default '[]'::jsonb,
  preview jsonb,
  failure jsonb,
  attempt integer not null default 0,
  created_by text not null,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  constraint job_pkey PRIMARY KEY (id),
  constraint job_check CHECK (((rows_total IS NULL) OR (rows_landed <= rows_total))),
  constraint job_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
  constraint job_kind_check CHECK ((kind = ANY (ARRAY['products'::text, 'stock'::text, 'customers'::text, 'orders'::text]))),
  constraint job_phase_check CHECK ((phase = ANY (ARRAY['reading'::text, 'landing'::text]))),
  constraint job_size_bytes_check CHECK ((size_bytes >= 0)),
  constraint job_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'checking'::text, 'checked'::text, 'running'::text, 'paused'::text, 'done'::text, 'cancelled'::text, 'failed'::text]))),
  constraint job_text_bytes_check CHECK ((text_bytes >= 0))
);

create table imports.remembered (
  kind text not null,
  source text not null,
  headers_hash text not null,
  mapping jsonb not null,
  options jsonb not null,
  chosen_at timestamp with time zone not null,
  constraint remembered_pkey PRIMARY KEY (kind, source, headers_hash)
);

create table insight.product_request (
  id uuid not null default uuidv7(),
  key text not null,
  text text not null,
  note text,
  language text not null,
  visitor_id text not null,
  customer_id uuid,
  day date not null,
  state text not null default 'open'::text,
  reason text,
  decided_by text,
  decided_at timestamp with time zone,
  version integer not null default 1,
  at timestamp with time zone not null,
  constraint product_request_once UNIQUE (visitor_id, day, key),
  constraint product_request_pkey PRIMARY KEY (id),
  constraint product_request_state_check CHECK ((state = ANY (ARRAY['open'::text, 'planned'::text, 'declined'::text, 'done'::text])))
);

create table inventory.ahead (
  sku text not null,
  location text not null,
  from_day date not null,
  units_max integer not null,
  promised integer not null default 0,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint ahead_pkey PRIMARY KEY (sku, location, from_day),
  constraint ahead_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code),
  constraint ahead_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.variant(sku),
  constraint ahead_holds CHECK ((promised <= units_max)),
  constraint ahead_promised_check CHECK ((promised >= 0)),
  constraint ahead_units_max_check CHECK ((units_max >= 0))
);

create table inventory.ahead_promise (
  order_id uuid not null,
  line_no integer not null,
  sku text not null,
  location text not null,
  from_day date not null,
  channel text not null,
  quantity integer not null,
  state text not null default 'waiting'::text,
  at timestamp with time zone not null,
  constraint ahead_promise_pkey PRIMARY KEY (order_id, line_no, sku, location),
  constraint ahead_promise_quantity_check CHECK ((quantity > 0)),
  constraint ahead_promise_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'covered'::text, 'released'::text])))
);

create table inventory.allocation (
  order_id uuid not null,
  line_no integer not null,
  sku text not null,
  location text not null,
  lot text not null,
  quantity integer not null,
  at timestamp with time zone not null,
  constraint allocation_pkey PRIMARY KEY (order_id, line_no, sku, location, lot),
  constraint allocation_quantity_check CHECK ((quantity > 0))
);

create table inventory.channel_rule (
  channel text not null,
  sku text not null default ''::text,
  minimum_life_days integer,
  buffer integer,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint channel_rule_pkey PRIMARY KEY (channel, sku),
  constraint channel_rule_buffer_check CHECK ((buffer >= 0)),
  constraint channel_rule_minimum_life_days_check CHECK ((minimum_life_days >= 0))
);

create table inventory.condition_move (
  id uuid not null default uuidv7(),
  sku text not null,
  location text not null,
  lot text not null default ''::text,
  from_condition text not null,
  to_condition text not null,
  quantity integer not null,
  cause text not null,
  actor text not null,
  reason text,
  at timestamp with time zone not null,
  constraint condition_move_pkey PRIMARY KEY (id),
  constraint condition_move_check CHECK ((from_condition <> to_condition)),
  constraint condition_move_from_condition_check CHECK ((from_condition = ANY (ARRAY['sellable'::text, 'away'::text, 'damaged'::text, 'inspection'::text, 'recalled'::text, 'expired'::text, 'safety'::text]))),
  constraint condition_move_quantity_check CHECK ((quantity > 0)),
  constraint condition_move_to_condition_check CHECK ((to_condition = ANY (ARRAY['sellable'::text, 'away'::text, 'damaged'::text, 'inspection'::text, 'recalled'::text, 'expired'::text, 'safety'::text])))
);

create table inventory.correction (
  id uuid not null default uuidv7(),
  number text not null default ('CR-'::text || lpad((nextval('inventory.correction_number'::regclass))::text, 6, '0'::text)),
  kind text not null,
  state text not null,
  location text,
  value_fen bigint not null,
  limit_fen bigint not null,
  units integer not null,
  reason text not null,
  note text,
  cause text not null,
  count_id uuid,
  proposed_by text not null,
  proposer_ids text[] not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  decision_note text,
  constraint correction_number_key UNIQUE (number),
  constraint correction_pkey PRIMARY KEY (id),
  constraint correction_kind_check CHECK ((kind = ANY (ARRAY['adjustment'::text, 'count'::text, 'import'::text]))),
  constraint correction_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'booked'::text, 'rejected'::text])))
);

create table inventory.correction_limit (
  kind text not null,
  limit_fen bigint not null,
  version integer not null default 1,
  constraint correction_limit_pkey PRIMARY KEY (kind),
  constraint correction_limit_kind_check CHECK ((kind = ANY (ARRAY['adjustment'::text, 'count'::text, 'import'::text]))),
  constraint correction_limit_limit_fen_check CHECK ((limit_fen >= 0))
);

create table inventory.correction_line (
  correction_id uuid not null,
  line_no integer not null,
  sku text not null,
  location text not null,
  lot text,
  expires_on date,
  condition text,
  before integer not null,
  change integer not null,
  unit_cost_fen bigint not null,
  new_cost_fen bigint,
  constraint correction_line_pkey PRIMARY KEY (correction_id, line_no),
  constraint correction_line_correction_id_fkey FOREIGN KEY (correction_id) REFERENCES inventory.correction(id),
  constraint correction_line_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code),
  constraint correction_line_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.variant(sku),
  constraint correction_line_change_check CHECK ((change <> 0))
);

create table inventory.cost_change (
  id uuid not null default uuidv7(),
  landed_cost_id uuid not null,
  sku text not null,
  location text,
  quantity integer not null,
  before_fen bigint not null,
  after_fen bigint not null,
  amount_fen bigint not null,
  at timestamp with time zone not null,
  constraint cost_change_pkey PRIMARY KEY (id),
  constraint cost_change_landed_cost_id_fkey FOREIGN KEY (landed_cost_id) REFERENCES inventory.landed_cost(id)
);

create table inventory.cost_variance (
  id uuid not null default uuidv7(),
  sku text not null,
  location text,
  kind text not null,
  amount_fen bigint not null,
  cause text not null,
  at timestamp with time zone not null,
  constraint cost_variance_pkey PRIMARY KEY (id),
  constraint cost_variance_kind_check CHECK ((kind = ANY (ARRAY['rounding'::text, 'sold'::text, 'opening'::text])))
);

create table inventory.count (
  id uuid not null default uuidv7(),
  number text not null default ('CT-'::text || lpad((nextval('inventory.count_number'::regclass))::text, 6, '0'::text)),
  location text not null,
  state text not null default 'open'::text,
  cause text not null default 'manual'::text,
  note text,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  counted_by text,
  counter_id text,
  counted_at timestamp with time zone,
  recounted_by text,
  recounter_id text,
  recounted_at timestamp with time zone,
  closed_at timestamp with time zone,
  difference_fen bigint,
  correction_id uuid,
  constraint count_number_key UNIQUE (number),
  constraint count_pkey PRIMARY KEY (id),
  constraint count_correction_id_fkey FOREIGN KEY (correction_id) REFERENCES inventory.correction(id),
  constraint count_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code),
  constraint count_state_check CHECK ((state = ANY (ARRAY['open'::text, 'recount'::text, 'waiting'::text, 'booked'::text, 'cancelled'::text])))
);

create table inventory.count_line (
  count_id uuid not null,
  line_no integer not null,
  sku text not null,
  bin text,
  lot text,
  expires_on date,
  is_asked boolean not null default true,
  first integer,
  second integer,
  expected integer,
  difference integer,
  constraint count_line_pkey PRIMARY KEY (count_id, line_no),
  constraint count_line_count_id_fkey FOREIGN KEY (count_id) REFERENCES inventory.count(id),
  constraint count_line_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.variant(sku),
  constraint count_line_first_check CHECK ((first >= 0)),
  constraint count_line_second_check CHECK ((second >= 0))
);

create table inventory.dispatch (
  order_id uuid not null,
  cause text not null,
  line_no integer not null,
  sku text not null,
  location text not null,
  lot text,
  quantity integer not null,
  unit_cost_fen bigint not null,
  at timestamp with time zone not null,
  constraint dispatch_quantity_check CHECK ((quantity > 0))
);

create table inventory.drift_report (
  id uuid not null default uuidv7(),
  at timestamp with time zone not null,
  actor text not null,
  checked integer not null,
  constraint drift_report_pkey PRIMARY KEY (id)
);

create table inventory.drift_row (
  report_id uuid not null,
  row_no integer not null,
  sku text not null,
  location text not null,
  what text not null,
  stored bigint not null,
  summed bigint not null,
  state text not null default 'found'::text,
  repaired_by text,
  repaired_at timestamp with time zone,
  note text,
  constraint drift_row_pkey PRIMARY KEY (report_id, row_no),
  constraint drift_row_report_id_fkey FOREIGN KEY (report_id) REFERENCES inventory.drift_report(id),
  constraint drift_row_state_check CHECK ((state = ANY (ARRAY['found'::text, 'repaired'::text, 'gone'::text, 'needs_person'::text]))),
  constraint drift_row_what_check CHECK ((what = ANY (ARRAY['on_hand'::text, 'promised'::text, 'unavailable'::text, 'value'::text])))
);

create table inventory.earmark (
  id uuid not null default uuidv7(),
  kind text not null,
  sku text not null,
  location text not null,
  channel text not null,
  campaign text not null default ''::text,
  units integer not null,
  taken integer not null default 0,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  created_by text not null,
  created_at timestamp with time zone not null,
  ended_by text,
  constraint earmark_pkey PRIMARY KEY (id),
  constraint earmark_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code),
  constraint earmark_check CHECK ((ends_at > starts_at)),
  constraint earmark_holds CHECK ((taken <= units)),
  constraint earmark_kind_check CHECK ((kind = ANY (ARRAY['earmark'::text, 'quota'::text]))),
  constraint earmark_taken_check CHECK ((taken >= 0)),
  constraint earmark_units_check CHECK ((units > 0))
);

create table inventory.earmark_use (
  order_id uuid not null,
  line_no integer not null,
  earmark_id uuid not null,
  quantity integer not null,
  constraint earmark_use_pkey PRIMARY KEY (order_id, line_no, earmark_id),
  constraint earmark_use_earmark_id_fkey FOREIGN KEY (earmark_id) REFERENCES inventory.earmark(id),
  constraint earmark_use_quantity_check CHECK ((quantity > 0))
);

create table inventory.landed_cost (
  id uuid not null default uuidv7(),
  number text not null default ('LC-'::text || lpad((nextval('inventory.landed_cost_number'::regclass))::text, 6, '0'::text)),
  cause text not null,
  kind text not null,
  basis text not null,
  amount_fen bigint not null,
  to_stock_fen bigint not null,
  to_variance_fen bigint not null,
  reference text,
  note text,
  actor text not null,
  at timestamp with time zone not null,
  constraint landed_cost_number_key UNIQUE (number),
  constraint landed_cost_pkey PRIMARY KEY (id),
  constraint landed_cost_amount_fen_check CHECK ((amount_fen > 0)),
  constraint landed_cost_basis_check CHECK ((basis = ANY (ARRAY['value'::text, 'quantity'::text]))),
  constraint landed_cost_check CHECK (((to_stock_fen + to_variance_fen) = amount_fen)),
  constraint landed_cost_kind_check CHECK ((kind = ANY (ARRAY['freight'::text, 'duty'::text, 'insurance'::text, 'handling'::text, 'other'::text])))
);

create table inventory.landed_cost_part (
  landed_cost_id uuid not null,
  sku text not null,
  received integer not null,
  units_left integer not null,
  share_fen bigint not null,
  sold_fen bigint not null,
  rounding_fen bigint not null,
  constraint landed_cost_part_pkey PRIMARY KEY (landed_cost_id, sku),
  constraint landed_cost_part_landed_cost_id_fkey FOREIGN KEY (landed_cost_id) REFERENCES inventory.landed_cost(id)
);

create table inventory.location (
  code text not null,
  name text not null,
  name_en text not null,
  kind text not null,
  position integer not null default 0,
  constraint location_pkey PRIMARY KEY (code),
  constraint location_kind_check CHECK ((kind = ANY (ARRAY['warehouse'::text, 'store'::text])))
);

create table inventory.lot (
  id uuid not null default uuidv7(),
  sku text not null,
  location text not null,
  code text not null,
  expires_on date,
  on_hand integer not null,
  allocated integer not null default 0,
  is_recalled boolean not null default false,
  usable_until date not null generated always as (
CASE
    WHEN is_recalled THEN '-infinity'::date
    ELSE COALESCE(expires_on, 'infinity'::date)
END) stored,
  constraint lot_sku_location_code_key UNIQUE (sku, location, code),
  constraint lot_pkey PRIMARY KEY (id),
  constraint lot_covers_allocations CHECK (((allocated >= 0) AND (allocated <= on_hand))),
  constraint lot_on_hand_check CHECK ((on_hand >= 0))
);

create table inventory.movement (
  id uuid not null default uuidv7(),
  sku text not null,
  location text not null,
  kind text not null,
  quantity integer not null,
  balance integer not null,
  unit_cost_fen bigint not null,
  cause text not null,
  actor text not null,
  reason text,
  lot text,
  at timestamp with time zone not null,
  constraint movement_pkey PRIMARY KEY (id),
  constraint movement_balance_check CHECK ((balance >= 0)),
  constraint movement_kind_check CHECK ((kind = ANY (ARRAY['receipt'::text, 'shipment'::text, 'return'::text, 'adjustment'::text, 'opening'::text, 'import'::text, 'transfer_out'::text, 'transfer_in'::text, 'transfer_loss'::text, 'damage'::text, 'inspection'::text, 'count'::text, 'recall'::text, 'expiry'::text]))),
  constraint movement_quantity_check CHECK ((quantity <> 0))
);

create table inventory.recall (
  id uuid not null default uuidv7(),
  number text not null,
  sku text not null,
  lot text not null,
  reason text not null,
  state text not null default 'open'::text,
  started_by text not null,
  started_at timestamp with time zone not null,
  ended_by text,
  ended_at timestamp with time zone,
  end_reason text,
  constraint recall_number_key UNIQUE (number),
  constraint recall_pkey PRIMARY KEY (id),
  constraint recall_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'lifted'::text])))
);

create table inventory.reservation (
  order_id uuid not null,
  line_no integer not null,
  sku text not null,
  location text not null,
  quantity integer not null,
  state text not null default 'held'::text,
  at timestamp with time zone not null,
  shipped integer not null default 0,
  channel text not null default ''::text,
  constraint reservation_pkey PRIMARY KEY (order_id, line_no, sku, location),
  constraint reservation_quantity_check CHECK ((quantity > 0)),
  constraint reservation_shipped_check CHECK ((shipped >= 0)),
  constraint reservation_state_check CHECK ((state = ANY (ARRAY['held'::text, 'shipped'::text, 'released'::text])))
);

create table inventory.safety_stock (
  sku text not null,
  location text not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint safety_stock_pkey PRIMARY KEY (sku, location),
  constraint safety_stock_sku_location_fkey FOREIGN KEY (sku, location) REFERENCES inventory.stock(sku, location)
);

create table inventory.serial (
  sku text not null,
  serial text not null,
  location text,
  state text not null,
  order_id uuid,
  changed_at timestamp with time zone not null,
  warranty_until date,
  constraint serial_pkey PRIMARY KEY (sku, serial),
  constraint serial_state_check CHECK ((state = ANY (ARRAY['in_stock'::text, 'shipped'::text])))
);

create table inventory.serial_event (
  id uuid not null default uuidv7(),
  sku text not null,
  serial text not null,
  what text not null,
  location text,
  order_id uuid,
  cause text not null,
  actor text not null,
  warranty_until date,
  at timestamp with time zone not null,
  constraint serial_event_pkey PRIMARY KEY (id),
  constraint serial_event_what_check CHECK ((what = ANY (ARRAY['received'::text, 'shipped'::text, 'returned'::text, 'moved'::text, 'removed'::text])))
);

create table inventory.stock (
  sku text not null,
  location text not null,
  on_hand integer not null default 0,
  promised integer not null default 0,
  unavailable integer not null default 0,
  buffer integer not null default 0,
  unit_cost_fen bigint not null default 0,
  has_limits boolean not null default false,
  version bigint not null default 1,
  changed bigint not null default ((pg_current_xact_id())::text)::bigint,
  constraint stock_pkey PRIMARY KEY (sku, location),
  constraint stock_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code),
  constraint stock_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.variant(sku),
  constraint stock_buffer_check CHECK ((buffer >= 0)),
  constraint stock_covers_promises CHECK ((on_hand >= (promised + unavailable))),
  constraint stock_on_hand_check CHECK ((on_hand >= 0)),
  constraint stock_promised_check CHECK ((promised >= 0)),
  constraint stock_unavailable_check CHECK ((unavailable >= 0)),
  constraint stock_unit_cost_fen_check CHECK ((unit_cost_fen >= 0))
);

create table inventory.takeback (
  order_id uuid not null,
  cause text not null,
  line_no integer not null,
  sku text not null,
  location text not null,
  lot text,
  quantity integer not null,
  is_sellable boolean not null,
  at timestamp with time zone not null,
  constraint takeback_quantity_check CHECK ((quantity > 0))
);

create table inventory.transfer (
  id uuid not null default uuidv7(),
  number text not null default ('TR-'::text || lpad((nextval('inventory.transfer_number'::regclass))::text, 6, '0'::text)),
  from_location text not null,
  to_location text not null,
  state text not null default 'requested'::text,
  expected_on date not null,
  cause text not null default 'manual'::text,
  note text,
  requested_by text not null,
  requested_at timestamp with time zone not null,
  sent_by text,
  sent_at timestamp with time zone,
  received_by text,
  received_at timestamp with time zone,
  cancelled_by text,
  cancelled_at timestamp with time zone,
  cancel_reason text,
  constraint transfer_number_key UNIQUE (number),
  constraint transfer_pkey PRIMARY KEY (id),
  constraint transfer_from_location_fkey FOREIGN KEY (from_location) REFERENCES inventory.location(code),
  constraint transfer_to_location_fkey FOREIGN KEY (to_location) REFERENCES inventory.location(code),
  constraint transfer_check CHECK ((from_location <> to_location)),
  constraint transfer_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'sent'::text, 'received'::text, 'cancelled'::text])))
);

create table inventory.transfer_line (
  transfer_id uuid not null,
  line_no integer not null,
  sku text not null,
  requested integer not null,
  sent integer not null default 0,
  received integer not null default 0,
  damaged integer not null default 0,
  lost integer not null default 0,
  reason text,
  unit_cost_fen bigint not null default 0,
  serials text[] not null default '{}'::text[],
  constraint transfer_line_pkey PRIMARY KEY (transfer_id, line_no),
  constraint transfer_line_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.variant(sku),
  constraint transfer_line_transfer_id_fkey FOREIGN KEY (transfer_id) REFERENCES inventory.transfer(id),
  constraint transfer_line_conserves CHECK ((((received + damaged) + lost) <= sent)),
  constraint transfer_line_damaged_check CHECK ((damaged >= 0)),
  constraint transfer_line_lost_check CHECK ((lost >= 0)),
  constraint transfer_line_received_check CHECK ((received >= 0)),
  constraint transfer_line_requested_check CHECK ((requested > 0)),
  constraint transfer_line_sent_check CHECK ((sent >= 0))
);

create table inventory.transfer_part (
  transfer_id uuid not null,
  line_no integer not null,
  lot text not null default ''::text,
  expires_on date,
  quantity integer not null,
  constraint transfer_part_pkey PRIMARY KEY (transfer_id, line_no, lot),
  constraint transfer_part_transfer_id_line_no_fkey FOREIGN KEY (transfer_id, line_no) REFERENCES inventory.transfer_line(transfer_id, line_no),
  constraint transfer_part_quantity_check CHECK ((quantity > 0))
);

create table inventory.unavailable (
  sku text not null,
  location text not null,
  condition text not null,
  lot text not null default ''::text,
  quantity integer not null,
  constraint unavailable_pkey PRIMARY KEY (sku, location, condition, lot),
  constraint unavailable_sku_location_fkey FOREIGN KEY (sku, location) REFERENCES inventory.stock(sku, location),
  constraint unavailable_condition_check CHECK ((condition = ANY (ARRAY['damaged'::text, 'inspection'::text, 'recalled'::text, 'expired'::text, 'safety'::text]))),
  constraint unavailable_quantity_check CHECK ((quantity >= 0))
);

create table membership.points_ledger (
  id uuid not null default uuidv7(),
  customer_id uuid not null,
  kind text not null,
  points integer not null,
  balance integer not null,
  goods_fen bigint not null default 0,
  cause text not null,
  order_id uuid,
  actor text not null,
  reason text,
  at timestamp with time zone not null,
  constraint points_once_a_cause UNIQUE (customer_id, cause, kind),
  constraint points_ledger_pkey PRIMARY KEY (id),
  constraint points_ledger_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(id),
  constraint points_ledger_balance_check CHECK ((balance >= 0)),
  constraint points_ledger_check CHECK (((points <> 0) OR (kind = 'earned'::text))),
  constraint points_ledger_kind_check CHECK ((kind = ANY (ARRAY['earned'::text, 'spent'::text, 'returned'::text, 'adjusted'::text, 'expired'::text])))
);

create table membership.standing (
  customer_id uuid not null,
  tier text not null default 'basic'::text,
  points integer not null default 0,
  earned_fen bigint not null default 0,
  expired_through integer not null default 0,
  constraint standing_pkey PRIMARY KEY (customer_id),
  constraint standing_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(id),
  constraint standing_tier_fkey FOREIGN KEY (tier) REFERENCES membership.tier(code),
  constraint points_are_there CHECK ((points >= 0))
);

create table membership.tier (
  code text not null,
  name text not null,
  name_en text not null,
  from_fen bigint not null,
  constraint tier_level_is_unique UNIQUE (from_fen),
  constraint tier_pkey PRIMARY KEY (code),
  constraint tier_code_check CHECK ((code ~ '^[a-z0-9-]{1,32}$'::text)),
  constraint tier_from_fen_check CHECK ((from_fen >= 0))
);

create table metrics.definition (
  name text not null,
  version integer not null,
  valid_from date,
  body jsonb not null,
  note text not null,
  shipped_revision integer,
  published_by text not null,
  published_by_name text,
  published_at timestamp with time zone not null,
  constraint definition_pkey PRIMARY KEY (name, version),
  constraint definition_name_check CHECK ((name ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint definition_version_check CHECK ((version >= 1)),
  constraint only_the_first_is_since_ever CHECK (((version = 1) OR (valid_from IS NOT NULL)))
);

create table observations.file (
  id uuid not null default uuidv7(),
  name text not null,
  rows integer not null,
  recorded integer not null,
  corrected integer not null,
  unchanged integer not null,
  bad integer not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint file_pkey PRIMARY KEY (id)
);

create table observations.line (
  id uuid not null default uuidv7(),
  name text not null,
  channel text not null,
  campaign text not null,
  constraint line_once UNIQUE (name, channel, campaign),
  constraint line_pkey PRIMARY KEY (id)
);

create table observations.observation (
  id uuid not null default uuidv7(),
  line_id uuid not null,
  from_on date not null,
  to_on date not null,
  version integer not null,
  constraint observation_once UNIQUE (line_id, from_on, to_on),
  constraint observation_pkey PRIMARY KEY (id),
  constraint observation_line_id_fkey FOREIGN KEY (line_id) REFERENCES observations.line(id),
  constraint observation_check CHECK ((from_on <= to_on)),
  constraint observation_version_check CHECK ((version > 0))
);

create table observations.version (
  observation_id uuid not null,
  version integer not null,
  value numeric(18,4) not null,
  cases integer,
  source text not null,
  note text,
  is_withdrawn boolean not null,
  file_id uuid,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint version_pkey PRIMARY KEY (observation_id, version),
  constraint version_file_id_fkey FOREIGN KEY (file_id) REFERENCES observations.file(id),
  constraint version_observation_id_fkey FOREIGN KEY (observation_id) REFERENCES observations.observation(id),
  constraint version_cases_check CHECK ((cases > 0)),
  constraint version_version_check CHECK ((version > 0))
);

create table orders.bulk_row (
  run_id uuid not null,
  seq integer not null,
  order_id uuid not null,
  number text not null,
  state text not null default 'waiting'::text,
  problem text,
  constraint bulk_row_pkey PRIMARY KEY (run_id, seq),
  constraint bulk_row_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders."order"(id),
  constraint bulk_row_run_id_fkey FOREIGN KEY (run_id) REFERENCES orders.bulk_run(id),
  constraint bulk_row_check CHECK (((state = 'refused'::text) = (problem IS NOT NULL))),
  constraint bulk_row_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text])))
);

create table orders.bulk_run (
  id uuid not null default uuidv7(),
  action text not null,
  reason text,
  state text not null default 'running'::text,
  total integer not null,
  staff_id text not null,
  staff_name text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint bulk_run_pkey PRIMARY KEY (id),
  constraint bulk_run_action_check CHECK ((action = ANY (ARRAY['release'::text, 'cancel'::text]))),
  constraint bulk_run_check CHECK (((state = 'running'::text) = (finished_at IS NULL))),
  constraint bulk_run_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'stopped'::text]))),
  constraint bulk_run_total_check CHECK ((total > 0))
);

create table orders.hold (
  id uuid not null default uuidv7(),
  order_id uuid not null,
  reason text not null,
  details jsonb not null default '{}'::jsonb,
  raised_at timestamp with time zone not null,
  raised_by text not null,
  released_at timestamp with time zone,
  released_by text,
  note text,
  constraint hold_pkey PRIMARY KEY (id),
  constraint hold_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders."order"(id)
);

create table orders.line (
  order_id uuid not null,
  line_no integer not null,
  sku text not null,
  product_id uuid,
  category text,
  name text not null,
  name_en text not null,
  quantity integer not null,
  list_fen bigint not null,
  unit_fen bigint not null,
  discount_fen bigint not null default 0,
  amount_fen bigint not null,
  tax_rate_bp integer not null,
  tax_fen bigint not null,
  unit_cost_fen bigint not null,
  location text,
  adjustments jsonb not null default '[]'::jsonb,
  is_gift boolean not null default false,
  parcel_no integer not null default 1,
  components jsonb,
  expected_on date,
  constraint line_pkey PRIMARY KEY (order_id, line_no),
  constraint line_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint line_amount_is_its_parts CHECK ((amount_fen = ((quantity * unit_fen) - discount_fen))),
  constraint line_discount_fen_check CHECK ((discount_fen >= 0)),
  constraint line_parcel_no_check CHECK ((parcel_no > 0)),
  constraint line_quantity_check CHECK ((quantity > 0)),
  constraint line_unit_fen_check CHECK ((unit_fen >= 0))
);

create table orders.line_cancellation (
  id uuid not null default uuidv7(),
  order_id uuid not null,
  line_no integer not null,
  quantity integer not null,
  amount_fen bigint not null,
  tax_fen bigint not null,
  points integer not null default 0,
  at timestamp with time zone not null,
  constraint line_cancellation_pkey PRIMARY KEY (id),
  constraint line_cancellation_order_id_line_no_fkey FOREIGN KEY (order_id, line_no) REFERENCES orders.line(order_id, line_no),
  constraint line_cancellation_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint line_cancellation_quantity_check CHECK ((quantity > 0))
);

create table orders.order (
  id uuid not null default uuidv7(),
  number text not null,
  channel text not null,
  store text,
  customer_id uuid,
  visitor_id text,
  state text not null,
  attention text,
  currency text not null,
  goods_fen bigint not null,
  freight_fen bigint not null,
  discount_fen bigint not null,
  tax_fen bigint not null,
  total_fen bigint not null,
  placed_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  released_at timestamp with time zone,
  shipped_at timestamp with time zone,
  delivered_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  cancel_reason text,
  expires_at timestamp with time zone,
  source text not null,
  external_id text,
  recipient_name text,
  recipient_phone text,
  region text,
  address text,
  note text,
  access_token_hash text,
  placement_key text,
  carrier text,
  tracking_number text,
  version integer not null default 1,
  points_fen bigint not null default 0,
  points_spent integer not null default 0,
  freight_list_fen bigint not null default 0,
  cancelled_fen bigint not null default 0,
  coupon_codes text[] not null default '{}'::text[],
  buyer_key text,
  invoice jsonb,
  parcels jsonb,
  applied jsonb not null default '[]'::jsonb,
  touched_at timestamp with time zone,
  pickup_at text,
  promised_on date,
  campaign text,
  constraint order_number UNIQUE (number),
  constraint order_placed_once UNIQUE (placement_key),
  constraint order_pkey PRIMARY KEY (id),
  constraint order_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(id),
  constraint order_pickup_at_fkey FOREIGN KEY (pickup_at) REFERENCES inventory.location(code),
  constraint order_store_fkey FOREIGN KEY (store) REFERENCES inventory.location(code),
  constraint order_check CHECK (((points_fen >= 0) AND (points_fen <= discount_fen))),
  constraint order_check1 CHECK (((cancelled_fen >= 0) AND (cancelled_fen <= total_fen))),
  constraint order_discount_fen_check CHECK ((discount_fen >= 0)),
  constraint order_freight_fen_check CHECK ((freight_fen >= 0)),
  constraint order_freight_list_fen_check CHECK ((freight_list_fen >= 0)),
  constraint order_points_spent_check CHECK ((points_spent >= 0)),
  constraint order_source_check CHECK ((source = ANY (ARRAY['live'::text, 'import'::text, 'demo'::text]))),
  constraint order_state_check CHECK ((state = ANY (ARRAY['placed'::text, 'paid'::text, 'released'::text, 'partly_shipped'::text, 'shipped'::text, 'delivered'::text, 'cancelled'::text]))) NOT VALID,
  constraint order_total_fen_check CHECK ((total_fen >= 0)),
  constraint order_total_is_its_parts CHECK ((total_fen = ((goods_fen - discount_fen) + freight_fen)))
);

create table orders.review_rules (
  only_one boolean not null default true,
  rules jsonb not null,
  version integer not null default 1,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint review_rules_pkey PRIMARY KEY (only_one),
  constraint review_rules_only_one_check CHECK (only_one)
);

create table orders.substitution (
  id uuid not null default uuidv7(),
  order_id uuid not null,
  line_no integer not null,
  sku text not null,
  substitute_sku text not null,
  quantity integer not null,
  refund_fen bigint not null,
  state text not null,
  at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint substitution_pkey PRIMARY KEY (id),
  constraint substitution_order_id_line_no_fkey FOREIGN KEY (order_id, line_no) REFERENCES orders.line(order_id, line_no),
  constraint substitution_quantity_check CHECK ((quantity > 0)),
  constraint substitution_refund_fen_check CHECK ((refund_fen >= 0)),
  constraint substitution_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'declined'::text])))
);

create table orders.timeline (
  id uuid not null default uuidv7(),
  order_id uuid not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor text not null,
  what text not null,
  details jsonb not null default '{}'::jsonb,
  constraint timeline_pkey PRIMARY KEY (order_id, at, id)
);

create table payments.notice (
  id uuid not null default uuidv7(),
  provider text not null,
  notice_id text,
  body text not null,
  signature_valid boolean not null,
  outcome text not null,
  payment_id uuid,
  received_at timestamp with time zone not null,
  constraint notice_once UNIQUE (provider, notice_id),
  constraint notice_pkey PRIMARY KEY (id)
);

create table payments.payment (
  id uuid not null default uuidv7(),
  order_id uuid not null,
  reference text not null,
  provider text not null,
  amount_fen bigint not null,
  received_fen bigint not null default 0,
  refunded_fen bigint not null default 0,
  currency text not null,
  state text not null default 'pending'::text,
  failure text,
  provider_ref text,
  pay_url text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  captured_at timestamp with time zone,
  next_check_at timestamp with time zone,
  constraint payment_pkey PRIMARY KEY (id),
  constraint payment_amount_fen_check CHECK ((amount_fen > 0)),
  constraint payment_received_fen_check CHECK ((received_fen >= 0)),
  constraint payment_refunds_within_received CHECK (((refunded_fen >= 0) AND (refunded_fen <= received_fen))),
  constraint payment_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'captured'::text, 'failed'::text, 'closed'::text])))
);

create table payments.refund (
  id uuid not null default uuidv7(),
  payment_id uuid not null,
  order_id uuid not null,
  amount_fen bigint not null,
  cause text not null,
  reason text not null,
  state text not null default 'requested'::text,
  failure text,
  provider_ref text,
  requested_at timestamp with time zone not null,
  done_at timestamp with time zone,
  next_check_at timestamp with time zone,
  constraint refund_once UNIQUE (payment_id, cause),
  constraint refund_pkey PRIMARY KEY (id),
  constraint refund_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payment(id),
  constraint refund_amount_fen_check CHECK ((amount_fen > 0)),
  constraint refund_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'sent'::text, 'done'::text, 'failed'::text])))
);

create table platform.event (
  id uuid not null default uuidv7(),
  seq bigint not null generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  name text not null,
  payload jsonb not null,
  actor jsonb not null,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint event_pkey PRIMARY KEY (id, recorded_at)
);

create table platform.idempotency (
  key text not null,
  endpoint text not null,
  actor text not null,
  request_hash text not null,
  reply jsonb,
  created_at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (key, endpoint, actor)
);

create table platform.migration (
  name text not null,
  hash text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (name)
);

create table platform.reaction (
  name text not null,
  event text not null,
  constraint reaction_pkey PRIMARY KEY (name)
);

create table platform.reaction_done (
  event_id uuid not null,
  reaction text not null,
  at timestamp with time zone not null,
  constraint reaction_done_pkey PRIMARY KEY (event_id, reaction)
);

create table platform.worker (
  id text not null,
  host text not null,
  started_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  lock_key integer not null,
  constraint worker_pkey PRIMARY KEY (id)
);

create table playbooks.arm (
  decision_id uuid not null,
  sku text not null,
  name text not null,
  category text not null,
  arm text not null,
  old_price_fen bigint not null,
  new_price_fen bigint,
  floor_fen bigint not null,
  unit_cost_fen bigint not null,
  tax_rate_bp integer not null,
  available integer not null,
  daily_units double precision not null,
  is_open boolean not null default true,
  name_en text not null,
  constraint arm_pkey PRIMARY KEY (decision_id, sku),
  constraint arm_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES playbooks.decision(id),
  constraint arm_arm_check CHECK ((arm = ANY (ARRAY['treated'::text, 'control'::text, 'dropped'::text]))),
  constraint control_keeps_price CHECK (((arm = 'treated'::text) OR (new_price_fen IS NULL))),
  constraint markdown_above_floor CHECK (((new_price_fen IS NULL) OR (new_price_fen >= floor_fen)))
);

create table playbooks.decision (
  id uuid not null default uuidv7(),
  number text not null,
  playbook text not null,
  entity_kind text not null,
  entity_key text not null,
  entity_name text not null,
  entity_name_en text not null,
  signal_id uuid,
  state text not null,
  amount_fen bigint not null,
  cause jsonb not null,
  proposal jsonb not null,
  expected jsonb not null,
  effect jsonb,
  setting_version integer not null,
  proposed_by_kind text not null,
  proposed_by_id text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  purchase_id uuid,
  superseded_by uuid,
  effective_from timestamp with time zone,
  effective_to timestamp with time zone,
  measure_at timestamp with time zone,
  version integer not null default 1,
  constraint decision_number_key UNIQUE (number),
  constraint decision_pkey PRIMARY KEY (id),
  constraint decision_playbook_setting_version_fkey FOREIGN KEY (playbook, setting_version) REFERENCES playbooks.setting(playbook, version),
  constraint decision_purchase_id_fkey FOREIGN KEY (purchase_id) REFERENCES purchasing.request(id),
  constraint decision_signal_id_fkey FOREIGN KEY (signal_id) REFERENCES warnings.signal(id),
  constraint decision_superseded_by_fkey FOREIGN KEY (superseded_by) REFERENCES playbooks.decision(id),
  constraint decision_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint decision_entity_kind_check CHECK ((entity_kind = ANY (ARRAY['sku'::text, 'category'::text]))),
  constraint decision_playbook_check CHECK ((playbook = ANY (ARRAY['cover'::text, 'slow_mover'::text]))),
  constraint decision_proposed_by_kind_check CHECK ((proposed_by_kind = ANY (ARRAY['staff'::text, 'system'::text]))),
  constraint decision_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'change_requested'::text, 'approved'::text, 'carried_out'::text, 'measured'::text, 'rejected'::text, 'expired'::text, 'superseded'::text, 'failed'::text, 'rolled_back'::text])))
);

create table playbooks.setting (
  playbook text not null,
  version integer not null,
  params jsonb not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint setting_pkey PRIMARY KEY (playbook, version),
  constraint setting_playbook_check CHECK ((playbook = ANY (ARRAY['cover'::text, 'slow_mover'::text]))),
  constraint setting_version_check CHECK ((version > 0))
);

create table playbooks.step (
  id uuid not null default uuidv7(),
  decision_id uuid not null,
  at timestamp with time zone not null,
  stage text not null,
  what text not null,
  actor_kind text not null,
  actor text not null,
  rule text,
  note text,
  details jsonb not null default '{}'::jsonb,
  constraint step_pkey PRIMARY KEY (id),
  constraint step_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES playbooks.decision(id),
  constraint step_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['staff'::text, 'system'::text]))),
  constraint step_stage_check CHECK ((stage = ANY (ARRAY['signal'::text, 'cause'::text, 'proposal'::text, 'approval'::text, 'execution'::text, 'effect'::text])))
);

create table pricing.price (
  id uuid not null default uuidv7(),
  sku text not null,
  channel text,
  kind text not null,
  amount_fen bigint not null,
  currency text not null default 'CNY'::text,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  cause text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  customer_group text,
  from_quantity integer not null default 1,
  wanted_to timestamp with time zone,
  constraint price_windows_do_not_overlap EXCLUDE USING gist (sku WITH =, COALESCE(channel, ''::text) WITH =, kind WITH =, COALESCE(customer_group, ''::text) WITH =, from_quantity WITH =, tstzrange(valid_from, valid_to) WITH &&),
  constraint price_pkey PRIMARY KEY (id),
  constraint price_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.variant(sku),
  constraint price_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint price_base_runs_on CHECK (((kind <> 'list'::text) OR (from_quantity > 1) OR (wanted_to IS NULL))),
  constraint price_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint price_ends_as_wanted CHECK ((valid_to <= wanted_to)),
  constraint price_from_quantity_check CHECK (((from_quantity >= 1) AND (from_quantity <= 10000))),
  constraint price_kind_fits_place CHECK (
CASE kind
    WHEN 'list'::text THEN ((channel IS NULL) AND (customer_group IS NULL))
    WHEN 'channel'::text THEN ((channel IS NOT NULL) AND (customer_group IS NULL))
    WHEN 'group'::text THEN (customer_group IS NOT NULL)
    WHEN 'member'::text THEN true
    ELSE ((customer_group IS NULL) AND (from_quantity = 1))
END),
  constraint price_kind_is_known CHECK ((kind = ANY (ARRAY['list'::text, 'channel'::text, 'group'::text, 'member'::text, 'markdown'::text]))),
  constraint price_markdown_ends CHECK (((kind <> 'markdown'::text) OR (valid_to IS NOT NULL))),
  constraint price_window_is_not_empty CHECK ((valid_to > valid_from))
);

create table promotions.balance (
  promotion_id uuid not null,
  shard smallint not null,
  spent_fen bigint not null default 0,
  uses bigint not null default 0,
  units bigint not null default 0,
  constraint balance_pkey PRIMARY KEY (promotion_id, shard),
  constraint balance_promotion_id_fkey FOREIGN KEY (promotion_id) REFERENCES promotions.promotion(id),
  constraint balance_is_not_negative CHECK (((spent_fen >= 0) AND (uses >= 0) AND (units >= 0))),
  constraint balance_shard_check CHECK (((shard >= 0) AND (shard <= 15)))
);

create table promotions.claim (
  order_id uuid not null,
  promotion_id uuid not null,
  coupon_code text not null default ''::text,
  kind text not null,
  batch_id uuid,
  shard smallint not null,
  customer_key text not null,
  counts_customer boolean not null,
  counts_batch boolean not null,
  amount_fen bigint not null,
  uses integer not null,
  units bigint not null,
  goods_fen bigint not null,
  tax_fen bigint not null,
  cost_fen bigint not null,
  at timestamp with time zone not null,
  round smallint not null default 0,
  constraint claim_pkey PRIMARY KEY (order_id, promotion_id, coupon_code, kind, round),
  constraint claim_kind_check CHECK ((kind = ANY (ARRAY['taken'::text, 'returned'::text]))),
  constraint claim_sign CHECK (
CASE kind
    WHEN 'taken'::text THEN ((uses = 1) AND (amount_fen >= 0) AND (units >= 0))
    ELSE ((uses = '-1'::integer) AND (amount_fen <= 0) AND (units <= 0))
END)
);

create table promotions.coupon (
  code text not null,
  batch_id uuid not null,
  position integer not null,
  customer_id uuid,
  given_at timestamp with time zone,
  valid_to timestamp with time zone,
  earned_by uuid,
  uses bigint not null default 0,
  constraint coupon_position_once UNIQUE (batch_id, "position"),
  constraint coupon_pkey PRIMARY KEY (code),
  constraint coupon_uses_check CHECK ((uses >= 0))
);

create table promotions.coupon_batch (
  id uuid not null default uuidv7(),
  number text not null default ('B'::text || nextval('promotions.batch_number'::regclass)),
  name text not null,
  promotion_id uuid not null,
  kind text not null,
  size integer not null,
  prefix text not null default ''::text,
  word text,
  uses_per_code bigint,
  uses_per_customer bigint,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  valid_days integer,
  is_public boolean not null default false,
  is_earned boolean not null default false,
  state text not null default 'making'::text,
  made integer not null default 0,
  given integer not null default 0,
  created_by_id text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint coupon_batch_number_key UNIQUE (number),
  constraint coupon_batch_pkey PRIMARY KEY (id),
  constraint coupon_batch_promotion_id_fkey FOREIGN KEY (promotion_id) REFERENCES promotions.promotion(id),
  constraint batch_makes_what_it_says CHECK ((made <= size)),
  constraint batch_single_is_used_once CHECK (((kind <> 'single'::text) OR (uses_per_code = 1))),
  constraint batch_window_is_not_empty CHECK ((valid_to > valid_from)),
  constraint batch_word_is_one_code CHECK (((word IS NULL) OR ((size = 1) AND (kind = 'multi'::text)))),
  constraint coupon_batch_given_check CHECK ((given >= 0)),
  constraint coupon_batch_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'multi'::text]))),
  constraint coupon_batch_size_check CHECK (((size >= 1) AND (size <= 1000000))),
  constraint coupon_batch_state_check CHECK ((state = ANY (ARRAY['making'::text, 'ready'::text, 'stopped'::text]))),
  constraint coupon_batch_uses_per_code_check CHECK ((uses_per_code > 0)),
  constraint coupon_batch_uses_per_customer_check CHECK ((uses_per_customer > 0)),
  constraint coupon_batch_valid_days_check CHECK ((valid_days > 0))
);

create table promotions.customer_use (
  scope uuid not null,
  customer_key text not null,
  uses bigint not null default 0,
  units bigint not null default 0,
  constraint customer_use_pkey PRIMARY KEY (scope, customer_key),
  constraint customer_use_units_check CHECK ((units >= 0)),
  constraint customer_use_uses_check CHECK ((uses >= 0))
);

create table promotions.group (
  id uuid not null default uuidv7(),
  name text not null,
  name_en text not null,
  stage text not null,
  mode text not null,
  parent_id uuid,
  priority integer not null default 0,
  version integer not null default 1,
  change jsonb,
  constraint group_pkey PRIMARY KEY (id),
  constraint group_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES promotions."group"(id),
  constraint group_is_not_its_own_parent CHECK ((parent_id <> id)),
  constraint group_mode_check CHECK ((mode = ANY (ARRAY['sequence'::text, 'sum'::text, 'best'::text, 'priority'::text, 'only'::text]))),
  constraint group_stage_check CHECK ((stage = ANY (ARRAY['exclusive'::text, 'line'::text, 'threshold'::text, 'coupon'::text, 'freight'::text])))
);

create table promotions.promotion (
  id uuid not null default uuidv7(),
  number text not null default ('P'::text || nextval('promotions.promotion_number'::regclass)),
  name text not null,
  name_en text not null,
  stage text not null,
  group_id uuid,
  priority integer not null default 0,
  when jsonb not null,
  then jsonb not null,
  joins_exclusive boolean not null default false,
  needs_code boolean not null default false,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  budget_fen bigint,
  uses_max bigint,
  uses_per_customer bigint,
  units_max bigint,
  units_per_customer bigint,
  expected_cost_fen bigint not null default 0,
  state text not null default 'draft'::text,
  version integer not null default 1,
  created_by_id text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  changed_by_id text not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  approved_by_id text,
  approved_by text,
  approved_at timestamp with time zone,
  rejected_reason text,
  ended_at timestamp with time zone,
  constraint promotion_number_key UNIQUE (number),
  constraint promotion_pkey PRIMARY KEY (id),
  constraint promotion_group_id_fkey FOREIGN KEY (group_id) REFERENCES promotions."group"(id),
  constraint promotion_approved_by_somebody CHECK (((state <> ALL (ARRAY['approved'::text, 'paused'::text])) OR (approved_by IS NOT NULL))),
  constraint promotion_budget_fen_check CHECK ((budget_fen > 0)),
  constraint promotion_expected_cost_fen_check CHECK ((expected_cost_fen >= 0)),
  constraint promotion_stage_check CHECK ((stage = ANY (ARRAY['exclusive'::text, 'line'::text, 'threshold'::text, 'coupon'::text, 'freight'::text]))),
  constraint promotion_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'waiting'::text, 'approved'::text, 'paused'::text, 'ended'::text]))),
  constraint promotion_units_max_check CHECK ((units_max > 0)),
  constraint promotion_units_per_customer_check CHECK ((units_per_customer > 0)),
  constraint promotion_uses_max_check CHECK ((uses_max > 0)),
  constraint promotion_uses_per_customer_check CHECK ((uses_per_customer > 0)),
  constraint promotion_window_is_not_empty CHECK ((ends_at > starts_at))
);

create table promotions.revision (
  is_only boolean not null default true,
  token uuid not null default gen_random_uuid(),
  constraint revision_pkey PRIMARY KEY (is_only),
  constraint revision_is_only_check CHECK (is_only)
);

create table promotions.setting (
  is_only boolean not null default true,
  second_person_above_fen bigint not null,
  version integer not null default 1,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint setting_pkey PRIMARY KEY (is_only),
  constraint setting_is_only_check CHECK (is_only),
  constraint setting_second_person_above_fen_check CHECK ((second_person_above_fen >= 0))
);

create table promotions.step (
  id uuid not null default uuidv7(),
  promotion_id uuid not null,
  what text not null,
  note text,
  by_id text not null,
  by text not null,
  at timestamp with time zone not null,
  constraint step_pkey PRIMARY KEY (id),
  constraint step_promotion_id_fkey FOREIGN KEY (promotion_id) REFERENCES promotions.promotion(id),
  constraint step_what_check CHECK ((what = ANY (ARRAY['created'::text, 'changed'::text, 'submitted'::text, 'approved'::text, 'rejected'::text, 'paused'::text, 'resumed'::text, 'ended'::text])))
);

create table purchasing.receipt (
  id uuid not null default uuidv7(),
  request_id uuid not null,
  note text,
  received_by text not null,
  received_at timestamp with time zone not null,
  constraint receipt_pkey PRIMARY KEY (id),
  constraint receipt_request_id_fkey FOREIGN KEY (request_id) REFERENCES purchasing.request(id)
);

create table purchasing.receipt_line (
  receipt_id uuid not null,
  position integer not null,
  line_no integer not null,
  sku text not null,
  quantity integer not null,
  lot text,
  expires_on date,
  serials text[] not null default '{}'::text[],
  constraint receipt_line_pkey PRIMARY KEY (receipt_id, "position"),
  constraint receipt_line_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES purchasing.receipt(id),
  constraint receipt_line_quantity_check CHECK ((quantity > 0))
);

create table purchasing.request (
  id uuid not null default uuidv7(),
  number text not null,
  supplier text not null,
  location text not null,
  state text not null,
  cause text not null,
  expected_on date not null,
  note text,
  closed_reason text,
  created_by text not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint request_number_key UNIQUE (number),
  constraint request_pkey PRIMARY KEY (id),
  constraint request_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code),
  constraint request_supplier_fkey FOREIGN KEY (supplier) REFERENCES purchasing.supplier(code),
  constraint request_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'partly_received'::text, 'received'::text, 'closed'::text, 'cancelled'::text])))
);

create table purchasing.request_line (
  request_id uuid not null,
  line_no integer not null,
  sku text not null,
  quantity integer not null,
  received integer not null default 0,
  unit_cost_fen bigint not null,
  constraint request_line_pkey PRIMARY KEY (request_id, line_no),
  constraint request_line_request_id_fkey FOREIGN KEY (request_id) REFERENCES purchasing.request(id),
  constraint request_line_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.variant(sku),
  constraint line_within_request CHECK (((received >= 0) AND (received <= quantity))),
  constraint request_line_quantity_check CHECK ((quantity > 0)),
  constraint request_line_unit_cost_fen_check CHECK ((unit_cost_fen >= 0))
);

create table purchasing.supplier (
  code text not null,
  name text not null,
  lead_time_days integer not null,
  constraint supplier_pkey PRIMARY KEY (code),
  constraint supplier_lead_time_days_check CHECK (((lead_time_days >= 0) AND (lead_time_days <= 365)))
);

create table purchasing.supply_term (
  sku text not null,
  supplier text not null,
  unit_cost_fen bigint not null,
  minimum_quantity integer not null default 1,
  pack_size integer not null default 1,
  lead_time_days integer,
  is_preferred boolean not null default true,
  constraint supply_term_pkey PRIMARY KEY (sku, supplier),
  constraint supply_term_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.variant(sku),
  constraint supply_term_supplier_fkey FOREIGN KEY (supplier) REFERENCES purchasing.supplier(code),
  constraint supply_term_lead_time_days_check CHECK (((lead_time_days >= 0) AND (lead_time_days <= 365))),
  constraint supply_term_minimum_quantity_check CHECK ((minimum_quantity > 0)),
  constraint supply_term_pack_size_check CHECK ((pack_size > 0)),
  constraint supply_term_unit_cost_fen_check CHECK ((unit_cost_fen >= 0))
);

create table recalls.notice_export (
  id uuid not null default uuidv7(),
  recall_id uuid not null,
  buyers integer not null,
  taken_by text not null,
  taken_at timestamp with time zone not null,
  constraint notice_export_pkey PRIMARY KEY (id),
  constraint notice_export_buyers_check CHECK ((buyers >= 0))
);

create table returns.line (
  return_id uuid not null,
  line_no integer not null,
  order_id uuid,
  order_line_no integer,
  sku text not null,
  product_id uuid,
  category text,
  name text not null,
  quantity integer not null,
  amount_fen bigint not null,
  tax_fen bigint not null,
  unit_cost_fen bigint not null,
  is_restocked boolean not null,
  constraint line_pkey PRIMARY KEY (return_id, line_no),
  constraint line_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders."order"(id),
  constraint line_return_id_fkey FOREIGN KEY (return_id) REFERENCES returns.return(id),
  constraint line_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint line_quantity_check CHECK ((quantity > 0))
);

create table returns.return (
  id uuid not null default uuidv7(),
  number text not null,
  order_id uuid,
  channel text not null,
  store text,
  customer_id uuid,
  external_id text,
  source text not null,
  reason text not null,
  note text,
  currency text not null,
  refund_fen bigint not null,
  received_at timestamp with time zone not null,
  actor text not null,
  constraint return_external UNIQUE (channel, external_id),
  constraint return_number UNIQUE (number),
  constraint return_pkey PRIMARY KEY (id),
  constraint return_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders."order"(id),
  constraint return_refund_fen_check CHECK ((refund_fen >= 0)),
  constraint return_source_check CHECK ((source = ANY (ARRAY['live'::text, 'import'::text, 'demo'::text])))
);

create table routing.capacity (
  location text not null,
  day date not null,
  used integer not null,
  constraint capacity_pkey PRIMARY KEY (location, day),
  constraint capacity_used_check CHECK ((used >= 0))
);

create table routing.capacity_claim (
  order_id uuid not null,
  location text not null,
  day date not null,
  constraint capacity_claim_pkey PRIMARY KEY (order_id, location)
);

create table routing.decision (
  id uuid not null default uuidv7(),
  order_id uuid not null,
  at timestamp with time zone not null,
  origin text not null,
  decided_by text,
  actor text not null,
  reason text,
  parcels jsonb not null,
  ranking jsonb not null,
  constraint decision_pkey PRIMARY KEY (order_id, id),
  constraint decision_origin_check CHECK ((origin = ANY (ARRAY['first_location'::text, 'rules'::text, 'person'::text, 'rejection'::text, 'capacity'::text, 'back_order'::text])))
);

create table routing.location_rule (
  location text not null,
  ships_online boolean not null,
  daily_capacity integer,
  priority integer not null default 100,
  province text,
  storages text[] not null default '{ambient}'::text[],
  constraint location_rule_pkey PRIMARY KEY (location),
  constraint location_rule_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code),
  constraint location_rule_daily_capacity_check CHECK ((daily_capacity >= 0)),
  constraint location_rule_province_check CHECK ((province ~ '^\d{6}$'::text))
);

create table routing.rule_set (
  only_one boolean not null default true,
  rules jsonb not null,
  parcels_max integer not null,
  parcel_fen_min bigint not null default 0,
  version integer not null default 1,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint rule_set_pkey PRIMARY KEY (only_one),
  constraint rule_set_only_one_check CHECK (only_one),
  constraint rule_set_parcel_fen_min_check CHECK ((parcel_fen_min >= 0)),
  constraint rule_set_parcels_max_check CHECK (((parcels_max >= 1) AND (parcels_max <= 3)))
);

create table storefront.card (
  product_id uuid not null,
  slug text not null,
  category text not null,
  crumbs jsonb not null,
  brand text not null,
  options text[] not null,
  options_en text[] not null,
  price_fen bigint,
  is_in_stock boolean not null,
  display jsonb not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  changed xid8 not null default pg_current_xact_id(),
  constraint card_pkey PRIMARY KEY (product_id)
);

create table stream.batch (
  feed text not null,
  generation integer not null,
  number bigint not null,
  after_xid xid8 not null,
  after_seq bigint not null,
  upto_xid xid8 not null,
  upto_seq bigint not null,
  entries integer not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  inserted_at timestamp with time zone,
  constraint batch_pkey PRIMARY KEY (feed, generation, number),
  constraint batch_feed_check CHECK ((feed = ANY (ARRAY['events'::text, 'behaviour'::text]))),
  constraint batch_number_check CHECK ((number > 0))
);

create table stream.bucket_version (
  id uuid not null default uuidv7(),
  source text not null,
  grain text not null,
  starts_at timestamp with time zone not null,
  channel text not null,
  store text not null,
  category text not null,
  sku text not null,
  campaign text not null,
  event text not null,
  version integer not null,
  batch text not null,
  reopened_at timestamp with time zone not null,
  before jsonb not null,
  after jsonb not null,
  constraint bucket_version_source_grain_starts_at_channel_store_categor_key UNIQUE (source, grain, starts_at, channel, store, category, sku, campaign, event, version),
  constraint bucket_version_pkey PRIMARY KEY (id),
  constraint bucket_version_grain_check CHECK ((grain = ANY (ARRAY['minute'::text, 'hour'::text, 'day'::text]))),
  constraint bucket_version_source_check CHECK ((source = ANY (ARRAY['sales'::text, 'events'::text]))),
  constraint bucket_version_version_check CHECK ((version > 1))
);

create table stream.campaign_touch (
  visitor_id text not null,
  at timestamp with time zone not null,
  campaign text not null,
  known_at timestamp with time zone not null,
  constraint campaign_touch_pkey PRIMARY KEY (visitor_id, at, campaign)
);

create table stream.difference (
  reconciliation_id uuid not null,
  row_no integer not null,
  what text not null,
  day date not null,
  measure text not null,
  expected bigint not null,
  found bigint not null,
  found_after bigint,
  ids text[] not null,
  repair text not null,
  constraint difference_pkey PRIMARY KEY (reconciliation_id, row_no),
  constraint difference_reconciliation_id_fkey FOREIGN KEY (reconciliation_id) REFERENCES stream.reconciliation(id) ON DELETE CASCADE
);

create table stream.generation (
  is_only boolean not null default true,
  number integer not null,
  started_at timestamp with time zone not null,
  constraint generation_pkey PRIMARY KEY (is_only),
  constraint generation_is_only_check CHECK (is_only)
);

create table stream.late_entry (
  id uuid not null default uuidv7(),
  feed text not null,
  xid xid8 not null,
  seq bigint not null,
  day date not null,
  what text not null,
  ref text not null,
  channel text not null,
  store text not null,
  happened_at timestamp with time zone not null,
  arrived_at timestamp with time zone not null,
  entries integer not null,
  units bigint not null,
  amount_fen bigint not null,
  rows jsonb not null,
  state text not null default 'open'::text,
  reason text,
  decided_by text,
  decided_at timestamp with time zone,
  version integer not null default 1,
  constraint late_entry_feed_xid_seq_day_key UNIQUE (feed, xid, seq, day),
  constraint late_entry_pkey PRIMARY KEY (id),
  constraint late_entry_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  constraint late_entry_check1 CHECK (((state = 'open'::text) = (reason IS NULL))),
  constraint late_entry_entries_check CHECK ((entries > 0)),
  constraint late_entry_feed_check CHECK ((feed = ANY (ARRAY['events'::text, 'behaviour'::text]))),
  constraint late_entry_state_check CHECK ((state = ANY (ARRAY['open'::text, 'taken'::text, 'left'::text])))
);

create table stream.late_mark (
  feed text not null,
  xid xid8 not null,
  seq bigint not null,
  constraint late_mark_pkey PRIMARY KEY (feed),
  constraint late_mark_feed_check CHECK ((feed = ANY (ARRAY['events'::text, 'behaviour'::text])))
);

create table stream.reconciliation (
  id uuid not null default uuidv7(),
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  asked_by text not null,
  from_day date not null,
  to_day date not null,
  outcome text not null default 'running'::text,
  checks integer not null default 0,
  constraint reconciliation_pkey PRIMARY KEY (id),
  constraint reconciliation_check CHECK (((outcome = 'running'::text) = (finished_at IS NULL))),
  constraint reconciliation_outcome_check CHECK ((outcome = ANY (ARRAY['running'::text, 'equal'::text, 'repaired'::text, 'unrepaired'::text, 'postponed'::text])))
);

create table targets.target (
  id uuid not null default uuidv7(),
  metric text not null,
  scope jsonb not null,
  scope_key text not null,
  period text not null,
  starts_on date not null,
  version integer not null,
  constraint target_once UNIQUE (metric, scope_key, period, starts_on),
  constraint target_pkey PRIMARY KEY (id),
  constraint target_check CHECK (((period = 'day'::text) OR (EXTRACT(day FROM starts_on) = (1)::numeric))),
  constraint target_period_check CHECK ((period = ANY (ARRAY['month'::text, 'day'::text]))),
  constraint target_version_check CHECK ((version > 0))
);

create table targets.version (
  target_id uuid not null,
  version integer not null,
  value double precision not null,
  weekday_weights integer[] not null,
  note text,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint version_pkey PRIMARY KEY (target_id, version),
  constraint version_target_id_fkey FOREIGN KEY (target_id) REFERENCES targets.target(id),
  constraint version_value_check CHECK ((value >= (0)::double precision)),
  constraint version_version_check CHECK ((version > 0)),
  constraint version_weekday_weights_check CHECK ((array_length(weekday_weights, 1) = 7))
);

create table views.layout (
  staff_id text not null,
  page text not null,
  view_id uuid,
  layout jsonb not null,
  constraint one_layout_each UNIQUE NULLS NOT DISTINCT (staff_id, page, view_id),
  constraint layout_view_id_fkey FOREIGN KEY (view_id) REFERENCES views.view(id) ON DELETE CASCADE
);

create table views.opening (
  staff_id text not null,
  page text not null,
  view_id uuid not null,
  constraint opening_pkey PRIMARY KEY (staff_id, page),
  constraint opening_view_id_fkey FOREIGN KEY (view_id) REFERENCES views.view(id) ON DELETE CASCADE
);

create table views.view (
  id uuid not null default uuidv7(),
  page text not null,
  owner_id text not null,
  owner_name text not null,
  name text not null,
  query text not null,
  layout jsonb,
  is_shared boolean not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint view_pkey PRIMARY KEY (id)
);

create table warehouse.bin (
  location text not null,
  sku text not null,
  bin text not null,
  constraint bin_pkey PRIMARY KEY (location, sku),
  constraint bin_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code)
);

create table warehouse.fulfilment (
  id uuid not null,
  number text not null,
  location text not null,
  kind text not null,
  state text not null,
  channel text not null,
  buyer_key text not null,
  address_key text not null,
  merge_key text,
  recipient jsonb not null,
  storage text not null default 'ambient'::text,
  grams integer not null default 0,
  carrier text,
  service text,
  tracking_number text,
  parcel_id uuid,
  pickup_code text,
  pick_list_id uuid,
  manifest_id uuid,
  reject_reason text,
  dispatch_by timestamp with time zone,
  promised_on date,
  keep_until date,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  packed_at timestamp with time zone,
  left_at timestamp with time zone,
  version integer not null default 0,
  constraint fulfilment_number_key UNIQUE (number),
  constraint fulfilment_pkey PRIMARY KEY (id),
  constraint fulfilment_location_fkey FOREIGN KEY (location) REFERENCES inventory.location(code),
  constraint fulfilment_manifest_id_fkey FOREIGN KEY (manifest_id) REFERENCES warehouse.manifest(id),
  constraint fulfilment_pick_list_id_fkey FOREIGN KEY (pick_list_id) REFERENCES warehouse.pick_list(id),
  constraint fulfilment_grams_check CHECK ((grams >= 0)),
  constraint fulfilment_kind_check CHECK ((kind = ANY (ARRAY['delivery'::text, 'pickup'::text, 'till'::text]))),
  constraint fulfilment_state_check CHECK ((state = ANY (ARRAY['open'::text, 'picking'::text, 'picked'::text, 'packed'::text, 'handed_over'::text, 'delivered'::text, 'collected'::text, 'rejected'::text, 'cancelled'::text, 'lapsed'::text]))),
  constraint fulfilment_storage_check CHECK ((storage = ANY (ARRAY['ambient'::text, 'chilled'::text, 'frozen'::text])))
);

create table warehouse.fulfilment_line (
  fulfilment_id uuid not null,
  order_id uuid not null,
  order_number text not null,
  line_no integer not null,
  sku text not null,
  quantity integer not null,
  picked integer not null default 0,
  packed integer not null default 0,
  sold_sku text not null default ''::text,
  per_sold integer not null default 1,
  constraint fulfilment_line_pkey PRIMARY KEY (fulfilment_id, order_id, line_no, sku),
  constraint fulfilment_line_fulfilment_id_fkey FOREIGN KEY (fulfilment_id) REFERENCES warehouse.fulfilment(id),
  constraint fulfilment_line_packed_check CHECK ((packed >= 0)),
  constraint fulfilment_line_per_sold_check CHECK ((per_sold > 0)),
  constraint fulfilment_line_picked_check CHECK ((picked >= 0)),
  constraint fulfilment_line_quantity_check CHECK ((quantity >= 0)),
  constraint line_packs_what_was_picked CHECK (((packed <= picked) AND (picked <= quantity)))
);

create table warehouse.history (
  id uuid not null default uuidv7(),
  fulfilment_id uuid not null,
  state text not null,
  what text not null,
  details jsonb not null default '{}'::jsonb,
  actor text not null,
  at timestamp with time zone not null,
  constraint history_pkey PRIMARY KEY (id),
  constraint history_fulfilment_id_fkey FOREIGN KEY (fulfilment_id) REFERENCES warehouse.fulfilment(id)
);

create table warehouse.manifest (
  id uuid not null default uuidv7(),
  number text not null,
  location text not null,
  carrier text not null,
  handed_over_at timestamp with time zone not null,
  handed_over_by text not null,
  constraint manifest_number_key UNIQUE (number),
  constraint manifest_pkey PRIMARY KEY (id)
);

create table warehouse.packed_unit (
  id uuid not null default uuidv7(),
  fulfilment_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  sku text not null,
  lot text,
  serial text,
  quantity integer not null,
  at timestamp with time zone not null,
  actor text not null,
  constraint packed_unit_pkey PRIMARY KEY (id),
  constraint packed_unit_fulfilment_id_fkey FOREIGN KEY (fulfilment_id) REFERENCES warehouse.fulfilment(id),
  constraint packed_unit_quantity_check CHECK ((quantity > 0))
);

create table warehouse.pick_list (
  id uuid not null default uuidv7(),
  number text not null,
  location text not null,
  state text not null default 'open'::text,
  picker text not null,
  started_at timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint pick_list_number_key UNIQUE (number),
  constraint pick_list_pkey PRIMARY KEY (id),
  constraint pick_list_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'abandoned'::text])))
);

create table warnings.rule (
  id uuid not null default uuidv7(),
  name text not null,
  name_en text not null,
  metric text not null,
  entity text not null,
  direction text not null,
  fire_level double precision not null,
  clear_level double precision not null,
  hold_minutes integer not null,
  against text not null default 'level'::text,
  is_active boolean not null default true,
  version integer not null default 1,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  evaluated_at timestamp with time zone,
  constraint rule_pkey PRIMARY KEY (id),
  constraint levels_in_order CHECK ((((direction = 'below'::text) AND (clear_level >= fire_level)) OR ((direction = 'above'::text) AND (clear_level <= fire_level)))),
  constraint rule_against_check CHECK ((against = ANY (ARRAY['level'::text, 'target'::text]))),
  constraint rule_direction_check CHECK ((direction = ANY (ARRAY['below'::text, 'above'::text]))),
  constraint rule_entity_check CHECK ((entity = ANY (ARRAY['total'::text, 'sku'::text, 'store'::text, 'channel'::text, 'category'::text]))),
  constraint rule_hold_minutes_check CHECK ((hold_minutes >= 0))
);

create table warnings.rule_version (
  rule_id uuid not null,
  version integer not null,
  body jsonb not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint rule_version_pkey PRIMARY KEY (rule_id, version),
  constraint rule_version_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES warnings.rule(id)
);

create table warnings.signal (
  id uuid not null default uuidv7(),
  rule_id uuid not null,
  rule_version integer not null,
  metric text not null,
  entity text not null,
  entity_key text not null,
  direction text not null,
  fire_level double precision not null,
  clear_level double precision not null,
  fired_value double precision not null,
  pending_since timestamp with time zone not null,
  fired_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  constraint signal_pkey PRIMARY KEY (id),
  constraint signal_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES warnings.rule(id)
);

create table warnings.state (
  rule_id uuid not null,
  entity_key text not null,
  state text not null,
  value double precision,
  pending_since timestamp with time zone,
  fired_at timestamp with time zone,
  resolved_at timestamp with time zone,
  signal_id uuid,
  evaluated_at timestamp with time zone not null,
  constraint state_pkey PRIMARY KEY (rule_id, entity_key),
  constraint state_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES warnings.rule(id),
  constraint state_signal_id_fkey FOREIGN KEY (signal_id) REFERENCES warnings.signal(id),
  constraint firing_has_signal CHECK (((state <> 'firing'::text) OR (signal_id IS NOT NULL))),
  constraint state_state_check CHECK ((state = ANY (ARRAY['inactive'::text, 'pending'::text, 'firing'::text, 'resolved'::text])))
);

CREATE INDEX annotation_by_day ON boards.annotation USING gist (daterange(from_day, to_day, '[]'::text));

CREATE INDEX board_by_owner ON boards.board USING btree (owner_id);

CREATE INDEX board_shared ON boards.board USING btree (created_at) WHERE is_shared;

CREATE INDEX question_by_owner ON boards.question USING btree (owner_id);

CREATE INDEX question_shared ON boards.question USING btree (created_at) WHERE is_shared;

CREATE INDEX run_newest ON boards.run USING btree (schedule_id, started_at DESC, id DESC);

CREATE UNIQUE INDEX run_once_due ON boards.run USING btree (schedule_id, due_at) WHERE (by_name IS NULL);

CREATE INDEX run_file_age ON boards.run_file USING btree (made_at);

CREATE INDEX schedule_due ON boards.schedule USING btree (next_at) WHERE (next_at IS NOT NULL);

CREATE INDEX cart_hold_ends ON cart.cart USING btree (hold_expires_at) WHERE (hold_id IS NOT NULL);

CREATE INDEX kits_with_component ON catalog.kit_component USING btree (sku);

CREATE INDEX product_by_category ON catalog.product USING btree (category, id);

CREATE INDEX product_by_typed_code ON catalog.product USING btree (lower(code));

CREATE INDEX product_for_sitemap ON catalog.product USING btree (slug) INCLUDE (updated_at) WHERE (state = 'active'::text);

CREATE INDEX search_document ON catalog.search USING gin (document);

CREATE INDEX search_names ON catalog.search USING gin (names gin_trgm_ops);

CREATE INDEX variant_of_product ON catalog.variant USING btree (product_id, "position");

CREATE INDEX bad_event_by_state ON collection.bad_event USING btree (state, id);

CREATE INDEX batch_order ON ONLY collection.batch USING btree (xid, id);

CREATE INDEX batch_received ON ONLY collection.batch USING brin (received_at) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX visitor_of_customer ON collection.visitor USING btree (customer_id);

CREATE INDEX address_of_customer ON customers.address USING btree (customer_id, created_at);

CREATE UNIQUE INDEX address_one_default ON customers.address USING btree (customer_id) WHERE is_default;

CREATE INDEX customer_by_name ON customers.customer USING gin (name gin_trgm_ops);

CREATE INDEX customer_by_phone ON customers.customer USING btree (phone, created_at) WHERE (phone IS NOT NULL);

CREATE UNIQUE INDEX customer_email_is_proved_once ON customers.customer USING btree (lower(email)) WHERE (email_proved_at IS NOT NULL);

CREATE INDEX invoice_profile_of_customer ON customers.invoice_profile USING btree (customer_id, created_at);

CREATE UNIQUE INDEX invoice_profile_one_default ON customers.invoice_profile USING btree (customer_id) WHERE is_default;

CREATE INDEX segments_of_customer ON customers.segment_member USING btree (customer_id, segment);

CREATE INDEX parcel_newest ON delivery.parcel USING btree (booked_at DESC, id DESC);

CREATE UNIQUE INDEX parcel_of_fulfilment ON delivery.parcel USING btree (fulfilment_id) WHERE (state <> 'voided'::text);

CREATE INDEX parcel_under_way ON delivery.parcel USING btree (promised_on) WHERE (state = ANY (ARRAY['handed_over'::text, 'in_transit'::text, 'out_for_delivery'::text, 'failed'::text]));

CREATE INDEX tracking_of_parcel ON delivery.tracking_event USING btree (parcel_id, at);

CREATE INDEX account_of_user ON identity.account USING btree (user_id);

CREATE INDEX mail_code_newest ON identity.mail_code USING btree (customer_id, sent_at DESC);

CREATE INDEX mail_code_of_address ON identity.mail_code USING btree (email, sent_at DESC);

CREATE INDEX phone_code_newest ON identity.phone_code USING btree (phone, sent_at DESC);

CREATE INDEX sandbox_mail_newest ON identity.sandbox_mail USING btree (email, sent_at DESC);

CREATE INDEX sandbox_message_newest ON identity.sandbox_message USING btree (phone, sent_at DESC);

CREATE INDEX session_age ON identity.session USING btree (expires_at);

CREATE INDEX session_of_user ON identity.session USING btree (user_id);

CREATE INDEX verification_of_identifier ON identity.verification USING btree (identifier);

CREATE INDEX entry_of_job ON imports.entry USING btree (job_id, row_no);

CREATE INDEX job_newest ON imports.job USING btree (created_at DESC, id DESC);

CREATE INDEX product_request_by_key ON insight.product_request USING btree (key);

CREATE INDEX product_request_by_state ON insight.product_request USING btree (state, id);

CREATE INDEX ahead_waiting ON inventory.ahead_promise USING btree (sku, location, at) WHERE (state = 'waiting'::text);

CREATE INDEX allocation_of_lot ON inventory.allocation USING btree (sku, lot, location);

CREATE INDEX condition_move_history ON inventory.condition_move USING btree (sku, at DESC, id DESC);

CREATE INDEX correction_newest ON inventory.correction USING btree (proposed_at DESC, id DESC);

CREATE INDEX correction_of_cause ON inventory.correction USING btree (cause);

CREATE INDEX correction_waiting ON inventory.correction USING btree (proposed_at DESC, id DESC) WHERE (state = 'waiting'::text);

CREATE INDEX cost_change_of_place ON inventory.cost_change USING btree (sku, location);

CREATE INDEX cost_variance_of_place ON inventory.cost_variance USING btree (sku, location);

CREATE INDEX count_newest ON inventory.count USING btree (opened_at DESC, id DESC);

CREATE INDEX count_line_of_sku ON inventory.count_line USING btree (sku, count_id);

CREATE INDEX dispatch_of_lot ON inventory.dispatch USING btree (sku, lot) WHERE (lot IS NOT NULL);

CREATE INDEX dispatch_of_order ON inventory.dispatch USING btree (order_id, cause);

CREATE INDEX drift_report_newest ON inventory.drift_report USING btree (at DESC, id DESC);

CREATE INDEX earmark_open ON inventory.earmark USING btree (sku, location) WHERE (ended_at IS NULL);

CREATE INDEX landed_cost_newest ON inventory.landed_cost USING btree (at DESC, id DESC);

CREATE INDEX landed_cost_of_receipt ON inventory.landed_cost USING btree (cause);

CREATE INDEX lot_ending ON inventory.lot USING btree (sku, usable_until) WHERE (on_hand > 0);

CREATE INDEX lot_first_expiring ON inventory.lot USING btree (sku, location, expires_on, code) WHERE (on_hand > 0);

CREATE INDEX movement_history ON inventory.movement USING btree (sku, at DESC, id DESC);

CREATE INDEX movement_history_here ON inventory.movement USING btree (sku, location, at DESC, id DESC);

CREATE INDEX movement_inbound ON inventory.movement USING btree (at, sku) WHERE (quantity > 0);

CREATE INDEX movement_of_lot ON inventory.movement USING btree (sku, lot) WHERE ((lot IS NOT NULL) AND (quantity > 0));

CREATE INDEX movement_of_receipt ON inventory.movement USING btree (cause) WHERE (kind = 'receipt'::text);

CREATE INDEX movement_when ON inventory.movement USING brin (at) WITH (pages_per_range='32', autosummarize='on');

CREATE UNIQUE INDEX recall_open ON inventory.recall USING btree (sku, lot) WHERE (state <> 'lifted'::text);

CREATE INDEX reservation_open ON inventory.reservation USING btree (sku, location) WHERE (state = 'held'::text);

CREATE INDEX serial_in_stock ON inventory.serial USING btree (sku, location, serial) WHERE (state = 'in_stock'::text);

CREATE INDEX serial_of_order ON inventory.serial USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX serial_history ON inventory.serial_event USING btree (sku, serial, id);

CREATE INDEX stock_by_location ON inventory.stock USING btree (location, sku);

CREATE INDEX stock_changed ON inventory.stock USING brin (changed) WITH (pages_per_range='8');

CREATE INDEX stock_with_buffer ON inventory.stock USING btree (sku, location) WHERE (buffer > 0);

CREATE INDEX takeback_of_lot ON inventory.takeback USING btree (sku, lot) WHERE (lot IS NOT NULL);

CREATE INDEX takeback_of_order ON inventory.takeback USING btree (order_id, line_no);

CREATE INDEX transfer_newest ON inventory.transfer USING btree (requested_at DESC, id DESC);

CREATE INDEX transfer_on_the_way ON inventory.transfer USING btree (to_location, expected_on) WHERE (state = 'sent'::text);

CREATE INDEX transfer_line_of_sku ON inventory.transfer_line USING btree (sku, transfer_id);

CREATE INDEX unavailable_of_lot ON inventory.unavailable USING btree (sku, location, lot) WHERE ((lot <> ''::text) AND (quantity > 0));

CREATE INDEX points_history ON membership.points_ledger USING btree (customer_id, at DESC, id DESC);

CREATE INDEX points_of_order ON membership.points_ledger USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX standing_by_tier ON membership.standing USING btree (tier, customer_id);

CREATE INDEX standing_to_expire ON membership.standing USING btree (expired_through, customer_id) WHERE (points > 0);

CREATE INDEX observation_by_days ON observations.observation USING btree (to_on, id);

CREATE INDEX bulk_row_by_state ON orders.bulk_row USING btree (run_id, state, seq);

CREATE INDEX bulk_run_newest ON orders.bulk_run USING btree (id DESC);

CREATE INDEX hold_of_order ON orders.hold USING btree (order_id);

CREATE UNIQUE INDEX hold_open_once ON orders.hold USING btree (order_id, reason) WHERE (released_at IS NULL);

CREATE INDEX hold_waiting ON orders.hold USING btree (raised_at, order_id) WHERE (released_at IS NULL);

CREATE INDEX line_cancellation_of_order ON orders.line_cancellation USING btree (order_id, line_no);

CREATE INDEX order_attention ON orders."order" USING btree (placed_at DESC, id DESC) WHERE (attention IS NOT NULL);

CREATE INDEX order_by_customer ON orders."order" USING btree (customer_id, placed_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX order_by_state ON orders."order" USING btree (state, placed_at DESC, id DESC);

CREATE INDEX order_by_store ON orders."order" USING btree (store, placed_at DESC, id DESC) WHERE (store IS NOT NULL);

CREATE INDEX order_expiring ON orders."order" USING btree (expires_at) WHERE (state = 'placed'::text);

CREATE UNIQUE INDEX order_external ON orders."order" USING btree (channel, external_id) WHERE (external_id IS NOT NULL);

CREATE INDEX order_guest_mail ON orders."order" USING btree (lower((invoice ->> 'email'::text))) WHERE ((customer_id IS NULL) AND ((invoice ->> 'kind'::text) = 'personal'::text) AND ((invoice ->> 'email'::text) IS NOT NULL));

CREATE INDEX order_newest ON orders."order" USING btree (placed_at DESC, id DESC);

CREATE INDEX order_number_tail ON orders."order" USING btree ("right"(number, 2), placed_at DESC);

CREATE INDEX order_paid ON orders."order" USING brin (paid_at) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX order_phone_tail ON orders."order" USING btree ("right"(recipient_phone, 4), placed_at DESC) WHERE (recipient_phone IS NOT NULL);

CREATE UNIQUE INDEX substitution_open_once ON orders.substitution USING btree (order_id, line_no) WHERE (state <> 'declined'::text);

CREATE INDEX payment_by_order ON payments.payment USING btree (order_id);

CREATE INDEX payment_due_check ON payments.payment USING btree (next_check_at) WHERE (next_check_at IS NOT NULL);

CREATE UNIQUE INDEX payment_one_pending ON payments.payment USING btree (order_id) WHERE (state = 'pending'::text);

CREATE INDEX refund_by_order ON payments.refund USING btree (order_id);

CREATE INDEX refund_due_check ON payments.refund USING btree (next_check_at) WHERE (next_check_at IS NOT NULL);

CREATE INDEX refund_newest ON payments.refund USING btree (requested_at DESC, id DESC);

CREATE INDEX event_order ON ONLY platform.event USING btree (xid, seq);

CREATE INDEX event_rare ON ONLY platform.event USING btree (name, xid, seq) WHERE (name <> ALL (ARRAY['orders.order_placed'::text, 'orders.order_paid'::text, 'orders.order_released'::text, 'payments.payment_captured'::text]));

CREATE INDEX idempotency_age ON platform.idempotency USING btree (created_at);

CREATE INDEX reaction_event ON platform.reaction USING btree (event);

CREATE UNIQUE INDEX arm_one_open ON playbooks.arm USING btree (sku) WHERE is_open;

CREATE INDEX decision_by_state ON playbooks.decision USING btree (state, proposed_at DESC, id DESC);

CREATE INDEX decision_newest ON playbooks.decision USING btree (proposed_at DESC, id DESC);

CREATE INDEX decision_of_purchase ON playbooks.decision USING btree (purchase_id) WHERE (purchase_id IS NOT NULL);

CREATE UNIQUE INDEX decision_one_open ON playbooks.decision USING btree (playbook, entity_key) WHERE (state = ANY (ARRAY['proposed'::text, 'change_requested'::text, 'approved'::text, 'carried_out'::text]));

CREATE INDEX decision_to_expire ON playbooks.decision USING btree (expires_at) WHERE (state = ANY (ARRAY['proposed'::text, 'change_requested'::text]));

CREATE INDEX decision_to_measure ON playbooks.decision USING btree (measure_at) WHERE (measure_at IS NOT NULL);

CREATE INDEX step_of_decision ON playbooks.step USING btree (decision_id, at, id);

CREATE INDEX price_by_end ON pricing.price USING btree (valid_to, id) WHERE (valid_to IS NOT NULL);

CREATE INDEX price_by_start ON pricing.price USING btree (valid_from, id);

CREATE INDEX price_of_markdown ON pricing.price USING btree (cause) WHERE (kind = 'markdown'::text);

CREATE INDEX price_of_sku ON pricing.price USING btree (sku, valid_from);

CREATE INDEX claim_of_coupon ON promotions.claim USING btree (coupon_code, at DESC) WHERE (coupon_code <> ''::text);

CREATE INDEX claim_of_promotion ON promotions.claim USING btree (promotion_id, at DESC);

CREATE UNIQUE INDEX coupon_earned_once ON promotions.coupon USING btree (earned_by, batch_id) WHERE (earned_by IS NOT NULL);

CREATE INDEX coupon_free ON promotions.coupon USING btree (batch_id) WHERE ((customer_id IS NULL) AND (uses = 0));

CREATE INDEX coupon_of_customer ON promotions.coupon USING btree (customer_id, batch_id) WHERE (customer_id IS NOT NULL);

CREATE INDEX coupon_used ON promotions.coupon USING btree (batch_id) WHERE (uses > 0);

CREATE UNIQUE INDEX batch_earned_once ON promotions.coupon_batch USING btree (promotion_id) WHERE is_earned;

CREATE INDEX batch_newest ON promotions.coupon_batch USING btree (id DESC);

CREATE INDEX batch_of_promotion ON promotions.coupon_batch USING btree (promotion_id, id DESC);

CREATE INDEX group_of_parent ON promotions."group" USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX promotion_in_force ON promotions.promotion USING btree (ends_at) WHERE (state = 'approved'::text);

CREATE INDEX promotion_latest ON promotions.promotion USING btree (starts_at DESC, id DESC);

CREATE INDEX promotion_of_group ON promotions.promotion USING btree (group_id) WHERE (group_id IS NOT NULL);

CREATE INDEX step_of_promotion ON promotions.step USING btree (promotion_id, id DESC);

CREATE INDEX receipt_of_request ON purchasing.receipt USING btree (request_id, id);

CREATE INDEX request_by_state ON purchasing.request USING btree (state, created_at DESC, id DESC);

CREATE INDEX request_newest ON purchasing.request USING btree (created_at DESC, id DESC);

CREATE UNIQUE INDEX request_once_per_cause ON purchasing.request USING btree (cause) WHERE (cause <> 'manual'::text);

CREATE INDEX request_line_open ON purchasing.request_line USING btree (sku) WHERE (received < quantity);

CREATE INDEX supply_term_of_supplier ON purchasing.supply_term USING btree (supplier, sku);

CREATE UNIQUE INDEX supply_term_preferred ON purchasing.supply_term USING btree (sku) WHERE is_preferred;

CREATE INDEX notice_export_of_recall ON recalls.notice_export USING btree (recall_id, taken_at);

CREATE INDEX line_by_order ON returns.line USING btree (order_id, order_line_no) WHERE (order_id IS NOT NULL);

CREATE INDEX return_by_order ON returns.return USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX return_newest ON returns.return USING btree (received_at DESC, id DESC);

CREATE INDEX card_by_slug ON storefront.card USING btree (slug) INCLUDE (updated_at) WHERE (price_fen IS NOT NULL);

CREATE INDEX card_changed ON storefront.card USING btree (changed);

CREATE INDEX bucket_version_when ON stream.bucket_version USING btree (reopened_at);

CREATE INDEX late_entry_by_day ON stream.late_entry USING btree (day) WHERE (state <> 'taken'::text);

CREATE INDEX late_entry_by_state ON stream.late_entry USING btree (state, id DESC);

CREATE UNIQUE INDEX reconciliation_running ON stream.reconciliation USING btree ((true)) WHERE (outcome = 'running'::text);

CREATE INDEX target_by_start ON targets.target USING btree (starts_on, metric);

CREATE INDEX layout_of_view ON views.layout USING btree (view_id) WHERE (view_id IS NOT NULL);

CREATE INDEX opening_of_view ON views.opening USING btree (view_id);

CREATE UNIQUE INDEX view_name_is_unique ON views.view USING btree (owner_id, page, lower(name));

CREATE INDEX view_shared ON views.view USING btree (page) WHERE is_shared;

CREATE INDEX bin_in_order ON warehouse.bin USING btree (location, bin, sku);

CREATE INDEX fulfilment_newest ON warehouse.fulfilment USING btree (created_at DESC, id DESC);

CREATE INDEX fulfilment_of_manifest ON warehouse.fulfilment USING btree (manifest_id) WHERE (manifest_id IS NOT NULL);

CREATE INDEX fulfilment_of_pick_list ON warehouse.fulfilment USING btree (pick_list_id) WHERE (pick_list_id IS NOT NULL);

CREATE UNIQUE INDEX fulfilment_pickup_code ON warehouse.fulfilment USING btree (pickup_code) WHERE (pickup_code IS NOT NULL);

CREATE UNIQUE INDEX fulfilment_to_join ON warehouse.fulfilment USING btree (merge_key) WHERE (state = 'open'::text);

CREATE INDEX fulfilment_under_way ON warehouse.fulfilment USING btree (promised_on) WHERE (state = 'handed_over'::text);

CREATE INDEX fulfilment_work ON warehouse.fulfilment USING btree (location, dispatch_by, id) WHERE (state = ANY (ARRAY['open'::text, 'picking'::text, 'picked'::text, 'packed'::text]));

CREATE INDEX fulfilment_line_of_order ON warehouse.fulfilment_line USING btree (order_id);

CREATE INDEX history_of ON warehouse.history USING btree (fulfilment_id, at, id);

CREATE INDEX manifest_newest ON warehouse.manifest USING btree (handed_over_at DESC, id DESC);

CREATE UNIQUE INDEX packed_serial_once ON warehouse.packed_unit USING btree (sku, serial, fulfilment_id) WHERE (serial IS NOT NULL);

CREATE INDEX packed_unit_of ON warehouse.packed_unit USING btree (fulfilment_id);

CREATE INDEX pick_list_newest ON warehouse.pick_list USING btree (started_at DESC, id DESC);

CREATE INDEX signal_newest ON warnings.signal USING btree (fired_at DESC, id DESC);

CREATE INDEX signal_of_entity ON warnings.signal USING btree (entity, entity_key, fired_at DESC);

CREATE UNIQUE INDEX signal_once_open ON warnings.signal USING btree (rule_id, entity_key) WHERE (resolved_at IS NULL);

CREATE INDEX state_of_rule ON warnings.state USING btree (rule_id, state, entity_key);

CREATE OR REPLACE FUNCTION collection.ensure_batch_partition(month date)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  first_day timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  name text := 'batch_' || to_char(month, 'YYYY_MM');
begin
  if to_regclass('collection.' || name) is null
    and not exists (select 1 from collection.batch_rest where received_at >= first_day and received_at < first_day + interval '1 month')
  then
    execute format('create table collection.%I partition of collection.batch for values from (%L) to (%L)',
      name, first_day, first_day + interval '1 month');
  end if;
end $function$;

CREATE OR REPLACE FUNCTION collection.keep_seen_weeks(this_week integer)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  one int;
  old text;
begin
  foreach one in array array[this_week, this_week + 1] loop
    if to_regclass('collection.seen_' || one) is null and not exists (select from collection.seen_rest where week = one) then
      execute format('create table collection.%I partition of collection.seen for values in (%L)', 'seen_' || one, one);
    end if;
  end loop;
  for old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'collection.seen'::regclass and c.relname ~ '^seen_\d+$' and substr(c.relname, 6)::int < this_week - 1
  loop
    execute format('drop table collection.%I', old);
  end loop;
  delete from collection.seen_rest where week < this_week - 1;
end $function$;

CREATE OR REPLACE FUNCTION delivery.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'delivery.tracking_event is append-only';
end $function$;

CREATE OR REPLACE FUNCTION inventory.note_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.version := old.version + 1;
  new.changed := pg_current_xact_id()::text::bigint;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION inventory.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'inventory.% is append-only', tg_table_name;
end $function$;

CREATE OR REPLACE FUNCTION inventory.refuse_rewrite()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '%.% is append-only', tg_table_schema, tg_table_name;
end $function$;

CREATE OR REPLACE FUNCTION membership.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'membership.points_ledger is append-only';
end $function$;

CREATE OR REPLACE FUNCTION metrics.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'metrics.definition is append-only';
end $function$;

CREATE OR REPLACE FUNCTION observations.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'observations.version is append-only';
end $function$;

CREATE OR REPLACE FUNCTION platform.ensure_event_partition(month date)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  first_day date := date_trunc('month', month);
  name text := 'event_' || to_char(first_day, 'YYYY_MM');
begin
  if to_regclass('platform.' || name) is null then
    execute format('create table platform.%I partition of platform.event for values from (%L) to (%L)',
      name, first_day, first_day + interval '1 month');
  end if;
exception when check_violation then
  null; -- the default partition holds rows of that month already; they stay there
end $function$;

CREATE OR REPLACE FUNCTION playbooks.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'playbooks.step is append-only';
end $function$;

CREATE OR REPLACE FUNCTION promotions.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'promotions.% is append-only', tg_table_name;
end $function$;

CREATE TRIGGER tracking_is_append_only BEFORE DELETE OR UPDATE ON delivery.tracking_event FOR EACH ROW EXECUTE FUNCTION delivery.refuse_change();

CREATE TRIGGER condition_move_is_append_only BEFORE DELETE OR UPDATE ON inventory.condition_move FOR EACH ROW EXECUTE FUNCTION inventory.refuse_change();

CREATE TRIGGER cost_change_is_append_only BEFORE DELETE OR UPDATE ON inventory.cost_change FOR EACH ROW EXECUTE FUNCTION inventory.refuse_change();

CREATE TRIGGER cost_variance_is_append_only BEFORE DELETE OR UPDATE ON inventory.cost_variance FOR EACH ROW EXECUTE FUNCTION inventory.refuse_change();

CREATE TRIGGER dispatch_is_append_only BEFORE DELETE OR UPDATE ON inventory.dispatch FOR EACH ROW EXECUTE FUNCTION inventory.refuse_rewrite();

CREATE TRIGGER movement_is_append_only BEFORE DELETE OR UPDATE ON inventory.movement FOR EACH ROW EXECUTE FUNCTION inventory.refuse_change();

CREATE TRIGGER serial_event_is_append_only BEFORE DELETE OR UPDATE ON inventory.serial_event FOR EACH ROW EXECUTE FUNCTION inventory.refuse_rewrite();

CREATE TRIGGER stock_notes_change BEFORE UPDATE ON inventory.stock FOR EACH ROW WHEN (((old.on_hand <> new.on_hand) OR (old.promised <> new.promised) OR (old.unavailable <> new.unavailable) OR (old.buffer <> new.buffer))) EXECUTE FUNCTION inventory.note_change();

CREATE TRIGGER takeback_is_append_only BEFORE DELETE OR UPDATE ON inventory.takeback FOR EACH ROW EXECUTE FUNCTION inventory.refuse_rewrite();

CREATE TRIGGER points_ledger_is_append_only BEFORE DELETE OR UPDATE ON membership.points_ledger FOR EACH ROW EXECUTE FUNCTION membership.refuse_change();

CREATE TRIGGER definition_is_append_only BEFORE DELETE OR UPDATE ON metrics.definition FOR EACH ROW EXECUTE FUNCTION metrics.refuse_change();

CREATE TRIGGER version_is_append_only BEFORE DELETE OR UPDATE ON observations.version FOR EACH ROW EXECUTE FUNCTION observations.refuse_change();

CREATE TRIGGER step_is_append_only BEFORE DELETE OR UPDATE ON playbooks.step FOR EACH ROW EXECUTE FUNCTION playbooks.refuse_change();

CREATE TRIGGER claim_is_append_only BEFORE DELETE OR UPDATE ON promotions.claim FOR EACH ROW EXECUTE FUNCTION promotions.refuse_change();

CREATE TRIGGER step_is_append_only BEFORE DELETE OR UPDATE ON promotions.step FOR EACH ROW EXECUTE FUNCTION promotions.refuse_change();
