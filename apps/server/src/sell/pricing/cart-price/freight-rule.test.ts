import { expect, test } from 'vitest';
import { aLine, aRequest } from '../testing.ts';
import { freightRuleFor } from './freight-rule.ts';
import { priceCart } from './price-cart.ts';

/** The freight of goods of so much, sold by a channel, fen. */
const freightOf = (goodsFen: number, channel: string): number =>
  priceCart(aRequest([aLine('tea', 1, goodsFen)], { channel, freight: freightRuleFor(channel) })).freightFen;

test('freight is ¥8.00 up to ¥98.99 of goods, free from ¥99.00, and none at a till', () => {
  expect(freightOf(1, 'web')).toBe(800);
  expect(freightOf(9899, 'web')).toBe(800);
  expect(freightOf(9900, 'web')).toBe(0);
  expect(freightOf(1, 'store')).toBe(0);
});

test('a cart of nothing sends nothing', () => {
  expect(priceCart(aRequest([], { channel: 'web', freight: freightRuleFor('web') })).freightFen).toBe(0);
});
