import { exponentOf } from '@tongshang/contract/currency';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMixedMoney, formatMoney, formatMoneyCompact, formatMoneyShort } from './money.ts';

test('minor units stand for as many decimals as ISO 4217 gives the currency', () => {
  expect(['JPY', 'KRW', 'CNY', 'USD', 'KWD', 'BHD', 'CLF'].map(exponentOf)).toEqual([0, 0, 2, 2, 3, 3, 4]);
  // Intl rounds some currencies to what is used in cash; all others agree.
  const cash = new Set(['AFN', 'ALL', 'COP', 'HUF', 'IDR', 'IQD', 'IRR', 'KPW', 'LAK', 'LBP', 'MGA', 'MMK', 'PKR', 'RSD', 'SLL', 'SOS', 'SYP', 'TZS', 'UZS', 'YER']); // prettier-ignore
  for (const currency of Intl.supportedValuesOf('currency').filter((code) => !cash.has(code))) {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    expect(exponentOf(currency), currency).toBe(maximumFractionDigits);
  }
});

test('an amount of any currency shows its own decimals', () => {
  expect(formatMoney(1_234_567, 'JPY')).toBe('JP¥1,234,567');
  expect(formatMoney(1_234_567, 'KWD')).toBe('KWD 1,234.567');
  expect(formatMoney(1, 'KWD')).toBe('KWD 0.001');
  expect(formatMoney(-1, 'JPY')).toBe('−JP¥1');
  expect(formatMixedMoney(1500, 'KWD')).toBe('KWD 1.500');
  expect(formatMixedMoney(1500, 'JPY')).toBe('JPY JP¥1,500');
  expect(formatMoneyCompact(12_345_678, 'zh-CN', 'JPY')).toBe('JP¥1,235万');
  expect(formatMoneyCompact(12_345_678, 'en', 'KWD')).toBe('KWD 12.3K');
});

test('in a sentence a whole amount has no decimals', () => {
  expect([30_000, 5990, 0].map((fen) => formatMoneyShort(fen))).toEqual(['¥300', '¥59.90', '¥0']);
  expect(formatMoneyShort(5000, 'KWD')).toBe('KWD 5');
  expect(formatMoneyShort(5000, 'JPY')).toBe('JP¥5,000');
  expect(formatMoneyShort(null)).toBe('—');
});

test('whatever the currency, the digits that are shown are the minor units that were given', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      fc.constantFrom('JPY', 'CNY', 'KWD', 'CLF'),
      (units, currency) => {
        expect(Number(formatMoney(units, currency).replaceAll(/\D/g, ''))).toBe(units);
      },
    ),
  );
});
