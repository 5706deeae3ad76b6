import { read, utils } from '@e965/xlsx';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPdf } from '../../../platform/testing-paper.ts';
import { buildReportWorkbook } from './build-workbook.ts';
import { ticksOf } from './draw-chart.ts';
import { drawReport } from './draw-report.ts';
import { cutRows, type Report, rowsOfReportMax, type Sheet, writeCell } from './sheet.ts';

const sheet: Sheet = {
  title: '各渠道净销售额 [近 28 天]',
  facts: [['时间', '2026-10-25 — 2026-11-21']],
  columns: [
    { head: '渠道', kind: 'text' },
    { head: '净销售额 (元)', kind: 'fen' },
    { head: '毛利率 (%)', kind: 'ratio' },
  ],
  rows: [
    ['网店', 123_456_789, 0.4321],
    ['门店', -50, null],
  ],
  total: ['合计', 123_456_739, 0.432],
  chart: { kind: 'bars', labels: ['网店', '门店'], series: [{ name: '净销售额', values: [123_456_789, -50] }], unit: 'fen' },
  notes: ['仅列出前 2 行'],
};
const report: Report = { title: '经营日报 · 2026-11-22', facts: [['数据截至', '2026-11-22 08:00']], sheets: [sheet, sheet] };

test('paper and workbook of one report carry the same figures, and say as of when they are', async () => {
  const [first] = readPdf(await drawReport(report, 'zh-CN'));
  expect(Math.round(first!.width)).toBe(842);
  for (const words of [
    '经营日报 · 2026-11-22',
    '数据截至',
    '2026-11-22 08:00',
    '2026-10-25 — 2026-11-21',
    '1,234,567.89',
    '43.2%',
    '-0.50',
    '—',
    '第 1 / 2 页',
    '仅列出前 2 行',
  ])
    // prettier-ignore
    expect(first!.text).toContain(words);
  const book = read(buildReportWorkbook(report, 'zh-CN'));
  expect(book.SheetNames).toEqual(['各渠道净销售额  近 28 天', '各渠道净销售额  近 28 天 2', '说明']);
  const cells = utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1, defval: null });
  expect(cells).toEqual([
    ['渠道', '净销售额 (元)', '毛利率 (%)'],
    ['网店', 1_234_567.89, 0.4321],
    ['门店', -0.5, null],
    ['合计', 1_234_567.39, 0.432],
  ]);
  const about = utils.sheet_to_json<unknown[]>(book.Sheets['说明']!, { header: 1 });
  expect(about).toContainEqual(['数据截至', '2026-11-22 08:00']);
});

test('a report of many rows is cut alike for both, and its total stays that of all', () => {
  const long = { ...sheet, rows: Array.from({ length: 501 }, (_, row) => [`r${row}`, row, null]) };
  const cut = cutRows(
    Array.from({ length: 8 }, () => long),
    (shown) => `cut ${shown}`,
  );
  expect(cut.map(({ rows }) => rows.length)).toEqual([500, 500, 500, 500, 500, 500, 0, 0]);
  expect(cut.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(rowsOfReportMax);
  expect(cut[0]?.notes.at(-1)).toBe('cut 500');
  expect(cut[0]?.total).toEqual(sheet.total);
});

test('figures are written as people read them', () => {
  expect([writeCell(5, 'fen'), writeCell(1_000_000, 'count'), writeCell(0.00049, 'ratio'), writeCell(2.345, 'days')]).toEqual([
    '0.05',
    '1,000,000',
    '0.0%',
    '2.3',
  ]);
});

test("a chart's axis holds zero and every value, by even steps", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((value) => Math.round(value * 100) / 100),
        { maxLength: 20 },
      ),
      (values) => {
        const ticks = ticksOf(values);
        const [low, high] = [ticks[0]!, ticks.at(-1)!];
        expect(ticks.length).toBeLessThanOrEqual(9);
        const slack = (high - low) * 1e-9;
        expect(low <= Math.min(0, ...values) + slack && high >= Math.max(0, ...values) - slack && low < high).toBe(true);
      },
    ),
  );
});
