import { type Analytics, ask } from '../analytics.ts';

/** A table of sums and the facts that it is made of. Its keys are those of its rows beside the day. */
interface Sums {
  table: string;
  what: 'sales_sums' | 'event_sums' | 'stock_sums';
  facts: string;
  /** Column → how a fact says it. */
  keys: Readonly<Record<string, string>>;
  sums: Readonly<Record<string, string>>;
  /** Kept 14 days only. */
  isBrief: boolean;
}

const same = (...columns: string[]): Record<string, string> => Object.fromEntries(columns.map((column) => [column, column]));
const total = (...columns: string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column, `sum(${column})`]));
const hour = { hour: 'toStartOfHour(at)' };
const minute = { minute: 'toStartOfMinute(at)' };
const salesSums = total(
  'placed_fen', 'paid_fen', 'paid_units', 'net_fen', 'net_cost_fen', 'net_units', 'returned_fen', 'orders', 'category_orders',
  'cancelled_orders',
); // prettier-ignore
const salesKeys = same('channel', 'store', 'category', 'sku', 'campaign');
const skuSums = { ...salesSums, ...total('sku_orders') };
const eventKeys = same('channel', 'campaign', 'event', 'visitor_kind', 'category', 'sku');
const events = { events: 'toInt64(count())' };
const stock = total('quantity', 'value_fen');

const sales = { what: 'sales_sums', facts: 'order_line', isBrief: false } as const;
const visits = { what: 'event_sums', facts: 'behaviour', isBrief: false } as const;
const stocks = { what: 'stock_sums', facts: 'stock_move', isBrief: false } as const;

export const allSums: readonly Sums[] = [
  { ...sales, table: 'sales_day', keys: same('channel', 'store', 'category', 'campaign'), sums: salesSums },
  { ...sales, table: 'sales_sku_day', keys: { ...same('location'), ...salesKeys }, sums: skuSums },
  { ...sales, table: 'sales_hour', keys: { ...hour, ...salesKeys }, sums: skuSums },
  { ...sales, table: 'sales_minute', keys: { ...minute, ...salesKeys }, sums: skuSums, isBrief: true },
  { ...visits, table: 'event_day', keys: eventKeys, sums: events },
  { ...visits, table: 'event_hour', keys: { ...hour, ...eventKeys }, sums: events },
  { ...visits, table: 'event_minute', keys: { ...minute, ...eventKeys }, sums: events, isBrief: true },
  { ...stocks, table: 'stock_day', keys: same('location', 'sku'), sums: stock },
  { ...stocks, table: 'stock_total_day', keys: same('location'), sums: stock },
];

/** Each day's sums of the facts and of their table: day → figure → [of the facts, of the table]. */
export async function compareSums(
  analytics: Analytics,
  { table, facts, sums }: Sums,
  { from, to }: { from: string; to: string },
): Promise<{ day: string; figure: string; expected: number; found: number }[]> {
  const figures = Object.keys(sums);
  const named = figures.map((figure, index) => `${sums[figure] ?? ''} as f${index}`).join(', ');
  const kept = figures.map((figure, index) => `sum(${figure}) as f${index}`).join(', ');
  const days = 'day between {from:Date} and {to:Date}';
  const rows = await ask<{ day: string } & Record<string, number>>(
    analytics,
    `select day, ${figures.map((_, index) => `sum(f${index}) as a${index}, sum(g${index}) as b${index}`).join(', ')} from (
       select day, ${named}, ${figures.map((_, index) => `0 as g${index}`).join(', ')} from ${facts} where ${days} group by day
       union all
       select day, ${figures.map((_, index) => `0 as f${index}`).join(', ')}, ${figures.map((_, index) => `s.f${index} as g${index}`).join(', ')}
       from (select day, ${kept} from ${table} where ${days} group by day) as s
     ) group by day order by day`,
    { from, to },
  );
  return rows.flatMap((row) =>
    figures.map((figure, index) => ({
      day: row.day,
      figure: `${table}.${figure}`,
      expected: Number(row[`a${index}`]),
      found: Number(row[`b${index}`]),
    })),
  );
}

/**
 * Puts a day of a table of sums right by adding what it lacks, so that no reader ever finds the day empty: facts less sums, key by key.
 * Done twice the second adds nothing. Only while nothing else is inserted.
 */
export async function rebuildSums({ client }: Analytics, { table, facts, keys, sums }: Sums, day: string): Promise<void> {
  const [names, figures] = [Object.keys(keys), Object.keys(sums)];
  const lacking = figures.map((figure) => `sum(${figure}_lack) as ${figure}_sum`).join(', ');
  await client.command({
    query: `insert into ${table} (day, ${[...names, ...figures].join(', ')})
      select day, ${names.map((name) => `k_${name}`).join(', ')}, ${lacking} from (
        select day, ${names.map((name) => `${keys[name] ?? ''} as k_${name}`).join(', ')},
          ${figures.map((figure) => `${sums[figure] ?? ''} as ${figure}_lack`).join(', ')}
        from ${facts} where day = {day:Date} group by day, ${names.map((name) => `k_${name}`).join(', ')}
        union all
        select day, ${names.map((name) => `${name} as k_${name}`).join(', ')}, ${figures.map((figure) => `-sum(${figure}) as ${figure}_lack`).join(', ')}
        from ${table} where day = {day:Date} group by day, ${names.map((name) => `k_${name}`).join(', ')}
      ) group by day, ${names.map((name) => `k_${name}`).join(', ')}
      having ${figures.map((figure) => `${figure}_sum != 0`).join(' or ')}`,
    query_params: { day },
    clickhouse_settings: { max_execution_time: 0 },
  });
}
