import { warnings as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aFiring, aSignal } from './testing.ts';

const world = useWorld();
const firing = (query: { worst?: number } = {}) => world.call(contract.listFiring, { query }, aStaff('executive'));

test('what fires stands by rule with counts, the rule with the worst first, and in it the worst first; what is over is gone', async () => {
  expect(await firing()).toEqual({ firing: 0, groups: [] });
  await world.run(async (ctx) => {
    for (const [entityKey, value] of [['six', 6], ['none', 0], ['three', 3], ['back-a-little', 8]] as const)
      await aFiring(ctx, { metric: 'days_of_cover', entityKey, value, minutesAgo: value });
    await aFiring(ctx, { metric: 'return_rate', entityKey: 'food', value: 0.45 });
    await aFiring(ctx, { metric: 'return_rate', entityKey: 'apparel', value: 0.2 });
    await aSignal(ctx, 'resolved');
  }); // prettier-ignore
  const told = await firing();
  expect(told.firing).toBe(6);
  expect(
    told.groups.map(({ rule, firing: count, worst }) => [rule.metric, count, worst.map(({ entityKey }) => entityKey)]),
  ).toEqual([
    ['days_of_cover', 4, ['none', 'three', 'six', 'back-a-little']],
    ['return_rate', 2, ['food', 'apparel']],
  ]);
  const [cover, returns] = told.groups;
  expect(cover?.worst.map(({ value }) => value)).toEqual([0, 3, 6, 8]);
  expect(cover?.worst.map(({ severity }) => severity)).toEqual([1, 0.4, expect.closeTo(1 / 13), 0]); // 8 days: on its way back, not clear yet
  expect(returns?.severity).toBeCloseTo(0.5); // 45 % against 15 %
  expect(cover?.newestFiredAt).toBe(world.clock.now().toISOString());
  expect(cover?.oldestFiredAt).toBe(new Date(world.clock.now().getTime() - 8 * 60_000).toISOString());
});

test('counts are of all, however few of each are asked for', async () => {
  const { firing: all, groups } = await firing({ worst: 1 });
  expect(all).toBe(6);
  expect(groups.map(({ firing: count, worst }) => [count, worst.length])).toEqual([
    [4, 1],
    [2, 1],
  ]);
});
