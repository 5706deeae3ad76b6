import type { Effect } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aBuyer, aLine, aListPrice, anOffer, aRequest, someGoods } from '../testing.ts';
import { priceCart } from './price-cart.ts';
import type { ListPrice, RequestLine } from './request.ts';

const withPrices = (quantity: number, ...more: ListPrice[]): RequestLine => ({
  key: 'tea', quantity, goods: someGoods('tea', 0, { prices: [aListPrice(10_000), ...more] }),
}); // prettier-ignore
const unit = (line: RequestLine, over = {}) => priceCart(aRequest([line], over)).lines[0];
const flash: Effect = { gives: 'fixed_price', of: { skus: ['tea'] }, unitFen: 7000, unitsPerOrder: 2 };
const tenOff: Effect = { gives: 'percent', of: {}, bp: 1000 };

test('the group’s price counts before the channel’s, the channel’s before the general one', () => {
  const channel = aListPrice(9500, { kind: 'channel' });
  const silver = aListPrice(9800, { kind: 'group', group: 'silver' });
  expect(unit(withPrices(1, channel))).toMatchObject({ listFen: 9500, unitFen: 9500 });
  expect(unit(withPrices(1, channel, silver))).toMatchObject({ listFen: 9500, unitFen: 9800, discountFen: 0 });
  expect(unit(withPrices(1, channel, silver), { buyer: aBuyer({ tier: 'gold' }) })).toMatchObject({ unitFen: 9500 });
  const staff = aListPrice(5000, { kind: 'group', group: 'staff' });
  expect(unit(withPrices(1, silver, staff), { buyer: aBuyer({ segments: ['staff'] }) })).toMatchObject({ unitFen: 5000 });
});

test('a price from a quantity on counts all units of the SKU in the cart, in however many lines', () => {
  const ten = aListPrice(9000, { fromQuantity: 10 });
  expect(unit(withPrices(9, ten))).toMatchObject({ unitFen: 10_000 });
  expect(unit(withPrices(10, ten))).toMatchObject({ unitFen: 9000, listFen: 10_000 });
  const [one, two] = [withPrices(4, ten), { ...withPrices(6, ten), key: 'more', parcel: 1 }];
  expect(priceCart(aRequest([one, two])).totalFen).toBe(90_000);
});

test('goods without a list or channel price are refused', () => {
  const line = { key: 'tea', quantity: 1, goods: someGoods('tea', 0, { prices: [aListPrice(1, { kind: 'markdown' })] }) };
  expect(() => priceCart(aRequest([line]))).toThrow(expect.objectContaining({ code: 'price.missing', details: { sku: 'tea' } }));
});

test('of mark-down, timed promotion and member price the lowest counts for each line, and they never add up', () => {
  const markdown = aListPrice(8500, { kind: 'markdown' });
  const member = aListPrice(8800, { kind: 'member' });
  const offers = [anOffer('timed', tenOff, { stage: 'line' })];
  const line = unit(withPrices(2, markdown, member), { offers });
  expect(line).toMatchObject({ unitFen: 10_000, amountFen: 17_000, adjustments: [{ stage: 'line', promotionId: null, from: 'markdown', name: '降价', amountFen: 3000 }] }); // prettier-ignore
  expect(priceCart(aRequest([withPrices(2, markdown)], { offers })).missed).toMatchObject([
    { promotionId: 'timed', reason: 'beaten' },
  ]);
  expect(unit(withPrices(2, member), { offers })).toMatchObject({ amountFen: 17_600, adjustments: [{ from: 'member' }] });
  expect(unit(withPrices(2, member), { offers, buyer: aBuyer({ customerId: undefined }) })).toMatchObject({ amountFen: 18_000, adjustments: [{ promotionId: 'timed' }] }); // prettier-ignore
});

test('a timed promotion that is beaten on one line still gives on the other', () => {
  const cart = priceCart(
    aRequest([withPrices(1, aListPrice(8000, { kind: 'member' })), aLine('cup', 1, 1000)], {
      offers: [anOffer('timed', tenOff, { stage: 'line' })],
    }),
  );
  expect(cart).toMatchObject({ totalFen: 8000 + 900, applied: [{ promotionId: 'timed', amountFen: 100 }] });
});

test('units of a timed price for two leave the others to the member price', () => {
  const two = anOffer('two', flash, { stage: 'line' });
  expect(unit(withPrices(5, aListPrice(9000, { kind: 'member' })), { offers: [two] })).toMatchObject({
    amountFen: 2 * 7000 + 3 * 9000,
  });
});

test('units sold at an exclusive price join nothing after it, the others do; a promotion that says so joins both', () => {
  const offers = [
    anOffer('flash', flash, { stage: 'exclusive' }),
    anOffer('coupon', tenOff, { stage: 'coupon', couponCode: 'TEN' }),
  ];
  expect(unit(withPrices(5), { offers })?.amountFen).toBe(2 * 7000 + 3 * 9000);
  const joining = offers.map((offer) => ({ ...offer, joinsExclusive: true }));
  expect(unit(withPrices(5), { offers: joining })?.amountFen).toBe((2 * 7000 + 3 * 10_000) * 0.9);
  const only = priceCart(aRequest([withPrices(2)], { offers }));
  expect(only.missed).toMatchObject([{ promotionId: 'coupon', reason: 'line_is_exclusive' }]);
});

test('an exclusive price that is not below the everyday price shuts nobody out of it', () => {
  const cart = priceCart(
    aRequest([withPrices(2, aListPrice(6900, { kind: 'member' }))], {
      offers: [anOffer('flash', flash, { stage: 'exclusive' })],
    }),
  );
  expect(cart).toMatchObject({ totalFen: 13_800, applied: [], missed: [{ promotionId: 'flash', reason: 'beaten' }] });
});

test('a threshold counts what the stages before it left', () => {
  const off: Effect = { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 20_000, off: { fen: 1000 } }], repeats: false };
  const timed = anOffer('timed', tenOff, { stage: 'line' });
  expect(priceCart(aRequest([withPrices(2)], { offers: [anOffer('off', off), timed] })).missed).toMatchObject([{ reason: 'amount_short', missingFen: 2000 }]); // prettier-ignore
});

test('freight is counted a parcel, after discounts and before points', () => {
  const freight = { feeFen: 800, freeFromFen: 10_000 };
  const [a, b] = [aLine('a', 1, 10_000), { ...aLine('b', 1, 9999), parcel: 1 }];
  expect(priceCart(aRequest([a, b], { freight }))).toMatchObject({ freightFen: 800, freightListFen: 1600, totalFen: 20_799 });
  expect(priceCart(aRequest([a], { freight, offers: [anOffer('one', { gives: 'amount', of: {}, fen: 1 })] }))).toMatchObject({
    freightFen: 800,
  });
  const points = { freight, pointsWanted: 5000, buyer: aBuyer({ points: 5000 }) };
  expect(priceCart(aRequest([a], points))).toMatchObject({ freightFen: 0, pointsFen: 5000, totalFen: 5000 });
  expect(priceCart(aRequest([], { freight }))).toMatchObject({ lines: [], freightFen: 0, freightListFen: 0, totalFen: 0 });
});

test('points pay like money: as many as wanted, had and needed, in steps that leave no half fen', () => {
  const spend = (pointsWanted: number, points: number, pointWorth = { points: 100, fen: 100 }) =>
    priceCart(aRequest([aLine('a', 1, 1250)], { pointsWanted, buyer: aBuyer({ points }), pointWorth }));
  expect(spend(300, 1000)).toMatchObject({ pointsSpent: 300, pointsFen: 300, totalFen: 950 });
  expect(spend(300, 200)).toMatchObject({ pointsSpent: 200, totalFen: 1050 });
  expect(spend(9999, 9999)).toMatchObject({ pointsSpent: 1250, totalFen: 0 });
  expect(spend(55, 55, { points: 100, fen: 10 })).toMatchObject({ pointsSpent: 50, pointsFen: 5 });
  expect(spend(9999, 9999, { points: 1, fen: 100 })).toMatchObject({ pointsSpent: 12, totalFen: 50 });
});

test('tax is inside what is paid for a line, at the rate of its product', () => {
  const lines = [aLine('shirt', 1, 11_300), aLine('rice', 1, 10_900, { taxRateBp: 900 })];
  const { lines: priced, taxFen } = priceCart(
    aRequest(lines, { offers: [anOffer('half', { gives: 'percent', of: {}, bp: 5000 })] }),
  );
  expect(priced.map((line) => [line.taxRateBp, line.amountFen, line.taxFen])).toEqual([
    [1300, 5650, 650],
    [900, 5450, 450],
  ]);
  expect(taxFen).toBe(1100);
});

test('lines answer in the order asked, gifts after them, and lines of one SKU share what it gets to the fen', () => {
  const lines = [aLine('b', 1, 100), { ...aLine('a', 2, 100), key: 'a2' }, { ...aLine('a', 1, 100), key: 'a1' }];
  const { lines: priced } = priceCart(
    aRequest(lines, { offers: [anOffer('ten', { gives: 'amount', of: { skus: ['a'] }, fen: 100 })] }),
  );
  expect(priced.map((line) => [line.key, line.amountFen])).toEqual([
    ['b', 100],
    ['a2', 133],
    ['a1', 67],
  ]);
});

test('lines of one SKU never give more than they cost, however often the SKU gets something', () => {
  const lines = ['x', 'y', 'z'].map((key) => ({ ...aLine('a', 1, 1), key }));
  const offers = ['p', 'q', 'r'].map((id) => anOffer(id, { gives: 'amount', of: {}, fen: 1 }));
  const { lines: priced } = priceCart(aRequest(lines, { offers }));
  expect(priced.map((line) => [line.key, line.amountFen, line.adjustments.length])).toEqual([
    ['x', 0, 1],
    ['y', 0, 1],
    ['z', 0, 1],
  ]);
});
