import { randomUUID } from 'node:crypto';
import type { metrics as contract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { aProduct } from '../../base/catalog/testing.ts';
import { upsertCustomers } from '../../base/customers/index.ts';
import { type ImportedOrder, importOrders } from '../../sell/orders/index.ts';
import { saveLocations } from '../../supply/inventory/index.ts';
import { storeBatches } from '../collection/index.ts';
import type { Book } from './book.ts';
import type { Figures } from './figures.ts';
import { type MetricQuestion, queryMetrics } from './query-metrics.ts';
import { wholeHouse } from './scope.ts';
import { shipped } from './shipped/index.ts';
import { sum } from './shipped/shipped.ts';
import { filledFigures } from './testing.ts';

const world = useWorld();
let figures: Figures;
let member = '';

const anOrder = (placedAt: string, unitFen: number, over: Partial<ImportedOrder> = {}): ImportedOrder => ({
  channel: 'shop',
  externalId: randomUUID(),
  placedAt: new Date(placedAt),
  paidAt: new Date(placedAt),
  lines: [{ sku: 'TEE', quantity: 1, unitFen, taxRateBp: 0, unitCostFen: 0 }],
  ...over,
});
const page = (visitorId: string, at: string, over: Record<string, unknown> = {}) => ({
  messageId: randomUUID(), type: 'page' as const, event: '首页', visitorId, customerId: undefined, at: new Date(at).toISOString(),
  clientAt: undefined, sentAt: undefined, path: '/', language: undefined, campaign: undefined, properties: {}, ...over,
}); // prettier-ignore

beforeAll(async () => {
  world.clock.set('2026-11-22T06:00:00Z');
  await world.run(async (ctx) => {
    await aProduct(ctx, { code: 'tee', category: 'apparel/tshirts', variants: [{ sku: 'TEE' }] });
    await saveLocations(ctx, [{ code: 'S01', name: '人民路店', nameEn: 'Renmin Road', kind: 'store' }]);
    const [row] = await upsertCustomers(ctx, [{ source: 'import', externalId: '1', name: '甲' }]);
    member = row?.customerId ?? '';
    await importOrders(ctx, {
      importId: 'summer time',
      orders: [
        anOrder('2026-03-08T04:59:59Z', 1), // 7 March 23:59:59 in New York, UTC−5
        anOrder('2026-03-08T05:00:00Z', 10), // 8 March 00:00, a day of 23 hours
        anOrder('2026-03-08T06:30:00Z', 20), // 01:30, the last hour before the clocks jump
        anOrder('2026-03-08T07:30:00Z', 40), // 03:30: there is no 02:30
        anOrder('2026-03-09T03:59:59Z', 80), // 8 March 23:59:59, UTC−4
        anOrder('2026-03-09T04:00:00Z', 160), // 9 March 00:00
        anOrder('2026-11-01T03:59:59Z', 300), // 31 October 23:59:59, UTC−4
        anOrder('2026-11-01T05:30:00Z', 600), // 1 November 01:30 for the first time
        anOrder('2026-11-01T06:30:00Z', 1_200), // 01:30 again, UTC−5
        anOrder('2026-11-02T04:59:59Z', 2_400), // 1 November 23:59:59: a day of 25 hours
      ],
    });
    await importOrders(ctx, {
      importId: 'festival',
      orders: [
        anOrder('2025-01-29T02:00:00Z', 700), // Spring Festival 2025
        anOrder('2026-02-17T02:00:00Z', 900), // Spring Festival 2026
        anOrder('2025-02-17T02:00:00Z', 50),
      ],
    });
    await importOrders(ctx, {
      importId: 'weeks',
      orders: [
        anOrder('2026-11-15T15:59:59Z', 1_000), // Sunday 23:59:59 in Shanghai
        anOrder('2026-11-15T16:00:00Z', 2_000), // Monday
        anOrder('2026-11-18T04:00:00Z', 4_000, { channel: 'store', store: 'S01' }),
        anOrder('2026-11-21T04:00:00Z', 8_000, { customerId: member }),
      ],
    });
    await storeBatches(ctx, [
      {
        source: 'shop web',
        channel: 'shop',
        receivedAt: ctx.now,
        events: [
          page('phone', '2026-11-22T01:00:00Z', { campaign: 'double11' }),
          page('desktop', '2026-11-22T02:00:00Z', { customerId: member, isJoining: true }),
          page('phone', '2026-11-22T03:00:00Z', { customerId: member, isJoining: true }),
          page('stranger', '2026-11-22T03:00:00Z', { campaign: 'double11' }),
        ],
      },
    ]);
  });
  figures = await filledFigures(world);
});

const ask = (question: Partial<MetricQuestion> & { metrics: readonly string[] }, of: Figures = figures) =>
  queryMetrics(of, { from: '2026-11-22', to: '2026-11-22', ...question }, wholeHouse);

/** The book with one more metric in it. */
function withMetric(name: string, over: Partial<contract.MetricBody>): Figures {
  const body = { ...shipped[0]!.body, expression: sum('net_fen'), ...over };
  const version = { name, version: 1, validFrom: undefined, body, note: '', publishedAt: undefined, publishedByName: undefined };
  const book: Book = { ...figures.book, metrics: new Map([...figures.book.metrics, [name, [version]]]) };
  return { ...figures, book };
}

test('days of a metric in New York are those of New York: 23 hours in March, 25 in November', async () => {
  const there = withMetric('net_ny', { zone: 'America/New_York' });
  const byDay = async (from: string, to: string) => {
    const { rows, total, zone } = await ask({ metrics: ['net_ny'], from, to, by: ['day'] }, there);
    expect([zone, rows.reduce((all, { values }) => all + (values['net_ny'] ?? 0), 0)]).toEqual([
      'America/New_York',
      total.values['net_ny'],
    ]);
    return Object.fromEntries(rows.map(({ keys, values }) => [keys[0], values['net_ny']]));
  };
  expect(await byDay('2026-03-07', '2026-03-09')).toEqual({ '2026-03-07': 1, '2026-03-08': 150, '2026-03-09': 160 });
  expect(await byDay('2026-10-31', '2026-11-01')).toEqual({ '2026-10-31': 300, '2026-11-01': 4_200 });
  const hours = await ask({ metrics: ['net_ny'], from: '2026-11-01', to: '2026-11-01', by: ['hour'] }, there);
  expect(
    hours.rows.filter(({ values }) => values['net_ny'] !== 0).map(({ keys, values }) => [keys[0], values['net_ny']]),
  ).toEqual([
    ['01', 1_800], // twice half past one
    ['23', 2_400],
  ]);
  const march = await ask({ metrics: ['net_ny'], from: '2026-03-08', to: '2026-03-08', by: ['hour'] }, there);
  expect(march.rows.slice(0, 4).map(({ values }) => values['net_ny'])).toEqual([10, 20, 0, 40]);
  await expect(ask({ metrics: ['net_ny', 'net_sales'] }, there)).rejects.toMatchObject({ code: 'metric.zones_mixed' });
  const shanghai = await ask({ metrics: ['net_sales'], from: '2026-03-08', to: '2026-03-09', by: ['day'] });
  expect(shanghai.rows.map(({ values }) => values['net_sales'])).toEqual([1 + 10 + 20 + 40, 80 + 160]);
});

test('a week is Monday to Sunday in Shanghai, under the name of its Monday', async () => {
  const { rows } = await ask({ metrics: ['net_sales'], from: '2026-11-09', to: '2026-11-22', by: ['week'] });
  expect(rows.map(({ keys, values }) => [keys[0], values['net_sales']])).toEqual([
    ['2026-11-09', 1_000],
    ['2026-11-16', 14_000],
  ]);
});

test('Spring Festival stands beside Spring Festival, not beside the same date', async () => {
  const festival = { metrics: ['net_sales'], from: '2026-02-17', to: '2026-02-17', by: ['day'] as const };
  const lunar = await ask({ ...festival, compare: 'lunar_year' });
  expect([
    lunar.compared,
    lunar.rows.map(({ keys, values, before }) => [keys[0], values['net_sales'], before?.['net_sales']]),
  ]).toEqual([{ kind: 'lunar_year', from: '2025-01-29', to: '2025-01-29', until: null }, [['2026-02-17', 900, 700]]]);
  expect((await ask({ ...festival, compare: 'year' })).total.before).toEqual({ net_sales: 50 });
});

test('every new dimension of the calendar and of campaigns sums to the total', async () => {
  const whole = { metrics: ['net_sales', 'new_customers'], from: '2025-01-01', to: '2026-11-22' };
  const { total } = await ask(whole);
  for (const by of ['week', 'month', 'quarter', 'year', 'channel', 'store', 'campaign', 'hour'] as const)
    for (const until of [undefined, new Date('2026-11-21T04:00:00.001Z')]) {
      const answer = await ask({ ...whole, by: [by], until });
      for (const metric of whole.metrics) {
        const parts = answer.rows.reduce((all, { values }) => all + (values[metric] ?? 0), 0);
        expect([by, until, metric, parts]).toEqual([by, until, metric, answer.total.values[metric]]);
        if (until === undefined) expect(answer.total.values[metric]).toBe(total.values[metric]);
      }
    }
});

test('moving and cumulative windows go over the calendar, also over days before the period and without sales', async () => {
  const days = { metrics: ['net_sales', 'aov'], from: '2026-11-20', to: '2026-11-22', by: ['day'] as const };
  const valuesOf = async (window: contract.MetricWindow) =>
    (await ask({ ...days, window })).rows.map(({ values }) => [values['net_sales'], values['aov']]);
  expect(await valuesOf('none')).toEqual([[0, null], [8_000, 8_000], [0, null]]); // prettier-ignore
  expect(await valuesOf('moving_7')).toEqual([
    [7_000 / 7, 7_000 / 3],
    [15_000 / 7, 15_000 / 4],
    [14_000 / 7, 14_000 / 3], // Sunday the 15th has left the window
  ]);
  expect((await valuesOf('month_to_date')).map(([net]) => net)).toEqual([11_500, 19_500, 19_500]);
  expect((await valuesOf('year_to_date'))[2]?.[0]).toBe(311 + 900 + 19_500 - 1_000 + 1_000);
  const unfit = (question: Partial<MetricQuestion>) => ask({ ...days, metrics: ['visitors'], window: 'moving_7', ...question });
  await expect(unfit({})).rejects.toMatchObject({ code: 'metric.window_unfit' });
  await expect(unfit({ metrics: ['net_sales'], by: ['week'] })).rejects.toMatchObject({ code: 'metric.window_unfit' });
});

test('a missing day is zero or a gap, as the metric says', async () => {
  const both = { from: '2026-11-20', to: '2026-11-21', by: ['day'] as const };
  const gaps = withMetric('net_gap', { missing: 'gap' });
  expect((await ask({ ...both, metrics: ['net_gap'] }, gaps)).rows.map(({ values }) => values['net_gap'])).toEqual([null, 8_000]);
  expect((await ask({ ...both, metrics: ['net_sales'] })).rows.map(({ values }) => values['net_sales'])).toEqual([0, 8_000]);
});

test('several devices of one customer are one visitor; who came by a campaign is counted under it', async () => {
  const { total } = await ask({ metrics: ['visitors'] });
  expect(total.values['visitors']).toBe(2); // phone and desktop are one member, and a stranger
  const { rows } = await ask({ metrics: ['visitors'], by: ['campaign'] });
  expect(rows.map(({ keys, values }) => [keys[0], values['visitors']])).toEqual([['double11', 2], ['', 1]]); // prettier-ignore
  expect((await ask({ metrics: ['visitors'], filters: { campaign: ['none'] } })).total.values['visitors']).toBe(0);
});

test('a question that would read too much is refused before it reads, with the number of rows', async () => {
  const small = { ...figures, rowsMax: 2 };
  const refusal = ask({ metrics: ['net_sales'], from: '2025-01-01' }, small);
  await expect(refusal).rejects.toMatchObject({ code: 'metric.too_much', details: { rowsMax: 2 } });
  const { details } = (await refusal.catch((error: unknown) => error)) as { details: { rows: number } };
  expect(details.rows).toBeGreaterThan(2);
});

test('a period is named or has both its days, and two calendar dimensions of one question make no sense', async () => {
  const { period } = await ask({ metrics: ['net_sales'], from: undefined, to: undefined, period: 'last_7_days' });
  expect(period).toEqual({ from: '2026-11-15', to: '2026-11-21', until: null });
  const today = await ask({ metrics: ['net_sales'], from: undefined, to: undefined, period: 'this_week' });
  expect([today.period, today.total.values]).toEqual([
    { from: '2026-11-16', to: '2026-11-22', until: '2026-11-22T06:00:00.000Z' },
    { net_sales: 14_000 },
  ]);
  await expect(ask({ metrics: ['net_sales'], by: ['week', 'month'] })).rejects.toMatchObject({ code: 'metric.period_invalid' });
});
