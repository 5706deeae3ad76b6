import { randomUUID } from 'node:crypto';
import { customers, membership as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { earnPoints } from './earn-points.ts';
import { standingsOf } from './queries.ts';
import { spendPoints } from './spend-points.ts';
import { aMemberWithPoints } from './testing.ts';

const world = useWorld();
const operations = aStaff('operations');
const saveTier = (code: string, fromFen: number, name = code) =>
  world.call(contract.saveTier, { params: { code }, body: { name, nameEn: name, fromFen } }, operations);

test('a member sees tier, points, what they are worth and what the next tier takes, and every point with its cause', async () => {
  await saveTier('silver', 100_000, '银卡');
  const customerId = await world.run((ctx) => aMemberWithPoints(ctx, 'M-1', 50));
  const orderId = randomUUID();
  world.clock.advance(1000);
  await world.run((ctx) => earnPoints(ctx, [{ customerId, cause: 'order:9', points: 400, goodsFen: 40_000 }]));
  world.clock.advance(1000);
  await world.run((ctx) => spendPoints(ctx, [{ customerId, orderId, points: 300 }]));

  const member = aShopper({ customerId });
  const standing = await world.call(contract.getMyStanding, {}, member);
  expect(standing).toMatchObject({ tier: { code: 'basic' }, points: 150, worthFen: 150, earnedFen: 40_000 });
  expect(standing.next).toMatchObject({ tier: { code: 'silver', name: '银卡' }, missingFen: 60_000 });
  expect(standing.tiers.map((tier) => tier.code)).toEqual(['basic', 'silver']);

  const first = await world.call(contract.listMyPoints, { query: { limit: 2 } }, member);
  expect(first.items.map(({ kind, points, balance }) => [kind, points, balance])).toEqual([['spent', -300, 150], ['earned', 400, 450]]); // prettier-ignore
  expect(first.items[0]).toMatchObject({ orderId, cause: `order:${orderId}` });
  expect(first.items[0]).not.toHaveProperty('actor');
  const second = await world.call(contract.listMyPoints, { query: { limit: 2, after: first.next ?? '' } }, member);
  expect(second).toMatchObject({ items: [{ kind: 'adjusted', points: 50 }], next: null });
  const other = aShopper({ customerId: await world.run((ctx) => aMemberWithPoints(ctx, 'M-2', 0)) });
  expect((await world.call(contract.listMyPoints, {}, other)).items).toEqual([]);
});

test('staff correct points with a reason that stays on the ledger; below nothing is refused and changes nothing', async () => {
  const customerId = await world.run((ctx) => aMemberWithPoints(ctx, 'M-3', 10));
  const adjust = (change: number) =>
    world.call(contract.adjustPoints, { params: { customerId }, body: { change, reason: '补发' } }, operations);
  expect(await adjust(5)).toMatchObject({ points: 15, worthFen: 15 });
  await expect(adjust(-16)).rejects.toMatchObject({ code: 'points.insufficient', details: { points: 15, wanted: 16 } });
  await expect(adjust(0)).rejects.toMatchObject({ code: 'request.invalid' });
  expect(await world.call(contract.getStanding, { params: { customerId } }, operations)).toMatchObject({ points: 15 });
  const { items } = await world.call(contract.listPoints, { params: { customerId } }, operations);
  expect(items).toHaveLength(2);
  expect(items).toContainEqual(expect.objectContaining({ points: 5, reason: '补发', actor: 'Test operations', balance: 15 }));
});

test('the same key corrects once', async () => {
  const customerId = await world.run((ctx) => aMemberWithPoints(ctx, 'M-4', 10));
  const input = { params: { customerId }, body: { change: 5, reason: '补发' }, idempotencyKey: randomUUID() };
  await Promise.all([1, 2, 3].map(() => world.call(contract.adjustPoints, input, operations)));
  expect(await world.call(contract.getStanding, { params: { customerId } }, operations)).toMatchObject({ points: 15 });
});

test('a customer that does not exist has no standing, no points and none can be given', async () => {
  const missing = { params: { customerId: randomUUID() } };
  const refused = { code: 'customer.not_found', details: { id: missing.params.customerId } };
  await expect(world.call(contract.getStanding, missing, operations)).rejects.toMatchObject(refused);
  await expect(world.call(contract.listPoints, missing, operations)).rejects.toMatchObject(refused);
  const body = { change: 5, reason: 'x' };
  await expect(world.call(contract.adjustPoints, { ...missing, body }, operations)).rejects.toMatchObject(refused);
});

test('tiers are listed from the lowest up with their holders; two cannot begin at one level, and the lowest stays at nothing', async () => {
  await saveTier('gold', 500_000);
  await saveTier('gold', 400_000, '金卡');
  await expect(saveTier('platinum', 400_000)).rejects.toMatchObject({ code: 'tier.level_taken', details: { fromFen: 400_000 } });
  await expect(saveTier('basic', 100)).rejects.toMatchObject({ code: 'tier.lowest_fixed', details: { code: 'basic' } });
  expect(await saveTier('basic', 0, '会员')).toMatchObject({ name: '会员' });

  const customerId = await world.run((ctx) => aMemberWithPoints(ctx, 'M-5', 0));
  await world.run((ctx) => earnPoints(ctx, [{ customerId, cause: 'order:1', points: 4000, goodsFen: 400_000 }]));
  const { items } = await world.call(contract.listTiers, {}, operations);
  expect(items.map(({ code, fromFen }) => [code, fromFen])).toEqual([['basic', 0], ['silver', 100_000], ['gold', 400_000]]); // prettier-ignore
  expect(items.at(-1)).toMatchObject({ name: '金卡', holders: 1 });
});

test('a price learns the segments of a customer together with tier and points', async () => {
  const customerId = await world.run((ctx) => aMemberWithPoints(ctx, 'M-6', 7));
  for (const code of ['b-list', 'a-list']) {
    await world.call(customers.createSegment, { body: { code, name: code, nameEn: code } }, operations);
    await world.call(customers.addSegmentMembers, { params: { code }, body: { text: 'M-6' } }, operations);
  }
  const standings = await world.inTx((tx) => standingsOf(tx, [customerId]));
  expect(standings.get(customerId)).toEqual({ tier: 'basic', points: 7, segments: ['a-list', 'b-list'] });
});
