import type { Effect } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aLine, aListPrice, anOffer, aRequest, someGoods } from '../testing.ts';
import { priceCart } from './price-cart.ts';
import type { Offer, PriceRequest, RequestLine } from './request.ts';

const price = (lines: RequestLine[], then: Effect, over: Partial<Offer> = {}, request: Partial<PriceRequest> = {}) => {
  const breakdown = priceCart(aRequest(lines, { ...request, offers: [anOffer('p', then, over)] }));
  const amounts = Object.fromEntries(breakdown.lines.map((line) => [line.key, line.amountFen]));
  return { ...breakdown, amounts, given: breakdown.applied[0], miss: breakdown.missed[0] };
};
const shirt = (quantity: number) => aLine('shirt', quantity, 10_000);
const socks = (quantity: number) => aLine('socks', quantity, 1999);
const off40: Effect = { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 30_000, off: { fen: 4000 } }], repeats: false };

test('满300减40: ¥40 off from ¥300, shared out to the fen by what lines cost; under it the missing amount is told', () => {
  expect(price([shirt(2), socks(6)], off40)).toMatchObject({ totalFen: 27_994, given: { amountFen: 4000 }, amounts: { shirt: 17_500, socks: 10_494 } });
  expect(price([shirt(2), socks(3)], off40)).toMatchObject({ totalFen: 25_997, miss: { reason: 'amount_short', missingFen: 4003 } });
}); // prettier-ignore

test('每满100减10: the lowest step counts once for every time it is reached, until the cap; the next one is told', () => {
  const every: Effect = {
    gives: 'steps', of: {}, by: 'amount', steps: [{ from: 10_000, off: { fen: 1000 } }], repeats: true, capFen: 3000,
  }; // prettier-ignore
  expect(price([shirt(2), socks(2)], every).given).toMatchObject({ amountFen: 2000, nextFen: 6002 });
  expect(price([shirt(5)], every).given).toEqual({
    promotionId: 'p',
    couponCode: null,
    name: 'p',
    nameEn: 'p',
    amountFen: 3000,
    units: 0,
  });
});

test('满200九折、满400八折: the highest step reached counts, the next one is told', () => {
  const steps = [{ from: 40_000, off: { bp: 2000 } }, { from: 20_000, off: { bp: 1000 } }]; // prettier-ignore
  const tiers: Effect = { gives: 'steps', of: {}, by: 'amount', steps, repeats: false };
  expect(price([shirt(3)], tiers).given).toMatchObject({ amountFen: 3000, nextFen: 10_000 });
  expect(price([shirt(4)], tiers).given).toMatchObject({ amountFen: 8000 });
});

test('2件75折, 3件7折: steps by quantity', () => {
  const steps = [{ from: 2, off: { bp: 2500 } }, { from: 3, off: { bp: 3000 } }]; // prettier-ignore
  const pieces: Effect = { gives: 'steps', of: { skus: ['socks'] }, by: 'quantity', steps, repeats: false };
  expect(price([socks(2), shirt(1)], pieces).given).toMatchObject({ amountFen: 1000, nextUnits: 1 });
  expect(price([socks(1)], pieces).miss).toMatchObject({ reason: 'quantity_short', missingUnits: 1 });
});

test('九折 as a timed discount rounds the price tag, so that three tags are three times one', () => {
  const tenOff: Effect = { gives: 'percent', of: {}, bp: 1000 };
  expect(price([aLine('cup', 3, 555)], tenOff, { stage: 'line' }).totalFen).toBe(3 * 499);
  expect(price([aLine('cup', 3, 555)], tenOff, { stage: 'threshold' }).totalFen).toBe(1665 - 167); // once for all lines together
});

test('a share is capped, and shared out again within the cap', () => {
  const half: Effect = { gives: 'percent', of: {}, bp: 5000, capFen: 100 };
  expect(price([shirt(1), aLine('hat', 1, 30_000)], half)).toMatchObject({
    discountFen: 100,
    amounts: { shirt: 9975, hat: 29_925 },
  });
});

test('立减: an amount off the lines meant, never more than they cost', () => {
  const off: Effect = { gives: 'amount', of: { skus: ['socks'] }, fen: 5000 };
  expect(price([shirt(1), socks(1)], off)).toMatchObject({ totalFen: 10_000, given: { amountFen: 1999 }, amounts: { socks: 0 } });
});

test('限时抢购: two of five units at the flash price, the others at their own; it only ever lowers', () => {
  const flash: Effect = { gives: 'fixed_price', of: {}, unitFen: 9000, unitsPerOrder: 2 };
  expect(price([shirt(5)], flash, { stage: 'exclusive' })).toMatchObject({
    totalFen: 48_000,
    given: { amountFen: 2000, units: 2 },
  });
  expect(price([socks(5)], flash, { stage: 'exclusive' }).miss).toMatchObject({ reason: 'nothing_to_take_off' });
  const each: Effect = { gives: 'fixed_price', of: {}, prices: { shirt: 8000 } };
  expect(price([shirt(1), socks(1)], each, { stage: 'line' }).totalFen).toBe(9999);
});

test('of several goods at a flash price the units that save most are sold so', () => {
  const flash: Effect = { gives: 'fixed_price', of: {}, prices: { shirt: 9000, socks: 900 }, unitsPerOrder: 3 };
  expect(price([socks(2), shirt(2)], flash, { stage: 'exclusive' })).toMatchObject({ discountFen: 2 * 1099 + 1000 });
});

test('买三免一: the cheapest of all units are free, one for every three', () => {
  const free: Effect = { gives: 'cheapest_free', of: {}, buy: 3, free: 1 };
  expect(price([shirt(5), socks(2)], free)).toMatchObject({ discountFen: 2 * 1999, amounts: { socks: 0 } });
  expect(price([shirt(2)], free).miss).toMatchObject({ reason: 'quantity_short', missingUnits: 1 });
  expect(price([shirt(9)], { ...free, timesMax: 2 } as Effect).discountFen).toBe(20_000);
});

test('第二件半价: of every two units the cheaper one is half price', () => {
  const half: Effect = { gives: 'buy_x_get_y', buy: {}, buyQuantity: 1, get: {}, getQuantity: 1, bp: 5000 };
  expect(price([shirt(2)], half).totalFen).toBe(15_000);
  expect(price([shirt(1), socks(1)], half).discountFen).toBe(1000);
  expect(price([shirt(3)], half).discountFen).toBe(5000);
  expect(price([shirt(1)], half).miss).toMatchObject({ reason: 'quantity_short', missingUnits: 1 });
});

test('买两件衬衫送袜子: a unit counts on one side only', () => {
  const get: Effect = {
    gives: 'buy_x_get_y',
    buy: { skus: ['shirt'] },
    buyQuantity: 2,
    get: { skus: ['socks'] },
    getQuantity: 1,
    bp: 10_000,
  };
  expect(price([shirt(5), socks(3)], get)).toMatchObject({ discountFen: 2 * 1999, given: { units: 2 } });
  expect(price([shirt(5)], get).miss).toMatchObject({ reason: 'quantity_short', missingUnits: 1 });
  const any: Effect = { gives: 'buy_x_get_y', buy: { skus: ['shirt'] }, buyQuantity: 2, get: {}, getQuantity: 1, bp: 10_000 };
  expect(price([shirt(3)], any).discountFen).toBe(10_000);
  expect(price([shirt(2), socks(1)], any).discountFen).toBe(1999);
  const cheap: Effect = { ...any, buy: { skus: ['socks'] } };
  expect(price([shirt(1), socks(2)], cheap).discountFen).toBe(10_000); // both socks are bought, so none of them can be the gift
});

test('任选三件99元: sets of the dearest units, as many as save something', () => {
  const set: Effect = { gives: 'bundle_price', items: [{ of: {}, quantity: 3 }], fen: 9900 };
  expect(price([aLine('a', 2, 5000), aLine('b', 2, 4000), aLine('c', 2, 1000)], set).totalFen).toBe(9900 + 4000 + 2000);
  expect(price([aLine('c', 3, 1000)], set).miss).toMatchObject({ reason: 'nothing_to_take_off' });
  expect(price([aLine('c', 2, 1000)], set).miss).toMatchObject({ reason: 'quantity_short', missingUnits: 1 });
});

test('上衣+裤子199元: a set is found whichever item its units are tried for first', () => {
  const set: Effect = { gives: 'bundle_price', items: [{ of: { skus: ['a', 'b'] }, quantity: 1 }, { of: { skus: ['a', 'c'] }, quantity: 1 }, { of: { skus: ['a', 'b', 'c'] }, quantity: 1 }], fen: 1000 }; // prettier-ignore
  const lines = [aLine('a', 1, 900), aLine('b', 1, 800), aLine('c', 1, 700)];
  expect(price(lines, set)).toMatchObject({ totalFen: 1000, given: { amountFen: 1400, units: 3 } });
  const narrow: Effect = { gives: 'bundle_price', items: [{ of: { skus: ['a', 'b'] }, quantity: 1 }, { of: { skus: ['a'] }, quantity: 1 }], fen: 1000 }; // prettier-ignore
  expect(price([aLine('a', 1, 900), aLine('b', 1, 800)], narrow).totalFen).toBe(1000);
  expect(price([aLine('b', 3, 900)], set).miss).toMatchObject({ reason: 'no_matching_line', missingUnits: 1 });
  expect(price([aLine('a', 1, 900), aLine('c', 1, 700)], set).miss).toMatchObject({ reason: 'quantity_short' });
});

test('the price of a set is split to its components by what they cost', () => {
  const set: Effect = { gives: 'bundle_price', items: [{ of: { skus: ['shirt'] }, quantity: 1 }, { of: { skus: ['socks'] }, quantity: 2 }], fen: 10_000 }; // prettier-ignore
  expect(price([shirt(1), socks(2)], set).amounts).toEqual({ shirt: 7144, socks: 2856 });
});

const gifts = new Map([['mug', { goods: someGoods('mug', 2500), available: 3 }]]);
const gift: Effect = { gives: 'gift', sku: 'mug', quantity: 2 };

test('满赠: a gift is a line of its own at full discount, while stock lasts', () => {
  const given = price([shirt(1)], gift, {}, { gifts });
  expect(given).toMatchObject({ totalFen: 10_000, goodsFen: 15_000, discountFen: 5000, given: { amountFen: 5000, units: 2 } });
  expect(given.lines[1]).toMatchObject({ key: 'gift:p:mug', sku: 'mug', quantity: 2, isGift: true, unitFen: 2500, amountFen: 0, taxFen: 0, adjustments: [{ stage: 'threshold', promotionId: 'p', amountFen: 5000 }] }); // prettier-ignore
  const four = { ...gift, quantity: 4 } as Effect;
  expect(price([shirt(1)], four, {}, { gifts }).given?.units).toBe(3);
  expect(price([shirt(1)], gift, {}, { gifts: new Map([['mug', { goods: someGoods('mug', 2500), available: 0 }]]) }).miss).toMatchObject({ reason: 'gift_out_of_stock' }); // prettier-ignore
  expect(price([shirt(1)], gift).miss).toMatchObject({ reason: 'gift_out_of_stock' });
});

test('two promotions that give the same gift share its stock', () => {
  const offers = ['p', 'q'].map((id) => anOffer(id, gift));
  const { applied, lines } = priceCart(aRequest([shirt(1)], { offers, gifts }));
  expect(applied.map((one) => one.units)).toEqual([2, 1]);
  expect(lines.map((line) => line.key)).toEqual(['shirt', 'gift:p:mug', 'gift:q:mug']);
});

test('每满200送一: a gift for every time the amount is reached', () => {
  const when = { is: 'amount' as const, of: {}, minFen: 20_000 };
  const one: Effect = { gives: 'gift', sku: 'mug', quantity: 1, repeats: true };
  expect(price([shirt(5)], one, { when }, { gifts }).given?.units).toBe(2);
  expect(price([shirt(5)], { ...one, timesMax: 1 } as Effect, { when }, { gifts }).given?.units).toBe(1);
  expect(price([shirt(1)], one, { when }, { gifts }).miss).toMatchObject({ reason: 'amount_short', missingFen: 10_000 });
});

test('积分换购: a unit for points and money, as many as the points agreed to pay for', () => {
  const swap: Effect = { gives: 'points_price', of: { skus: ['shirt'] }, points: 500, unitFen: 1000 };
  const buyer = { customerId: 'c', tier: undefined, segments: [], isFirstOrder: false, points: 1200 };
  const cart = price([shirt(3)], swap, { stage: 'exclusive' }, { buyer, pointsWanted: 1100 });
  expect(cart).toMatchObject({
    totalFen: 10_000 + 2 * 1000 - 100,
    pointsSpent: 1100,
    pointsFen: 18_100,
    given: { amountFen: 18_000, units: 2 },
  });
  expect(cart.lines[0]?.adjustments).toMatchObject([{ stage: 'exclusive', amountFen: 18_000, points: 1000 }, { stage: 'points', from: 'points', amountFen: 100, points: 100 }]); // prettier-ignore
  expect(price([shirt(1)], swap, { stage: 'exclusive' }, { buyer, pointsWanted: 200 }).miss).toMatchObject({ reason: 'points_short', missingPoints: 300 }); // prettier-ignore
});

test('包邮: freight free by a promotion of the stage freight, or by a coupon', () => {
  const freight = { feeFen: 800, freeFromFen: 9900 };
  const free: Effect = { gives: 'free_freight' };
  expect(price([socks(1)], free, { stage: 'freight' }, { freight })).toMatchObject({ freightFen: 0, freightListFen: 800, given: { amountFen: 800 }, totalFen: 1999 }); // prettier-ignore
  expect(price([socks(1)], free, { stage: 'coupon', couponCode: 'SHIP' }, { freight })).toMatchObject({ freightFen: 0, given: { amountFen: 800, couponCode: 'SHIP' } }); // prettier-ignore
  expect(price([shirt(1)], free, { stage: 'coupon' }, { freight })).toMatchObject({
    freightFen: 0,
    miss: { reason: 'nothing_to_take_off' },
  });
  expect(price([socks(1)], { gives: 'amount', of: {}, fen: 500 }, { stage: 'freight' }, { freight })).toMatchObject({ freightFen: 300, discountFen: 0 }); // prettier-ignore
  expect(price([socks(1)], { gives: 'percent', of: {}, bp: 5000 }, { stage: 'freight' }, { freight }).freightFen).toBe(400);
  expect(price([socks(1)], free, { stage: 'freight', left: { amountFen: 700 } }, { freight }).freightFen).toBe(800);
});

test('下单返券: a coupon for the next order takes nothing off this one, and is told', () => {
  const next: Effect = { gives: 'coupon', promotionId: '00000000-0000-4000-8000-000000000001' };
  expect(price([shirt(1)], next)).toMatchObject({ totalFen: 10_000, given: { promotionId: 'p', amountFen: 0 } });
});

test('the last fen of a budget are given, and not one more; units at a price of their own are whole or not', () => {
  expect(price([shirt(3)], off40, { left: { amountFen: 1 } })).toMatchObject({ discountFen: 1 });
  const flash: Effect = { gives: 'fixed_price', of: {}, unitFen: 9000 };
  expect(price([shirt(3)], flash, { stage: 'exclusive', left: { amountFen: 2999 } })).toMatchObject({
    given: { amountFen: 2000, units: 2 },
  });
  expect(price([shirt(3)], flash, { stage: 'exclusive', left: { units: 1 } })).toMatchObject({
    given: { amountFen: 1000, units: 1 },
  });
  expect(price([shirt(1)], gift, { left: { amountFen: 2600 } }, { gifts }).given).toMatchObject({ units: 1, amountFen: 2500 });
  for (const left of [{ amountFen: 0 }, { units: 0 }, { uses: 0 }])
    expect(price([shirt(3)], off40, { left })).toMatchObject({ discountFen: 0, miss: { reason: 'used_up' } });
});

test('two codes of one promotion draw from one budget', () => {
  const then: Effect = { gives: 'amount', of: {}, fen: 3000 };
  const left = { amountFen: 5000 };
  const codes = ['B', 'A'].map((couponCode) => anOffer('p', then, { stage: 'coupon', couponCode, left }));
  const { applied } = priceCart(aRequest([shirt(1)], { offers: codes }));
  expect(applied.map(({ couponCode, amountFen }) => [couponCode, amountFen])).toEqual([['A', 3000], ['B', 2000]]); // prettier-ignore
});

test('two codes of one promotion draw from one number of units', () => {
  const then: Effect = { gives: 'fixed_price', of: {}, unitFen: 9000, unitsPerOrder: 2 };
  const codes = ['A', 'B'].map((couponCode) => anOffer('p', then, { stage: 'exclusive', couponCode, left: { units: 3 } }));
  const { applied } = priceCart(aRequest([shirt(5)], { offers: codes }));
  expect(applied.map(({ couponCode, units }) => [couponCode, units])).toEqual([['A', 2], ['B', 1]]); // prettier-ignore
});

test('a line filter narrows by category and what lies below it, brand, product and exceptions', () => {
  const lines = [
    aLine('a', 1, 100, { category: 'food/tea', brand: 'red' }),
    aLine('b', 1, 100, { category: 'food/teapots', brand: 'red' }),
    aLine('c', 1, 100, { category: 'food/tea/green', brand: 'blue', productId: 'leaf' }),
  ];
  const freed = (of: Extract<Effect, { gives: 'percent' }>['of']) =>
    Object.entries(price(lines, { gives: 'percent', of, bp: 10_000 }).amounts).filter(([, amount]) => amount === 0).map(([key]) => key); // prettier-ignore
  expect(freed({ categories: ['food/tea'] })).toEqual(['a', 'c']);
  expect(freed({ categories: ['food'], brands: ['red'] })).toEqual(['a', 'b']);
  expect(freed({ exceptCategories: ['food/tea'] })).toEqual(['b']);
  expect(freed({ exceptSkus: ['a'], brands: ['red', 'blue'] })).toEqual(['b', 'c']);
  expect(freed({ productIds: ['leaf'] })).toEqual(['c']);
  expect(freed({ skus: ['a', ...Array.from({ length: 1999 }, (_, nth) => `x${nth}`)] })).toEqual(['a']);
  expect(price(lines, { gives: 'percent', of: { skus: ['none'] }, bp: 1 }).miss).toMatchObject({ reason: 'no_matching_line' });
});

test('minor units of any currency: 1 yen and 1 fils are never split', () => {
  const third: Effect = { gives: 'percent', of: {}, bp: 3333 };
  expect(price([aLine('cup', 1, 1)], third, {}, { currency: 'JPY' })).toMatchObject({ currency: 'JPY', totalFen: 1 });
  expect(price([aLine('cup', 1, 1001)], third, {}, { currency: 'KWD' })).toMatchObject({ currency: 'KWD', totalFen: 667 });
  expect(aListPrice(1).amountFen).toBe(1);
});
