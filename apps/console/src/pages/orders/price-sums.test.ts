import type { Adjustment } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { reductionsOf } from './price-sums.ts';

const given = (over: Partial<Adjustment>): Adjustment => ({
  stage: 'threshold',
  promotionId: 'p1',
  couponCode: null,
  name: '满减',
  nameEn: 'Off',
  amountFen: 100,
  ...over,
});

test('what one rule took off several lines is one row, in the order of the stages, and the rows add up to the discount', () => {
  const points = given({ stage: 'points', promotionId: null, from: 'points', amountFen: 50, points: 50 });
  const { reductions, restFen } = reductionsOf({
    discountFen: 400,
    lines: [{ adjustments: [points, given({})] }, { adjustments: [given({ amountFen: 200 }), { ...points, amountFen: 50 }] }],
  });
  expect(reductions.map(({ adjustment: { stage }, amountFen, points: spent }) => [stage, amountFen, spent])).toEqual([
    ['threshold', 300, 0],
    ['points', 100, 100],
  ]);
  expect(restFen).toBe(0);
});

test('two coupons of one promotion stay apart, and what no rule explains is told as the rest', () => {
  const { reductions, restFen } = reductionsOf({
    discountFen: 250,
    lines: [{ adjustments: [given({ stage: 'coupon', couponCode: 'A' }), given({ stage: 'coupon', couponCode: 'B' })] }],
  });
  expect(reductions).toHaveLength(2);
  expect(restFen).toBe(50);
});
