import { promotions } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { batchBody } from './batch-form.ts';

const shared = {
  promotionId: '01a2047d-f1e1-7bee-97d1-b993a2367312',
  name: '短信',
  validFrom: '2026-12-12T00:00:00+08:00',
} as const;

test('single codes work once each; a word of one’s own is one code without what belongs to many', () => {
  const many = batchBody({
    ...shared,
    kind: 'single',
    size: 1_000_000,
    prefix: 'gu',
    usesPerCustomer: null,
    validDays: 7,
    isPublic: true,
  });
  expect(many).toMatchObject({ size: 1_000_000, usesPerCode: 1, usesPerCustomer: null, validDays: 7, isPublic: true });
  const word = batchBody({
    ...shared,
    kind: 'multi',
    size: 5,
    code: 'WELCOME10',
    usesPerCode: null,
    validDays: 7,
    isPublic: true,
  });
  expect(word).toEqual({
    ...shared,
    kind: 'multi',
    size: 1,
    code: 'WELCOME10',
    usesPerCode: null,
    usesPerCustomer: null,
    validTo: null,
  });
  for (const body of [many, word]) expect(promotions.createCouponBatch.body.safeParse(body).success).toBe(true);
});
