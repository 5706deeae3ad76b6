import { errorStatus } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { errorSentence, errorWords } from './errors.ts';

test('every refusal has a sentence in both languages that blames nobody', () => {
  expect(Object.keys(errorWords).toSorted()).toEqual(Object.keys(errorStatus).toSorted());
  for (const [code, { zh, en }] of Object.entries(errorWords)) {
    expect(zh.length, code).toBeGreaterThan(4);
    expect(en.length, code).toBeGreaterThan(8);
    expect(`${zh}${en}`, code).not.toMatch(/系统错误|非法|成功地|successfully|illegal/i);
  }
});

test('details are filled in, and a part whose detail is missing is left out', () => {
  expect(errorSentence('stock.insufficient', { sku: 'mug', wanted: 3 }, 'zh-CN')).toBe('库存不够：mug，需要 3。请减少数量');
  expect(errorSentence('stock.insufficient', {}, 'en')).toBe('Not enough stock. Take fewer');
  expect(errorSentence('import.mapping_incomplete', { fields: ['sku', 'name'] }, 'en')).toBe(
    'Some required columns are not mapped: sku, name. Map them first',
  );
});
