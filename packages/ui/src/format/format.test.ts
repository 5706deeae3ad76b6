import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as f from './index.ts';

const cases = <Input extends unknown[]>(show: (...input: Input) => unknown, table: readonly [...Input, unknown][]): void => {
  for (const row of table) {
    const input = row.slice(0, -1) as unknown as Input;
    expect(show(...input), JSON.stringify(input)).toBe(row.at(-1));
  }
};

test('money in full always has two decimals, grouped digits and a true minus', () => {
  cases(f.formatMoney, [
    [1_234_567, 'CNY', '¥12,345.67'],
    [0, 'CNY', '¥0.00'],
    [5, 'CNY', '¥0.05'],
    [-1_990, 'CNY', '−¥19.90'],
    [100_000_000_000, 'CNY', '¥1,000,000,000.00'],
    [null, 'CNY', '—'],
    [1_000, 'USD', '$10.00'],
    [1_000, 'CHF', 'CHF 10.00'],
  ]);
  expect(f.formatMixedMoney(1_000, 'CNY')).toBe('CNY ¥10.00');
});

test('money on a tile keeps three significant digits and one unit word, also where rounding lifts it into the next unit', () => {
  cases(
    (fen: number | null, language: f.Language) => f.formatMoneyCompact(fen, language),
    [
      [1_230_000, 'zh-CN', '¥1.23万'],
      [12_345_678, 'zh-CN', '¥12.3万'],
      [9_876_540_000, 'zh-CN', '¥9,877万'],
      [999_999_999_999, 'zh-CN', '¥100亿'],
      [999_999_960_0, 'zh-CN', '¥1.00亿'],
      [999_960, 'zh-CN', '¥1.00万'],
      [123_400, 'zh-CN', '¥1,234'],
      [12_340, 'zh-CN', '¥123'],
      [1_234, 'zh-CN', '¥12.3'],
      [0, 'zh-CN', '¥0'],
      [null, 'zh-CN', '—'],
      [1_230_000, 'en', '¥12.3K'],
      [-123_456_789, 'en', '−¥1.23M'],
      [99_999_999, 'en', '¥1.00M'],
      [12_300_000_000_000, 'en', '¥123B'],
    ],
  );
});

test('counts, percentages and points never show zero, unknown and not applicable alike', () => {
  cases(f.formatCount, [
    [1_234, '1,234'],
    [-5, '−5'],
    [0, '0'],
    [undefined, '—'],
    [Number.NaN, '—'],
  ]);
  cases(f.formatPercent, [
    [0.1234, '12.3%'],
    [-0.05, '−5.0%'],
    [0, '0%'],
    [null, '—'],
    [12.5, '1,250.0%'],
  ]);
  cases(f.formatChange, [
    [0.123, '+12.3%'],
    [-0.04, '−4.0%'],
    [0, '0%'],
    [null, '—'],
  ]);
  cases(f.formatPoints, [
    [0.008, 'zh-CN', '+0.8 个百分点'],
    [-0.012, 'en', '−1.2 pp'],
    [null, 'en', '—'],
  ]);
  cases(f.formatRatio, [
    [0.5, 29, 'n=29'],
    [0.5, 30, '50.0%'],
  ]);
  cases(f.formatDecimal, [
    [12.34, 1, '12.3'],
    [0, 1, '0'],
    [-2.5, 1, '−2.5'],
    [null, 1, '—'],
  ]);
  expect([f.formatDays(12.34, 'zh-CN'), f.formatDays(null, 'en'), f.formatTimesAYear(5.66, 'en')]).toEqual([
    '12.3 天',
    '—',
    '5.7 ×/y',
  ]);
  expect([f.notApplicable('zh-CN'), f.notApplicable('en')]).toEqual(['不适用', 'n/a']);
});

test('an instant is shown on the Shanghai clock whatever the machine says', () => {
  cases(f.formatInstant, [
    ['2026-11-22T06:05:00Z', '2026-11-22 14:05'],
    ['2026-11-22T16:00:00Z', '2026-11-23 00:00'],
    [null, '—'],
    ['nonsense', '—'],
  ]);
  expect(f.formatInstantExact('2026-11-22T06:05:09Z')).toBe('2026-11-22 14:05:09');
  expect(f.formatTime('2026-11-22T06:05:09Z')).toBe('14:05');
  expect(f.dayOf('2026-11-22T15:59:59Z')).toBe('2026-11-22');
  expect(f.dayOf('2026-11-22T16:00:00Z')).toBe('2026-11-23');
  expect([f.isElsewhere('Asia/Shanghai'), f.isElsewhere('Europe/Berlin')]).toEqual([false, true]);
});

test('relative time is used below 24 hours only', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  cases(
    (at: string, language: f.Language) => f.formatRelative(at, now, language),
    [
      ['2026-11-22T11:59:30Z', 'zh-CN', '刚刚'],
      ['2026-11-22T11:57:00Z', 'zh-CN', '3 分钟前'],
      ['2026-11-22T11:59:00Z', 'en', '1 minute ago'],
      ['2026-11-22T07:00:00Z', 'en', '5 hours ago'],
      ['2026-11-22T13:00:00Z', 'zh-CN', '1 小时后'],
      ['2026-11-21T12:00:01Z', 'zh-CN', '23 小时前'],
      ['2026-11-21T12:00:00Z', 'zh-CN', '2026-11-21 20:00'],
    ],
  );
});

test('durations grow their unit', () => {
  cases(f.formatDuration, [
    [45_000, 'zh-CN', '45 秒'],
    [12 * 60_000, 'en', '12 min'],
    [3.5 * 3_600_000, 'zh-CN', '3.5 小时'],
    [50 * 3_600_000, 'en', '2.1 d'],
    [null, 'en', '—'],
  ]);
});

test('weeks are ISO weeks, also around New Year', () => {
  cases(f.formatWeek, [
    ['2026-11-22', '2026-W47(11-16—11-22)'],
    ['2027-01-01', '2026-W53(12-28—01-03)'],
    ['2024-12-30', '2025-W01(12-30—01-05)'],
  ]);
  expect([f.weekday('2026-11-22'), f.formatWeekday('2026-11-22', 'zh-CN'), f.formatWeekday('2026-11-16', 'en')]).toEqual([
    7,
    '周日',
    'Mon',
  ]);
});

test('presets are whole days, both ends included', () => {
  const show = (preset: f.Preset) => {
    const { from, to } = f.presetRange(preset, '2026-11-22');
    return `${from} ${to}`;
  };
  cases(show, [
    ['today', '2026-11-22 2026-11-22'],
    ['yesterday', '2026-11-21 2026-11-21'],
    ['last7', '2026-11-16 2026-11-22'],
    ['last30', '2026-10-24 2026-11-22'],
    ['thisWeek', '2026-11-16 2026-11-22'],
    ['lastWeek', '2026-11-09 2026-11-15'],
    ['thisMonth', '2026-11-01 2026-11-22'],
    ['lastMonth', '2026-10-01 2026-10-31'],
    ['thisQuarter', '2026-10-01 2026-11-22'],
    ['thisYear', '2026-01-01 2026-11-22'],
  ]);
  expect(f.daysBetween('2026-02-27', '2026-03-01')).toBe(2);
});

test('phones are grouped, and masked ones show three and four digits', () => {
  cases(f.formatPhone, [
    ['13800138000', '138 0013 8000'],
    ['010-8888', '010-8888'],
    [null, '—'],
  ]);
  cases(f.maskPhone, [
    ['13800138000', '138****8000'],
    ['138****8000', '138****8000'],
    ['0108888', '01****88'],
    ['123', '****'],
    [null, '—'],
  ]);
});

test('pasted amounts, phones, counts and days are understood, nonsense is not guessed', () => {
  cases(f.parseMoney, [
    ['￥1,234.5元', 123_450],
    ['¥59', 5_900],
    ['１２．３０', 1_230],
    ['1.2万', 1_200_000],
    ['-5.00', -500],
    ['−¥5', -500],
    ['.5', 50],
    ['12.345', undefined],
    ['12.340', 1_234],
    ['', undefined],
    ['abc', undefined],
    ['1.2.3', undefined],
  ]);
  cases(f.parsePhone, [
    ['138 0013 8000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['８６１３８００１３８０００', '13800138000'],
    ['1380013800', undefined],
    ['12800138000', undefined],
  ]);
  cases(f.parseCount, [
    ['１,２００ 件', 1_200],
    ['−3', -3],
    ['3.0', 3],
    ['3.5', undefined],
    ['', undefined],
  ]);
  cases(f.parseDay, [
    ['2026.11.22', '2026-11-22'],
    ['2026/1/2', '2026-01-02'],
    ['2026年11月22日', '2026-11-22'],
    ['20261122', '2026-11-22'],
    ['2026-02-30', undefined],
    ['22/11/2026', undefined],
  ]);
});

test('every amount that is shown in full is read back as the same fen', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
      (fen) => f.parseMoney(f.formatMoney(fen)) === fen,
    ),
  );
});

test('a tile figure is never off by more than half of its last digit', () => {
  const scale: Record<string, number> = { 亿: 1e8, 万: 1e4 };
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 1_000_000_000_000 }), (count) => {
      const text = f.formatCompact(count, 'zh-CN');
      const shown = Number(text.slice(0, -1).replaceAll(',', '')) * (scale[text.slice(-1)] ?? Number.NaN);
      return Math.abs(shown - count) / count <= 0.0051;
    }),
  );
});
