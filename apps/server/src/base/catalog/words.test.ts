import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latinOf, searchRowOf, tsqueryOf } from './words.ts';

const rowOf = (name: string, more: Partial<Parameters<typeof searchRowOf>[0]> = {}) =>
  searchRowOf({ name, nameEn: '', brand: '', codes: [], more: [], ...more });

test('a Han name is found by its neighbours, its pinyin and its initials from every syllable on', () => {
  const { document, names } = rowOf('小米手机');
  for (const word of ['小米', '手机', '米手', 'xiaomishouji', 'shouji', 'xmsj', 'sj']) expect(document).toContain(`'${word}':`);
  expect(names).toContain('xiaomishouji');
});

test('a model number is found with and without its dashes, whatever its case and width', () => {
  const { document } = rowOf('电吹风', { codes: ['ＷＸ-200A'] });
  for (const word of ['wx', '200a', 'wx200a']) expect(document).toContain(`'${word}':1A`);
});

test('a word that stands in the name and in a lesser place keeps the weight of the name', () => {
  expect(rowOf('龙井 茶', { more: ['茶'] }).document).toContain("'茶':1A");
});

test('typed Latin letters look for beginnings, typed Han for the word however it is cut', () => {
  expect(tsqueryOf('xmsj')?.all).toBe("'xmsj':*");
  expect(tsqueryOf('小米手机')?.all).toBe("'小米' & '手机'");
  expect(tsqueryOf('负离子')?.all).toBe("'负离' & '离子'");
});

test('a synonym is looked for beside the typed word', () => {
  expect(tsqueryOf('电吹风')?.all).toContain('吹风');
  expect(tsqueryOf('吹风机')?.all).toContain("'电吹'");
});

test('a text without a letter, digit or Han looks for nothing', () => {
  for (const text of ['', '  ', '%%%', "'':*", '!|&()']) expect(tsqueryOf(text)).toBeUndefined();
});

test('no typed text can leave the quotes of a query', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const query = tsqueryOf(text);
      if (query !== undefined) expect(query.all.replaceAll(/'[^']*'/g, '')).toMatch(/^[\s&|():*]*$/);
    }),
  );
});

test('a Han name reads in Latin letters', () => {
  expect(latinOf('绿茶 Tea 250克')).toBe('lv cha tea 250 ke');
});
