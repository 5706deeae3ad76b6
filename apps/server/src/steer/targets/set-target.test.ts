import { targets as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { filledAnalytics } from '../../know/stream/testing.ts';
import { importOrders } from '../../sell/orders/index.ts';
import { aSaleable } from '../../sell/orders/testing.ts';
import { plansByNow, targetsFor } from './queries.ts';

const world = useWorld();
const chief = aStaff('executive');
const set = (body: object, actor = chief) =>
  world.call(
    contract.setTarget,
    { body: { metric: 'net_sales', period: 'month', startsOn: '2026-11-01', value: 3_000_000, ...body } },
    actor,
  );

test('every version of a target stays, with who set it and when', async () => {
  const first = await set({ scope: { channel: 'shop' } });
  const second = await set({ scope: { channel: 'shop' }, value: 4_000_000, note: '双11加码', version: 1 });
  expect([first.version, second.version, second.id]).toEqual([1, 2, first.id]);
  const { items } = await world.call(contract.listTargetVersions, { params: { id: first.id } }, chief);
  expect(items.map(({ value, note, setBy }) => [value, note, setBy])).toEqual([
    [4_000_000, '双11加码', 'Test executive'],
    [3_000_000, null, 'Test executive'],
  ]);
});

test('whoever saves over an older version is refused, and nothing changes', async () => {
  await set({ scope: { store: 'S01' } });
  await set({ scope: { store: 'S01' }, value: 5, version: 1 });
  await expect(set({ scope: { store: 'S01' }, value: 6, version: 1 })).rejects.toMatchObject({
    code: 'target.stale',
    details: { current: 2 },
  });
  const { items } = await world.call(contract.listTargets, { query: { month: '2026-11' } }, chief);
  expect(items.find(({ scope }) => scope.store === 'S01')).toMatchObject({ value: 5, version: 2 });
});

test('twenty who set the same target at once leave twenty versions, one in force', async () => {
  const values = Array.from({ length: 20 }, (_, index) => index + 1);
  const saved = await Promise.all(values.map((value) => set({ scope: { category: 'tea' }, value })));
  expect(saved.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(values);
});

test('a target needs a known metric, a whole number for a sum, and the right to edit', async () => {
  await expect(set({ metric: 'luck' })).rejects.toMatchObject({ code: 'metric.not_found' });
  await expect(set({ value: 0.5 })).rejects.toMatchObject({ code: 'target.invalid_value' });
  await expect(set({}, aStaff('analyst'))).rejects.toMatchObject({ code: 'auth.forbidden' });
  expect(await set({ metric: 'return_rate', value: 0.05 })).toMatchObject({ value: 0.05 });
});

test("a day's own target goes before its share of the month", async () => {
  await set({ metric: 'orders', value: 300 });
  await set({ metric: 'orders', period: 'day', startsOn: '2026-11-11', value: 99 });
  const days = await world.inTx((tx) =>
    targetsFor(tx, { metric: 'orders', scope: {}, from: '2026-11-10', to: '2026-11-12', isAdditive: true }),
  );
  expect([...days]).toEqual([
    ['2026-11-10', 10],
    ['2026-11-11', 99],
    ['2026-11-12', 10],
  ]);
  const asked = { metric: 'orders', month: '2026-11', now: new Date('2026-11-21T04:00:00Z'), isAdditive: true };
  expect(await world.inTx((tx) => plansByNow(tx, asked))).toEqual(new Map([['', 205]]));
});

test('progress holds what was really sold against the plan by now', async () => {
  await world.run(async (ctx) => {
    await aSaleable(ctx, 'tea-1', 100, 11_300);
    const order = (day: string) => ({
      channel: 'store',
      externalId: day,
      store: 'S01',
      placedAt: new Date(`${day}T02:00:00Z`),
      lines: [{ sku: 'tea-1', quantity: 1, unitFen: 11_300, taxRateBp: 1300 }],
    });
    await importOrders(ctx, {
      importId: crypto.randomUUID(),
      orders: [order('2026-11-03'), order('2026-11-04'), order('2026-12-01')],
    });
  });
  await filledAnalytics(world);
  await set({ metric: 'units_sold', scope: { channel: 'store' }, value: 30 });
  const { items } = await world.call(contract.getTargetProgress, { query: { month: '2026-11', metric: 'units_sold' } }, chief);
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    actual: 2,
    expectedByNow: 21.5,
    deviation: -19.5,
    state: 'behind',
    unit: 'units',
    isAdditive: true,
  });
  expect(items[0]!.days.slice(1, 5).map(({ actual }) => actual)).toEqual([0, 1, 1, 0]);
  expect(items[0]!.days.at(-1)).toEqual({ day: '2026-11-30', target: 1, actual: null });
});
