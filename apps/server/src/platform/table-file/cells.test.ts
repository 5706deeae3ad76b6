import { expect, test } from 'vitest';
import { decimalText, isDamagedId, micros, readId, readPhone } from './cells.ts';

test.each([
  ['￥1,234.5元', '1234.5'],
  ['¥ 1，234.50', '1234.50'],
  ['１２３．４', '123.4'],
  ['£2.55', '2.55'],
  ['1.234,56', '1234.56'],
  ['1,234', '1234'],
  ['12,5', '12.5'],
  ['(120.00)', '-120.00'],
  ['-￥88', '-88'],
  ['88-', '-88'],
  ['1.2E+3', '1200'],
  ['13%', '13'],
  ['1 234 567', '1234567'],
])('%s is the number %s', (text, number) => {
  expect(decimalText(text)).toBe(number);
});

test.each(['', '三打', '1.2.3', '12abc', '--5', '2026-11-22', '(5', '1,23,4', 'NaN', '0x10'])('%s is no number', (text) => {
  expect(decimalText(text)).toBeUndefined();
});

test('millionths are exact, beyond six places they round half away from zero, and what is too large is said', () => {
  expect(micros('2.55')).toBe(2_550_000);
  expect(micros('-11062.06')).toBe(-11_062_060_000);
  expect(micros('0.0000005')).toBe(1);
  expect(micros('-0.0000005')).toBe(-1);
  expect(micros('99999999999')).toBeUndefined();
});

test('ids keep their zeros and say when a spreadsheet has damaged them', () => {
  expect(readId('="00123"')).toBe('00123');
  expect(readId("'00123")).toBe('00123');
  expect(readId(' ００１２３ ')).toBe('00123');
  expect(isDamagedId('6.90123E+12')).toBe(true);
  expect(isDamagedId('6901234567892')).toBe(false);
});

test('phones with spaces, dashes and the country code are the same phone', () => {
  for (const text of ['138 0013 8000', '+86 138-0013-8000', '008613800138000', '１３８００１３８０００'])
    expect(readPhone(text)).toBe('13800138000');
  expect(readPhone('021-6333 8888')).toBe('02163338888');
  expect(readPhone('12')).toBeUndefined();
});
