import { type Language, unknown } from './language.ts';

/** The clock of the business, whatever the browser says. */
export const businessZone = 'Asia/Shanghai';

const dayMs = 86_400_000;

const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: businessZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

interface Parts {
  day: string;
  time: string;
  seconds: string;
}

function partsOf(instant: Date | string | number): Parts | undefined {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return undefined;
  const part = Object.fromEntries(clock.formatToParts(date).map(({ type, value }) => [type, value]));
  return {
    day: `${part['year']}-${part['month']}-${part['day']}`,
    time: `${part['hour']}:${part['minute']}`,
    seconds: `${part['second']}`,
  };
}

type Maybe = Date | string | number | null | undefined;

/** An instant on the business clock: `2026-11-22 14:05`. */
export function formatInstant(instant: Maybe): string {
  const parts = instant === null || instant === undefined ? undefined : partsOf(instant);
  return parts ? `${parts.day} ${parts.time}` : unknown;
}

/** With seconds, for logs: `2026-11-22 14:05:09`. */
export function formatInstantExact(instant: Maybe): string {
  const parts = instant === null || instant === undefined ? undefined : partsOf(instant);
  return parts ? `${parts.day} ${parts.time}:${parts.seconds}` : unknown;
}

/** The time of day on the business clock: `14:05`. */
export function formatTime(instant: Maybe): string {
  const parts = instant === null || instant === undefined ? undefined : partsOf(instant);
  return parts ? parts.time : unknown;
}

/** The business day of an instant: `2026-11-22`. */
export const dayOf = (instant: Date | string | number): string => partsOf(instant)?.day ?? unknown;

/** "3 分钟前" under 24 hours, the exact time above. Show the exact time on focus as well. */
export function formatRelative(instant: Maybe, now: Date | number, language: Language): string {
  if (instant === null || instant === undefined) return unknown;
  const at = new Date(instant).getTime();
  if (Number.isNaN(at)) return unknown;
  const pastMs = new Date(now).getTime() - at;
  const sizeMs = Math.abs(pastMs);
  if (sizeMs >= dayMs) return formatInstant(at);
  if (sizeMs < 60_000) return language === 'en' ? 'just now' : '刚刚';
  const [amount, unit] = sizeMs < 3_600_000 ? [Math.floor(sizeMs / 60_000), 'minute'] : [Math.floor(sizeMs / 3_600_000), 'hour'];
  if (language === 'en') {
    const words = `${amount} ${unit}${amount === 1 ? '' : 's'}`;
    return pastMs > 0 ? `${words} ago` : `in ${words}`;
  }
  return `${amount} ${unit === 'minute' ? '分钟' : '小时'}${pastMs > 0 ? '前' : '后'}`;
}

/** How long something took: `45 秒`, `12 分`, `3.5 小时`, `2.1 天`; en `45 s`, `12 min`, `3.5 h`, `2.1 d`. */
export function formatDuration(ms: number | null | undefined, language: Language): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return unknown;
  const words = language === 'en' ? [' s', ' min', ' h', ' d'] : [' 秒', ' 分', ' 小时', ' 天'];
  const size = Math.abs(ms);
  const sign = ms < 0 ? '−' : '';
  const short = (value: number): string => (value < 10 ? String(Number(value.toFixed(1))) : String(Math.round(value)));
  if (size < 60_000) return `${sign}${Math.round(size / 1000)}${words[0]}`;
  if (size < 3_600_000) return `${sign}${short(size / 60_000)}${words[1]}`;
  if (size < 2 * dayMs) return `${sign}${short(size / 3_600_000)}${words[2]}`;
  return `${sign}${short(size / dayMs)}${words[3]}`;
}

/** Whether the viewer should be told that times are Beijing time. */
export const isElsewhere = (viewerZone: string): boolean => !['Asia/Shanghai', 'Asia/Chongqing', 'PRC'].includes(viewerZone);

// Calendar days. Arithmetic is on UTC midnights of the named day, so no clock change can touch it.

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;
const dayFrom = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => dayFrom(dayNumber(day) + days);

/** Days from `from` to `to`, 0 when they are the same day. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** 1 is Monday, 7 is Sunday. */
export const weekday = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

const weekdays: Readonly<Record<Language, readonly string[]>> = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};
export const formatWeekday = (day: string, language: Language): string => weekdays[language][weekday(day) - 1] ?? unknown;

/** ISO week with its days: `2026-W47(11-16—11-22)`. */
export function formatWeek(day: string): string {
  const monday = addDays(day, 1 - weekday(day));
  const thursday = addDays(monday, 3);
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}(${monday.slice(5)}—${addDays(monday, 6).slice(5)})`;
}

export const presets = [
  'today',
  'yesterday',
  'last7',
  'last30',
  'thisWeek',
  'lastWeek',
  'thisMonth',
  'lastMonth',
  'thisQuarter',
  'thisYear',
] as const;
export type Preset = (typeof presets)[number];
export interface DayRange {
  from: string;
  to: string;
}

/** The days a preset means, both ends included, seen from `today`. */
export function presetRange(preset: Preset, today: string): DayRange {
  const month = today.slice(0, 7);
  const monday = addDays(today, 1 - weekday(today));
  const lastOfMonthBefore = addDays(`${month}-01`, -1);
  const quarterMonth = String(Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0');
  const ranges: Readonly<Record<Preset, DayRange>> = {
    today: { from: today, to: today },
    yesterday: { from: addDays(today, -1), to: addDays(today, -1) },
    last7: { from: addDays(today, -6), to: today },
    last30: { from: addDays(today, -29), to: today },
    thisWeek: { from: monday, to: today },
    lastWeek: { from: addDays(monday, -7), to: addDays(monday, -1) },
    thisMonth: { from: `${month}-01`, to: today },
    lastMonth: { from: `${lastOfMonthBefore.slice(0, 7)}-01`, to: lastOfMonthBefore },
    thisQuarter: { from: `${today.slice(0, 5)}${quarterMonth}-01`, to: today },
    thisYear: { from: `${today.slice(0, 5)}01-01`, to: today },
  };
  return ranges[preset];
}
