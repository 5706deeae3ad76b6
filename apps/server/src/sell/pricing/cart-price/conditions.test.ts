import type { ConditionTree } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aBuyer, aLine, anOffer, aRequest } from '../testing.ts';
import { priceCart } from './price-cart.ts';
import type { PriceRequest } from './request.ts';

const lines = [aLine('shirt', 2, 10_000, { category: 'clothes' }), aLine('rice', 1, 5000, { category: 'food' })];
/** Why an offer of one fen with this condition gives nothing; undefined when it gives. */
const missOf = (when: ConditionTree, over: Partial<PriceRequest> = {}) => {
  const { applied, missed } = priceCart(
    aRequest(lines, { ...over, offers: [anOffer('p', { gives: 'amount', of: {}, fen: 1 }, { when })] }),
  );
  expect(applied).toHaveLength(missed.length === 0 ? 1 : 0);
  const { promotionId: _, couponCode: __, name: ___, nameEn: ____, ...miss } = missed[0] ?? {};
  return missed.length === 0 ? undefined : miss;
};
const guest = { buyer: aBuyer({ customerId: undefined, tier: undefined }) };
const at = (iso: string) => ({ at: new Date(iso) });

const cases: [string, ConditionTree, Partial<PriceRequest>, Partial<PriceRequest>, string][] = [
  ['channel', { is: 'channel', in: ['shop', 'live'] }, {}, { channel: 'store' }, 'not_for_channel'],
  ['member', { is: 'member' }, {}, guest, 'members_only'],
  ['tier', { is: 'tier', in: ['silver'] }, {}, { buyer: aBuyer({ tier: 'gold' }) }, 'not_for_customer'],
  ['tier of a guest', { is: 'tier', in: ['silver'] }, {}, guest, 'members_only'],
  ['segment', { is: 'segment', in: ['vip'] }, { buyer: aBuyer({ segments: ['x', 'vip'] }) }, {}, 'not_for_customer'],
  ['customer', { is: 'customer', in: ['customer-1'] }, {}, { buyer: aBuyer({ customerId: 'other' }) }, 'not_for_customer'],
  ['first order', { is: 'first_order' }, { buyer: aBuyer({ isFirstOrder: true }) }, {}, 'not_first_order'],
  ['payment method', { is: 'payment_method', in: ['alipay'] }, { paymentMethod: 'alipay' }, {}, 'payment_method'],
  ['another payment method', { is: 'payment_method', in: ['alipay'] }, { paymentMethod: 'alipay' }, { paymentMethod: 'wechat' }, 'payment_method'],
  ['weekday', { is: 'time', weekdays: [7] }, {}, at('2026-11-22T16:00:00Z'), 'not_now'],
  ['from an hour on', { is: 'time', from: '12:00' }, {}, at('2026-11-22T03:59:59.999Z'), 'not_now'],
  ['until an hour, not included', { is: 'time', to: '12:00' }, at('2026-11-22T03:59:59.999Z'), at('2026-11-22T04:00:00Z'), 'not_now'],
  ['over midnight', { is: 'time', from: '22:00', to: '02:00' }, at('2026-11-21T17:59:00Z'), at('2026-11-21T18:00:00Z'), 'not_now'],
]; // prettier-ignore

test.each(cases)('%s: holds, or says why not', (_, when, holding, failing, reason) => {
  expect(missOf(when, holding)).toBeUndefined();
  expect(missOf(when, failing)).toEqual({ reason });
});

test('an amount or a quantity says what is missing, of the lines it means', () => {
  expect(missOf({ is: 'amount', of: {}, minFen: 25_000 })).toBeUndefined();
  expect(missOf({ is: 'amount', of: {}, minFen: 29_000 })).toEqual({ reason: 'amount_short', missingFen: 4000 });
  expect(missOf({ is: 'amount', of: { categories: ['food'] }, minFen: 6000 })).toEqual({
    reason: 'amount_short',
    missingFen: 1000,
  });
  expect(missOf({ is: 'quantity', of: { skus: ['shirt'] }, min: 5 })).toEqual({ reason: 'quantity_short', missingUnits: 3 });
  expect(missOf({ is: 'quantity', of: { brands: ['nobody'] }, min: 2 })).toEqual({ reason: 'no_matching_line', missingUnits: 2 });
});

test('all: told is what is hardest to mend; any: what is easiest; not turns it round', () => {
  const short: ConditionTree = { is: 'amount', of: {}, minFen: 30_000 };
  const shorter: ConditionTree = { is: 'amount', of: {}, minFen: 26_000 };
  const store: ConditionTree = { is: 'channel', in: ['store'] };
  expect(missOf({ all: [short, store] })).toEqual({ reason: 'not_for_channel' });
  expect(missOf({ all: [shorter, short] })).toEqual({ reason: 'amount_short', missingFen: 5000 });
  expect(missOf({ any: [store, short, shorter] })).toEqual({ reason: 'amount_short', missingFen: 1000 });
  expect(missOf({ any: [store, { is: 'member' }] })).toBeUndefined();
  expect(missOf({ not: store })).toBeUndefined();
  expect(missOf({ not: { any: [{ is: 'channel', in: ['shop'] }] } })).toEqual({ reason: 'not_for_channel' });
  expect(missOf({ not: { all: [{ not: { not: { is: 'member' } } }] } })).toEqual({ reason: 'not_for_customer' });
  expect(missOf({ all: [] })).toBeUndefined();
});

test.each(['used_up', 'limit_reached', 'expired', 'not_started', 'not_for_customer'] as const)(
  'an offer that is closed for this buyer says %s and nothing else',
  (closed) => {
    const offers = [anOffer('p', { gives: 'amount', of: {}, fen: 1 }, { closed, when: { is: 'channel', in: ['store'] } })];
    expect(priceCart(aRequest(lines, { offers }))).toMatchObject({ applied: [], missed: [{ promotionId: 'p', reason: closed }] });
  },
);

test('nobody is told to sign in for an offer on goods that are not in the cart', () => {
  const offers = [anOffer('tea club', { gives: 'percent', of: { categories: ['tea'] }, bp: 1000 }, { when: { is: 'member' } })];
  const { missed } = priceCart(aRequest(lines, { ...guest, offers }));
  expect(missed).toMatchObject([{ promotionId: 'tea club', reason: 'no_matching_line' }]);
});
