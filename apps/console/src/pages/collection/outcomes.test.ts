import { expect, test } from 'vitest';
import { countOutcomes, inParts, type Replayed } from './outcomes.ts';

test('parts hold every item once, in order, none more than the size', () => {
  expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inParts([1, 2], 2)).toEqual([[1, 2]]);
  expect(inParts([], 2)).toEqual([]);
});

test('outcomes are counted, the taken ones first, and those that did not happen are not told', () => {
  const item = (outcome: Replayed['outcome'], at: number): Replayed => ({ id: String(at), outcome, reasons: [] });
  const items = (['still_bad', 'replayed', 'still_bad', 'settled'] as const).map(item);
  expect(countOutcomes(items)).toEqual([
    { outcome: 'replayed', count: 1 },
    { outcome: 'still_bad', count: 2 },
    { outcome: 'settled', count: 1 },
  ]);
});
