// `npm run bench [-- --seconds 10 --only pages]`: every figure beside the ceiling measured in the same run, as one table.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openBigShop } from './catalogue.ts';
import { clickhouseCeiling, databaseCeiling, fastifyCeiling } from './ceilings.ts';
import { cpuOf } from './cpu.ts';
import { growOrders } from './growth.ts';
import { handleAlone, paidToReleased } from './handling.ts';
import { fullCheckouts, intakeAlone, sellOut } from './intake.ts';
import { measureKnow } from './know/index.ts';
import { growLedger, importLedger } from './ledger.ts';
import { type BenchHouse, openHouse } from './house.ts';
import type { Outcome } from './load.ts';
import { type Row, writeReport } from './report.ts';
import { measureStarts } from './starts.ts';
import { measureStock } from './stock-rows.ts';
import { runVendurePeer } from './peers/vendure.ts';
import { measurePrices } from './price.ts';
import { browse } from './visits.ts';
import { cockpit, events, pages, shortCheckouts } from './workloads.ts';

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const seconds = Number(argument('seconds') ?? 10);
const only = argument('only');
const callers = 16;
const millions = (argument('millions') ?? '1,10,100').split(',').map(Number);
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
    const ceiling = await databaseCeiling(house.db.url, { callers, seconds });
    const beside = { name: 'the same rows, one-order transactions, no application', perSecond: ceiling.perSecond };
    await fullCheckouts(house, 64, 3); // warm
    const cpu = await cpuOf(house.pids);
    const full = await fullCheckouts(house, 64, seconds);
    add('full checkout over HTTP, three SKUs, until paid; 64 callers', 'orders/s', full, '≥ 1,000, p99 ≤ 250', beside);
    console.log(
      `  the last order was paid ${Math.round(full.paidAfterMs)} ms after the last answer; CPU ms an order: ${await cpuSince(house.pids, cpu, full.count)}`,
    );
    add(
      'cart line and checkout over HTTP, one SKU; 16 callers',
      'orders/s',
      await shortCheckouts(house, callers, seconds),
      '≥ 300',
      beside,
    );
  },
  prices: async () => {
    for (const { name, limitMs, ...outcome } of measurePrices()) add(name, 'prices/s', outcome, `≤ ${limitMs} ms`);
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
    add('event collection, durable', 'events/s', await events(house, callers, seconds), '≥ 30,000', {
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

/** The use case alone: databases and nothing else. */
const bare: Readonly<Record<string, (house: BenchHouse) => Promise<void>>> = {
  intake: async (house) => {
    const ceiling = await databaseCeiling(house.db.url, { callers, seconds });
    const beside = { name: 'the same rows, one-order transactions, no application', perSecond: ceiling.perSecond };
    const three = () => skusAround(house.skus);
    await intakeAlone(house.db.url, { callers, seconds: 2, skusOf: three }); // warm
    for (const many of [callers, 64]) {
      const outcome = await intakeAlone(house.db.url, { callers: many, seconds, skusOf: three });
      add(`the intake use case alone, three SKUs; ${many} callers`, 'orders/s', outcome, '≥ 1.5 × ceiling', beside);
    }
  },
  handling: async (house) => {
    const outcome = await handleAlone(house, seconds);
    add('promised, routed, paid and released by the use cases alone, 64 together (p99 of a batch)', 'orders/s', outcome, '≥ 300');
  },
  hot: async (house) => {
    const ceiling = await databaseCeiling(house.db.url, { callers, seconds, skus: 1 });
    const beside = { name: 'the same rows, one-order transactions on one stock row', perSecond: ceiling.perSecond };
    for (const [index, processes] of [1, 2].entries()) {
      const sku = house.skus[index] ?? '';
      const units = 12_000;
      await house.db.pool.query('update inventory.stock set on_hand = promised + $2 where sku = $1', [sku, units]);
      const outcomes =
        processes === 1
          ? [await sellOut(house.db.url, { callers: 64, sku })]
          : await sellOutByProcesses(house.db.url, sku, processes);
      const outcome = together(outcomes);
      const { rows: [left] } = await house.db.pool.query('select on_hand - promised as units from inventory.stock where sku = $1', [sku]); // prettier-ignore
      const isExact = outcome.count === units && Number(left.units) === 0;
      const name = `one hot SKU, 64 callers, ${processes === 1 ? 'one process' : 'two processes'}: ${outcome.count} of ${units} sold`;
      add(name, 'orders/s', { ...outcome, errors: outcome.errors + (isExact ? 0 : 1) }, '≥ 3,000, exactly the stock', beside);
    }
  },
};

/** What goes on a house of its own: two hundred thousand SKUs, millions of orders. */
const apart: Readonly<Record<string, (house: BenchHouse) => Promise<void>>> = {
  big: async (house) => {
    const ceiling = await fastifyCeiling(callers, Math.min(5, seconds));
    const beside = { name: 'raw Fastify, 20 kB page', perSecond: ceiling.perSecond };
    const slugs = await openBigShop(house.db);
    const second = await house.begin('api', { CONSOLE_PORT: '4801', SHOP_PORT: '4811' }); // as many processes as cores
    const shops = [house.shop, 'http://127.0.0.1:4811'];
    const pids = { ...house.pids, second };
    await browse(shops, slugs, { ratePerSecond: 200, seconds: 10, through: 'pages', seed: 5 }); // warm
    await browse(shops, slugs, { ratePerSecond: 400, seconds: 15, through: 'pages', seed: 6 });
    const runs = [
      { through: 'pages', crowd: 'popular' },
      { through: 'api', crowd: 'popular' },
      { through: 'pages', crowd: 'even' },
    ] as const;
    for (const { through, crowd } of runs) {
      const cpu = await cpuOf(pids);
      const outcome = await browse(shops, slugs, { ratePerSecond: 1000, seconds: Math.max(10, seconds), through, crowd });
      console.log(`  CPU ms a page: ${await cpuSince(pids, cpu, outcome.count)}`);
      const kinds = Object.entries(outcome.byKind).map(([kind, { p99Ms }]) => `${kind} ${p99Ms.toFixed(0)}`); // prettier-ignore
      add(
        `list, product and search ${through === 'pages' ? 'pages' : 'API'} over 200,000 SKUs, 1,000/s arriving, ${crowd === 'popular' ? 'as a crowd looks' : 'each page as likely as any'} (repeats ${(outcome.repeatShare * 100).toFixed(0)} %; p99 ${kinds.join(', ')})`,
        '/s',
        outcome,
        'p99 ≤ 30 ms',
        beside,
      );
    }
  },
  handled: async (house) => {
    await paidToReleased(house, { ratePerSecond: 20, seconds: 4 }); // warm
    const outcome = await paidToReleased(house, { ratePerSecond: 50, seconds: Math.max(20, seconds) });
    const share = `${(outcome.untouched * 100).toFixed(1)} % untouched, median ${Math.round(outcome.p50Ms)} ms`;
    add(
      `from paid to released, 50 orders/s arriving (${share})`,
      'orders/s',
      outcome,
      'median ≤ 2 s, p99 ≤ 10 s, ≥ 95 % untouched',
    );
  },
  stock: (house) => measureStock(house, { seconds, add }),
  growth: async (house) => {
    const figures: number[] = [];
    for (const stored of [0, 1_000_000, 10_000_000]) {
      if (stored > 0) await growOrders(house.db.url, stored, (text) => console.log(`  ${text}`));
      await intakeAlone(house.db.url, { callers: 64, seconds: 3, skusOf: () => skusAround(house.skus) }); // warm
      const outcome = await intakeAlone(house.db.url, { callers: 64, seconds, skusOf: () => skusAround(house.skus) });
      figures.push(outcome.perSecond);
      const share = `${Math.round((100 * outcome.perSecond) / (figures[0] ?? 1))} % of the empty house`;
      add(`the intake use case with ${(stored / 1e6).toFixed(0)} M orders stored (${share})`, 'orders/s', outcome, 'within 20 %');
    }
  },
};

const isPeers = process.argv.includes('--peers');
if (isPeers) {
  const house = await openHouse({ isDemo: false });
  try {
    const own = await fullCheckouts(house, 64, seconds);
    add('full checkout over HTTP, three SKUs, until paid; 64 callers', 'orders/s', own, '');
    const peer = await runVendurePeer({ databaseUrl: house.db.url, seconds, callers: 64, ours: own.perSecond });
    add(
      `Vendure 3.7, the same list (${peer.callers} callers); we do ${(own.perSecond / peer.perSecond).toFixed(0)} ×`,
      'orders/s',
      peer,
      '',
    );
  } finally {
    await house.stop();
  }
  process.exit(0);
}

/** Houses of its own making, on pasts that are kept. */
if (only === undefined || only === 'know') {
  console.log('know');
  await measureKnow({ millions, seconds, add });
}

let memory: Record<string, number> = {};
if (only === undefined || Object.hasOwn(parts, only)) {
  const house = await openHouse({ isDemo: only !== 'orders' && only !== 'prices' });
  try {
    for (const [name, measure] of Object.entries(parts)) {
      if (only !== undefined && only !== name) continue;
      console.log(name);
      await measure(house);
    }
    memory = await house.memory();
  } finally {
    await house.stop();
  }
}
for (const [name, measure] of [...Object.entries(bare), ...Object.entries(apart)]) {
  if (only !== undefined && only !== name) continue;
  console.log(name);
  const house = await openHouse({ isDemo: false, isServed: Object.hasOwn(apart, name) && name !== 'growth' });
  try {
    await measure(house);
  } finally {
    await house.stop();
  }
}
{
  const starts = only === undefined ? await measureStarts() : undefined;
  await writeReport({ rows, memory, starts, seconds, callers, isWhole: only === undefined });
}

function skusAround(skus: readonly string[]): string[] {
  const first = Math.floor(Math.random() * (skus.length - 2));
  return skus.slice(first, first + 3);
}

/** Several processes of their own sell the same SKU out at the same time. */
async function sellOutByProcesses(url: string, sku: string, processes: number): Promise<Outcome[]> {
  const file = join(import.meta.dirname, 'intake-process.ts');
  return Promise.all(
    Array.from({ length: processes }, async () => {
      const { stdout } = await promisify(execFile)(process.execPath, [file, url, String(64 / processes), sku]);
      return JSON.parse(stdout) as Outcome;
    }),
  );
}

function together(outcomes: readonly Outcome[]): Outcome {
  return {
    perSecond: outcomes.reduce((sum, one) => sum + one.perSecond, 0),
    p50Ms: Math.max(...outcomes.map((one) => one.p50Ms)),
    p99Ms: Math.max(...outcomes.map((one) => one.p99Ms)),
    count: outcomes.reduce((sum, one) => sum + one.count, 0),
    errors: outcomes.reduce((sum, one) => sum + one.errors, 0),
  };
}

async function cpuSince(pids: BenchHouse['pids'], before: Readonly<Record<string, number>>, count: number): Promise<string> {
  const after = await cpuOf(pids);
  return Object.entries(after)
    .map(([name, seconds]) => `${name} ${(((seconds - (before[name] ?? 0)) * 1000) / Math.max(1, count)).toFixed(2)}`)
    .join(', ');
}
