import { type Language, unknown } from './language.ts';

type Maybe = number | null | undefined;

/** Making one costs more than using it some tens of times. */
const formats = new Map<number, Intl.NumberFormat>();

function grouped(whole: number, decimals: number): string {
  const known = formats.get(decimals);
  const format = known ?? new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  if (known === undefined) formats.set(decimals, format);
  return format.format(whole);
}

const withMinus = (value: number, text: string): string => (value < 0 ? `−${text}` : text);

/** A count in full: `1,234`. */
export function formatCount(count: Maybe): string {
  if (count === null || count === undefined || !Number.isFinite(count)) return unknown;
  return withMinus(count, grouped(Math.abs(count), 0));
}

/** A quantity with a fixed number of decimals: `12.5`. */
export function formatDecimal(value: Maybe, decimals = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknown;
  if (value === 0) return '0';
  return withMinus(value, grouped(Math.abs(value), decimals));
}

/** A number of days with one decimal: `12.3 天`, en `12.3 d`. */
export const formatDays = (days: Maybe, language: Language): string => withUnit(days, language === 'en' ? ' d' : ' 天');

/** How often in a year: `5.7 次/年`, en `5.7 ×/y`. */
export const formatTimesAYear = (times: Maybe, language: Language): string =>
  withUnit(times, language === 'en' ? ' ×/y' : ' 次/年');

const withUnit = (value: Maybe, unit: string): string => {
  const text = formatDecimal(value, 1);
  return text === unknown ? unknown : text + unit;
};

/** A ratio as a percentage with one decimal: 0.1234 → `12.3%`. Exactly nothing is `0%`. */
export function formatPercent(ratio: Maybe): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return unknown;
  if (ratio === 0) return '0%';
  return withMinus(ratio, `${grouped(Math.abs(ratio) * 100, 1)}%`);
}

/** A ratio of few cases says how many there are, because a percentage would pretend to know. */
export const formatRatio = (ratio: Maybe, cases: number): string => (cases < 30 ? `n=${cases}` : formatPercent(ratio));

/** A difference of two ratios, in percentage points: `+0.8 个百分点`. */
export function formatPoints(difference: Maybe, language: Language): string {
  if (difference === null || difference === undefined || !Number.isFinite(difference)) return unknown;
  const points = grouped(Math.abs(difference) * 100, 1);
  return `${signOf(difference)}${points}${language === 'en' ? ' pp' : ' 个百分点'}`;
}

/** A relative change with its sign: `+12.3%`, `−4.0%`, `0%`. */
export function formatChange(ratio: Maybe): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return unknown;
  return ratio === 0 ? '0%' : `${signOf(ratio)}${grouped(Math.abs(ratio) * 100, 1)}%`;
}

const signOf = (value: number): string => (value > 0 ? '+' : value < 0 ? '−' : '');

interface Scale {
  from: number;
  word: string;
}
const scales: Readonly<Record<Language, readonly Scale[]>> = {
  'zh-CN': [
    { from: 1e8, word: '亿' },
    { from: 1e4, word: '万' },
  ],
  en: [
    { from: 1e9, word: 'B' },
    { from: 1e6, word: 'M' },
    { from: 1e3, word: 'K' },
  ],
};

/** A figure for a tile or an axis: three significant digits and one unit word (`1.23万`, `9,877万`; en `12.3K`). */
export function formatCompact(value: Maybe, language: Language): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknown;
  const size = Math.abs(value);
  const all = scales[language];
  const index = all.findIndex((scale) => size >= scale.from);
  if (index === -1) {
    const text = threeDigits(size);
    const up = all.at(-1);
    return withMinus(value, up && Number(text.replaceAll(',', '')) >= up.from ? `1.00${up.word}` : text);
  }
  const scale = all[index] as Scale;
  const text = threeDigits(size / scale.from);
  const bigger = all[index - 1];
  const isFull = bigger !== undefined && Number(text.replaceAll(',', '')) * scale.from >= bigger.from;
  return withMinus(value, isFull ? `1.00${bigger.word}` : text + scale.word);
}

function threeDigits(size: number): string {
  if (size === 0) return '0';
  const rounded = size < 100 ? Number(size.toPrecision(3)) : Math.round(size);
  if (rounded >= 100) return grouped(rounded, 0);
  if (Number.isInteger(size)) return grouped(size, 0);
  return grouped(rounded, rounded >= 10 ? 1 : 2);
}

/** The unit that a whole axis shares, so that ticks stay comparable: divide by `by`, name `word` in the axis title. */
export function axisUnit(largest: number, language: Language): { by: number; word: string } {
  const scale = scales[language].find((one) => Math.abs(largest) >= one.from);
  return scale ? { by: scale.from, word: scale.word } : { by: 1, word: '' };
}
