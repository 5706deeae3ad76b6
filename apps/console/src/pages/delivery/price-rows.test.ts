import { expect, test } from 'vitest';
import { emptyRow, faultsOf, priceOf, rowsOf } from './price-rows.ts';

const row = { ...emptyRow(1), zone: 'A', firstFen: 800, stepFen: 200, days: 2 };

test('a parcel costs the first weight, then every step begun', () => {
  expect([1, 1000, 1001, 2000, 2001].map((grams) => priceOf(row, grams))).toEqual([800, 800, 1000, 1000, 1200]);
});

test('a row without zone, a zone twice and a missing figure are told, each at its row', () => {
  const rows = [
    row,
    { ...row, key: 2, zone: ' A ' },
    { ...row, key: 3, zone: '' },
    { ...row, key: 4, zone: 'B', days: Number.NaN },
  ];
  expect([...faultsOf(rows)]).toEqual([
    [2, 'repeated'],
    [3, 'zone'],
    [4, 'number'],
  ]);
  expect(faultsOf([row]).size).toBe(0);
});

test('what is saved has no traces of editing', () => {
  expect(rowsOf([{ ...row, zone: ' A ' }])).toEqual([
    { zone: 'A', firstGrams: 1000, firstFen: 800, stepGrams: 1000, stepFen: 200, days: 2 },
  ]);
});
