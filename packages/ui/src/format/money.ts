import { type Language, unknown } from './language.ts';
import { formatCompact } from './number.ts';

const symbols: Readonly<Record<string, string>> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$', JPY: 'JP¥' };

const symbolOf = (currency: string): string => symbols[currency] ?? `${currency} `;

/** Integer minor units in full, two decimals: 1234567 → `¥12,345.67`; negative with a true minus sign. */
export function formatMoney(fen: number | null | undefined, currency = 'CNY'): string {
  if (fen === null || fen === undefined || !Number.isFinite(fen)) return unknown;
  const size = Math.abs(Math.round(fen));
  const whole = Math.floor(size / 100)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '−' : ''}${symbolOf(currency)}${whole}.${String(size % 100).padStart(2, '0')}`;
}

/** Money where several currencies stand side by side: the code is written out. */
export const formatMixedMoney = (fen: number | null | undefined, currency: string): string =>
  fen === null || fen === undefined ? unknown : `${currency} ${formatMoney(fen, currency)}`;

/** Money for a tile or an axis, three significant digits: `¥1.23万`, en `¥12.3K`. */
export function formatMoneyCompact(fen: number | null | undefined, language: Language, currency = 'CNY'): string {
  if (fen === null || fen === undefined || !Number.isFinite(fen)) return unknown;
  return `${fen < 0 ? '−' : ''}${symbolOf(currency)}${formatCompact(Math.abs(fen) / 100, language)}`;
}
