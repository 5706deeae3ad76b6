import { expect, test } from 'vitest';
import { useWorld } from '../../../../test/world.ts';
import { promotions } from '../tables.ts';
import { aBatch, aClaim, aPromotion, codesOf } from '../testing.ts';
import { claimOffers } from './claim-offers.ts';
import type { ClaimOutcome, OrderToClaim } from './claims.ts';
import { findDrift } from './find-drift.ts';
import { returnClaims } from './return-claims.ts';

const world = useWorld();
const claim = (...orders: OrderToClaim[]): Promise<ClaimOutcome[]> => world.run((ctx) => claimOffers(ctx, orders));
const giveBack = (...orderIds: string[]): Promise<void> => world.run((ctx) => returnClaims(ctx, orderIds));
const balance = (id: string) =>
  world.inTx(async (tx) => {
    const rows = await promotions(tx).selectFrom('balance').selectAll().where('promotion_id', '=', id).execute();
    const sum = (of: 'spent_fen' | 'uses' | 'units') => rows.reduce((total, row) => total + row[of], 0);
    return { spentFen: sum('spent_fen'), uses: sum('uses'), units: sum('units') };
  });
const isTaken = ([outcome]: ClaimOutcome[]): boolean => outcome?.isOk === true;
const drift = () => world.inTx(findDrift);
const fifty = <T>(make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 50 }, (_, index) => make(index)));

test('the last code of a batch goes to exactly one of 50 orders placed at once', async () => {
  const [id, code] = await world.run(async (ctx) => {
    const promotionId = await aPromotion(ctx, { stage: 'coupon', needsCode: true });
    return [promotionId, (await codesOf(ctx, await aBatch(ctx, promotionId)))[0]!] as const;
  });
  const answers = await fifty(() => claim(aClaim(id, { couponCode: code })));
  expect(answers.filter(isTaken)).toHaveLength(1);
  expect(answers.flat().find((one) => !one.isOk)).toEqual({ isOk: false, reason: 'used_up', promotionId: id, couponCode: code });
  expect(await balance(id)).toEqual({ spentFen: 100, uses: 1, units: 0 });
  expect(await drift()).toEqual([]);
});

test('50 orders at once take a budget to its last fen and not one further', async () => {
  const id = await world.run((ctx) => aPromotion(ctx, { budgetFen: 1050 }));
  const answers = await fifty(() => claim(aClaim(id, { amountFen: 100 })));
  expect(answers.filter(isTaken)).toHaveLength(10);
  expect(await claim(aClaim(id, { amountFen: 51 }))).toMatchObject([{ isOk: false, reason: 'used_up' }]);
  expect(await claim(aClaim(id, { amountFen: 50 }))).toEqual([{ isOk: true }]);
  expect(await balance(id)).toMatchObject({ spentFen: 1050, uses: 11 });
  expect(await drift()).toEqual([]);
});

test('50 buyers of a flash sale at once get exactly the units there are', async () => {
  const id = await world.run((ctx) =>
    aPromotion(ctx, { stage: 'exclusive', then: { gives: 'fixed_price', of: {}, unitFen: 100 }, budgetFen: null, unitsMax: 20 }),
  );
  const answers = await fifty(() => claim(aClaim(id, { units: 1, amountFen: 900 })));
  expect(answers.filter(isTaken)).toHaveLength(20);
  expect(await balance(id)).toEqual({ spentFen: 18_000, uses: 20, units: 20 });
});

test('one customer who orders 50 times at once uses a promotion as often as one may; others are not hindered', async () => {
  const id = await world.run((ctx) => aPromotion(ctx, { budgetFen: null, usesPerCustomer: 3 }));
  const answers = await fifty((index) => claim(aClaim(id, { customerKey: index < 45 ? 'greedy' : `modest-${index}` })));
  expect(answers.slice(0, 45).filter(isTaken)).toHaveLength(3);
  expect(answers.slice(45).filter(isTaken)).toHaveLength(5);
  expect(
    answers
      .slice(0, 45)
      .flat()
      .find((one) => !one.isOk),
  ).toMatchObject({ reason: 'limit_reached' });
  expect(await drift()).toEqual([]);
});

test('a word that works 30 times for all and once for each works 30 times, once for each', async () => {
  const { id, batchId } = await world.run(async (ctx) => {
    const promotionId = await aPromotion(ctx, { stage: 'coupon', needsCode: true, budgetFen: null });
    const batch = await aBatch(ctx, promotionId, { kind: 'multi', code: 'WELCOME10', usesPerCode: 30, usesPerCustomer: 1 });
    return { id: promotionId, batchId: batch };
  });
  const answers = await fifty((index) => claim(aClaim(id, { couponCode: 'WELCOME10', customerKey: `c${index % 40}` })));
  expect(answers.filter(isTaken)).toHaveLength(30);
  const [code] = await world.run((ctx) => codesOf(ctx, batchId));
  expect(code).toBe('WE1C0ME10');
  expect(await drift()).toEqual([]);
});

test('orders of one batch are decided in the order given, each all or nothing', async () => {
  const [a, b] = await world.run(async (ctx) => [
    await aPromotion(ctx, { budgetFen: 250 }),
    await aPromotion(ctx, { budgetFen: 100 }),
  ]);
  const take = (promotionId: string) => ({ promotionId, couponCode: null, amountFen: 100, units: 0 });
  const outcomes = await claim(
    aClaim(a!, { applied: [take(a!), take(b!)] }),
    aClaim(a!, { applied: [take(a!), take(b!)] }),
    aClaim(a!, { applied: [take(a!)] }),
    aClaim(a!, { applied: [take(a!)] }),
    aClaim(a!, { applied: [] }),
  );
  expect(outcomes).toEqual([
    { isOk: true },
    { isOk: false, reason: 'used_up', promotionId: b, couponCode: null },
    { isOk: true },
    { isOk: false, reason: 'used_up', promotionId: a, couponCode: null },
    { isOk: true },
  ]);
  expect([await balance(a!), await balance(b!)]).toMatchObject([{ spentFen: 200 }, { spentFen: 100 }]);
});

test('a cancelled order gives back what it took exactly once, however many cancel it at once', async () => {
  const { id, code } = await world.run(async (ctx) => {
    const promotionId = await aPromotion(ctx, { stage: 'coupon', needsCode: true, budgetFen: 500, usesPerCustomer: 1 });
    return { id: promotionId, code: (await codesOf(ctx, await aBatch(ctx, promotionId, { usesPerCustomer: 1 })))[0]! };
  });
  const order = aClaim(id, { couponCode: code, amountFen: 500, customerKey: 'c' });
  const other = aClaim(id, { couponCode: code, amountFen: 500, customerKey: 'c' });
  expect(await claim(order)).toEqual([{ isOk: true }]);
  expect(await claim(other)).toMatchObject([{ isOk: false, reason: 'used_up' }]);
  await fifty(() => giveBack(order.orderId, crypto.randomUUID()));
  expect(await balance(id)).toEqual({ spentFen: 0, uses: 0, units: 0 });
  expect(await drift()).toEqual([]);
  expect(await claim(other)).toEqual([{ isOk: true }]);
  await giveBack(order.orderId);
  expect(await balance(id)).toMatchObject({ spentFen: 500, uses: 1 });
  expect(await drift()).toEqual([]);
});

test('orders taking and giving back at once, across promotions with and without an end, never block one another for good', async () => {
  const ids = await world.run(async (ctx) => [
    await aPromotion(ctx, { budgetFen: null }),
    await aPromotion(ctx, { budgetFen: 100_000_000 }),
    await aPromotion(ctx, { budgetFen: null, usesPerCustomer: 1000 }),
    await aPromotion(ctx, { budgetFen: 100_000_000, usesMax: 100_000 }),
  ]);
  const take = (promotionId: string) => ({ promotionId, couponCode: null, amountFen: 10, units: 0 });
  await fifty(async (index) => {
    const mine = ids.filter((_, place) => (index + place) % 3 !== 0).toSorted(() => (index % 2 === 0 ? 1 : -1));
    const orders = [0, 1, 2].map((part) => aClaim('', { customerKey: `c${(index + part) % 7}`, applied: mine.map(take) }));
    await claim(...orders);
    await giveBack(...orders.slice(0, 2).map((order) => order.orderId));
  });
  expect(await drift()).toEqual([]);
});

test('without any offer in the batch no statement runs', async () => {
  const before = await world.db.pool.query<{ calls: string }>('select count(*) as calls from promotions.claim');
  const refusing = { tx: undefined as never, actor: { kind: 'system' as const, name: 'test' }, now: world.clock.now() };
  expect(await claimOffers(refusing, [aClaim('', { applied: [] })])).toEqual([{ isOk: true }]);
  await returnClaims(refusing, []);
  expect((await world.db.pool.query('select count(*) as calls from promotions.claim')).rows).toEqual(before.rows);
});

test('a corrupted balance is found', async () => {
  const id = await world.run((ctx) => aPromotion(ctx));
  await claim(aClaim(id));
  await world.db.pool.query('update promotions.balance set spent_fen = spent_fen + 1 where promotion_id = $1 and shard = 0', [
    id,
  ]);
  expect(await drift()).toEqual([{ what: 'promotion', key: `${id}/0`, kept: '101/1/0', booked: '100/1/0' }]);
  await world.db.pool.query('update promotions.balance set spent_fen = spent_fen - 1 where promotion_id = $1 and shard = 0', [
    id,
  ]);
});

test('the ledger cannot be changed or deleted', async () => {
  const id = await world.run((ctx) => aPromotion(ctx));
  await claim(aClaim(id));
  await expect(world.db.pool.query('update promotions.claim set amount_fen = 0 where promotion_id = $1', [id])).rejects.toThrow(
    'append-only',
  );
  await expect(world.db.pool.query('delete from promotions.claim where promotion_id = $1', [id])).rejects.toThrow('append-only');
});
