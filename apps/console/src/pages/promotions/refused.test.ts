import { RefusedError } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { isStale, refusedField } from './refused.ts';

const refusal = (code: 'promotion.invalid_rule' | 'promotion.stale' | 'promotion_group.not_found', details: object = {}) =>
  new RefusedError({ type: '', code, status: 409, details: { ...details }, requestId: 'r' });
const words = (key: string): string => key;

test('what the house says about one field is told at that field', () => {
  expect(refusedField(refusal('promotion.invalid_rule', { field: 'then.free' }), words)).toEqual({
    path: 'then.free',
    text: 'promo.wrong.tooMany',
  });
  expect(refusedField(refusal('promotion_group.not_found'), words)?.path).toBe('groupId');
  expect(refusedField(refusal('promotion.stale'), words)).toBeUndefined();
  expect(refusedField(new TypeError('offline'), words)).toBeUndefined();
});

test('only a stale version opens the comparison', () => {
  expect([refusal('promotion.stale'), refusal('promotion.invalid_rule'), undefined].map(isStale)).toEqual([true, false, false]);
});
