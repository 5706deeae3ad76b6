import { observations } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { readValue, writeValue } from './value.ts';

test('a number is read as people write it, in the unit of its figure', () => {
  expect(readValue('￥1,234.5', 'campaign_spend')).toBe(123_450);
  expect(readValue('18.3%', 'share_of_voice')).toBe(0.183);
  expect(readValue('１８．３％', 'share_of_voice')).toBe(0.183);
  expect(readValue('0.183', 'share_of_voice')).toBe(0.183);
  expect(readValue('1,280.5', 'brand_search_index')).toBe(1280.5);
  expect(readValue('四', 'satisfaction')).toBeUndefined();
  expect(readValue('-1', 'exposure')).toBeUndefined();
});

test('what is shown for correcting is read back as the same number', () => {
  const values = { fen: 123_451, ratio: 0.1834, score: 4.65, index: 1280.5, count: 70_001 } as const;
  for (const { name, unit } of observations.observables)
    expect(readValue(writeValue(values[unit], name), name), name).toBe(values[unit]);
});
