import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { run } from '../../platform/db.ts';
import { earnPoints } from './earn-points.ts';
import { findDrift, standingsOf } from './queries.ts';
import { returnPoints } from './return-points.ts';
import { spendPoints } from './spend-points.ts';
import { aMemberWithPoints } from './testing.ts';

const world = useWorld();
const aMember = (points: number) => world.run((ctx) => aMemberWithPoints(ctx, randomUUID(), points));
const pointsOf = async (customerId: string) => (await world.inTx((tx) => standingsOf(tx, [customerId]))).get(customerId)?.points;
const drift = () => world.inTx(findDrift);

test('the last points are spent by exactly one of fifty simultaneous orders', async () => {
  const customerId = await aMember(100);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => world.run((ctx) => spendPoints(ctx, [{ customerId, orderId: randomUUID(), points: 70 }]))),
  );
  expect(answers.flat().filter((answer) => answer === 'ok')).toHaveLength(1);
  expect(await pointsOf(customerId)).toBe(30);
  expect(await drift()).toEqual([]);
});

test('batches with the same customers in opposite order never deadlock, and each row is all or nothing', async () => {
  const [a, b] = [await aMember(100), await aMember(100)];
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const rows = [a, b].map((customerId) => ({ customerId, orderId: randomUUID(), points: 5 }));
      return world.run((ctx) => spendPoints(ctx, index % 2 ? rows.toReversed() : rows));
    }),
  );
  expect(answers.flat().filter((answer) => answer === 'ok')).toHaveLength(40);
  expect([await pointsOf(a), await pointsOf(b)]).toEqual([0, 0]);
  expect(await drift()).toEqual([]);
});

test('a batch answers each row in its order, also several of one customer', async () => {
  const [a, b] = [await aMember(10), await aMember(0)];
  const spend = (customerId: string, points: number) => ({ customerId, orderId: randomUUID(), points });
  const rows = [spend(a, 6), spend(a, 6), spend(b, 1), spend(b, 0), spend(a, 4)];
  expect(await world.run((ctx) => spendPoints(ctx, rows))).toEqual(['ok', 'short', 'short', 'ok', 'ok']);
  expect(await pointsOf(a)).toBe(0);
});

test('nobody spending costs no statement', async () => {
  const refused = { tx: undefined as never, actor: { kind: 'system', name: 'test' } as const, now: world.clock.now() };
  expect(await spendPoints(refused, [])).toEqual([]);
  expect(await spendPoints(refused, [{ customerId: randomUUID(), orderId: randomUUID(), points: 0 }])).toEqual(['ok']);
  expect(await returnPoints(refused, [])).toEqual([]);
  await earnPoints(refused, []);
});

test('an order that spent points cannot spend again: the constraint refuses, and nothing changes', async () => {
  const customerId = await aMember(100);
  const orderId = randomUUID();
  const spend = () => world.run((ctx) => spendPoints(ctx, [{ customerId, orderId, points: 10 }]));
  await spend();
  await expect(spend()).rejects.toMatchObject({ constraint: 'points_once_a_cause' });
  expect(await pointsOf(customerId)).toBe(90);
});

test('points come back exactly once an order and cause, however parallel, and never more than were spent', async () => {
  const customerId = await aMember(100);
  const orderId = randomUUID();
  await world.run((ctx) => spendPoints(ctx, [{ customerId, orderId, points: 80 }]));
  const back = (cause: string, points?: number) =>
    world.run((ctx) => returnPoints(ctx, [{ customerId, orderId, cause, points }]));
  const parts = await Promise.all(Array.from({ length: 10 }, () => back('line 1', 30)));
  expect(parts.flat().reduce((sum, points) => sum + points, 0)).toBe(30);
  expect(await pointsOf(customerId)).toBe(50);
  const rest = await Promise.all(Array.from({ length: 10 }, () => back('cancelled')));
  expect(rest.flat().toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 50]);
  expect(await back('line 2', 5)).toEqual([0]);
  expect(await pointsOf(customerId)).toBe(100);
  expect(await drift()).toEqual([]);
});

test('points of an order that spent none do not come back', async () => {
  const customerId = await aMember(10);
  expect(await world.run((ctx) => returnPoints(ctx, [{ customerId, orderId: randomUUID(), cause: 'cancelled' }]))).toEqual([0]);
  expect(await pointsOf(customerId)).toBe(10);
});

test('goods earn once a cause, however often and however parallel it is told, also for who has no balance yet', async () => {
  const customerId = await aMember(0);
  const earn = () => world.run((ctx) => earnPoints(ctx, [{ customerId, cause: 'order:7', points: 12, goodsFen: 1299 }]));
  await Promise.all(Array.from({ length: 20 }, earn));
  expect(await pointsOf(customerId)).toBe(12);
  expect(await drift()).toEqual([]);
});

test('the ledger cannot be changed or deleted', async () => {
  await aMember(5);
  for (const statement of [sql`update membership.points_ledger set points = 500`, sql`delete from membership.points_ledger`])
    await expect(world.inTx((tx) => run(tx, statement))).rejects.toThrow('append-only');
});

test('a balance that a corrupted row no longer explains is found', async () => {
  const customerId = await aMember(5);
  const corrupt = (points: number) =>
    world.inTx((tx) => run(tx, sql`update membership.standing set points = ${points} where customer_id = ${customerId}`));
  await corrupt(6);
  expect(await drift()).toEqual([{ customerId, points: 6, booked: 5, earnedFen: 0, goodsFen: 0 }]);
  await corrupt(5);
  expect(await drift()).toEqual([]);
});

test('who has no balance stands on the lowest tier with no points, beside those who have', async () => {
  const [none, some] = [await aMember(0), await aMember(3)];
  expect(await world.inTx((tx) => standingsOf(tx, [none, some, none]))).toEqual(
    new Map([[none, { tier: 'basic', points: 0, segments: [] }], [some, { tier: 'basic', points: 3, segments: [] }]]),
  ); // prettier-ignore
  expect(await world.inTx((tx) => standingsOf(tx, []))).toEqual(new Map());
});
