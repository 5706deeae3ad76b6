import { pricing } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { priceBody } from './price-form.ts';
import { whyNotStop } from './price-place.ts';

test('what is left empty holds for everybody, at once and without end; the contract takes it', () => {
  const body = priceBody('mug', { for: 'everybody', amount: '￥12.5元', channel: undefined, fromQuantity: null, cause: ' ' });
  expect(body).toEqual({ sku: 'mug', amountFen: 1250 });
  expect(pricing.setListPrice.body.safeParse(body).success).toBe(true);
});

test('a price of a group names it, one of all members names none, and a quantity of one is no condition', () => {
  const rest = { amount: '9', fromQuantity: 1 };
  expect(priceBody('mug', { ...rest, for: 'group', group: 'gold' })).toEqual({
    sku: 'mug',
    amountFen: 900,
    kind: 'group',
    group: 'gold',
  });
  expect(priceBody('mug', { ...rest, for: 'member' })).toEqual({ sku: 'mug', amountFen: 900, kind: 'member' });
  expect(priceBody('mug', { ...rest, for: 'everybody', group: 'gold' })).toEqual({ sku: 'mug', amountFen: 900 });
  expect(priceBody('mug', { ...rest, for: 'everybody', fromQuantity: 10 })).toMatchObject({ fromQuantity: 10 });
});

test('only the running list price for everybody cannot be ended; what is over cannot either', () => {
  expect(whyNotStop({ state: 'running', kind: 'list', fromQuantity: 1 })).toBe('prices.listStays');
  expect(whyNotStop({ state: 'ended', kind: 'channel', fromQuantity: 1 })).toBe('prices.hasEnded');
  for (const price of [
    { state: 'running', kind: 'list', fromQuantity: 10 },
    { state: 'running', kind: 'member', fromQuantity: 1 },
    { state: 'scheduled', kind: 'list', fromQuantity: 1 },
  ] as const)
    expect(whyNotStop(price)).toBeUndefined();
});
