import {
  addDays,
  dayOf,
  formatChange,
  formatCompact,
  formatCount,
  formatDays,
  formatDecimal,
  formatDuration,
  formatInstant,
  formatInstantExact,
  formatMoney,
  formatMoneyCompact,
  formatPercent,
  formatPoints,
  formatRelative,
  formatTime,
  formatTimesAYear,
  formatWeekday,
  type Language,
  notApplicable,
} from '@tongshang/ui';
import { useLanguage } from './language.ts';

type Maybe = number | null | undefined;

/** Every figure, day and amount of the console is shown through these. */
export function useFormat(): Format {
  return formats[useLanguage()];
}

export const formatIn = (language: Language) => ({
  language,
  money: (fen: Maybe, currency?: string) => formatMoney(fen, currency),
  moneyShort: (fen: Maybe) => formatMoneyCompact(fen, language),
  count: formatCount,
  compact: (value: Maybe) => formatCompact(value, language),
  decimal: formatDecimal,
  percent: formatPercent,
  change: formatChange,
  points: (difference: Maybe) => formatPoints(difference, language),
  instant: formatInstant,
  instantExact: formatInstantExact,
  time: formatTime,
  relative: (instant: string | null | undefined) => formatRelative(instant, Date.now(), language),
  days: (days: Maybe) => formatDays(days, language),
  timesAYear: (times: Maybe) => formatTimesAYear(times, language),
  duration: (ms: Maybe) => formatDuration(ms, language),
  /** How an instant stands against now, milliseconds: negative is past. */
  leftMs: (instant: string) => new Date(instant).getTime() - Date.now(),
  weekday: (day: string) => formatWeekday(day, language),
  today: () => dayOf(Date.now()),
  daysAgo: (days: number) => addDays(dayOf(Date.now()), -days),
  notApplicable: notApplicable(language),
});
export type Format = ReturnType<typeof formatIn>;

const formats: Readonly<Record<Language, Format>> = { 'zh-CN': formatIn('zh-CN'), en: formatIn('en') };
