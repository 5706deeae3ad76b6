import { expect, test } from 'vitest';
import { cutOffTone } from './cut-off.ts';

test('work is late once its time is over, pressing in its last hour, and calm before', () => {
  expect([-1, 0, 3_599_999, 3_600_000].map(cutOffTone)).toEqual(['bad', 'attention', 'attention', 'neutral']);
});
