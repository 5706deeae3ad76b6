import { exponentOf } from '@tongshang/contract/currency';
import { type Language, unknown } from './language.ts';
import { formatCompact } from './number.ts';

const symbols: Readonly<Record<string, string>> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$', JPY: 'JP¥' };

const symbolOf = (currency: string): string => symbols[currency] ?? `${currency} `;

/** Integer minor units in full, with the decimals of the currency: 1234567 → `¥12,345.67`, JPY `JP¥1,234,567`, KWD `KWD 1,234.567`. */
export function formatMoney(fen: number | null | undefined, currency = 'CNY'): string {
  if (fen === null || fen === undefined || !Number.isFinite(fen)) return unknown;
  const decimals = exponentOf(currency);
  const digits = Math.abs(Math.round(fen))
    .toFixed(0)
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const parts = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  return `${fen < 0 ? '−' : ''}${symbolOf(currency)}${whole}${parts}`;
}

/** Money where it reads as words: whole amounts without decimals, `¥300`, `¥59.90`. */
export function formatMoneyShort(fen: number | null | undefined, currency = 'CNY'): string {
  const full = formatMoney(fen, currency);
  return full.replace(/\.0+$/, '');
}

/** Money where several currencies stand side by side: the code is written out. */
export const formatMixedMoney = (fen: number | null | undefined, currency: string): string => {
  if (fen === null || fen === undefined) return unknown;
  const text = formatMoney(fen, currency);
  return text.includes(`${currency} `) ? text : `${currency} ${text}`;
};

/** Money for a tile or an axis, three significant digits: `¥1.23万`, en `¥12.3K`. */
export function formatMoneyCompact(fen: number | null | undefined, language: Language, currency = 'CNY'): string {
  if (fen === null || fen === undefined || !Number.isFinite(fen)) return unknown;
  return `${fen < 0 ? '−' : ''}${symbolOf(currency)}${formatCompact(Math.abs(fen) / 10 ** exponentOf(currency), language)}`;
}
