// `npm run bench [-- --seconds 10 --only pages]`: every figure beside the ceiling measured in the same run, as one table.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { clickhouseCeiling, databaseCeiling, fastifyCeiling } from './ceilings.ts';
import { growLedger, importLedger } from './ledger.ts';
import { type BenchHouse, openHouse } from './house.ts';
import type { Outcome } from './load.ts';
import { type Row, writeReport } from './report.ts';
import { measureStarts } from './starts.ts';
import { checkouts, cockpit, events, pages, shortCheckouts } from './workloads.ts';

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const seconds = Number(argument('seconds') ?? 10);
const only = argument('only');
const callers = 16;
const rows: Row[] = [];

function add(name: string, unit: string, outcome: Outcome, goal: string, ceiling?: { name: string; perSecond: number }): void {
  const row = { name, unit, ...outcome, goal, ...(ceiling && { ceiling: ceiling.name, ceilingPerSecond: ceiling.perSecond }) };
  rows.push(row);
  console.log(
    `  ${name}: ${Math.round(outcome.perSecond)} ${unit}, p99 ${outcome.p99Ms.toFixed(1)} ms, ${outcome.errors} errors`,
  );
}

const parts: Readonly<Record<string, (house: BenchHouse) => Promise<void>>> = {
  orders: async (house) => {
    const ceiling = await databaseCeiling(house.db.url, callers, seconds);
    const beside = { name: 'own rows, one-order transactions, no HTTP', perSecond: ceiling.perSecond };
    await checkouts(house, callers, 2); // warm
    add('order intake over HTTP: cart, checkout', 'orders/s', await shortCheckouts(house, callers, seconds), '≥ 300', beside);
    add('the same with two SKUs, paid by a signed notice', 'orders/s', await checkouts(house, callers, seconds), '', beside);
  },
  pages: async (house) => {
    const ceiling = await fastifyCeiling(callers, seconds);
    const beside = { name: 'raw Fastify, 20 kB page', perSecond: ceiling.perSecond };
    const slugs = (
      await house.db.pool.query<{ slug: string }>('select slug from catalog.product order by slug limit 50')
    ).rows.map(({ slug }) => slug);
    const lists = ['/c/apparel', '/c/food', '/c/appliances', '/c/food/tea', '/c/appliances/kitchen'];
    const searches = ['tea', '羊毛', 'dianfanbao', 'yrs', '空气炸锅'].map((word) => `/search?q=${encodeURIComponent(word)}`);
    add('shop: product list', 'pages/s', await pages(house, lists, callers, seconds), '≥ 1,500', beside);
    add(
      'shop: product page',
      'pages/s',
      await pages(
        house,
        slugs.map((slug) => `/p/${slug}`),
        callers,
        seconds,
      ),
      '≥ 1,500',
      beside,
    );
    add('shop: search page', 'pages/s', await pages(house, searches, callers, seconds), '', beside);
  },
  events: async (house) => {
    const ceiling = await clickhouseCeiling(house.clickhouseUrl, Math.min(5, seconds));
    add('event collection, durable', 'events/s', await events(house, callers, seconds), '≥ 10,000', {
      name: 'raw ClickHouse insert',
      perSecond: ceiling.perSecond,
    });
  },
  import: async (house) => {
    const folder = join(import.meta.dirname, '../../shared/data/online-retail');
    const file =
      argument('ledger') ??
      (existsSync(folder) ? join(folder, readdirSync(folder).find((name) => name.endsWith('.csv.gz')) ?? '') : undefined);
    if (file === undefined) return console.log('  import: give a ledger with --ledger <file.csv>');
    const { lines, elapsedMs, peakMb } = await importLedger(house, file);
    rows.push({
      name: `import of ${lines.toLocaleString('en')} ledger lines (peak ${peakMb} MiB)`,
      unit: 'lines/s',
      perSecond: lines / (elapsedMs / 1000),
      p50Ms: 0,
      p99Ms: 0,
      count: lines,
      errors: 0,
      goal: '≥ 20,000, < 500 MiB',
    });
    console.log(`  import: ${Math.round(lines / (elapsedMs / 1000))} lines/s, peak ${peakMb} MiB`);
    const stored = await growLedger(house, 20);
    const period = 'from=2010-12-01&to=2011-08-31';
    const questions = [
      `/api/metrics/values?metrics=gmv&metrics=net_sales&metrics=orders&metrics=aov&${period}&by=day`,
      `/api/metrics/values?metrics=net_sales&metrics=gross_margin&${period}&by=month&by=channel`,
      `/api/metrics/values?metrics=net_sales&metrics=units_sold&${period}&by=sku&limit=50`,
      `/api/metrics/values?metrics=return_rate&metrics=orders&${period}&by=category`,
    ];
    add(
      `cockpit figures over ${(stored / 1e6).toFixed(1)} M facts`,
      'queries/s',
      await cockpit(house, questions, 4, seconds),
      'p99',
    );
    add('cockpit of today', 'queries/s', await cockpit(house, ['/api/metrics/cockpit'], 4, seconds), 'p99');
  },
};

const house = await openHouse();
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (only !== undefined && only !== name) continue;
    console.log(name);
    await measure(house);
  }
  const memory = await house.memory();
  const starts = only === undefined ? await measureStarts() : undefined;
  await writeReport({ rows, memory, starts, seconds, callers, isWhole: only === undefined });
} finally {
  await house.stop();
}
