import { randomUUID } from 'node:crypto';
import type { metrics as contract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { aProduct } from '../../base/catalog/testing.ts';
import { upsertCustomers } from '../../base/customers/index.ts';
import { type ImportedOrder, importOrders } from '../../sell/orders/index.ts';
import { importReturns } from '../../sell/returns/index.ts';
import { receiveStock, saveLocations } from '../../supply/inventory/index.ts';
import { storeBatches } from '../collection/index.ts';
import { wholeHouse } from './scope.ts';
import type { Figures } from './figures.ts';
import { queryMetrics } from './query-metrics.ts';
import { filledFigures } from './testing.ts';
import { valuesByEntity } from './values-by-entity.ts';

const world = useWorld();
let figures: Figures;
const customers: string[] = [];

/** Shanghai time to instant. */
const at = (local: string): Date => new Date(`${local.replace(' ', 'T')}+08:00`);
const anOrder = (
  placedAt: string,
  lines: [sku: string, quantity: number, unitFen: number][],
  over: Partial<ImportedOrder> = {},
): ImportedOrder => ({
  channel: 'shop',
  externalId: randomUUID(),
  placedAt: at(placedAt),
  paidAt: at(placedAt),
  lines: lines.map(([sku, quantity, unitFen]) => ({ sku, quantity, unitFen, taxRateBp: 1300, unitCostFen: 500 })),
  ...over,
});

beforeAll(async () => {
  await world.run(async (ctx) => {
    await aProduct(ctx, {
      code: 'tee',
      name: '棉质T恤',
      nameEn: 'Cotton tee',
      category: 'apparel/tshirts',
      variants: [{ sku: 'TEE' }],
    });
    await aProduct(ctx, { code: 'cap', name: '棒球帽', category: 'apparel/caps', variants: [{ sku: 'CAP' }] });
    await aProduct(ctx, { code: 'tea', name: '龙井', category: 'food/tea', variants: [{ sku: 'TEA' }] });
    await saveLocations(ctx, [
      { code: 'WH1', name: '中心仓', nameEn: 'Main warehouse', kind: 'warehouse' },
      { code: 'S01', name: '人民路店', nameEn: 'Renmin Road store', kind: 'store' },
    ]);
    for (const row of await upsertCustomers(ctx, [
      { source: 'import', externalId: '1', name: '甲' },
      { source: 'import', externalId: '2', name: '乙' },
    ]))
      customers.push(row.customerId);
  });
  world.clock.set('2026-11-01T02:00:00Z'); // stock came on 1 November: 100 tees and 50 teas at ¥5
  await world.run((ctx) =>
    receiveStock(ctx, {
      cause: 'test',
      location: 'WH1',
      lines: [
        { sku: 'TEE', quantity: 100, unitCostFen: 500 },
        { sku: 'TEA', quantity: 50, unitCostFen: 500 },
      ],
    }),
  );
  world.clock.set('2026-11-22T06:00:00Z');
  const [first, second] = customers as [string, string];
  await world.run(async (ctx) => {
    await importOrders(ctx, {
      importId: 'history',
      orders: [
        anOrder('2026-11-14 23:59:59.999', [['TEE', 1, 1130]], { customerId: first }),
        anOrder('2026-11-15 00:00:00', [['TEE', 2, 1130]], { customerId: second, releasedAt: at('2026-11-15 00:10:00') }),
        anOrder('2026-11-15 15:00:00', [['CAP', 1, 2260]], {
          channel: 'store',
          store: 'S01',
          releasedAt: at('2026-11-15 15:30:00'),
        }),
        anOrder(
          '2026-11-22 09:00:00',
          [
            ['TEE', 3, 1130],
            ['CAP', 1, 2260],
            ['TEE', 1, 1130],
          ],
          { customerId: first },
        ),
        anOrder('2026-11-22 10:00:00', [['TEA', 1, 3390]], {
          customerId: second,
          state: 'cancelled',
          cancelledAt: at('2026-11-22 11:00:00'),
        }),
        anOrder('2026-11-22 12:00:00', [['TEA', 2, 3390]], { state: 'placed', paidAt: undefined, releasedAt: undefined }),
      ],
    });
    await importReturns(ctx, {
      importId: 'returns',
      returns: [
        {
          channel: 'shop',
          externalId: 'C1',
          customerId: first,
          receivedAt: at('2026-11-22 13:00:00'),
          lines: [{ sku: 'TEE', quantity: 1, unitFen: 1130 }],
        },
      ],
    });
    const page = (visitorId: string, local: string) => ({
      messageId: randomUUID(), type: 'page' as const, event: '首页', visitorId, customerId: undefined, at: at(local).toISOString(),
      clientAt: undefined, sentAt: undefined, path: '/', language: undefined, campaign: undefined, properties: {},
    }); // prettier-ignore
    await storeBatches(ctx, [
      {
        source: 'shop web',
        channel: 'shop',
        receivedAt: ctx.now,
        events: [page('v1', '2026-11-22 08:00'), page('v1', '2026-11-22 09:30'), page('v2', '2026-11-22 09:40')],
      },
    ]);
  });
  figures = await filledFigures(world);
});

const ask = (question: Partial<Parameters<typeof queryMetrics>[1]> & { metrics: contract.MetricName[] }) =>
  queryMetrics(figures, { from: '2026-11-22', to: '2026-11-22', ...question }, wholeHouse);

test('every sum and ratio of a day, to the fen', async () => {
  const { total } = await ask({
    metrics: [
      'gmv',
      'net_sales',
      'gross_profit',
      'gross_margin',
      'orders',
      'aov',
      'units_sold',
      'return_rate',
      'cancelled_orders',
    ],
  });
  // placed: 6780 + 3390 + 6780; paid: 6780 + 3390; cancelled 3390; returned 1130. Without VAT: 6000 + 3000 − 3000 − 1000.
  expect(total.values).toEqual({
    gmv: 16_950,
    net_sales: 5_000,
    gross_profit: 5_000 - 2_000, // cost 5 × 500 + 500 − 500 − 500 back on the shelf
    gross_margin: 0.6,
    orders: 2,
    aov: 5_085,
    units_sold: 4,
    return_rate: 1_130 / 10_170,
    cancelled_orders: 1,
  });
});

test('a day begins at 00:00 in Shanghai: 23:59:59.999 is the day before', async () => {
  const { rows } = await ask({ metrics: ['gmv'], from: '2026-11-14', to: '2026-11-15', by: ['day'] });
  expect(rows.map(({ keys, values }) => [keys[0], values['gmv']])).toEqual([
    ['2026-11-14', 1_130],
    ['2026-11-15', 4_520],
  ]);
});

test('days without sales are rows of zeros, undefined ratios are null', async () => {
  const { rows } = await ask({ metrics: ['net_sales', 'aov'], from: '2026-11-20', to: '2026-11-22', by: ['day'] });
  expect(rows.map(({ values }) => values)).toEqual([
    { net_sales: 0, aov: null },
    { net_sales: 0, aov: null },
    { net_sales: 5_000, aov: 5_085 },
  ]);
});

test('an order counts once in the total, once in each category and SKU it holds', async () => {
  const metrics: contract.MetricName[] = ['orders'];
  expect((await ask({ metrics })).total.values['orders']).toBe(2);
  const bySku = await ask({ metrics, by: ['sku'] });
  expect(Object.fromEntries(bySku.rows.map(({ keys, values }) => [keys[0], values['orders']]))).toEqual({
    TEE: 1,
    CAP: 1,
    TEA: 1,
  });
  const apparel = await ask({ metrics, filters: { category: ['apparel'] } });
  expect(apparel.total.values['orders']).toBe(1); // tees and a cap in one order, two categories below apparel
  expect((await ask({ metrics, filters: { sku: ['TEE', 'CAP'] } })).total.values['orders']).toBe(1);
});

test('drilling down by any dimension adds up to the total', async () => {
  const metrics: contract.MetricName[] = ['gmv', 'net_sales', 'gross_profit', 'units_sold'];
  const period = { from: '2026-11-01', to: '2026-11-22' };
  for (const by of [
    ['day'],
    ['month'],
    ['hour'],
    ['channel'],
    ['category'],
    ['sku'],
    ['store'],
    ['day', 'sku'],
    ['channel', 'category'],
    ['day', 'hour'],
  ] as const)
    for (const until of [undefined, at('2026-11-22 10:30')]) {
      const answer = await ask({ metrics, ...period, by, until });
      for (const metric of metrics) {
        const parts = answer.rows.reduce((sum, { values }) => sum + (values[metric] ?? 0), 0);
        expect([by, until, metric, parts]).toEqual([by, until, metric, answer.total.values[metric]]);
      }
    }
});

test('today so far stands beside the same weekday last week up to the same time', async () => {
  const answer = await ask({ metrics: ['gmv', 'orders'], until: at('2026-11-22 14:00'), compare: 'same_weekday' });
  expect(answer.compared).toMatchObject({ from: '2026-11-15', to: '2026-11-15', until: at('2026-11-15 14:00').toISOString() });
  expect(answer.total).toEqual({ values: { gmv: 16_950, orders: 2 }, before: { gmv: 2_260, orders: 1 } }); // the store's 15:00 is not yet
});

test('SKUs and stores carry their names in both languages', async () => {
  const { rows } = await ask({ metrics: ['gmv'], by: ['sku'], filters: { sku: ['TEE'] } });
  expect(rows[0]?.labels).toEqual([{ zh: '棉质T恤', en: 'Cotton tee' }]);
  const stores = await ask({ metrics: ['gmv'], by: ['store'], from: '2026-11-15', to: '2026-11-15' });
  expect(stores.rows.map(({ keys, labels }) => [keys[0], labels[0]?.zh])).toEqual([
    ['', '未指定'],
    ['S01', '人民路店'],
  ]);
});

test('customers are new once in their life, and return when they pay again', async () => {
  const metrics: contract.MetricName[] = ['new_customers', 'returning_customers', 'repurchase_90d'];
  expect((await ask({ metrics })).total.values).toEqual({ new_customers: 0, returning_customers: 2, repurchase_90d: 1 });
  expect((await ask({ metrics, from: '2026-11-14', to: '2026-11-15' })).total.values).toEqual({
    new_customers: 2,
    returning_customers: 0,
    repurchase_90d: 0,
  });
  const byDay = await ask({ metrics, from: '2026-11-13', to: '2026-11-15', by: ['day'] });
  expect(byDay.rows.map(({ values }) => [values['new_customers'], values['repurchase_90d']])).toEqual([
    [0, null],
    [1, 0],
    [1, 0],
  ]);
});

test('visitors count once however often they come; nobody is no zero but undefined', async () => {
  const metrics: contract.MetricName[] = ['visitors', 'conversion'];
  expect((await ask({ metrics })).total.values).toEqual({ visitors: 2, conversion: 0 });
  expect((await ask({ metrics, from: '2026-11-10', to: '2026-11-10' })).total.values).toEqual({ visitors: 0, conversion: null });
  const hours = await ask({ metrics, by: ['hour'] });
  expect(
    hours.rows.filter(({ values }) => values['visitors'] !== 0).map(({ keys, values }) => [keys[0], values['visitors']]),
  ).toEqual([
    ['08', 1],
    ['09', 2],
  ]);
});

test('stock is a level: the last value, not a sum of days', async () => {
  const metrics: contract.MetricName[] = ['stock_units', 'stock_value', 'days_of_cover', 'stock_turnover'];
  const { rows } = await ask({ metrics: ['stock_units'], from: '2026-10-31', to: '2026-11-02', by: ['day'] });
  expect(rows.map(({ values }) => values['stock_units'])).toEqual([null, 150, 150]);
  const bySku = await ask({ metrics, by: ['sku'], from: '2026-11-22', to: '2026-11-22' });
  const tee = bySku.rows.find(({ keys }) => keys[0] === 'TEE');
  expect(tee?.values).toMatchObject({ stock_units: 100, stock_value: 50_000, days_of_cover: 100 / (7 / 28) }); // 1 + 2 + 4 tees paid in 28 days
  expect(tee?.values['stock_turnover']).toBeCloseTo(((4 - 1) * 500 * 365) / 50_000, 9);
  expect(bySku.rows.find(({ keys }) => keys[0] === 'CAP')?.values['days_of_cover']).toBeNull(); // never had stock: unknown, not zero
  const byCategory = await ask({ metrics: ['stock_units'], by: ['category'] });
  expect(Object.fromEntries(byCategory.rows.map(({ keys, values }) => [keys[0], values['stock_units']]))).toMatchObject({
    'apparel/tshirts': 100,
    'food/tea': 50,
  });
  const byStore = await ask({ metrics: ['stock_units'], by: ['store'], filters: { store: ['WH1'] } });
  expect(byStore.rows.map(({ keys, values }) => [keys[0], values['stock_units']])).toEqual([['WH1', 150]]);
});

test('handling time is the exact median and 90th percentile of what was released', async () => {
  const { total } = await ask({
    metrics: ['order_handling_time', 'order_handling_p90', 'orders_untouched'],
    from: '2026-11-15',
    to: '2026-11-15',
  });
  expect(total.values).toMatchObject({ order_handling_p90: 1_800, orders_untouched: 1 });
  expect([600, 1_800]).toContain(total.values['order_handling_time']);
  expect(
    (await ask({ metrics: ['order_handling_time'], from: '2026-11-16', to: '2026-11-16' })).total.values['order_handling_time'],
  ).toBeNull();
});

test('values by entity are the same figures, with the cases behind them', async () => {
  const now = at('2026-11-22 14:00');
  expect(await valuesByEntity(figures, { metric: 'gmv', entity: 'total', at: now, days: 1 })).toEqual([
    { entity: '', value: 16_950, n: 2 },
  ]);
  const cover = await valuesByEntity(figures, { metric: 'days_of_cover', entity: 'sku', at: now });
  expect(cover.find(({ entity }) => entity === 'TEE')).toEqual({ entity: 'TEE', value: 400, n: 7 });
  expect(await valuesByEntity(figures, { metric: 'net_sales', entity: 'store', at: now, days: 8 })).toEqual([
    { entity: 'S01', value: 2_000, n: 1 },
  ]);
});

test('what cannot be asked is refused by name', async () => {
  await expect(ask({ metrics: ['conversion'], by: ['sku'] })).rejects.toMatchObject({
    code: 'metric.dimension_unknown',
    details: { metric: 'conversion', dimension: 'sku' },
  });
  await expect(ask({ metrics: ['gmv'], from: '2026-11-22', to: '2026-11-21' })).rejects.toMatchObject({
    code: 'metric.period_invalid',
  });
  await expect(valuesByEntity(figures, { metric: 'mood', entity: 'total', at: new Date(0) })).rejects.toMatchObject({
    code: 'metric.not_found',
  });
});

test('a filter is data: quotes and brackets in it find nothing and break nothing', async () => {
  const { total } = await ask({ metrics: ['gmv'], filters: { sku: ["TEE') or 1=1 --", '{x:String}'] } });
  expect(total.values['gmv']).toBe(0);
});
