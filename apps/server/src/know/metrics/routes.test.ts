import { read, utils } from '@e965/xlsx';
import { metrics as contract } from '@tongshang/contract';
import fc from 'fast-check';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aProduct } from '../../base/catalog/testing.ts';
import { answerProblems, bindRoutes } from '../../platform/http.ts';
import { type ImportedOrder, importOrders } from '../../sell/orders/index.ts';
import { saveLocations } from '../../supply/inventory/index.ts';
import { openAnalytics } from '../stream/index.ts';
import { filledAnalytics } from '../stream/testing.ts';
import { queryMetrics } from './query-metrics.ts';
import { readFigures } from './read-figures.ts';
import { metricRoutes } from './routes.ts';
import { wholeHouse } from './scope.ts';
import { filledFigures } from './testing.ts';

const world = useWorld();
const analyst = aStaff('analyst');
const categories = ['apparel/tshirts', 'apparel/caps', 'food/tea'];
const skus = Array.from({ length: 12 }, (_, index) => `P${index}`);

const anyLine = fc.record({
  sku: fc.constantFrom(...skus),
  quantity: fc.integer({ min: 1, max: 9 }),
  unitFen: fc.integer({ min: 0, max: 99_999 }),
});
const anyOrder = fc.record({
  channel: fc.constantFrom('shop', 'wholesale', 'store'),
  store: fc.constantFrom(undefined, 'S01', 'S02'),
  minute: fc.integer({ min: 0, max: 40 * 1440 }),
  isPaid: fc.boolean(),
  isCancelled: fc.boolean(),
  lines: fc.array(anyLine, { minLength: 1, maxLength: 6 }),
});
const start = Date.parse('2026-10-12T16:00:00Z');
const seed = Date.now() % 1_000_000;
const drawn = fc.sample(anyOrder, { numRuns: 120, seed });
const orders = drawn.map((draw, index): ImportedOrder => {
  const placedAt = new Date(start + draw.minute * 60_000);
  return {
    channel: draw.channel,
    externalId: `R${index}`,
    store: draw.store,
    placedAt,
    paidAt: draw.isPaid ? placedAt : undefined,
    state: draw.isCancelled ? 'cancelled' : draw.isPaid ? 'paid' : 'placed',
    cancelledAt: draw.isCancelled ? new Date(placedAt.getTime() + 3_600_000) : undefined,
    lines: draw.lines.map((line) => ({ ...line, taxRateBp: 1300, unitCostFen: 400 })),
  };
});

beforeAll(async () => {
  await world.run(async (ctx) => {
    for (const [index, sku] of skus.entries())
      await aProduct(ctx, { code: sku, category: categories[index % 3]!, variants: [{ sku }] });
    await saveLocations(
      ctx,
      ['S01', 'S02'].map((code) => ({ code, name: code, nameEn: code, kind: 'store' as const })),
    );
    await importOrders(ctx, { importId: 'random', orders });
  });
  await filledAnalytics(world);
});

const period = { from: '2026-10-01', to: '2026-11-22' };

test('whatever was sold, every split adds up to what the orders themselves add up to', async () => {
  const sum = (of: readonly ImportedOrder[]): number =>
    of.flatMap(({ lines }) => lines).reduce((all, { quantity, unitFen }) => all + quantity * unitFen, 0);
  const paid = orders.filter(({ paidAt }) => paidAt !== undefined);
  const expected = {
    gmv: sum(orders),
    orders: paid.length,
    cancelled_orders: paid.filter(({ state }) => state === 'cancelled').length,
  };
  for (const by of [undefined, 'day', 'week', 'month', 'quarter', 'year', 'hour', 'channel', 'store', 'campaign'] as const) {
    const metrics: contract.MetricName[] = ['gmv', 'orders', 'cancelled_orders'];
    const answer = await world.call(contract.queryMetrics, { query: { metrics, ...period, by: by && [by] } }, analyst);
    expect([seed, by, answer.total.values]).toEqual([seed, by, expected]);
    for (const metric of metrics) {
      const parts = answer.rows.reduce((all, { values }) => all + (values[metric] ?? 0), 0);
      if (by !== undefined)
        expect([seed, by, metric, parts]).toEqual([seed, by, metric, expected[metric as keyof typeof expected]]);
    }
  }
  for (const by of ['category', 'sku'] as const) {
    const { rows } = await world.call(
      contract.queryMetrics,
      { query: { metrics: ['gmv', 'orders'], ...period, by: [by] } },
      analyst,
    );
    expect([seed, by, rows.reduce((all, { values }) => all + (values['gmv'] ?? 0), 0)]).toEqual([seed, by, expected.gmv]);
    for (const { keys, values } of rows) {
      const holds = ({ lines }: ImportedOrder) =>
        lines.some(({ sku }) => (by === 'sku' ? sku : categories[skus.indexOf(sku) % 3]) === keys[0]);
      expect([seed, by, keys[0], values['orders']]).toEqual([seed, by, keys[0], paid.filter(holds).length]);
    }
  }
});

const httpApp = async (analytics = openAnalytics(world.config.clickhouseUrl)): Promise<FastifyInstance> => {
  const app = Fastify() as unknown as FastifyInstance;
  answerProblems(app);
  const parts = { db: world.db, clock: world.clock.now, origins: [], actorOf: async () => analyst };
  bindRoutes(app, metricRoutes({ analytics }), parts);
  apps.push(app);
  return app;
};
const apps: FastifyInstance[] = [];
afterAll(() => Promise.all(apps.map((app) => app.close())));

test('the workbook holds the figures of the screen, the total, the definitions and the zone', async () => {
  const query = {
    metrics: ['net_sales', 'gross_margin', 'orders'] as contract.MetricName[],
    ...period,
    by: ['sku' as const],
    compare: 'previous' as const,
  };
  const screen = await world.call(contract.queryMetrics, { query }, analyst);
  const app = await httpApp();
  const search =
    'metrics=net_sales&metrics=gross_margin&metrics=orders&from=2026-10-01&to=2026-11-22&by=sku&compare=previous&language=en';
  const file = await app.inject({ url: `/api/metrics/export?${search}` });
  expect(file.headers['content-type']).toContain('spreadsheetml');
  const book = read(file.rawPayload, { type: 'buffer' });
  expect(book.SheetNames).toEqual(['Figures', 'Definitions', 'About']);
  const table = utils.sheet_to_json<(string | number | null)[]>(book.Sheets['Figures']!, { header: 1, raw: true });
  expect(table[0]).toEqual([
    'SKU',
    'Name',
    'Net sales (CNY)',
    'Net sales (CNY) · before',
    'Gross margin (%)',
    'Gross margin (%) · before',
    'Orders (count)',
    'Orders (count) · before',
  ]);
  expect(table.slice(1, -1).map((row) => [row[0], Math.round(Number(row[2]) * 100), row[4] ?? null, row[6]])).toEqual(
    screen.rows.map(({ keys, values }) => [keys[0], values['net_sales'], values['gross_margin'], values['orders']]),
  );
  expect(Math.round(Number(table.at(-1)?.[2]) * 100)).toBe(screen.total.values['net_sales']);
  expect(JSON.stringify(utils.sheet_to_json(book.Sheets['About']!, { header: 1 }))).toContain('Asia/Shanghai');
  expect(utils.sheet_to_json(book.Sheets['Definitions']!)).toHaveLength(3);
});

test('who holds no right to figures gets none, and exporting is a right of its own', async () => {
  const query = { metrics: ['gmv' as const], ...period };
  await expect(world.call(contract.queryMetrics, { query }, aStaff('warehouse'))).rejects.toMatchObject({
    code: 'auth.forbidden',
  });
  await expect(world.call(contract.getCockpit, {}, aStaff('warehouse'))).rejects.toMatchObject({ code: 'auth.forbidden' });
  const viewer = aStaff('analyst', { permissions: new Set(['metrics.view'] as const) });
  await expect(world.call(contract.exportMetrics, { query }, viewer)).rejects.toMatchObject({ code: 'auth.forbidden' });
});

test('every metric is defined in both languages, can be asked by each of its dimensions, and is refused by every other', async () => {
  const { items } = await world.call(contract.listMetrics, {}, analyst);
  expect(items.map(({ name }) => name).toSorted()).toEqual(contract.metricNames.toSorted());
  for (const { title, explanation } of items)
    expect([title.zh, title.en, explanation.zh, explanation.en].every((text) => text.length > 1)).toBe(true);
  const figures = await filledFigures(world);
  for (const by of contract.dimensions) {
    const [able, unable] = [true, false].map((can) =>
      items.filter(({ dimensions }) => dimensions.includes(by) === can).map(({ name }) => name),
    ) as [string[], string[]];
    const slice = { from: '2026-11-15', to: '2026-11-22', until: undefined, by: [by], filters: {} };
    for (const { keys } of (await readFigures(figures, able, slice)).values()) expect(keys).toHaveLength(1);
    for (const name of unable)
      await expect(queryMetrics(figures, { metrics: [name], by: [by], period: 'today' }, wholeHouse)).rejects.toMatchObject({
        code: 'metric.dimension_unknown',
        details: { metric: name },
      });
  }
});

test('the cockpit shows all its figures beside last week, and hours that have not come are empty', async () => {
  const cockpit = await world.call(contract.getCockpit, {}, analyst);
  expect(cockpit).toMatchObject({ day: '2026-11-22', comparedDay: '2026-11-15', zone: 'Asia/Shanghai' });
  expect(cockpit.figures.map(({ metric }) => metric)).toEqual(
    expect.arrayContaining([
      'gmv',
      'net_sales',
      'gross_margin',
      'orders',
      'aov',
      'conversion',
      'new_customers',
      'returning_customers',
      'repurchase_90d',
      'return_rate',
      'stock_turnover',
      'days_of_cover',
      'order_handling_time',
    ]),
  );
  expect(cockpit.hours.map(({ netSalesFen }) => netSalesFen === null)).toEqual(
    Array.from({ length: 24 }, (_, hour) => hour > 12),
  );
  const asked = await world.call(
    contract.queryMetrics,
    { query: { metrics: ['gmv'], from: '2026-11-15', to: '2026-11-15' } },
    analyst,
  );
  expect(cockpit.figures.find(({ metric }) => metric === 'gmv')?.beforeWholeDay).toBe(asked.total.values['gmv']);
});

test('a screen that watches hears of new figures', async () => {
  const app = await httpApp();
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const left = new AbortController();
  const response = await fetch(`${address}/api/metrics/live`, { headers: { accept: 'text/event-stream' }, signal: left.signal });
  const reader = response.body!.getReader();
  const next = async (): Promise<{ version: string }> => {
    const { value } = await reader.read();
    return JSON.parse(/data: (.*)/.exec(Buffer.from(value!).toString())![1]!) as { version: string };
  };
  const before = await next();
  await world.run((ctx) => importOrders(ctx, { importId: 'later', orders: [{ ...orders[0]!, externalId: 'later' }] }));
  await filledAnalytics(world);
  const after = await next();
  left.abort();
  expect(after.version).not.toBe(before.version);
  expect((await world.call(contract.watchMetrics, {}, analyst)).version).toBe(after.version);
});

test('without ClickHouse the figures are refused as unavailable, and the definitions still answer', async () => {
  const app = await httpApp(openAnalytics('http://127.0.0.1:9/none'));
  const answer = await app.inject({ url: '/api/metrics/values?metrics=gmv&from=2026-11-22&to=2026-11-22' });
  expect(answer.json()).toMatchObject({ status: 503, code: 'analytics.unavailable' });
  expect((await app.inject({ url: '/api/metrics/definitions' })).statusCode).toBe(200);
});
