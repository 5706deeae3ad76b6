import { expect, test } from 'vitest';
import { nextStop, shortagesOf, type Stop, stopKey, stopOf } from './pick-progress.ts';

const stop = (bin: string, sku: string, quantity: number): Stop => ({
  bin,
  sku,
  name: sku,
  nameEn: sku,
  barcode: `69${sku}`,
  quantity,
  lots: [],
  fulfilments: [],
});
const stops = [stop('A-01', 'TEA', 3), stop('A-02', 'CUP', 2), stop('B-01', 'TEA', 4)];
const [first, second, third] = stops as [Stop, Stop, Stop];

test('the next stop is the first in walking order that nobody has answered', () => {
  expect(nextStop({}, stops)).toBe(first);
  expect(nextStop({ [stopKey(first)]: { quantity: 3 } }, stops)).toBe(second);
  expect(nextStop(Object.fromEntries(stops.map((one) => [stopKey(one), { quantity: one.quantity }])), stops)).toBeUndefined();
});

test('a scan belongs to an open stop with this SKU or barcode, the same SKU in another bin after it', () => {
  expect(stopOf({}, stops, '69TEA')).toBe(first);
  expect(stopOf({ [stopKey(first)]: { quantity: 3 } }, stops, 'TEA')).toBe(third);
  expect(stopOf({}, stops, 'PAN')).toBeUndefined();
});

test('what is missing of a SKU in two bins is told once a reason, what is complete not at all', () => {
  const progress = {
    [stopKey(first)]: { quantity: 1, reason: 'not_found' },
    [stopKey(second)]: { quantity: 2 },
    [stopKey(third)]: { quantity: 0, reason: 'not_found' },
  } as const;
  expect(shortagesOf(progress, stops)).toEqual([{ sku: 'TEA', quantity: 6, reason: 'not_found' }]);
});
