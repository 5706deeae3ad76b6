import type { Effect } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aBuyer, aGroup, aLine, anOffer, aRequest, someGoods } from '../testing.ts';
import { priceCart } from './price-cart.ts';
import type { Offer, OfferGroup, PriceRequest } from './request.ts';

const tenOff: Effect = { gives: 'percent', of: {}, bp: 1000 };
const hundred: Effect = { gives: 'amount', of: {}, fen: 10_000 };
const from = (minFen: number, fen: number): Pick<Offer, 'when' | 'then'> => ({
  when: { is: 'amount', of: {}, minFen }, then: { gives: 'amount', of: {}, fen },
}); // prettier-ignore

const price = (offers: Offer[], groups: OfferGroup[], over: Partial<PriceRequest> = {}) => {
  const { totalFen, applied, missed } = priceCart(aRequest([aLine('coat', 1, 100_000)], { offers, groups, ...over }));
  return { totalFen, applied: applied.map((one) => one.promotionId), missed: missed.map((one) => [one.promotionId, one.reason]) };
};
const inGroup = (mode: OfferGroup['mode'], offers: Offer[], over: Partial<PriceRequest> = {}) =>
  price(
    offers.map(
      (offer) => ({ groupId: 'g', ...Object.fromEntries(Object.entries(offer).filter(([, one]) => one !== undefined)) }) as Offer,
    ),
    [aGroup('g', mode)],
    over,
  );
const a = anOffer('a', tenOff, { priority: 2 });
const b = anOffer('b', hundred, { priority: 1 });
const never = anOffer('never', hundred, { priority: 3, when: { is: 'channel', in: ['store'] } });

test('sequence: one after another by priority, each on what the one before it left', () => {
  expect(inGroup('sequence', [b, a])).toEqual({ totalFen: 80_000, applied: ['a', 'b'], missed: [] });
  expect(inGroup('sequence', [{ ...a, priority: 0 }, b])).toMatchObject({ totalFen: 81_000, applied: ['b', 'a'] });
});

test('sum: each on the amounts at the entry, together never more than there is', () => {
  expect(inGroup('sum', [a, b])).toMatchObject({ totalFen: 80_000 });
  expect(inGroup('sum', [{ ...a, priority: 0 }, b])).toMatchObject({ totalFen: 80_000, applied: ['b', 'a'] });
  const all = anOffer('all', { gives: 'percent', of: {}, bp: 10_000 }, { priority: 9 });
  expect(inGroup('sum', [all, a])).toEqual({ totalFen: 0, applied: ['all'], missed: [['a', 'nothing_to_take_off']] });
});

test('best: the member that saves most, the others are beaten', () => {
  expect(inGroup('best', [a, b, never])).toEqual({ totalFen: 90_000, applied: ['a'], missed: [['never', 'not_for_channel'], ['b', 'beaten']] }); // prettier-ignore
  expect(inGroup('best', [a, anOffer('c', { gives: 'amount', of: {}, fen: 10_001 })])).toMatchObject({ applied: ['c'] });
});

test('best looks at the whole order: less here is taken when a later stage makes up for it', () => {
  const coupon = anOffer('coupon', from(95_000, 20_000).then, { stage: 'coupon', couponCode: 'X', when: from(95_000, 1).when });
  const small = anOffer('small', { gives: 'amount', of: {}, fen: 5000 });
  expect(inGroup('best', [a, small, { ...coupon, groupId: 'none' }])).toMatchObject({
    totalFen: 75_000,
    applied: ['small', 'coupon'],
  });
  const exact = { ...coupon, when: from(100_000, 1).when, groupId: 'none' };
  expect(inGroup('best', [a, small, exact])).toEqual({
    totalFen: 80_000,
    applied: ['coupon'],
    missed: [
      ['a', 'beaten'],
      ['small', 'beaten'],
    ],
  });
});

test('two groups of mode best find the best pair, not the best one after the other', () => {
  const groups = [aGroup('g', 'best'), aGroup('h', 'best', { stage: 'coupon' })];
  const offers = [
    anOffer('large', { gives: 'amount', of: {}, fen: 6000 }, { groupId: 'g' }),
    anOffer('small', { gives: 'amount', of: {}, fen: 1000 }, { groupId: 'g' }),
    anOffer('x', from(99_000, 8000).then, { stage: 'coupon', groupId: 'h', when: from(99_000, 1).when }),
    anOffer('y', { gives: 'amount', of: {}, fen: 2000 }, { stage: 'coupon', groupId: 'h' }),
  ];
  expect(price(offers, groups)).toMatchObject({ totalFen: 91_000, applied: ['small', 'x'] });
});

test('priority: the first by priority that gives anything; those after it are beaten', () => {
  expect(inGroup('priority', [a, { ...b, then: { gives: 'amount', of: {}, fen: 50_000 } }, never])).toEqual({
    totalFen: 90_000,
    applied: ['a'],
    missed: [
      ['never', 'not_for_channel'],
      ['b', 'beaten'],
    ],
  });
  const short = anOffer('short', hundred, { priority: 0, when: { is: 'amount', of: {}, minFen: 200_000 } });
  expect(inGroup('priority', [a, short]).missed).toEqual([['short', 'amount_short']]);
});

test('only: the best member alone; the lines it touched join no later group or stage', () => {
  const later = anOffer('later', { gives: 'amount', of: {}, fen: 3000 }, { stage: 'coupon', groupId: 'none' });
  expect(inGroup('only', [a, b, later])).toMatchObject({ totalFen: 90_000, applied: ['a'], missed: [['b', 'beaten'], ['later', 'no_matching_line']] }); // prettier-ignore
  const lines = [aLine('coat', 1, 100_000), aLine('hat', 1, 10_000)];
  const coats = anOffer('coats', { gives: 'percent', of: { skus: ['coat'] }, bp: 1000 });
  expect(inGroup('only', [coats, later], { lines })).toMatchObject({ totalFen: 97_000, applied: ['coats', 'later'] });
  const rich = { ...later, then: { gives: 'amount', of: {}, fen: 30_000 } as Effect };
  expect(inGroup('only', [a, rich])).toMatchObject({ totalFen: 70_000, applied: ['later'] });
});

test('groups nest: a sequence as one rival of a best', () => {
  const groups = [aGroup('g', 'best'), aGroup('pair', 'sequence', { parent: 'g' })];
  const offers = [
    anOffer('one', { gives: 'amount', of: {}, fen: 4000 }, { groupId: 'pair' }),
    anOffer('two', { gives: 'amount', of: {}, fen: 4000 }, { groupId: 'pair' }),
    anOffer('seven', { gives: 'amount', of: {}, fen: 7000 }, { groupId: 'g' }),
  ];
  expect(price(offers, groups)).toEqual({ totalFen: 92_000, applied: ['one', 'two'], missed: [['seven', 'beaten']] });
});

test('a group that is its own ancestor, unknown or of another stage holds nobody back', () => {
  const groups = [
    aGroup('x', 'best', { parent: 'y' }),
    aGroup('y', 'best', { parent: 'x' }),
    aGroup('line', 'best', { stage: 'line' }),
  ];
  const one = (id: string, groupId: string) => anOffer(id, { gives: 'amount', of: {}, fen: 1000 }, { groupId });
  expect(price([one('a', 'x'), one('b', 'y'), one('c', 'line'), one('d', 'gone')], groups)).toMatchObject({ totalFen: 96_000 });
});

test('equal savings: the higher priority, then the lower id, whatever came first', () => {
  const equal = (id: string, priority: number) => anOffer(id, hundred, { priority });
  expect(inGroup('best', [equal('z', 0), equal('y', 1), equal('x', 0)]).applied).toEqual(['y']);
  expect(inGroup('best', [equal('z', 0), equal('x', 0)]).applied).toEqual(['x']);
});

test('a gift never beats money off, but breaks a tie', () => {
  const gifts = new Map([['mug', { goods: someGoods('mug', 90_000), available: 9 }]]);
  const gift = anOffer('gift', { gives: 'gift', sku: 'mug', quantity: 1 });
  const fen = anOffer('fen', { gives: 'amount', of: {}, fen: 1 });
  expect(inGroup('best', [gift, fen], { gifts }).applied).toEqual(['fen']);
  expect(inGroup('best', [gift], { gifts }).applied).toEqual(['gift']);
});

test('points count as the money they are worth: none are burnt to save less', () => {
  const all = anOffer('all', { gives: 'percent', of: {}, bp: 10_000 });
  const lines = [aLine('coat', 1, 9900)];
  const over = { lines, freight: { feeFen: 800, freeFromFen: 9900 }, pointsWanted: 9900, buyer: aBuyer({ points: 9900 }) };
  expect(inGroup('best', [all], over)).toMatchObject({ totalFen: 800, applied: ['all'] });
});

test('more ways than are tried: groups still take at least what saves most by itself, and the answer comes in time', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const offers = ids.flatMap((group) =>
    [1, 2, 3, 4, 5].map((nth) => anOffer(`${group}${nth}`, { gives: 'amount', of: {}, fen: nth * 100 }, { groupId: group })),
  );
  const began = performance.now();
  expect(price(offers, ids.map((id) => aGroup(id, 'best')))).toMatchObject({ totalFen: 97_000, applied: ids.map((id) => `${id}5`) }); // prettier-ignore
  expect(performance.now() - began).toBeLessThan(5000);
});
