import { warnings as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { filledAnalytics } from '../../know/stream/testing.ts';
import { run } from '../../platform/db.ts';
import { enqueue } from '../../platform/jobs.ts';
import { importOrders } from '../../sell/orders/index.ts';
import { aSaleable } from '../../sell/orders/testing.ts';
import { receiveStock } from '../../supply/inventory/index.ts';
import { setTarget } from '../targets/index.ts';
import { evaluateRules } from './evaluate-rules.ts';
import { onlyRulesOf } from './testing.ts';
import { saveStandings } from './save-standings.ts';

const world = useWorld();
const chief = aStaff('executive');
const aRule = {
  name: '可售天数低',
  nameEn: 'Low cover',
  metric: 'days_of_cover',
  entity: 'sku',
  direction: 'below',
  fireLevel: 7,
  clearLevel: 10,
  holdMinutes: 30,
  isActive: true,
} as const;
const create = (over: object = {}) => world.call(contract.createRule, { body: { ...aRule, ...over } }, chief);
const rule = async (id: string) => (await world.call(contract.listRules, {}, chief)).items.find((found) => found.id === id)!;
const look = async () => {
  await world.inTx((tx) => enqueue(tx, evaluateRules, {}));
  await world.drain();
};
const signals = (query: object) => world.call(contract.listSignals, { query }, chief);
const fired = async (name: string) =>
  (
    await world.inTx((tx) =>
      run(tx, sql<{ payload: { entityKey: string; value: number } }>`select payload from platform.event where name = ${name}`),
    )
  ).map(({ payload }) => payload);

/** One unit of a SKU sold on each of the last 28 days, today included. */
const sellDaily = (sku: string) =>
  world.run(async (ctx) => {
    const orders = Array.from({ length: 28 }, (_, index) => ({
      channel: 'shop',
      externalId: `${sku}-${index}`,
      placedAt: new Date(ctx.now.getTime() - index * 86_400_000 - 60_000),
      lines: [{ sku, quantity: 1, unitFen: 5_000, taxRateBp: 1300 }],
    }));
    await importOrders(ctx, { importId: crypto.randomUUID(), orders });
  });

beforeAll(async () => {
  await world.run(async (ctx) => {
    await onlyRulesOf(ctx, 'none'); // the defaults are tested by the stories of the playbooks
    await aSaleable(ctx, 'scarce', 5);
    await aSaleable(ctx, 'plenty', 500);
    await aSaleable(ctx, 'unsold', 5);
  });
  await sellDaily('scarce');
  await sellDaily('plenty');
  await filledAnalytics(world);
  world.clock.advance(60_000); // figures are those before the instant asked about
}, 90_000);

test('a SKU low on cover is pending, fires after the hold time, and resolves at the clear level, each told once', async () => {
  const { id } = await create();
  await look();
  expect(await rule(id)).toMatchObject({ counts: { firing: 0, pending: 1, watched: 3, unknown: 1 } });
  world.clock.advance(29 * 60_000);
  await look();
  expect(await rule(id)).toMatchObject({ counts: { firing: 0, pending: 1 } });
  world.clock.advance(60_000);
  await look();
  await look(); // the same minute again: nothing new
  expect(await rule(id)).toMatchObject({ counts: { firing: 1, pending: 0 } });
  expect(await fired('warnings.signal_fired')).toMatchObject([{ entityKey: 'scarce', value: 5 }]);
  expect(await signals({ ruleId: id, state: 'firing' })).toMatchObject({
    items: [{ entityKey: 'scarce', firedValue: 5, resolvedAt: null }],
  });

  await world.run((ctx) =>
    receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [{ sku: 'scarce', quantity: 4, unitCostFen: 1000 }] }),
  );
  await filledAnalytics(world);
  world.clock.advance(60_000);
  await look();
  expect(await rule(id)).toMatchObject({ counts: { firing: 1 } }); // 9 days: inside the band
  await world.run((ctx) =>
    receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [{ sku: 'scarce', quantity: 1, unitCostFen: 1000 }] }),
  );
  await filledAnalytics(world);
  world.clock.advance(60_000);
  await look();
  expect(await rule(id)).toMatchObject({ counts: { firing: 0 } });
  expect(await fired('warnings.signal_resolved')).toMatchObject([{ entityKey: 'scarce', value: 10 }]);
  expect(await signals({ ruleId: id })).toMatchObject({ firing: 0, items: [{ lastValue: 10 }] });
  const { items } = await world.call(contract.listEntityStates, { params: { id } }, chief);
  expect(items.map(({ entityKey, state, value }) => [entityKey, state, value])).toEqual([
    ['plenty', 'inactive', 500],
    ['scarce', 'resolved', 10],
    ['unsold', 'inactive', null], // nothing sold: cover is unknown, which neither fires nor clears
  ]);
});

test('twenty looks at the same time fire one signal, and an older look changes nothing', async () => {
  const { id } = await create({ holdMinutes: 0, metric: 'stock_units', fireLevel: 3, clearLevel: 3 });
  const at = (ms: number) => new Date(world.clock.now().getTime() + ms);
  const low = new Map([['scarce', 1]]);
  const looks = Array.from({ length: 20 }, (_, index) =>
    world.run((ctx) => saveStandings(ctx, { ruleId: id, version: 1, values: low, at: at(index) })),
  );
  const told = await Promise.all(looks);
  expect(told.reduce((sum, { fired: count }) => sum + count, 0)).toBe(1);
  const late = { ruleId: id, version: 1, values: new Map([['scarce', 9]]), at: at(-1) };
  expect(await world.run((ctx) => saveStandings(ctx, late))).toEqual({ fired: 0, resolved: 0 });
  expect(await signals({ ruleId: id })).toMatchObject({ firing: 1, items: [{ entityKey: 'scarce' }] });
});

test('a rule that is switched off, or watches something else, resolves what it had fired', async () => {
  const { id } = await create({ holdMinutes: 0, metric: 'stock_units', fireLevel: 100, clearLevel: 100 });
  await look();
  expect((await signals({ ruleId: id, state: 'firing' })).items).toHaveLength(2);
  const off = { ...aRule, holdMinutes: 0, metric: 'stock_units', fireLevel: 100, clearLevel: 100, isActive: false, version: 1 };
  expect(await world.call(contract.changeRule, { params: { id }, body: off }, chief)).toMatchObject({
    version: 2,
    counts: { watched: 0 },
  });
  expect((await signals({ ruleId: id, state: 'firing' })).items).toEqual([]);
  await expect(world.call(contract.changeRule, { params: { id }, body: off }, chief)).rejects.toMatchObject({
    code: 'warning_rule.stale',
  });
  world.clock.advance(60_000);
  await look();
  expect((await signals({ ruleId: id, state: 'firing' })).items).toEqual([]);
});

test('against a target it is the share of what the plan wants by now that is watched', async () => {
  const { id } = await create({
    metric: 'units_sold',
    entity: 'total',
    against: 'target',
    fireLevel: 0.8,
    clearLevel: 0.9,
    holdMinutes: 0,
  });
  await look();
  expect(await rule(id)).toMatchObject({ counts: { watched: 0 } }); // no target, nothing to be behind
  const target = { metric: 'units_sold', scope: {}, period: 'month', startsOn: '2026-11-01', isAdditive: true } as const;
  await world.run((ctx) => setTarget(ctx, { ...target, value: 30_000 }));
  world.clock.advance(60_000);
  await look();
  const [signal] = (await signals({ ruleId: id })).items;
  expect(signal).toMatchObject({ entity: 'total', entityKey: 'total', direction: 'below' });
  expect(signal!.firedValue).toBeLessThan(0.01);
});

test('a preview says how many would fire now and stores nothing', async () => {
  const body = { metric: 'stock_units', entity: 'sku', direction: 'below', fireLevel: 100, clearLevel: 120 } as const;
  expect(await world.call(contract.previewRule, { body }, chief)).toEqual({
    watched: 3,
    wouldFire: 2,
    unknown: 0,
    examples: [
      { entityKey: 'unsold', value: 5 },
      { entityKey: 'scarce', value: 10 },
    ],
  });
});

test('a rule needs a metric, a dimension the metric has, levels in order, and the right to edit', async () => {
  await expect(create({ metric: 'luck' })).rejects.toMatchObject({ code: 'metric.not_found' });
  await expect(create({ metric: 'stock_units', entity: 'channel' })).rejects.toMatchObject({ code: 'metric.dimension_unknown' });
  await expect(create({ clearLevel: 6 })).rejects.toMatchObject({ code: 'warning_rule.levels_crossed' });
  await expect(create({ direction: 'above', clearLevel: 8 })).rejects.toMatchObject({ code: 'warning_rule.levels_crossed' });
  await expect(world.call(contract.createRule, { body: aRule }, aStaff('analyst'))).rejects.toMatchObject({
    code: 'auth.forbidden',
  });
});
