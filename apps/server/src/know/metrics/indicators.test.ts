import { randomUUID } from 'node:crypto';
import { observations as contract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aProduct } from '../../base/catalog/testing.ts';
import { upsertCustomers } from '../../base/customers/index.ts';
import { type ImportedOrder, importOrders } from '../../sell/orders/index.ts';
import { importReturns } from '../../sell/returns/index.ts';
import { receiveStock, saveLocations } from '../../supply/inventory/index.ts';
import { aFulfilment, aWarehouse, aWorker } from '../../supply/warehouse/testing.ts';
import { storeBatches } from '../collection/index.ts';
import { recordObservations } from '../observations/index.ts';
import { definitionsOf } from './book.ts';
import type { Figures } from './figures.ts';
import { type MetricQuestion, queryMetrics } from './query-metrics.ts';
import { wholeHouse } from './scope.ts';
import { filledFigures } from './testing.ts';

const world = useWorld();
let figures: Figures;

const at = (local: string): Date => new Date(`${local.replace(' ', 'T')}+08:00`);
const november = { from: '2026-11-01', to: '2026-11-22' };
const ask = async (metrics: string[], over: Partial<MetricQuestion> = {}) =>
  queryMetrics(figures, { ...november, metrics, ...over }, wholeHouse);
const figure = async (metric: string, over: Partial<MetricQuestion> = {}) => (await ask([metric], over)).total.values[metric];

/** One TEE at ¥11.30, 13 % VAT in it, that cost ¥5. */
const anOrder = (day: string, customerId: string | undefined, over: Partial<ImportedOrder> = {}): ImportedOrder => ({
  channel: 'shop',
  externalId: randomUUID(),
  customerId,
  placedAt: at(`${day} 10:00`),
  paidAt: at(`${day} 10:00`),
  lines: [{ sku: 'TEE', quantity: 1, unitFen: 1130, taxRateBp: 1300, unitCostFen: 500 }],
  ...over,
});

const outside = [
  'satisfaction', 'brand_search_index', 'social_mentions', 'share_of_voice', 'review_score', 'exposure', 'campaign_spend',
  'marketing_roi', 'cash_conversion_days',
]; // prettier-ignore

beforeAll(async () => {
  const names = ['甲', '乙', '丙', '丁', '戊', '己'];
  world.clock.set('2026-10-31T02:00:00Z');
  const [a, b, c, d, e, f] = await world.run(async (ctx) => {
    await aProduct(ctx, { code: 'tee', name: '棉质T恤', category: 'apparel/tshirts', variants: [{ sku: 'TEE' }] });
    await saveLocations(ctx, [{ code: 'WH1', name: '中心仓', nameEn: 'Main warehouse', kind: 'warehouse' }]);
    await receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [{ sku: 'TEE', quantity: 18, unitCostFen: 500 }] });
    const saved = await upsertCustomers(
      ctx,
      names.map((name) => ({ source: 'import', externalId: name, name })),
    );
    return saved.map(({ customerId }) => customerId);
  });

  world.clock.set('2026-11-15T01:00:00Z'); // the campaign's visit is known before the order is paid
  await world.run((ctx) =>
    storeBatches(ctx, [
      {
        source: 'shop web',
        channel: 'shop',
        receivedAt: ctx.now,
        events: [
          {
            messageId: randomUUID(), type: 'page', event: '首页', visitorId: 'v-d', customerId: undefined, at: ctx.now.toISOString(),
            clientAt: undefined, sentAt: undefined, path: '/', language: undefined, campaign: 'double-11', properties: {},
          },
        ],
      },
    ]),
  ); // prettier-ignore
  await filledFigures(world);

  world.clock.set('2026-11-22T06:00:00Z');
  const orders = [
    anOrder('2026-06-10', a),
    anOrder('2026-07-01', b),
    anOrder('2026-08-24', f),
    anOrder('2026-10-01', e),
    anOrder('2026-11-05', c, { promisedOn: '2026-11-08', deliveredAt: at('2026-11-09 09:00') }),
    anOrder('2026-11-10', a, { promisedOn: '2026-11-12', deliveredAt: at('2026-11-12 23:59') }),
    anOrder('2026-11-15', d, { visitorId: 'v-d', deliveredAt: at('2026-11-16 09:00') }),
  ];
  const imported = await world.run((ctx) => importOrders(ctx, { importId: 'history', orders }));
  await world.run((ctx) =>
    importReturns(ctx, {
      importId: 'back',
      returns: (['defective', 'unwanted'] as const).map((reason, index) => ({
        channel: 'shop', externalId: `R${index}`, customerId: [c, a][index], receivedAt: at(`2026-11-1${index + 8} 13:00`), reason,
        lines: [{ sku: 'TEE', quantity: 1, unitFen: 1130, isRestocked: false }],
      })),
    }),
  ); // prettier-ignore
  const fulfilment = await world.run(async (ctx) => {
    await aWarehouse(ctx, {});
    return aFulfilment(ctx, { orderId: imported[6]!.orderId, lines: [{ sku: 'TEE', quantity: 1 }] });
  });
  const worker = aWorker(world);
  await worker.prepare(fulfilment.fulfilmentId);
  await worker.handOver((await worker.get(fulfilment.fulfilmentId)).carrier ?? '', [fulfilment.fulfilmentId]);
  figures = await filledFigures(world);
});

test('all twenty indicators of the scorecard are defined, five of each group and in both languages, and say what they leave out', () => {
  const scorecard = definitionsOf(figures.book).filter(({ isScorecard }) => isScorecard);
  expect(
    Object.fromEntries(
      Map.groupBy(scorecard, ({ group }) => group)
        .entries()
        .map(([group, of]) => [group, of.map(({ name }) => name).toSorted()]),
    ),
  ).toEqual({
    finance: ['cash_conversion_days', 'cost_to_serve', 'gross_margin', 'marketing_roi', 'net_sales'],
    operations: ['aov', 'conversion', 'on_time_delivery', 'order_handling_time', 'stock_turnover'],
    customers: ['complaint_rate', 'new_customer_growth', 'repurchase_90d', 'retention', 'satisfaction'],
    brand: ['brand_search_index', 'exposure', 'review_score', 'share_of_voice', 'social_mentions'],
  });
  expect(scorecard.every(({ title, lineage }) => title.zh !== '' && title.en !== '' && lineage.length > 1)).toBe(true);
});

test('what nobody has recorded shows nothing and says so: never a zero', async () => {
  const answer = await ask(outside);
  expect(answer.total.values).toEqual(Object.fromEntries(outside.map((name) => [name, null])));
  expect(answer.noSource.toSorted()).toEqual(outside.toSorted());
});

test('on-time delivery is of promised orders only, by the business day of delivery', async () => {
  expect(await figure('on_time_delivery')).toBe(0.5);
  const { rows } = await ask(['on_time_delivery'], { from: '2026-11-09', to: '2026-11-12', by: ['day'] });
  expect(rows.map(({ values }) => values['on_time_delivery'])).toEqual([0, null, null, 1]);
});

test('a complaint is a return that says something was wrong on our side', async () => {
  expect(await figure('complaint_rate')).toBeCloseTo(1 / 3, 10);
  expect(await figure('complaint_rate', { from: '2026-11-19', to: '2026-11-22' })).toBeNull(); // no order to hold it against
});

test('cost to serve is what parcels cost by tariff and what was recorded beside it; a month without any known cost has none', async () => {
  expect(await figure('cost_to_serve', { from: '2026-10-01', to: '2026-10-31' })).toBeNull();
  const parcelFen = (await figure('cost_to_serve')) ?? 0;
  expect(parcelFen).toBeGreaterThan(0); // one parcel over three orders
  await record([{ name: 'service_cost', from: '2026-11-01', to: '2026-11-10', value: 1001, channel: 'shop' }]);
  expect(await figure('cost_to_serve')).toBeCloseTo(parcelFen + 1001 / 3, 6);
  expect(await figure('cost_to_serve', { from: '2026-11-05', to: '2026-11-05' })).toBe(100); // the odd fen goes to the first day
});

test('four weeks of new customers are held against the four weeks before, and who stayed against who could have', async () => {
  expect(await figure('new_customer_growth')).toBe(1); // two beside one
  expect(await figure('retention')).toBe(1 / 3); // 90 days ago to the day is of the 90 days before
  const { rows } = await ask(['new_customer_growth', 'retention'], { from: '2026-10-01', to: '2026-11-22', by: ['month'] });
  expect(rows.map(({ keys, values }) => [keys[0], values['new_customer_growth'], values['retention']])).toEqual([
    ['2026-10', -1, 0],
    ['2026-11', 1, 1 / 3],
  ]);
});

test('marketing ROI holds the profit of what a campaign sold against what it cost; spend alone is a total loss', async () => {
  await record([
    { name: 'campaign_spend', from: '2026-11-13', to: '2026-11-16', campaign: 'double-11', channel: 'weibo', value: 400 },
  ]);
  expect(await figure('campaign_spend')).toBe(400);
  expect(await figure('marketing_roi')).toBe((1000 - 500 - 400) / 400);
  expect(await figure('marketing_roi', { from: '2026-11-13', to: '2026-11-13' })).toBe(-1);
  expect(await figure('marketing_roi', { from: '2026-11-01', to: '2026-11-12' })).toBeNull();
  const { rows } = await ask(['marketing_roi'], { by: ['campaign'] });
  expect(rows.map(({ keys, values }) => [keys[0], values['marketing_roi']])).toEqual([['double-11', 0.25]]);
});

test('cash is away for days of stock and of receivables, less days of payables; a balance of long ago says nothing', async () => {
  await record([{ name: 'receivables', from: '2026-10-31', value: 900 }]);
  expect(await figure('cash_conversion_days')).toBeNull();
  await record([
    { name: 'payables', from: '2026-10-31', value: 600 },
    { name: 'payables', from: '2026-09-30', value: 1 },
  ]);
  // stock 17 × ¥5 after the parcel; 90 days: cost of four sold (what came back was spoiled), net of four less two returns
  expect(await figure('cash_conversion_days')).toBeCloseTo(90 * (8500 / 2000 + 900 / 2000 - 600 / 2000), 6);
  expect(await figure('cash_conversion_days', { from: '2026-08-01', to: '2026-08-31' })).toBeNull();
});

test('means are weighed by their cases, flows add up, and what was corrected or withdrawn counts as it stands', async () => {
  const week = { from: '2026-11-02', to: '2026-11-08' };
  await record([
    { name: 'satisfaction', ...week, value: 4.5, cases: 100 },
    { name: 'satisfaction', from: '2026-11-09', value: 3, cases: 50 },
    { name: 'review_score', ...week, value: 4.8, cases: 3, channel: 'tmall' },
    { name: 'review_score', ...week, value: 4, cases: 1, channel: 'jd' },
    { name: 'brand_search_index', from: '2026-11-02', value: 1000 },
    { name: 'brand_search_index', from: '2026-11-03', value: 1300 },
    { name: 'share_of_voice', ...week, value: 0.2, cases: 1000, channel: 'weibo' },
    { name: 'share_of_voice', ...week, value: 0.5, cases: 500, channel: 'douyin' },
    { name: 'social_mentions', ...week, value: 10, channel: 'weibo' },
    { name: 'exposure', ...week, value: 70_000 },
  ]);
  expect((await ask(outside.slice(0, 6))).total.values).toEqual({
    satisfaction: 4,
    review_score: 4.6,
    brand_search_index: 1150,
    share_of_voice: 0.3,
    social_mentions: 10,
    exposure: 70_000,
  });
  const { rows } = await ask(['social_mentions'], { from: '2026-11-01', to: '2026-11-09', by: ['day'] });
  expect(rows.map(({ values }) => values['social_mentions'])).toEqual([null, 2, 2, 2, 1, 1, 1, 1, null]);
  await record([{ name: 'satisfaction', from: '2026-11-09', value: 4.5, cases: 100 }]);
  expect(await figure('satisfaction')).toBe(4.5);
  expect((await ask(outside)).noSource).toEqual([]);
  const spend = await ask(['campaign_spend'], { by: ['campaign'] });
  expect(spend.rows.map(({ keys }) => keys)).toEqual([['double-11']]); // figures of other names are no rows of it
  await withdraw({ name: 'review_score', channel: 'jd' });
  expect(await figure('review_score')).toBe(4.8);
  await withdraw({ name: 'exposure' });
  const none = await ask(['exposure']);
  expect([none.total.values['exposure'], none.noSource]).toEqual([null, ['exposure']]);
});

async function record(
  items: { name: string; from: string; to?: string; value: number; cases?: number; channel?: string; campaign?: string }[],
) {
  const rows = items.map((item) => ({ source: 'test', channel: '', campaign: '', ...item })) as Parameters<
    typeof recordObservations
  >[1]['items'];
  await world.run((ctx) => recordObservations(ctx, { items: rows }));
  figures = await filledFigures(world);
}

async function withdraw(query: { name: 'review_score' | 'exposure'; channel?: string }) {
  const marketer = aStaff('marketer');
  const { items } = await world.call(contract.listObservations, { query }, marketer);
  const { id, value, source, version } = items[0]!;
  await world.call(
    contract.correctObservation,
    { params: { id }, body: { value, source, version, isWithdrawn: true } },
    marketer,
  );
  figures = await filledFigures(world);
}
