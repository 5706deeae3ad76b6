import {
  type ConditionTree,
  type Effect,
  type LineFilter,
  PriceBreakdown,
  type PriceBreakdown as Breakdown,
} from '@tongshang/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aGroup, aListPrice, anOffer, aRequest, someGoods } from '../testing.ts';
import { priceCart } from './price-cart.ts';
import type { ListPrice, Offer, OfferGroup, PricedGoods, PriceRequest } from './request.ts';

const runs = { numRuns: 250 };
const skus = ['A', 'B', 'C', 'D', 'E'];
const fen = (max: number, min = 0) => fc.integer({ min, max });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

const filter: fc.Arbitrary<LineFilter> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<LineFilter>({}) },
  fc.subarray(skus, { minLength: 1 }).map((some) => ({ skus: some })),
  fc.constantFrom<LineFilter>({ categories: ['clothes'] }, { exceptSkus: ['A'] }, { brands: ['red'] }),
);
const off = fc.oneof(
  fen(10_000, 1).map((bp) => ({ bp })),
  fen(9000, 1).map((one) => ({ fen: one })),
);
const small = fc.integer({ min: 1, max: 6 });
const effect = fc.oneof(
  fc.record({ gives: fc.constant('percent' as const), of: filter, bp: fen(10_000, 1), capFen: maybe(fen(3000, 1)) }),
  fc.record({ gives: fc.constant('amount' as const), of: filter, fen: fen(20_000, 1) }),
  fc.record({ gives: fc.constant('fixed_price' as const), of: filter, unitFen: fen(5000), unitsPerOrder: maybe(small) }),
  fc.record({ gives: fc.constant('steps' as const), of: filter, by: fc.constantFrom('amount' as const, 'quantity' as const), steps: fc.array(fc.record({ from: fen(12_000, 1), off }), { minLength: 1, maxLength: 3 }), repeats: fc.boolean(), capFen: maybe(fen(5000, 1)) }),
  fc.record({ gives: fc.constant('cheapest_free' as const), of: filter, buy: fc.integer({ min: 2, max: 5 }), free: fc.integer({ min: 1, max: 2 }), timesMax: maybe(small) }),
  fc.record({ gives: fc.constant('buy_x_get_y' as const), buy: filter, buyQuantity: small, get: filter, getQuantity: small, bp: fen(10_000, 1), timesMax: maybe(small) }),
  fc.record({ gives: fc.constant('bundle_price' as const), items: fc.array(fc.record({ of: filter, quantity: small }), { minLength: 1, maxLength: 3 }), fen: fen(15_000), timesMax: maybe(small) }),
  fc.record({ gives: fc.constant('gift' as const), sku: fc.constantFrom('G', 'A'), quantity: small, repeats: maybe(fc.boolean()) }),
  fc.record({ gives: fc.constant('points_price' as const), of: filter, points: fen(500, 1), unitFen: fen(3000), unitsPerOrder: maybe(small) }),
  fc.constant({ gives: 'free_freight' as const }),
).map((one) => defined(one) as Effect); // prettier-ignore
const condition: fc.Arbitrary<ConditionTree> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<ConditionTree>({ all: [] }) },
  fc.record({ is: fc.constant('amount' as const), of: filter, minFen: fen(30_000, 1) }),
  fc.record({ is: fc.constant('quantity' as const), of: filter, min: small }),
);
const groups: OfferGroup[] = [
  aGroup('sum', 'sum'), aGroup('best', 'best'), aGroup('priority', 'priority'), aGroup('only', 'only', { priority: 1 }),
  aGroup('sequence', 'sequence', { parent: 'best' }), aGroup('nested', 'best', { parent: 'sum' }),
  aGroup('line', 'best', { stage: 'line' }), aGroup('added', 'sum', { stage: 'line' }), aGroup('coupon', 'only', { stage: 'coupon' }),
  aGroup('flash', 'sum', { stage: 'exclusive' }), aGroup('freight', 'sum', { stage: 'freight' }),
]; // prettier-ignore
const offer = (id: string): fc.Arbitrary<Offer> =>
  fc
    .record({
      then: effect,
      when: condition,
      stage: fc.constantFrom('exclusive' as const, 'line' as const, 'threshold' as const, 'coupon' as const, 'freight' as const),
      groupId: maybe(fc.constantFrom(...groups.map((group) => group.id))),
      priority: fc.integer({ min: 0, max: 2 }),
      joinsExclusive: fc.boolean(),
      left: fc.record({ amountFen: maybe(fen(4000)), units: maybe(fen(6)), uses: maybe(fen(1)) }),
    })
    .map(({ then, ...over }) => anOffer(id, then, over));
const offers = fc
  .array(fc.integer(), { maxLength: 6 })
  .chain((some) => fc.tuple(...some.map((_, nth) => offer(`00000000-0000-4000-8000-00000000000${nth}`))));

const price = fc.record({
  kind: fc.constantFrom('group' as const, 'markdown' as const, 'member' as const, 'channel' as const),
  group: fc.constantFrom(null, 'silver', 'gold'),
  fromQuantity: fc.constantFrom(1, 3),
  amountFen: fen(9000),
});
const goods = (sku: string): fc.Arbitrary<PricedGoods> =>
  fc
    .record({
      base: fen(9000),
      more: fc.array(price, { maxLength: 3 }),
      category: fc.constantFrom('clothes', 'clothes/shirts', 'food'),
      brand: fc.constantFrom('red', 'blue'),
      taxRateBp: fc.constantFrom(0, 600, 1300),
    })
    .map(({ base, more, ...over }) => someGoods(sku, base, { ...over, prices: [aListPrice(base), ...more] as ListPrice[] }));
const lines = fc.subarray(skus, { minLength: 1 }).chain((some) =>
  fc.tuple(
    ...some.map((sku) => fc.record({ goods: goods(sku), quantity: fc.integer({ min: 1, max: 9 }), parcel: fc.constantFrom(0, 1) })),
  ),
).map((all) => all.map((line) => ({ key: `line-${line.goods.sku}`, ...line }))); // prettier-ignore

const request: fc.Arbitrary<PriceRequest> = fc
  .record({
    lines,
    offers,
    points: fen(8000),
    pointsWanted: fen(8000),
    pointWorth: fc.constantFrom({ points: 100, fen: 100 }, { points: 10, fen: 1 }, { points: 1, fen: 7 }, { points: 6, fen: 4 }),
    freight: fc.constantFrom({ feeFen: 800, freeFromFen: 9900 }, { feeFen: 0, freeFromFen: 0 }),
    isMember: fc.boolean(),
    currency: fc.constantFrom('CNY', 'JPY', 'KWD'),
  })
  .map(({ points, isMember, ...rest }) => {
    const buyer = { customerId: isMember ? 'c' : undefined, tier: isMember ? 'silver' : undefined, segments: [], isFirstOrder: false, points };
    const gifts = new Map([['G', { goods: someGoods('G', 1234), available: 4 }], ['A', { goods: someGoods('A', 500), available: 1 }]]);
    return aRequest(rest.lines, { ...rest, groups, buyer, gifts });
  }); // prettier-ignore

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const byKey = ({ lines: all, ...rest }: Breakdown) => ({ ...rest, lines: all.toSorted((a, b) => (a.key < b.key ? -1 : 1)) });
const costOf = ({ totalFen, pointsSpent }: Breakdown, { pointWorth }: PriceRequest) =>
  totalFen + Math.round((pointsSpent * pointWorth.fen) / pointWorth.points);
const holds = (check: (request: PriceRequest, breakdown: Breakdown) => void) =>
  fc.assert(
    fc.property(request, (one) => check(one, priceCart(one))),
    runs,
  );

test('every amount is a whole number of minor units, none is negative, and all sums are the sums of the lines', () => {
  holds((_, breakdown) => {
    PriceBreakdown.parse(breakdown);
    for (const line of breakdown.lines) {
      expect(sum(line.adjustments.map((one) => one.amountFen))).toBe(line.discountFen);
      expect(line.amountFen).toBe(line.quantity * line.unitFen - line.discountFen);
      for (const amount of [line.amountFen, line.discountFen, line.taxFen, ...line.adjustments.map((one) => one.amountFen)])
        expect(amount).toBeGreaterThanOrEqual(0);
    }
    const { goodsFen, discountFen, freightFen, freightListFen, totalFen, pointsFen } = breakdown;
    expect(goodsFen).toBe(sum(breakdown.lines.map((line) => line.quantity * line.unitFen)));
    expect(discountFen).toBe(sum(breakdown.lines.map((line) => line.discountFen)));
    expect(breakdown.taxFen).toBe(sum(breakdown.lines.map((line) => line.taxFen)));
    expect(totalFen).toBe(goodsFen - discountFen + freightFen);
    expect(totalFen).toBe(sum(breakdown.lines.map((line) => line.amountFen)) + freightFen);
    expect(Math.min(totalFen, freightFen, freightListFen - freightFen, pointsFen, breakdown.pointsSpent)).toBeGreaterThanOrEqual(
      0,
    );
    expect(pointsFen).toBeLessThanOrEqual(discountFen);
  });
});

test('what a promotion gave is what its adjustments sum to, and every offer is either applied or says why not', () => {
  holds(({ offers: all }, { lines: priced, applied, missed }) => {
    for (const one of applied) {
      const stage = all.find((each) => each.promotionId === one.promotionId)?.stage;
      const isFreight =
        all.find((each) => each.promotionId === one.promotionId)?.then.gives === 'free_freight' || stage === 'freight';
      const given = priced.flatMap((line) => line.adjustments).filter((each) => each.promotionId === one.promotionId);
      if (!isFreight || given.length > 0) expect(sum(given.map((each) => each.amountFen))).toBe(one.amountFen);
    }
    const told = new Set([...applied, ...missed].map((one) => one.promotionId));
    expect(told).toEqual(new Set(all.map((one) => one.promotionId)));
    expect(applied.length + missed.length).toBe(all.length);
  });
});

test('no offer takes more than its budget, units and uses leave, and no gift more than there is', () => {
  holds(({ offers: all, gifts }, { applied, lines: priced }) => {
    for (const one of applied) {
      const left = all.find((each) => each.promotionId === one.promotionId)?.left;
      expect(one.amountFen).toBeLessThanOrEqual(left?.amountFen ?? Infinity);
      expect(one.units).toBeLessThanOrEqual(left?.units ?? Infinity);
      expect(left?.uses).not.toBe(0);
    }
    for (const [sku, { available }] of gifts)
      expect(sum(priced.filter((line) => line.isGift && line.sku === sku).map((line) => line.quantity))).toBeLessThanOrEqual(
        available,
      );
  });
});

test('points are spent as agreed: never more than the buyer has or wanted, points and money agree, an order covered by them costs 0', () => {
  holds(({ buyer, pointsWanted, pointWorth }, { lines: priced, pointsSpent, pointsFen }) => {
    expect(pointsSpent).toBeLessThanOrEqual(Math.min(buyer.points, pointsWanted));
    const all = priced.flatMap((line) => line.adjustments).filter((one) => one.points !== undefined);
    expect(sum(all.map((one) => one.points ?? 0))).toBe(pointsSpent);
    expect(sum(all.map((one) => one.amountFen))).toBe(pointsFen);
    const asMoney = all.filter((one) => one.stage === 'points');
    expect(sum(asMoney.map((one) => one.points ?? 0)) * pointWorth.fen).toBe(
      sum(asMoney.map((one) => one.amountFen)) * pointWorth.points,
    );
  });
});

test('the order of lines, offers, groups and prices never matters', () => {
  fc.assert(
    fc.property(request, fc.integer(), (one, seed) => {
      const shuffled: PriceRequest = {
        ...one,
        lines: shuffle(one.lines, seed).map((line) => ({
          ...line,
          goods: { ...line.goods, prices: shuffle(line.goods.prices, seed) },
        })),
        offers: shuffle(one.offers, seed),
        groups: shuffle(one.groups, seed),
      };
      expect(byKey(priceCart(shuffled))).toEqual(byKey(priceCart(one)));
    }),
    runs,
  );
});

test('one line of nine or nine lines of one, the SKU costs the same and gets the same', () => {
  fc.assert(
    fc.property(request, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }), (one, sizes) => {
      const split = priceCart({ ...one, lines: one.lines.flatMap((line) => splitLine(line, sizes)) });
      const whole = priceCart(one);
      const { lines: _, taxFen: __, ...sums } = whole;
      expect(split).toMatchObject(sums);
      for (const line of whole.lines.filter((each) => !each.isGift)) {
        const parts = split.lines.filter((each) => !each.isGift && each.sku === line.sku);
        expect(sum(parts.map((part) => part.amountFen))).toBe(line.amountFen);
        expect(sum(parts.map((part) => part.quantity))).toBe(line.quantity);
      }
    }),
    runs,
  );
});

test('a promotion that joins a group of mode best never makes a cart dearer, points counted as money', () => {
  const joiner = offer('00000000-0000-4000-8000-000000000099').map((one) => ({
    ...one,
    stage: 'threshold' as const,
    groupId: 'best',
  }));
  fc.assert(
    fc.property(request, joiner, (one, more) => {
      expect(costOf(priceCart({ ...one, offers: [...one.offers, more] }), one)).toBeLessThanOrEqual(costOf(priceCart(one), one));
    }),
    runs,
  );
});

test('spending points never makes freight dearer, and points that cover all the goods leave nothing but freight to pay', () => {
  holds((one) => {
    const free = one.offers.filter((each) => each.then.gives !== 'points_price').map((each) => ({ ...each, groupId: undefined }));
    const without = { ...one, offers: free, pointsWanted: 0 };
    const rich = { ...without, pointsWanted: 10_000_000, buyer: { ...one.buyer, points: 10_000_000 }, pointWorth: { points: 100, fen: 100 } };
    const [poor, covered] = [priceCart(without), priceCart(rich)];
    expect(covered.freightFen).toBe(poor.freightFen);
    expect(covered.totalFen).toBe(covered.freightFen);
    expect(covered.pointsSpent).toBe(poor.totalFen - poor.freightFen);
  }); // prettier-ignore
});

function splitLine(line: PriceRequest['lines'][number], sizes: readonly number[]) {
  const parts: (typeof line)[] = [];
  for (let left = line.quantity, nth = 0; left > 0; nth += 1) {
    const quantity = Math.min(left, sizes[nth % sizes.length] ?? 1);
    parts.push({ ...line, key: `${nth}-${line.key}`, quantity });
    left -= quantity;
  }
  return parts;
}

function shuffle<T>(values: readonly T[], seed: number): T[] {
  const all = [...values];
  let state = seed >>> 0 || 1;
  for (let last = all.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (last + 1);
    [all[last], all[other]] = [all[other]!, all[last]!];
  }
  return all;
}
