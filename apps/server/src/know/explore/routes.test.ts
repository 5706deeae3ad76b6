import { randomUUID } from 'node:crypto';
import { explore as contract, metrics } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aProduct } from '../../base/catalog/testing.ts';
import { upsertCustomers } from '../../base/customers/index.ts';
import { type ImportedOrder, importOrders } from '../../sell/orders/index.ts';
import { importReturns } from '../../sell/returns/index.ts';
import { saveLocations } from '../../supply/inventory/index.ts';
import { filledAnalytics } from '../stream/testing.ts';
import { at } from './testing.ts';

const world = useWorld();
const analyst = aStaff('analyst');
const clerk = aStaff('clerk', { location: 'S01', permissions: new Set(['metrics.view', 'customers.view']) });
const customers: string[] = [];

beforeAll(async () => {
  world.clock.set('2026-11-22T06:00:00Z');
  await world.run(async (ctx) => {
    await aProduct(ctx, { code: 'tee', name: '棉质T恤', category: 'apparel/tshirts', variants: [{ sku: 'TEE' }] });
    await aProduct(ctx, { code: 'cap', name: '棒球帽', category: 'apparel/caps', variants: [{ sku: 'CAP' }] });
    await aProduct(ctx, { code: 'tea', name: '龙井', category: 'food/tea', variants: [{ sku: 'TEA' }] });
    await saveLocations(ctx, [{ code: 'S01', name: '人民路店', nameEn: 'Renmin Road store', kind: 'store' }]);
    const rows = await upsertCustomers(ctx, [{ source: 'import', externalId: '1', name: '张三丰' }]);
    customers.push(...rows.map(({ customerId }) => customerId));
    const anOrder = (placedAt: string, lines: [sku: string, quantity: number, unitFen: number][], over: Partial<ImportedOrder> = {}) => ({
      channel: 'shop', externalId: randomUUID(), placedAt: at(placedAt), paidAt: at(placedAt), customerId: customers[0],
      lines: lines.map(([sku, quantity, unitFen]) => ({ sku, quantity, unitFen, taxRateBp: 1300, unitCostFen: 500 })),
      ...over,
    }); // prettier-ignore
    await importOrders(ctx, {
      importId: 'history',
      orders: [
        anOrder('2026-11-14 23:59:59.999', [['TEE', 1, 1130]]),
        anOrder('2026-11-15 00:00:00', [['TEE', 2, 1130], ['CAP', 1, 2260], ['TEE', 1, 1130]], { releasedAt: at('2026-11-15 00:10:00') }),
        anOrder('2026-11-15 15:00:00', [['CAP', 1, 2260]], { channel: 'store', store: 'S01' }),
        anOrder('2026-11-16 10:00:00', [['TEA', 1, 3390]], { state: 'cancelled', cancelledAt: at('2026-11-20 11:00:00') }),
        anOrder('2026-11-16 12:00:00', [['TEA', 2, 3390]], { state: 'placed', paidAt: undefined, releasedAt: undefined }),
      ],
    }); // prettier-ignore
    await importReturns(ctx, {
      importId: 'returns',
      returns: [
        {
          channel: 'shop',
          externalId: 'C1',
          receivedAt: at('2026-11-16 13:00:00'),
          lines: [{ sku: 'TEE', quantity: 1, unitFen: 1130 }],
        },
      ],
    });
  });
  await filledAnalytics(world);
});

const days = { from: '2026-11-14', to: '2026-11-20' };
const ask = (over: object, actor = analyst) =>
  world.call(contract.exploreOrders, { body: { ...days, metric: 'net_sales', ...over } as never }, actor);

test('the orders behind a figure make the figure, whatever it is split by, and whatever was filtered', async () => {
  const asked = [
    ['net_sales', 'category'], ['net_sales', 'week'], ['gmv', 'hour'], ['orders', 'sku'], ['aov', 'day'], ['gross_margin', 'store'],
    ['return_rate', 'month'], ['units_sold', 'channel'], ['cancelled_orders', 'day'], ['orders_untouched', 'channel'],
  ] as const; // prettier-ignore
  const { items: definitions } = await world.call(metrics.listMetrics, {}, analyst);
  let cells = 0;
  for (const [metric, by] of asked) {
    const known = definitions.find(({ name }) => name === metric)?.dimensions ?? [];
    const narrow = known.includes('category') ? { category: ['apparel'] } : {};
    const answer = await world.call(
      metrics.queryMetrics,
      { query: { ...days, metrics: [metric], by: [by], ...narrow } as never },
      analyst,
    );
    for (const { keys, values } of answer.rows.filter((row) => row.values[metric] !== 0).slice(0, 4)) {
      const behind = await ask({ metric, cell: { [by]: keys[0] }, filters: narrow });
      const where = `${metric} by ${by} ${keys[0]}`;
      expect(behind.value ?? 0, where).toBeCloseTo(values[metric] ?? 0, 9);
      expect(
        behind.items.reduce((all, { part }) => all + part, 0),
        where,
      ).toBeCloseTo(behind.total.part, 9);
      expect(behind.items.length, where).toBe(behind.total.orders);
      cells += 1;
    }
  }
  expect(cells).toBeGreaterThanOrEqual(20);
});

test('orders come latest first, a page at a time, by the number people know; what came back without an order is a row', async () => {
  const all = await ask({});
  expect(all.items.map(({ part, orderId, number }) => [part, orderId === null, number === null])).toEqual([
    [0, false, false],
    [-1000, true, true],
    [2000, false, false],
    [5000, false, false],
    [1000, false, false],
  ].filter(([part]) => part !== 0)); // prettier-ignore
  expect(all.value).toBe(7000);
  const first = await ask({ limit: 3 });
  const rest = await ask({ limit: 3, after: first.next });
  expect([...first.items, ...rest.items]).toEqual(all.items);
  expect(rest).toMatchObject({ next: null, total: all.total });
});

test('a viewer of one store sees its orders and nothing else, in rows, cohorts and segments', async () => {
  const own = await ask({}, clerk);
  expect(own).toMatchObject({ value: 2000, total: { orders: 1 }, items: [{ store: 'S01' }] });
  await expect(ask({ filters: { store: ['S02'] } }, clerk)).rejects.toMatchObject({ code: 'metric.out_of_scope' });
  expect((await ask({ cell: { store: '' } }, clerk)).total.orders).toBe(0);
  const rfm = await world.call(contract.exploreRfm, { body: { ...days } as never }, clerk);
  expect(rfm).toMatchObject({ customers: 1, netSalesFen: 2000 });
  for (const [endpoint, body] of [
    [contract.exploreFunnel, { steps: [{ event: 'a' }, { event: 'b' }] }],
    [contract.explorePaths, { anchor: { event: 'a' } }],
    [contract.exploreRetention, { of: 'behaviour' }],
  ] as const)
    await expect(world.call(endpoint, { body: { ...days, ...body } as never }, clerk)).rejects.toMatchObject({
      code: 'metric.out_of_scope',
    });
  await expect(world.call(contract.listExploreEvents, {}, clerk)).rejects.toMatchObject({ code: 'metric.out_of_scope' });
});

test('what is no sum over orders cannot be listed; what is no metric or no dimension of it is told', async () => {
  await expect(ask({ metric: 'stock_value' })).rejects.toMatchObject({ code: 'metric.not_drillable' });
  await expect(ask({ metric: 'order_handling_time' })).rejects.toMatchObject({ code: 'metric.not_drillable' });
  await expect(ask({ metric: 'no_such_metric' })).rejects.toMatchObject({ code: 'metric.not_found' });
  await expect(ask({ metric: 'cancelled_orders', cell: { sku: 'TEE' } })).rejects.toMatchObject({
    code: 'metric.dimension_unknown',
  });
  await expect(ask({ cell: { month: '2026-09' } })).rejects.toMatchObject({ code: 'metric.period_invalid' });
  await expect(ask({ cell: { day: 'nonsense' } })).rejects.toMatchObject({ code: 'metric.period_invalid' });
});

test('customers of a segment are shown, with their names covered, to those who may see both customers and figures', async () => {
  const { cells } = await world.call(contract.exploreRfm, { body: { ...days } as never }, analyst);
  const body = { ...days, segment: cells[0]?.segment } as never;
  const marketer = aStaff('marketer');
  const list = await world.call(contract.listRfmCustomers, { body }, marketer);
  expect(list).toMatchObject({ customers: 1, items: [{ customerId: customers[0], name: '张**', orders: 4 }] });
  await expect(world.call(contract.listRfmCustomers, { body }, analyst)).rejects.toMatchObject({ code: 'auth.forbidden' });
  const blind = aStaff('clerk', { permissions: new Set(['customers.view']) });
  await expect(world.call(contract.listRfmCustomers, { body }, blind)).rejects.toMatchObject({ code: 'auth.forbidden' });
});

test('every answer says how fresh it is and which days it is about', async () => {
  const cohorts = await world.call(contract.exploreCohorts, { body: { period: 'this_month' } as never }, analyst);
  expect(cohorts).toMatchObject({ zone: 'Asia/Shanghai', period: { from: '2026-11-01', to: '2026-11-30' } });
  expect(Date.parse(cohorts.asOf)).toBeLessThanOrEqual(world.clock.now().getTime());
  const funnel = await world.call(
    contract.exploreFunnel,
    { body: { period: 'last_7_days', steps: [{ event: 'Order Completed' }, { event: 'Order Refunded' }] } as never },
    analyst,
  );
  expect(funnel).toMatchObject({ period: { from: '2026-11-15', to: '2026-11-21' }, isOpen: true });
});
