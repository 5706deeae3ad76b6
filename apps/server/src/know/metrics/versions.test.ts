import { metrics as contract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aProduct } from '../../base/catalog/testing.ts';
import { type ImportedOrder, importOrders } from '../../sell/orders/index.ts';
import { receiveStock, saveLocations } from '../../supply/inventory/index.ts';
import { queryMetrics, type MetricQuestion } from './query-metrics.ts';
import { scopeOf, wholeHouse } from './scope.ts';
import { shipMetrics } from './ship-metrics.ts';
import { shipped } from './shipped/index.ts';
import { one, ratio, sum } from './shipped/shipped.ts';
import { filledFigures } from './testing.ts';

const world = useWorld();
const analyst = aStaff('analyst');
const clerk = aStaff('clerk', { location: 'S01' });
const period = { from: '2026-11-20', to: '2026-11-24' };

const bodyOf = (name: string) =>
  shipped.find((one) => one.name === name || (one.name === 'net_sales' && !shipped.some((other) => other.name === name)))!.body;
const publish = (name: string, base: number, over: Partial<contract.MetricBody> = {}, validFrom = '2026-11-22') =>
  world.call(
    contract.publishMetric,
    {
      params: { name },
      body: { body: { ...bodyOf(name), ...over }, base, validFrom, note: 'a test' },
    },
    analyst,
  );
const ask = async (question: Partial<MetricQuestion> & { metrics: readonly string[] }) =>
  queryMetrics(await filledFigures(world), { ...period, ...question }, wholeHouse);

beforeAll(async () => {
  world.clock.set('2026-11-19T06:00:00Z');
  await world.run(async (ctx) => {
    await aProduct(ctx, { code: 'tee', category: 'apparel/tshirts', variants: [{ sku: 'TEE' }] });
    await saveLocations(
      ctx,
      ['S01', 'S02'].map((code) => ({ code, name: code, nameEn: code, kind: 'store' as const })),
    );
    for (const location of ['S01', 'S02'])
      await receiveStock(ctx, { cause: 'test', location, lines: [{ sku: 'TEE', quantity: 10, unitCostFen: 500 }] });
  });
  world.clock.set('2026-11-24T06:00:00Z');
  await world.run(async (ctx) => {
    const orders = [20, 21, 22, 23, 24].flatMap((day): ImportedOrder[] =>
      ['S01', 'S02'].map((store, index) => ({
        channel: 'store',
        store,
        externalId: `${day} ${store}`,
        placedAt: new Date(`2026-11-${day}T01:00:00Z`),
        paidAt: new Date(`2026-11-${day}T01:00:00Z`),
        lines: [{ sku: 'TEE', quantity: 1, unitFen: 1_000 * (index + 1), taxRateBp: 0, unitCostFen: 400 }],
      })),
    );
    await importOrders(ctx, { importId: 'five days', orders });
  });
  world.clock.set('2026-11-22T04:00:00Z'); // definitions are published on the third of the five days
});

test('what ships is published once, as version 1, whoever starts how often', async () => {
  const count = async () =>
    (await world.db.pool.query<{ n: string }>('select count(*)::text as n from metrics.definition')).rows[0]!.n;
  await Promise.all([world.run(shipMetrics), world.run(shipMetrics)]);
  expect(await count()).toBe(String(shipped.length));
  await world.run(shipMetrics);
  expect(await count()).toBe(String(shipped.length));
  const { items } = await world.call(contract.listMetrics, {}, analyst);
  expect(items.every(({ version, validFrom }) => version === 1 && validFrom === null)).toBe(true);
});

test('an edit is a new version: days before it are counted as they were, a period over both in pieces, and the answer names them', async () => {
  await publish('gmv', 1, { expression: sum('paid_fen', '-net_cost_fen') });
  const { rows, total, versions } = await ask({ metrics: ['gmv'], by: ['day'] });
  expect(rows.map(({ values }) => values['gmv'])).toEqual([3_000, 3_000, 2_200, 2_200, 2_200]);
  expect(total.values['gmv']).toBe(2 * 3_000 + 3 * 2_200);
  expect(versions).toEqual([
    { metric: 'gmv', version: 1, from: '2026-11-20', to: '2026-11-21' },
    { metric: 'gmv', version: 2, from: '2026-11-22', to: '2026-11-24' },
  ]);
  const byStore = await ask({ metrics: ['gmv'], by: ['store'] });
  expect(Object.fromEntries(byStore.rows.map(({ keys, values }) => [keys[0], values['gmv']]))).toEqual({
    S01: 2 * 1_000 + 3 * 600,
    S02: 2 * 2_000 + 3 * 1_600,
  });
  const before = await ask({ metrics: ['gmv'], from: '2026-11-20', to: '2026-11-21', compare: 'previous' });
  expect(before.total.values['gmv']).toBe(6_000);
});

test('a ratio over a change is the sum of the pieces over the sum of the pieces, never an average of them', async () => {
  await publish('aov', 1, { expression: ratio(['paid_fen'], ['net_units'], 2) }, '2026-11-24');
  const { total, rows } = await ask({ metrics: ['aov'], by: ['day'] });
  expect(rows.map(({ values }) => values['aov'])).toEqual([1_500, 1_500, 1_500, 1_500, 3_000]);
  expect(total.values['aov']).toBe((4 * 3_000 + 2 * 3_000) / (4 * 2 + 2));
  const moving = await ask({ metrics: ['aov'], by: ['day'], window: 'moving_7', from: '2026-11-24' });
  expect(moving.rows[0]?.values['aov']).toBe((4 * 3_000 + 2 * 3_000) / (4 * 2 + 2));
});

test('a level over a change is that of the version valid at the end; a new text alone cuts nothing', async () => {
  await publish('stock_units', 1, { expression: one('sellable_units') }, '2026-11-23');
  expect((await ask({ metrics: ['stock_units'] })).total.values['stock_units']).toBe(20);
  await publish('stock_units', 2, { expression: one('paid_units_28d') }, '2026-11-24');
  expect((await ask({ metrics: ['stock_units'] })).total.values['stock_units']).toBe(10);
  expect((await ask({ metrics: ['stock_units'], to: '2026-11-23' })).total.values['stock_units']).toBe(20);
  await publish('returning_customers', 1, { owner: 'analyst' });
  const { total, versions } = await ask({ metrics: ['returning_customers'] });
  expect([total.values['returning_customers'], versions.length]).toEqual([0, 2]);
  await publish('returning_customers', 2, { expression: one('buyers') }, '2026-11-24');
  expect((await ask({ metrics: ['returning_customers'] })).total.values['returning_customers']).toBeNull(); // two ways of counting people
});

test('history is never rewritten: not by a day in the past, not by a stale edit, not in the table', async () => {
  const before = await ask({ metrics: ['orders'], by: ['day'] });
  await expect(publish('orders', 1, {}, '2026-11-21')).rejects.toMatchObject({
    code: 'metric.rewrites_history',
    details: { today: '2026-11-22' },
  });
  await expect(publish('gmv', 1, {})).rejects.toMatchObject({ code: 'metric.changed', details: { version: 2 } });
  await expect(publish('gold', 3)).rejects.toMatchObject({ code: 'metric.not_found' });
  await expect(publish('orders', 1, { expression: sum('gold') })).rejects.toMatchObject({
    code: 'metric.invalid',
    details: { reason: 'measure_unknown' },
  });
  await expect(world.db.pool.query(`update metrics.definition set note = 'x' where name = 'gmv'`)).rejects.toThrow('append-only');
  await expect(world.db.pool.query(`delete from metrics.definition where name = 'gmv'`)).rejects.toThrow('append-only');
  expect(await ask({ metrics: ['orders'], by: ['day'] })).toEqual(before);
  await expect(world.call(contract.publishMetric, {
    params: { name: 'gmv' }, body: { body: bodyOf('gmv'), base: 2, validFrom: '2026-11-22', note: 'x' },
  }, aStaff('marketer'))).rejects.toMatchObject({ code: 'auth.forbidden' }); // prettier-ignore
});

test('staff make metrics of their own, which answer like any other; a release does not undo what staff defined', async () => {
  await publish('margin_per_unit', 0, { expression: ratio(['net_fen', '-net_cost_fen'], ['net_units']), unit: 'fen' });
  expect((await ask({ metrics: ['margin_per_unit'] })).total.values['margin_per_unit']).toBe(1_100);
  const found = await world.call(contract.getMetric, { params: { name: 'gmv' } }, analyst);
  expect(found.versions.map(({ version, validFrom, publishedByName }) => [version, validFrom, publishedByName])).toEqual([
    [2, '2026-11-22', 'Test analyst'],
    [1, null, null],
  ]);
  expect([found.definition.formula, found.measures.map(({ name }) => name)]).toEqual([
    'paid_fen − net_cost_fen',
    ['paid_fen', 'net_cost_fen'],
  ]);
  expect(found.definition.lineage).toContain('order_line.paid_fen');
  await world.run(shipMetrics);
  expect((await world.call(contract.getMetric, { params: { name: 'gmv' } }, analyst)).definition.version).toBe(2);
});

test('two people who publish at once: one wins, the other is told', async () => {
  const both = await Promise.allSettled([
    publish('units_sold', 1, { owner: 'analyst' }),
    publish('units_sold', 1, { owner: 'marketer' }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const lost = both.find((one) => one.status === 'rejected');
  expect(lost?.reason).toMatchObject({ code: 'metric.changed' });
});

test('a draft is shown beside what is published, over the same days, and saves nothing', async () => {
  const preview = (body: contract.MetricBody, name = 'net_sales') =>
    world.call(contract.previewMetric, { params: { name }, body: { body, ...period, by: 'store' } }, analyst);
  const { total, rows } = await preview({ ...bodyOf('net_sales'), expression: sum('net_fen', '-net_cost_fen') });
  expect(total).toEqual({ old: 15_000, new: 15_000 - 4_000 });
  expect(rows.map(({ key, old, new: after }) => [key, old, after])).toEqual([['S02', 10_000, 8_000], ['S01', 5_000, 3_000]]); // prettier-ignore
  expect((await preview(bodyOf('net_sales'), 'brand_new')).total).toEqual({ old: null, new: 15_000 });
  await expect(preview({ ...bodyOf('net_sales'), expression: sum('visitors') })).rejects.toMatchObject({
    code: 'metric.invalid',
  });
  expect((await ask({ metrics: ['net_sales'] })).total.values).toEqual({ net_sales: 15_000 });
});

test('a viewer of one store sees only it, whoever asked the same before: in answers, cockpit and export', async () => {
  const query = { metrics: ['net_sales'], ...period, by: ['store' as const] };
  const asked = async (who: typeof clerk) => {
    const { rows, total } = await world.call(contract.queryMetrics, { query }, who);
    return [rows.map(({ keys }) => keys[0]), total.values['net_sales']];
  };
  expect(await asked(analyst)).toEqual([['S02', 'S01'], 15_000]);
  expect(await asked(clerk)).toEqual([['S01'], 5_000]); // the same question, from the cache of nobody else
  expect(await asked(aStaff('clerk', { location: 'S02' }))).toEqual([['S02'], 10_000]);
  expect(await asked(analyst)).toEqual([['S02', 'S01'], 15_000]);

  const refused = (metrics: string[], over = {}) =>
    world.call(contract.queryMetrics, { query: { metrics, ...period, ...over } }, clerk);
  await expect(refused(['visitors'])).rejects.toMatchObject({ code: 'metric.out_of_scope', details: { metric: 'visitors' } });
  await expect(refused(['net_sales'], { store: ['S02'] })).rejects.toMatchObject({
    code: 'metric.out_of_scope',
    details: { store: 'S02' },
  });
  await expect(refused(['net_sales'], { store: ['S01', 'S02'] })).rejects.toMatchObject({ code: 'metric.out_of_scope' });

  world.clock.set('2026-11-22T04:00:00Z');
  const valueIn = async (who: typeof clerk, metric: string) =>
    (await world.call(contract.getCockpit, {}, who)).figures.find((one) => one.metric === metric)?.value;
  expect([await valueIn(analyst, 'net_sales'), await valueIn(clerk, 'net_sales')]).toEqual([3_000, 1_000]);
  expect([await valueIn(clerk, 'visitors'), await valueIn(clerk, 'stock_value')]).toEqual([undefined, 5_000]); // what is not of a store is not there
  expect(await world.call(contract.exportMetrics, { query }, aStaff('analyst', { location: 'S01' }))).toEqual({});
  expect([scopeOf(clerk), scopeOf(analyst)]).toEqual([{ store: 'S01' }, {}]);
});

test('a metric that nothing records yet says so and shows nothing, not even zero', async () => {
  const answer = await ask({ metrics: ['social_mentions', 'net_sales'], by: ['day'] });
  expect(answer.noSource).toEqual(['social_mentions']);
  expect([answer.total.values['social_mentions'], answer.rows.map(({ values }) => values['social_mentions'])]).toEqual([
    null,
    [null, null, null, null, null],
  ]);
  const { items } = await world.call(contract.listMetrics, {}, analyst);
  expect(items.find(({ name }) => name === 'social_mentions')?.hasSource).toBe(false);
});
