import { expect, test } from 'vitest';
import { lineChart, ticksOf } from './charts.ts';
import type { DayFigures } from './figures.ts';
import { compare, handlingOf, indicators, show, valueOf } from './indicators.ts';
import { makePolicy } from './policy.ts';
import { printTable, type Report, writePage } from './report.ts';

const aDay = (index: number, over: Partial<DayFigures> = {}): DayFigures => ({
  day: `2030-03-${String(index + 4).padStart(2, '0')}`,
  orders: 100 + index,
  paidOrders: 98,
  gmvFen: 5_000_000,
  unitsWanted: 200,
  unitsSold: 190,
  stockOuts: 3,
  handlingSeconds: [0.1, 0.2, 0.3, 7200],
  released: 98,
  untouched: 96,
  parcels: 105,
  shippedOrders: 100,
  lateParcels: 2,
  arrived: 90,
  arrivedLate: 9,
  collected: 3,
  lapsed: 1,
  decided: { remark: 1, address_incomplete: 2 },
  rejected: 1,
  short: 1,
  receipts: 3,
  faultyReceipts: 1,
  costOfGoodsFen: 2_000_000,
  stockValueFen: 73_000_000,
  refundedFen: 10_000,
  ...over,
});
const aRun = (name: string, over: Partial<DayFigures> = {}) => ({
  policy: makePolicy({ name }),
  days: Array.from({ length: 6 }, (_, index) => aDay(index, over)),
  broken: undefined,
  seconds: 12,
  cpuSeconds: 20,
});
const report = (...results: Report['results']): Report => ({
  command: '--days 6',
  demand: { zh: '需求', en: 'demand' },
  results,
});
const named = (name: string) => indicators.find((one) => one.name === name) ?? expect.fail(`no indicator ${name}`);

test('a run’s figure is the ratio of its sums, and nothing to divide by is no figure', () => {
  const days = [aDay(0, { unitsWanted: 1, unitsSold: 0 }), aDay(1, { unitsWanted: 99, unitsSold: 99 })];
  expect(valueOf(named('fill_rate'), days)).toBeCloseTo(0.99);
  expect(valueOf(named('turnover'), [aDay(0)])).toBeCloseTo(10);
  expect(valueOf(named('late_share'), [aDay(0, { parcels: 0 })])).toBeUndefined();
  expect(show(undefined, 'share')).toBe('–');
  expect(handlingOf(days)).toMatchObject({ median: 0.2, p99: 7200, count: 8 });
});

test('a comparison calls a side better only when the interval leaves zero out', () => {
  const found = new Map(
    compare(aRun('a').days, aRun('b', { unitsSold: 196, stockValueFen: 90_000_000 }).days).map((one) => [
      one.indicator.name,
      one,
    ]),
  );
  expect(found.get('fill_rate')).toMatchObject({ verdict: 'better', before: 0.95, after: 0.98 });
  expect(found.get('stock_value')?.verdict).toBe('worse');
  expect(found.get('turnover')?.verdict).toBe('worse');
  expect(found.get('gmv')?.verdict).toBe('unclear');
});

test('the page stands alone, says everything in both languages, and draws every indicator of every policy', () => {
  const page = writePage(report(aRun('cover 7'), aRun('cover <14>', { unitsSold: 199 })));
  expect(page).not.toMatch(/<script|<link|https?:|url\(/);
  for (const { zh, en } of indicators) expect(page.includes(`>${zh}<`) && page.includes(`>${en}<`)).toBe(true);
  expect(page.match(/<svg [^>]*role="img"/g)).toHaveLength(indicators.length + 1);
  expect(page).toContain('cover &lt;14&gt;');
  expect(page).not.toContain('<14>');
  expect(page).toContain('@media print');
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
  expect(page.match(/<span lang="zh-CN">/g)?.length).toBe(page.match(/<span lang="en">/g)?.length);
});

test('the page of one day with nothing on it, and of a broken promise, is drawn too', () => {
  const nothing = { orders: 0, unitsWanted: 0, unitsSold: 0, parcels: 0, shippedOrders: 0, released: 0, untouched: 0, stockValueFen: 0, handlingSeconds: [] }; // prettier-ignore
  const promises = [{ name: 'amounts-sum', zh: '金额', en: 'Amounts', rows: [{ number: '<x>' }] }];
  const page = writePage(report({ ...aRun('a'), days: [aDay(0, nothing)], broken: { day: '2030-03-04', promises } }));
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
  expect(page).toContain('2030-03-04 失守');
  expect(page).toContain('&lt;x&gt;');
});

test('the terminal’s table has a line an indicator and a column a policy; columns stand below one another', () => {
  const lines = printTable(report(aRun('a'), aRun('b')));
  expect(lines).toHaveLength(1 + indicators.length + 2);
  expect(lines[0]).toMatch(/a\s+b\s+difference\s+95 % interval/);
  expect(lines.find((line) => line.startsWith('Fill rate'))).toMatch(/95\.00 %\s+95\.00 %\s+0\.00 %.*unclear/);
  expect(printTable(report(aRun('a'))).every((line) => !line.includes('unclear'))).toBe(true);
});

test('axes carry round numbers that hold every figure, and lines a name and their own dash', () => {
  expect(ticksOf(0, 97)).toEqual([0, 25, 50, 75, 100]);
  expect(ticksOf(0, 0)).toEqual([0, 0.25]);
  expect(ticksOf(0.93, 0.99).at(-1)).toBeGreaterThanOrEqual(0.99 - 1e-9);
  const chart = lineChart({ title: 't', labels: ['1', '2'], series: [{ name: 'one', values: [1, undefined] }, { name: 'two', values: [2, 3] }], show: String }); // prettier-ignore
  expect(chart.match(/stroke-dasharray="([^"]*)"/g)).toEqual(['stroke-dasharray=""', 'stroke-dasharray="7 4"']);
  expect(chart).toContain('>one</text>');
});
