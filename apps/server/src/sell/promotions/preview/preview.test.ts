import { promotions as contract } from '@tongshang/contract';
import { beforeAll, expect, test } from 'vitest';
import { aStaff, type BodyOf, useWorld } from '../../../../test/world.ts';
import { aProduct } from '../../../base/catalog/testing.ts';
import { aCustomer } from '../../../base/customers/testing.ts';
import { aStock } from '../../../supply/inventory/testing.ts';
import { anOrder } from '../../orders/testing.ts';
import { aPrice } from '../../pricing/testing.ts';
import { claimOffers } from '../claim/claim-offers.ts';
import { returnClaims } from '../claim/return-claims.ts';
import { movePromotion } from '../move-promotion.ts';
import { aClaim, aPromotion } from '../testing.ts';

const world = useWorld();
const marketer = aStaff('marketer');
type Draft = BodyOf<typeof contract.createPromotion>;
const draft: Draft = {
  name: '茶八折',
  nameEn: '20 % off tea',
  stage: 'line',
  when: { all: [] },
  then: { gives: 'percent', of: { categories: ['tea'] }, bp: 2000 },
  startsAt: '2026-11-22T00:00:00+08:00',
};
const carts = (...all: Record<string, number>[]) =>
  all.map((lines, index) => ({ name: `${index}`, lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })) }));
const preview = (over: Partial<Draft>, samples: ReturnType<typeof carts>) =>
  world.call(contract.previewPromotion, { body: { draft: { ...draft, ...over }, carts: samples } }, marketer);
const onOrders = (over: Partial<Draft> = {}, time = { from: '2026-11-01T00:00:00+08:00', to: '2026-11-23T00:00:00+08:00' }) =>
  world.call(contract.previewPromotionOnOrders, { body: { draft: { ...draft, ...over }, ...time } }, marketer);
const conflicts = (over: Partial<Draft> = {}) =>
  world.call(contract.findPromotionConflicts, { body: { draft: { ...draft, ...over } } }, marketer);
const written = async () => {
  const { rows } = await world.db.pool.query<{ count: number }>(
    `select (select count(*) from promotions.promotion)::int + (select count(*) from promotions.claim)::int + (select count(*) from platform.event)::int as count`,
  );
  return rows[0]!.count;
};
const ending = (id: string) => world.run((ctx) => movePromotion(ctx, { id, move: 'end' }));

beforeAll(() =>
  world.run(async (ctx) => {
    for (const [sku, fen] of Object.entries({ GREEN: 10_000, BLACK: 10_000, CUP: 5000 })) {
      await aStock(ctx, sku, 1000);
      await aPrice(ctx, sku, fen);
    }
    for (const [sku, costFen] of Object.entries({ GREEN: 4000, BLACK: 7500 }))
      await aProduct(ctx, { code: sku, category: 'tea', variants: [{ sku, costFen, taxRateBp: 900 }] });
  }),
);

test('sample carts are priced without and with a draft that is stored nowhere', async () => {
  const before = await written();
  const [tea, cup, gone] = (await preview({}, carts({ GREEN: 2 }, { CUP: 1 }, { GREEN: 1, NONE: 1 }))).carts;
  expect(tea).toMatchObject({
    savedFen: 4000,
    without: { totalFen: 20_000 },
    with: { totalFen: 16_000 },
    names: { GREEN: { name: 'GREEN' } },
  });
  expect(cup).toMatchObject({ savedFen: 0, with: { missed: [{ reason: 'no_matching_line' }] } });
  expect(gone).toMatchObject({ savedFen: 2000 - 800, leftOut: ['NONE'] }); // ¥80.00 of goods pay freight
  expect(await written()).toBe(before);
});

test('a preview takes the draft at its own start, and in place of the promotion that it would replace', async () => {
  const id = await world.run((ctx) => aPromotion(ctx, { ...draft, then: { gives: 'percent', of: {}, bp: 1000 } }));
  const body = { draft: { ...draft, startsAt: '2026-12-12T00:00:00+08:00' }, carts: carts({ GREEN: 2 }) };
  const beside = await world.call(contract.previewPromotion, { body }, marketer);
  expect(beside.carts[0]).toMatchObject({ without: { totalFen: 18_000 } });
  const instead = await world.call(contract.previewPromotion, { body: { ...body, promotionId: id } }, marketer);
  expect(instead.carts[0]).toMatchObject({ without: { totalFen: 20_000 }, with: { totalFen: 16_000 } });
  await ending(id);
});

test('a draft that contradicts itself is refused by every preview', async () => {
  const wrong = { endsAt: draft.startsAt };
  const lost = { groupId: crypto.randomUUID() };
  for (const ask of [(over: Partial<Draft>) => preview(over, carts({ GREEN: 1 })), onOrders, conflicts]) {
    await expect(ask(wrong)).rejects.toMatchObject({ code: 'promotion.invalid_rule', details: { field: 'endsAt' } });
    await expect(ask(lost)).rejects.toMatchObject({ code: 'promotion_group.not_found' });
  }
});

test('on past orders it tells what it would have cost, as each was priced in its own time, within its budget and limits', async () => {
  const customerId = await world.run((ctx) => aCustomer(ctx, 'buyer'));
  world.clock.set('2026-11-10T04:00:00Z');
  await world.run((ctx) => aPrice(ctx, 'GREEN', 12_000, new Date('2026-11-15T00:00:00Z')));
  const place = (at: string, lines: { sku: string; quantity: number }[]) => {
    world.clock.set(at);
    return world.run((ctx) => anOrder(ctx, lines, { customerId }));
  };
  const first = await place('2026-11-11T04:00:00Z', [{ sku: 'GREEN', quantity: 2 }]);
  const second = await place('2026-11-16T04:00:00Z', [
    { sku: 'GREEN', quantity: 1 },
    { sku: 'CUP', quantity: 2 },
  ]);
  await place('2026-11-17T04:00:00Z', [{ sku: 'CUP', quantity: 2 }]);
  world.clock.set('2026-11-22T04:00:00Z');
  const before = await written();

  const told = await onOrders();
  expect(told).toMatchObject({ orders: 3, ordersPriced: 3, ordersHit: 2, costFen: 4000 + 2400, costAllFen: 6400 });
  expect(told.sample.map(({ orderId, beforeFen, afterFen }) => ({ orderId, beforeFen, afterFen }))).toEqual([
    { orderId: second.orderId, beforeFen: 22_000, afterFen: 19_600 },
    { orderId: first.orderId, beforeFen: 20_000, afterFen: 16_000 },
  ]);
  expect(await onOrders({ budgetFen: 5000 })).toMatchObject({ ordersHit: 2, costFen: 5000 });
  expect(await onOrders({ usesPerCustomer: 1 })).toMatchObject({ ordersHit: 1, costFen: 4000 });
  expect(await onOrders({ when: { is: 'first_order' } })).toMatchObject({ ordersHit: 1, costFen: 4000 });
  expect(await onOrders({}, { from: '2026-11-16T12:00:00+08:00', to: '2026-11-17T12:00:00+08:00' })).toMatchObject({
    orders: 1,
    costFen: 2400,
  });
  expect(await onOrders({}, { from: '2026-11-18T00:00:00+08:00', to: '2026-11-18T00:00:00+08:00' })).toMatchObject({
    orders: 0,
    costFen: 0,
  });
  expect(await written()).toBe(before);
});

test('what would give to the same cart is named with an example; what it excludes, or what is over, is not', async () => {
  const stacking = await world.run((ctx) => aPromotion(ctx, { name: '满200减30', then: { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 15_000, off: { fen: 3000 } }] } })); // prettier-ignore
  const elsewhere = await world.run((ctx) => aPromotion(ctx, { then: { gives: 'amount', of: { skus: ['CUP'] }, fen: 100 } }));
  const over = await world.run((ctx) =>
    aPromotion(ctx, { then: { gives: 'amount', of: {}, fen: 100 }, endsAt: '2026-11-23T00:00:00+08:00' }),
  );
  const { items } = await conflicts({ when: { is: 'amount', of: {}, minFen: 20_000 }, startsAt: '2026-11-23T00:00:00+08:00' });
  const stacks = items.filter((one) => one.kind === 'stacks_with');
  expect(stacks.map((one) => one.promotionId)).toEqual([stacking]);
  expect(stacks[0]).toMatchObject({
    name: '满200减30',
    example: { lines: [{ sku: 'BLACK', quantity: 2 }], beforeFen: 20_000, otherFen: 17_000, bothFen: 13_000 },
  });
  for (const id of [stacking, elsewhere, over]) await ending(id);
});

test('stacking is found where it takes more units, or other goods beside, than the draft itself asks for', async () => {
  const steps = (minFen: number, fen: number) => ({ gives: 'steps' as const, of: {}, by: 'amount' as const, steps: [{ from: minFen, off: { fen } }] }); // prettier-ignore
  const far = await world.run((ctx) => aPromotion(ctx, { name: '满500减50', then: steps(50_000, 5000) }));
  const bundle = await world.run((ctx) =>
    aPromotion(ctx, {
      name: '一茶一杯',
      then: { gives: 'bundle_price', fen: 13_000, items: [{ of: { skus: ['GREEN'] }, quantity: 1 }, { of: { skus: ['CUP'] }, quantity: 1 }] },
    }),
  ); // prettier-ignore
  const { items } = await conflicts();
  const of = (id: string) => items.find((one) => one.kind === 'stacks_with' && one.promotionId === id);
  const total = (lines: readonly { quantity: number }[]) => lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const reached = of(far);
  expect(reached?.kind === 'stacks_with' && total(reached.example.lines) >= 5).toBe(true);
  const together = of(bundle);
  const skus = together?.kind === 'stacks_with' ? together.example.lines.map(({ sku }) => sku) : [];
  expect(skus.toSorted()).toEqual(['CUP', 'GREEN']);
  for (const id of [far, bundle]) await ending(id);
});

test('two exclusive promotions on one SKU are told with the one that counts; on different goods they are not', async () => {
  const flash = (sku: string, unitFen: number, priority = 0) => ({
    stage: 'exclusive' as const,
    priority,
    then: { gives: 'fixed_price' as const, of: { skus: [sku] }, unitFen },
  });
  const running = await world.run((ctx) => aPromotion(ctx, { ...flash('GREEN', 7000, 5), name: '午间快抢' }));
  const elsewhere = await world.run((ctx) => aPromotion(ctx, flash('CUP', 3000)));
  const { items } = await conflicts(flash('GREEN', 6000));
  expect(items.filter(({ kind }) => kind !== 'under_floor')).toEqual([
    {
      kind: 'same_goods', promotionId: running, name: '午间快抢', nameEn: '¥40 off ¥300', stage: 'exclusive', skus: 1, wins: 'other',
      example: { sku: 'GREEN', name: 'GREEN', nameEn: '', quantity: 1, thisFen: 6000, otherFen: 7000 },
    },
  ]); // prettier-ignore
  const [first] = (await conflicts(flash('GREEN', 6000, 9))).items;
  expect(first).toMatchObject({ kind: 'same_goods', wins: 'this' });
  for (const id of [running, elsewhere]) await ending(id);
});

test('a price under the margin floor is told with the floor and the cost', async () => {
  const { items, skusTried, skusMeant } = await conflicts();
  expect({ skusTried, skusMeant }).toEqual({ skusTried: 2, skusMeant: 2 });
  expect(items).toEqual([
    { kind: 'under_floor', sku: 'BLACK', name: 'BLACK', nameEn: '', priceFen: 8000, floorFen: 8584, costFen: 7500 },
  ]);
});

test('results are the ledger’s: orders that stand, their goods and margin, by day of the business zone; what was cancelled is apart', async () => {
  const id = await world.run((ctx) => aPromotion(ctx));
  const take = (at: string, customerKey: string) => {
    world.clock.set(at);
    const order = aClaim(id, { customerKey, amountFen: 4000, units: 2, goodsFen: 26_000, taxFen: 2000, costFen: 14_000 });
    return world.run((ctx) => claimOffers(ctx, [order])).then(() => order);
  };
  await take('2026-11-20T15:59:59Z', 'a');
  await take('2026-11-20T16:00:00Z', 'a');
  const cancelled = await take('2026-11-20T16:00:01Z', 'b');
  world.clock.set('2026-11-22T04:00:00Z');
  await world.run((ctx) => returnClaims(ctx, [cancelled.orderId]));
  const results = await world.call(contract.getPromotionResults, { params: { id } }, marketer);
  expect(results).toMatchObject({
    uses: 2, orders: 2, ordersReturned: 1, customers: 1, spentFen: 8000, units: 4, goodsFen: 52_000, costFen: 28_000, marginFen: 20_000,
    promotion: { balance: { spentFen: 8000, leftFen: 992_000 } },
  }); // prettier-ignore
  const day = { orders: 1, units: 2, spentFen: 4000, goodsFen: 26_000, marginFen: 10_000 };
  expect(results.byDay).toEqual([{ day: '2026-11-20', ...day }, { day: '2026-11-21', ...day }]); // prettier-ignore
});
