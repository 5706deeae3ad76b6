import { expect, test } from 'vitest';
import { aRecipient } from '../testing.ts';
import { firstReviewRules, review, type ReviewedOrder, riskOf } from './review.ts';

const order = (over: Partial<ReviewedOrder> = {}): ReviewedOrder => ({
  recipient: aRecipient, isPickup: false, note: '', owedFen: 10_000, heldFen: 10_000, isGuest: false, units: 2, ordersToday: 1, isFirst: false, ...over,
}); // prettier-ignore
const reasons = (over: Partial<ReviewedOrder>, rules = firstReviewRules) =>
  review(order(over), rules).map(({ reason }) => reason);
const only = (kind: (typeof firstReviewRules)[number]['kind'], over: object) => [
  { kind, isOn: true, limit: null, words: [], ...over },
];

test('an ordinary order is held by nothing; each rule holds by itself, several at once', () => {
  expect(reasons({})).toEqual([]);
  expect(reasons({ recipient: { ...aRecipient, address: '?' }, heldFen: 9999, note: '请改地址', owedFen: 2_000_000 })).toEqual([
    'address_incomplete', 'payment_refunded', 'remark', 'large_amount',
  ]); // prettier-ignore
});

test('a rule that is off holds nothing, whatever it would find', () => {
  const off = firstReviewRules.map((rule) => ({ ...rule, isOn: false }));
  expect(reasons({ recipient: { ...aRecipient, address: '?' }, heldFen: 0, note: '改地址', owedFen: 9_000_000 }, off)).toEqual(
    [],
  );
});

test('who comes for it needs a name and a phone, no address', () => {
  expect(reasons({ isPickup: true, recipient: { ...aRecipient, region: '', address: '' } })).toEqual([]);
  expect(reasons({ isPickup: true, recipient: { ...aRecipient, phone: '1' } })).toEqual(['address_incomplete']);
});

test('a remark holds by its words, or whatever it says when none are set', () => {
  expect(reasons({ note: '谢谢' }, only('remark', { words: ['发票'] }))).toEqual([]);
  expect(reasons({ note: '谢谢' }, only('remark', {}))).toEqual(['remark']);
  expect(reasons({ note: '   ' }, only('remark', {}))).toEqual([]);
});

test('limits hold from the limit on', () => {
  expect(reasons({ owedFen: 499, heldFen: 499 }, only('large_amount', { limit: 500 }))).toEqual([]);
  expect(reasons({ owedFen: 500, heldFen: 500 }, only('large_amount', { limit: 500 }))).toEqual(['large_amount']);
  expect(reasons({}, only('address_watch', { words: ['人民大道 200'] }))).toEqual(['address_watch']);
});

test('one sign of risk says little; several together hold', () => {
  expect(riskOf(order({ isGuest: true }))).toEqual({ score: 15, signals: ['guest'] });
  expect(riskOf(order({ isFirst: true, units: 30, ordersToday: 6, owedFen: 500_000 }))).toMatchObject({ score: 90 });
  expect(reasons({ isFirst: true, units: 30, ordersToday: 6, owedFen: 500_000, heldFen: 500_000 })).toEqual(['risk_score']);
});
