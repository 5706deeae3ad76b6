import { expect, test } from 'vitest';
import { nameEnOf, nameOf } from './sku-words.ts';

test('variants of one product have different names in both languages', () => {
  const shirt = (value: string, valueEn: string) => ({ name: '羊毛衫', nameEn: 'Jumper', options: [{ value, valueEn }] });
  expect([shirt('红', 'Red'), shirt('蓝', 'Blue')].map(nameOf)).toEqual(['羊毛衫 红', '羊毛衫 蓝']);
  expect([shirt('红', 'Red'), shirt('蓝', '')].map(nameEnOf)).toEqual(['Jumper Red', 'Jumper 蓝']);
  expect([nameOf, nameEnOf].map((words) => words({ name: '核桃', nameEn: '', options: [] }))).toEqual(['核桃', '核桃']);
});
