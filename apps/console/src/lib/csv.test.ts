import { expect, test } from 'vitest';
import { csv, isMoney, plainNumber } from './csv.ts';

test('a file for spreadsheets starts with a byte order mark and quotes what would break a row', () => {
  expect(csv([['订单号', '备注'], ['T1', 'a "b", c\nd']])).toBe('\uFEFF订单号,备注\r\nT1,"a ""b"", c\nd"\r\n'); // prettier-ignore
});

test('what a spreadsheet would run as a formula is text, a negative amount stays a number', () => {
  expect(csv([['=1+1', '+86', '@x', '-5', '-12.30', '-cmd']])).toBe("\uFEFF'=1+1,'+86,'@x,-5,-12.30,'-cmd\r\n");
});

test('shown money and counts become numbers, ids and words stay', () => {
  expect(['¥1,234.50', '−¥12.00', '1,234', '0'].map(plainNumber)).toEqual(['1234.50', '-12.00', '1234', '0']);
  expect(['3 / 5', '—', '12.3 %', 'T26-1'].map(plainNumber)).toEqual(['3 / 5', '—', '12.3 %', 'T26-1']);
  expect([isMoney('−¥12.00'), isMoney('12.00')]).toEqual([true, false]);
});
