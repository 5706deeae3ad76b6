import { beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { aCustomer } from '../../base/customers/testing.ts';
import { aMemberWithPoints } from '../../base/membership/testing.ts';
import { aStock } from '../../supply/inventory/testing.ts';
import { aPrice } from '../pricing/testing.ts';
import { claimOffers } from './claim/claim-offers.ts';
import { movePromotion } from './move-promotion.ts';
import { type CartToPrice, priceCarts } from './price-carts.ts';
import { aBatch, aCart, aClaim, aPromotion, codesOf } from './testing.ts';

const world = useWorld();
const price = async (cart: CartToPrice) => (await world.run((ctx) => priceCarts(ctx.tx, [cart], ctx.now)))[0]!;
const pausing = (id: string) => world.run((ctx) => movePromotion(ctx, { id, move: 'pause' }));
const onSku = (sku: string) => ({ skus: [sku] });

/** Statements that a piece of work sends, begin and commit left out. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const watch = (client: { query: (...given: never[]) => unknown }) => {
    const send = client.query.bind(client);
    client.query = (...given: never[]) => {
      const text = String(given[0]);
      if (!/^(begin|commit|start|set)/i.test(text)) count += 1;
      return send(...given);
    };
  };
  world.db.pool.on('acquire', watch as never);
  await work();
  world.db.pool.off('acquire', watch as never);
  return count;
}

beforeAll(async () => {
  await world.run(async (ctx) => {
    for (const [sku, fen] of Object.entries({ TEA: 15_000, CUP: 5000, POT: 20_000, GIFT: 3000, FLASH: 10_000 })) {
      await aStock(ctx, sku, sku === 'GIFT' ? 2 : 100);
      await aPrice(ctx, sku, fen);
    }
  });
});

test('a cart without any promotion costs its list prices and freight; the answer names what it is made of', async () => {
  const { breakdown, problems, facts, pointsAvailable } = await price(aCart({ CUP: 1 }));
  expect(breakdown).toMatchObject({ goodsFen: 5000, discountFen: 0, freightFen: 800, totalFen: 5800, applied: [], missed: [] });
  expect({ problems, pointsAvailable }).toEqual({ problems: [], pointsAvailable: 0 });
  expect(facts.get('CUP')).toMatchObject({ sku: 'CUP', name: 'CUP', state: 'active' });
});

test('a line that cannot be sold is left out and says why; the others are priced', async () => {
  await world.run((ctx) => aStock(ctx, 'UNPRICED', 1));
  const { breakdown, problems } = await price(aCart({ CUP: 1, NOSUCH: 1, UNPRICED: 2 }));
  expect(breakdown.lines.map((line) => line.sku)).toEqual(['CUP']);
  expect(problems).toEqual([
    { key: 'NOSUCH', sku: 'NOSUCH', code: 'sku.not_found' },
    { key: 'UNPRICED', sku: 'UNPRICED', code: 'price.missing' },
  ]);
});

test('满300减40 holds from ¥300.00 on, and below says how much more it takes', async () => {
  const id = await world.run((ctx) => aPromotion(ctx));
  expect((await price(aCart({ TEA: 2 }))).breakdown).toMatchObject({
    discountFen: 4000,
    totalFen: 26_000,
    applied: [{ promotionId: id }],
  });
  expect((await price(aCart({ TEA: 1 }))).breakdown.missed).toMatchObject([
    { promotionId: id, reason: 'amount_short', missingFen: 15_000 },
  ]);
  await pausing(id);
});

test('a window is half-open: it holds at its first instant and no longer at its last', async () => {
  const [from, to] = ['2026-11-22T12:00:00+08:00', '2026-11-22T14:00:00+08:00'];
  const id = await world.run((ctx) =>
    aPromotion(ctx, { startsAt: from, endsAt: to, then: { gives: 'amount', of: {}, fen: 100 } }),
  );
  const discountAt = async (at: string) => (await price(aCart({ CUP: 1 }, { at: new Date(at) }))).breakdown.discountFen;
  expect(await discountAt('2026-11-22T03:59:59.999Z')).toBe(0);
  expect(await discountAt('2026-11-22T04:00:00Z')).toBe(100);
  expect(await discountAt('2026-11-22T05:59:59.999Z')).toBe(100);
  expect(await discountAt('2026-11-22T06:00:00Z')).toBe(0);
  await pausing(id);
});

test('what starts, stops or changes is seen by the next cart, also in a process that keeps the running set', async () => {
  const give = () => price(aCart({ CUP: 1 })).then(({ breakdown }) => breakdown.discountFen);
  expect(await give()).toBe(0);
  const id = await world.run((ctx) => aPromotion(ctx, { then: { gives: 'amount', of: {}, fen: 700 } }));
  expect(await give()).toBe(700);
  await pausing(id);
  expect(await give()).toBe(0);
  await world.run((ctx) => movePromotion(ctx, { id, move: 'resume' }));
  expect(await give()).toBe(700);
  await world.run((ctx) => movePromotion(ctx, { id, move: 'end' }));
  expect(await give()).toBe(0);
});

test('a promotion that was written and rolled back is never seen', async () => {
  const failing = world.run(async (ctx) => {
    await aPromotion(ctx, { then: { gives: 'amount', of: {}, fen: 900 } });
    expect((await priceCarts(ctx.tx, [aCart({ CUP: 1 })], ctx.now))[0]?.breakdown.discountFen).toBe(900);
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect((await price(aCart({ CUP: 1 }))).breakdown.discountFen).toBe(0);
});

test('a budget gives its last fen and then says that it is used up', async () => {
  const id = await world.run((ctx) => aPromotion(ctx, { then: { gives: 'amount', of: {}, fen: 700 }, budgetFen: 1000 }));
  await world.run((ctx) => claimOffers(ctx, [aClaim(id, { amountFen: 700 })]));
  expect((await price(aCart({ CUP: 1 }))).breakdown.applied).toMatchObject([{ promotionId: id, amountFen: 300 }]);
  await world.run((ctx) => claimOffers(ctx, [aClaim(id, { amountFen: 300 })]));
  expect((await price(aCart({ CUP: 1 }))).breakdown.missed).toMatchObject([{ promotionId: id, reason: 'used_up' }]);
  await pausing(id);
});

test('a limit of one customer is told to that customer as such; others get the offer', async () => {
  const id = await world.run((ctx) => aPromotion(ctx, { then: { gives: 'amount', of: {}, fen: 700 }, usesPerCustomer: 1 }));
  await world.run((ctx) => claimOffers(ctx, [aClaim(id, { customerKey: 'visitor:1', amountFen: 700 })]));
  expect((await price(aCart({ CUP: 1 }))).breakdown.missed).toMatchObject([{ promotionId: id, reason: 'limit_reached' }]);
  expect((await price(aCart({ CUP: 1 }, { customerKey: 'visitor:2' }))).breakdown.discountFen).toBe(700);
  await pausing(id);
});

test('a flash sale sells so many units at its price and no more to one customer than it says', async () => {
  const id = await world.run((ctx) =>
    aPromotion(ctx, {
      stage: 'exclusive',
      then: { gives: 'fixed_price', of: onSku('FLASH'), unitFen: 6000 },
      unitsMax: 3,
      unitsPerCustomer: 2,
    }),
  );
  expect((await price(aCart({ FLASH: 5 }))).breakdown).toMatchObject({
    discountFen: 8000,
    applied: [{ promotionId: id, units: 2 }],
  });
  await world.run((ctx) => claimOffers(ctx, [aClaim(id, { customerKey: 'visitor:1', units: 2 })]));
  expect((await price(aCart({ FLASH: 5 }, { customerKey: 'visitor:2' }))).breakdown.applied).toMatchObject([{ units: 1 }]);
  expect((await price(aCart({ FLASH: 1 }))).breakdown.missed).toMatchObject([{ reason: 'limit_reached' }]);
  await world.run((ctx) => claimOffers(ctx, [aClaim(id, { customerKey: 'visitor:2', units: 1 })]));
  expect((await price(aCart({ FLASH: 1 }, { customerKey: 'visitor:3' }))).breakdown.missed).toMatchObject([
    { reason: 'used_up' },
  ]);
  await pausing(id);
});

test('each code that gives nothing says why: unknown, used up, expired, not begun, of somebody else, of a promotion that is over', async () => {
  const owner = await world.run((ctx) => aCustomer(ctx, 'owner'));
  const codes = await world.run(async (ctx) => {
    const coupon = { stage: 'coupon', needsCode: true, then: { gives: 'amount', of: {}, fen: 500 } } as const;
    const [first, second, over] = [await aPromotion(ctx, coupon), await aPromotion(ctx, coupon), await aPromotion(ctx, coupon)];
    const one = async (id: string, form: Parameters<typeof aBatch>[2]) => (await codesOf(ctx, await aBatch(ctx, id, form)))[0]!;
    const made = {
      good: await one(first, { kind: 'multi', code: 'GOOD2026', usesPerCode: 100 }),
      second: await one(first, { kind: 'multi', code: 'GOOD2027' }),
      used: await one(second, {}),
      expired: await one(second, {
        kind: 'multi',
        code: 'PAST',
        validFrom: '2026-01-01T00:00:00+08:00',
        validTo: '2026-11-22T12:00:00+08:00',
      }),
      early: await one(second, { kind: 'multi', code: 'SOON', validFrom: '2026-11-22T12:00:00.001+08:00' }),
      owned: await one(second, { kind: 'single' }),
      over: await one(over, { kind: 'multi', code: 'OVER' }),
    };
    await claimOffers(ctx, [aClaim(second, { couponCode: made.used })]);
    await movePromotion(ctx, { id: over, move: 'end' });
    return made;
  });
  await world.db.pool.query('update promotions.coupon set customer_id = $1 where code = $2', [owner, codes.owned]);
  const given = ['good2o26', 'GOOD-2027', codes.used, codes.expired, codes.early, codes.owned, codes.over, 'n0such'];
  const { breakdown } = await price(aCart({ CUP: 1 }, { couponCodes: given }));
  expect(breakdown.applied).toMatchObject([{ couponCode: 'GOOD2026', amountFen: 500 }]);
  const reasons = Object.fromEntries(breakdown.missed.map((one) => [one.couponCode, one.reason]));
  expect(reasons).toEqual({
    GOOD2027: 'beaten',
    [codes.used]: 'used_up',
    PAST: 'expired',
    SOON: 'not_started',
    [codes.owned]: 'not_for_customer',
    OVER: 'expired',
    n0such: 'unknown_code',
  });
  const own = await price(aCart({ CUP: 1 }, { couponCodes: [codes.owned], customerId: owner, customerKey: owner }));
  expect(own.breakdown.applied).toMatchObject([{ couponCode: codes.owned }]);
});

test('the order in which lines and codes were added changes nothing', async () => {
  const code = await world.run(async (ctx) => {
    const id = await aPromotion(ctx, { stage: 'coupon', needsCode: true, then: { gives: 'percent', of: {}, bp: 1000 } });
    const other = await aPromotion(ctx, { stage: 'coupon', needsCode: true, then: { gives: 'amount', of: {}, fen: 333 } });
    await aBatch(ctx, id, { kind: 'multi', code: 'TENOFF' });
    await aBatch(ctx, other, { kind: 'multi', code: 'ALSO333' });
    await aBatch(ctx, id, { kind: 'multi', code: 'AGAINTEN' });
    return ['TENOFF', 'ALSO333', 'AGAINTEN'];
  });
  const forth = await price(aCart({ TEA: 1, CUP: 3, POT: 2 }, { couponCodes: code }));
  const back = await price(aCart({ POT: 2, CUP: 3, TEA: 1 }, { couponCodes: code.toReversed() }));
  const lines = (one: typeof forth) => one.breakdown.lines.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  expect(forth.breakdown.applied).toHaveLength(2);
  expect({ ...back.breakdown, lines: lines(back) }).toEqual({ ...forth.breakdown, lines: lines(forth) });
});

test('a gift comes while it is in stock beside what the cart itself takes', async () => {
  const id = await world.run((ctx) =>
    aPromotion(ctx, {
      when: { is: 'amount', of: onSku('POT'), minFen: 20_000 },
      then: { gives: 'gift', sku: 'GIFT', quantity: 1 },
    }),
  );
  const { breakdown, facts } = await price(aCart({ POT: 1 }));
  expect(breakdown.lines.filter((line) => line.isGift)).toMatchObject([{ sku: 'GIFT', quantity: 1, amountFen: 0 }]);
  expect(facts.has('GIFT')).toBe(true);
  const bought = await price(aCart({ POT: 1, GIFT: 2 }));
  expect(bought.breakdown.missed).toMatchObject([{ promotionId: id, reason: 'gift_out_of_stock' }]);
  await pausing(id);
});

test('tier, points and first order of the buyer count; a guest has none', async () => {
  const member = await world.run((ctx) => aMemberWithPoints(ctx, 'member', 500));
  const id = await world.run((ctx) =>
    aPromotion(ctx, {
      when: { all: [{ is: 'first_order' }, { is: 'tier', in: ['basic'] }] },
      then: { gives: 'amount', of: {}, fen: 400 },
    }),
  );
  const cart = aCart({ CUP: 1 }, { customerId: member, customerKey: member, isFirstOrder: true, pointsWanted: 300 });
  const { breakdown, pointsAvailable } = await price(cart);
  expect(breakdown).toMatchObject({ discountFen: 700, pointsFen: 300, pointsSpent: 300, applied: [{ promotionId: id }] });
  expect(pointsAvailable).toBe(500);
  expect((await price({ ...cart, isFirstOrder: false })).breakdown.missed).toMatchObject([{ reason: 'not_first_order' }]);
  expect((await price(aCart({ CUP: 1 }, { pointsWanted: 300 }))).breakdown).toMatchObject({ discountFen: 0, pointsFen: 0 });
  await pausing(id);
});

test('200 carts of members with codes, limits and gifts take at most 6 statements', async () => {
  const { customers, codes } = await world.run(async (ctx) => {
    const ids = [];
    for (let index = 0; index < 20; index += 1) ids.push(await aCustomer(ctx, `many-${index}`));
    const coupon = await aPromotion(ctx, {
      stage: 'coupon',
      needsCode: true,
      then: { gives: 'amount', of: {}, fen: 500 },
      usesPerCustomer: 5,
    });
    await aPromotion(ctx, { then: { gives: 'gift', sku: 'GIFT', quantity: 1 }, usesPerCustomer: 5 });
    return { customers: ids, codes: await codesOf(ctx, await aBatch(ctx, coupon, { size: 200 })) };
  });
  const carts = Array.from({ length: 200 }, (_, index) =>
    aCart(
      { CUP: 1, TEA: 2 },
      {
        key: String(index),
        customerId: customers[index % 20]!,
        customerKey: customers[index % 20]!,
        couponCodes: [codes[index]!],
      },
    ),
  );
  const first = await world.run((ctx) => priceCarts(ctx.tx, carts, ctx.now));
  expect(first.every((one) => one.breakdown.applied.length >= 2)).toBe(true);
  const count = await statementsOf(() => world.run((ctx) => priceCarts(ctx.tx, carts, ctx.now)));
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThanOrEqual(6);
});
