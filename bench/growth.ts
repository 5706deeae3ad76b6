// Years of trade behind a house in minutes: past orders as rows, so that intake can be measured on tables that have grown.
import pg from 'pg';

export interface Growth {
  /** Orders stored now, all together. */
  stored: number;
  elapsedMs: number;
  /** Size of the tables that grew, with their indexes. */
  bytes: number;
}

/** What each column of a past order holds, in SQL over `p` (bench.past). Columns that are not there any more are left out. */
const past: Readonly<Record<string, { from: string; columns: Readonly<Record<string, string>> }>> = {
  'orders."order"': {
    from: 'bench.past p',
    columns: {
      id: 'p.id', number: `'H' || lpad(p.n::text, 9, '0')`, channel: `'shop'`, customer_id: 'p.customer', visitor_id: 'null', state: 'p.state', currency: `'CNY'`,
      goods_fen: 'p.lines * 9900', freight_fen: '0', discount_fen: '0', tax_fen: 'p.lines * 1139', total_fen: 'p.lines * 9900',
      placed_at: 'p.at', paid_at: `p.at + interval '2 minutes'`,
      released_at: `case when p.state <> 'cancelled' then p.at + interval '3 minutes' end`,
      shipped_at: `case when p.state in ('shipped', 'delivered') then p.at + interval '1 day' end`,
      delivered_at: `case when p.state = 'delivered' then p.at + interval '3 days' end`,
      cancelled_at: `case when p.state = 'cancelled' then p.at + interval '1 hour' end`,
      cancel_reason: `case when p.state = 'cancelled' then 'customer' end`,
      source: `'live'`, recipient_name: `'王测试'`, recipient_phone: `'138' || lpad(((p.n::bigint * 7919) % 100000000)::text, 8, '0')`,
      region: `'浙江省 杭州市 西湖区'`, address: `'文一西路 100 号'`, buyer_key: `coalesce(p.customer::text, 'visitor:' || p.n)`,
    },
  },
  'orders.line': {
    from: 'bench.past p cross join lateral generate_series(1, p.lines) line_no join bench.past_sku s on s.n = (p.n * 31 + line_no * 7) % $skus',
    columns: {
      order_id: 'p.id', line_no: 'line_no', sku: 's.sku', product_id: 's.product_id', category: 's.category', name: 's.name', name_en: 's.name_en',
      quantity: '1', list_fen: '9900', unit_fen: '9900', discount_fen: '0', amount_fen: '9900', tax_rate_bp: '1300', tax_fen: '1139', unit_cost_fen: '4000',
      location: `'WH1'`,
    },
  },
  'orders.timeline': {
    from: `bench.past p cross join lateral (values ('placed', interval '0'), ('paid', interval '2 minutes'),
      (case when p.state = 'cancelled' then 'cancelled' else 'shipped' end, interval '1 day')) as t (what, after)`,
    columns: {
      id: `uuidv7(p.at + t.after - now())`, order_id: 'p.id', at: 'p.at + t.after', actor_kind: `'system'`, actor: `'bench'`, what: 't.what',
    },
  },
  'payments.payment': {
    from: 'bench.past p',
    columns: {
      id: `uuidv7(p.at - now())`, order_id: 'p.id', reference: `'H' || lpad(p.n::text, 9, '0')`, provider: `'sandbox'`,
      amount_fen: 'p.lines * 9900', received_fen: 'p.lines * 9900', currency: `'CNY'`, state: `'captured'`, provider_ref: `'past-' || p.n`,
      created_at: 'p.at', captured_at: `p.at + interval '2 minutes'`,
    },
  },
  'inventory.reservation': {
    from: 'bench.past p cross join lateral generate_series(1, p.lines) line_no join bench.past_sku s on s.n = (p.n * 31 + line_no * 7) % $skus',
    columns: {
      order_id: 'p.id', line_no: 'line_no', sku: 's.sku', location: `'WH1'`, quantity: '1',
      state: `case when p.state = 'cancelled' then 'released' else 'shipped' end`, at: 'p.at',
    },
  },
}; // prettier-ignore

/** What a column that must have a value, and that this file has not heard of, is filled with. */
const fillers: readonly [type: RegExp, value: string][] = [
  [/^(?:bigint|integer|smallint|numeric|double|real)/, '0'],
  [/^boolean/, 'false'],
  [/^jsonb?/, `'{}'`],
  [/^timestamp/, 'now()'],
  [/^date/, 'current_date'],
  [/^uuid/, 'uuidv7()'],
  [/\[\]$/, `'{}'`],
  [/./, `''`],
];

/**
 * Stores shipped and cancelled orders of the last three years, more of them the nearer to today, until so many are there: order, one to
 * three lines, timeline, payment, reservations, in the shapes that trade leaves behind. Rows go in as sets; indexes that are no constraint
 * are taken down and built again, foreign keys are not looked at meanwhile. Needs a superuser, and some 2.5 kB of disk an order.
 */
export async function growOrders(url: string, orders: number, say: (text: string) => void = () => undefined): Promise<Growth> {
  const begun = performance.now();
  const clients = await Promise.all([open(url), open(url)]);
  const [client] = clients as [pg.Client, pg.Client];
  try {
    const before = await countOrders(client);
    if (before < orders) {
      const skus = await stage(client, before, orders);
      say(`staged ${orders - before} orders in ${seconds(begun)}`);
      const indexes = await takeDownIndexes(client);
      const fill = Object.entries(past).map(([table, { from, columns }]) => async (some: pg.Client) => {
        await some.query(await insertion(some, table, columns, from.replaceAll('$skus', String(skus))));
        say(`${table} in ${seconds(begun)}`);
      });
      try {
        await share(clients, fill);
      } finally {
        await share(clients, indexes.map((definition) => (some) => some.query(definition))); // prettier-ignore
      }
      say(`indexes in ${seconds(begun)}`);
      await share(clients, Object.keys(past).map((table) => (some) => some.query(`vacuum analyze ${table}`))); // prettier-ignore
      await client.query('drop schema bench cascade');
      await client.query('checkpoint');
    }
    const sizes = Object.keys(past).map((table) => `pg_total_relation_size('${table}')`);
    const { rows } = await client.query<{ bytes: string }>(`select ${sizes.join(' + ')} as bytes`);
    return { stored: Math.max(before, orders), elapsedMs: performance.now() - begun, bytes: Number(rows[0]?.bytes) };
  } finally {
    await Promise.all(clients.map((some) => some.end()));
  }
}

const seconds = (begun: number): string => `${((performance.now() - begun) / 1000).toFixed(0)} s`;

async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench-growth' });
  await client.connect();
  await client.query(`set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '768MB';
    set max_parallel_maintenance_workers = 0; set max_parallel_workers_per_gather = 0; set work_mem = '128MB'`);
  return client;
}

async function countOrders(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: string }>('select count(*) as n from orders."order"');
  return Number(rows[0]?.n);
}

/** Which orders, when, of whom and how far; and what is sold, in an order that `n` can be divided into. Answers how many SKUs there are. */
async function stage(client: pg.Client, from: number, to: number): Promise<number> {
  await client.query('drop schema if exists bench cascade; create schema bench');
  await client.query(`create unlogged table bench.past_sku as select row_number() over (order by v.sku) - 1 as n, v.sku, v.product_id, p.category, p.name, p.name_en
      from (select * from catalog.variant order by sku limit 5000) v join catalog.product p on p.id = v.product_id;
    alter table bench.past_sku add primary key (n); analyze bench.past_sku;
    create unlogged table bench.past_customer as select row_number() over () - 1 as n, id from (select id from customers.customer limit 100000) c;
    alter table bench.past_customer add primary key (n); analyze bench.past_customer`);
  const { rows } = await client.query<{ skus: number; customers: number }>(
    'select (select count(*)::int from bench.past_sku) as skus, (select count(*)::int from bench.past_customer) as customers',
  );
  const { skus = 0, customers = 0 } = rows[0] ?? {};
  if (skus === 0) throw new Error('there is nothing to sell: seed the house first');
  await client.query(
    `create unlogged table bench.past as
      select o.n, uuidv7(o.at - now()) as id, o.at, 1 + (o.n % 3)::int % 2 + (o.n % 7 = 0)::int as lines, c.id as customer,
        case when o.n % 20 = 7 then 'cancelled' when o.at < now() - interval '5 days' then 'delivered' else 'shipped' end as state
      from (select n, now() - interval '3 years' * power(1 - (n - ${from}) / ${to - from + 1}::float8, 1.4) - interval '1 hour' as at
        from generate_series(${from + 1}, ${to}) n) o
      left join bench.past_customer c on c.n = case when o.n % 5 < 3 then o.n % ${Math.max(1, customers)} end`,
  );
  await client.query('analyze bench.past');
  await makePartitions(client);
  return skus;
}

/** Where orders are kept by month, the months must be there. */
async function makePartitions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, p.proname) as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('orders', 'payments', 'inventory') and p.proname like 'ensure%partition%'`,
  );
  for (const { name } of rows)
    await client.query(`select ${name}((current_date - make_interval(months => m))::date) from generate_series(0, 37) m`);
}

/** Drops what is an index only, no constraint; answers how to make it again. */
async function takeDownIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition
      from pg_index i where i.indrelid = any($1::text[]::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [Object.keys(past)],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

/** An insert of the columns that the table has today; one that must have a value and is not known here gets an empty one of its type. */
async function insertion(
  client: pg.Client,
  table: string,
  columns: Readonly<Record<string, string>>,
  from: string,
): Promise<string> {
  const { rows } = await client.query<{ name: string; type: string; isNeeded: boolean }>(
    `select attname as name, format_type(atttypid, atttypmod) as type, attnotnull and not atthasdef and attidentity = '' as "isNeeded"
      from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const given = rows.flatMap(({ name, type, isNeeded }) => {
    const value = columns[name] ?? (isNeeded ? (fillers.find(([pattern]) => pattern.test(type))?.[1] ?? `''`) : undefined);
    return value === undefined ? [] : [{ name, value }];
  });
  return `insert into ${table} (${given.map(({ name }) => name).join(', ')}) select ${given.map(({ value }) => value).join(', ')} from ${from}`;
}

/** Tasks one after another on each connection, the next free one takes the next. */
async function share(clients: readonly pg.Client[], tasks: readonly ((client: pg.Client) => Promise<unknown>)[]): Promise<void> {
  const waiting = [...tasks];
  await Promise.all(
    clients.map(async (client) => {
      for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await task(client);
    }),
  );
}
