import { membership as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { expirePoints } from './expire-points.ts';
import { earnPoints, findDrift, returnPoints, spendPoints } from './index.ts';
import { aMemberWithPoints } from './testing.ts';

const world = useWorld();
const staff = aStaff('operations');
const earn = (customerId: string, at: string, points: number) => {
  world.clock.set(at);
  return world.run((ctx) =>
    earnPoints(ctx, [{ customerId, cause: `order:${crypto.randomUUID()}`, points, goodsFen: points * 100 }]),
  );
};
const standing = (customerId: string) => world.call(contract.getStanding, { params: { customerId } }, staff);
const expire = async () => {
  while ((await world.run((ctx) => expirePoints(ctx, 2))) > 0);
};
const expired = async () =>
  (await world.db.pool.query(`select points, cause from membership.points_ledger where kind = 'expired' order by cause, points`))
    .rows;

test('what a year left ends once with the next one, however many workers count; the account says what ends when', async () => {
  const orderId = crypto.randomUUID();
  const [one, two, three] = await world.run(async (ctx) => [
    await aMemberWithPoints(ctx, 'one', 0),
    await aMemberWithPoints(ctx, 'two', 0),
    await aMemberWithPoints(ctx, 'three', 0),
  ]); // prettier-ignore
  for (const customerId of [one!, two!, three!]) {
    await earn(customerId, '2024-06-01T00:00:00Z', 100);
    await earn(customerId, '2025-06-01T00:00:00Z', 50);
  }
  await world.run((ctx) => spendPoints(ctx, [{ customerId: one!, orderId, points: 30 }]));
  await world.run((ctx) => spendPoints(ctx, [{ customerId: three!, orderId: crypto.randomUUID(), points: 100 }]));
  expect((await standing(one!)).expiring).toEqual([
    { points: 70, lastDay: '2025-12-31' },
    { points: 50, lastDay: '2026-12-31' },
  ]);

  world.clock.set('2025-12-31T15:59:59Z');
  await expire();
  expect(await expired()).toEqual([]);
  world.clock.set('2025-12-31T16:00:01Z');
  await Promise.all([expire(), expire(), expire()]);
  await expire();
  expect(await expired()).toEqual([{ points: -100, cause: 'year:2024' }, { points: -70, cause: 'year:2024' }]); // prettier-ignore
  const mine = await world.call(contract.getMyStanding, {}, aShopper({ customerId: one! }));
  expect(mine).toMatchObject({ points: 50, expiring: [{ points: 50, lastDay: '2026-12-31' }] });
  expect(await standing(three!)).toMatchObject({ points: 50 });

  await world.run((ctx) => returnPoints(ctx, [{ customerId: one!, orderId, cause: 'cancelled' }])); // its year has ended: comes back as new
  expect((await standing(one!)).expiring).toEqual([{ points: 50, lastDay: '2026-12-31' }, { points: 30, lastDay: '2027-12-31' }]); // prettier-ignore
  world.clock.set('2026-12-31T16:00:01Z');
  await expire();
  expect(await standing(one!)).toMatchObject({ points: 30, expiring: [{ points: 30 }] });
  expect(await world.inTx(findDrift)).toEqual([]);
});
