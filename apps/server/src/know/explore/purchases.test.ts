import { explore as contract } from '@tongshang/contract';
import { beforeAll, expect, inject, test } from 'vitest';
import { readCohorts } from './cohorts.ts';
import type { Reading } from './reading.ts';
import { readRetention } from './retention.ts';
import { listRfmCustomers, readRfm } from './rfm.ts';
import { anAnalytics, tellPurchases } from './testing.ts';

const id = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
let reading: Reading;

beforeAll(async () => {
  reading = await anAnalytics(inject('clickhouseUrl'), '2026-11-22T04:00:00Z');
  let order = 100;
  const bought = (at: string, customer: number, netFen: number, over = {}) => ({
    at, customer: id(customer), order: id((order += 1)), netFen, ...over,
  }); // prettier-ignore
  await tellPurchases(reading, [
    bought('2026-08-31 23:59:59.999', 1, 1000),
    bought('2026-09-01 00:00:00', 2, 2000),
    bought('2026-09-15 12:00:00', 2, 500),
    bought('2026-10-02 12:00:00', 1, 300),
    bought('2026-10-20 12:00:00', 2, 700, { channel: 'store', store: 'S01' }),
    bought('2026-10-21 12:00:00', 3, 4000, { channel: 'store', store: 'S01' }),
    bought('2026-11-05 12:00:00', 3, 100),
    { ...bought('2026-11-06 12:00:00', 3, 1500), kind: 'returned' },
    bought('2026-11-21 12:00:00', 4, 60),
    { at: '2026-10-10 10:00:00', order: id(900), netFen: 999 }, // nobody we know
  ]);
});

const shape = (cells: readonly ({ isComplete: boolean } | null)[]): string =>
  cells.map((cell) => (cell === null ? '-' : cell.isComplete ? 'c' : 'o')).join('');

test('cohorts: who first bought in a month, what they bought since, cumulated; the running month is marked, months to come are null', async () => {
  const answer = await readCohorts(
    reading,
    contract.CohortQuestion.parse({ from: '2026-08-31', to: '2026-11-02', months: 3 }),
    {},
  );
  expect(answer.period).toEqual({ from: '2026-08-01', to: '2026-11-30' });
  expect(
    answer.rows.map(({ month, customers, cells }) => [
      month,
      customers,
      shape(cells),
      cells.map((cell) => cell && [cell.customers, cell.orders, cell.netSalesFen, cell.cumulatedFen]),
    ]),
  ).toEqual([
    ['2026-08', 1, 'ccco', [[1, 1, 1000, 1000], [0, 0, 0, 1000], [1, 1, 300, 1300], [0, 0, 0, 1300]]],
    ['2026-09', 1, 'cco-', [[1, 2, 2500, 2500], [1, 1, 700, 3200], [0, 0, 0, 3200], null]],
    ['2026-10', 1, 'co--', [[1, 1, 4000, 4000], [1, 1, -1400, 2600], null, null]],
    ['2026-11', 1, 'o---', [[1, 1, 60, 60], null, null, null]],
  ]); // prettier-ignore
  expect(answer.overall).toEqual([
    { size: 3, customers: 3, orders: 4, netSalesFen: 7500, cumulatedFen: 7500 },
    { size: 2, customers: 1, orders: 1, netSalesFen: 700, cumulatedFen: 4200 },
    { size: 1, customers: 1, orders: 1, netSalesFen: 300, cumulatedFen: 1300 },
    null,
  ]);
});

test('cohorts of a store are of first purchases in that store; its clerk sees only it and asks for no other', async () => {
  const question = contract.CohortQuestion.parse({ from: '2026-08-01', to: '2026-11-30', months: 1 });
  const answer = await readCohorts(reading, question, { store: 'S01' });
  expect(answer.rows.map(({ customers }) => customers)).toEqual([0, 0, 2, 0]);
  expect(answer.rows[2]?.cells[0]).toMatchObject({ customers: 2, orders: 2, netSalesFen: 4700 });
  const other = { ...question, filters: { store: ['S02'] } };
  await expect(readCohorts(reading, other, { store: 'S01' })).rejects.toMatchObject({ code: 'metric.out_of_scope' });
});

test('retention of purchases: unit 0 holds everybody who started; who came back is counted in its own month', async () => {
  const question = contract.RetentionQuestion.parse({
    of: 'purchase',
    from: '2026-09-01',
    to: '2026-10-31',
    unit: 'month',
    units: 2,
  });
  const answer = await readRetention(reading, question, {});
  expect(
    answer.rows.map(({ start, size, cells }) => [start, size, shape(cells), cells.map((cell) => cell?.persons ?? null)]),
  ).toEqual([
    ['2026-09-01', 1, 'cco', [1, 1, 0]],
    ['2026-10-01', 2, 'co-', [2, 1, null]],
  ]);
  expect(answer.overall).toEqual([{ persons: 3, size: 3, ratio: 1 }, { persons: 1, size: 1, ratio: 1 }, null]);

  const firstEver = await readRetention(reading, { ...question, of: 'purchase', isFirstEver: true, filters: {} }, {});
  expect(firstEver.rows.map(({ size }) => size)).toEqual([1, 1]); // customer 1 had bought in August
});

test('retention takes weeks from Monday and widens the period to whole ones', async () => {
  const question = contract.RetentionQuestion.parse({
    of: 'purchase',
    from: '2026-10-21',
    to: '2026-11-05',
    unit: 'week',
    units: 4,
  });
  const answer = await readRetention(reading, question, {});
  expect(answer.period).toEqual({ from: '2026-10-19', to: '2026-11-08' });
  expect(
    answer.rows.map(({ start, size, cells }) => [start, size, shape(cells), cells.map((cell) => cell?.persons ?? null)]),
  ).toEqual([
    ['2026-10-19', 2, 'cccco', [2, 0, 1, 0, 0]],
    ['2026-10-26', 0, 'ccco-', [0, 0, 0, 0, null]],
    ['2026-11-02', 0, 'cco--', [0, 0, 0, null, null]],
  ]);
  const tooLong = contract.RetentionQuestion.parse({ of: 'purchase', period: 'last_90_days', unit: 'day' });
  await expect(readRetention(reading, tooLong, {})).rejects.toMatchObject({ code: 'metric.period_invalid' });
});

test('RFM: parts of equal values, boundaries told, every customer in one segment, sums equal to the totals', async () => {
  const question = contract.RfmQuestion.parse({ from: '2026-08-01', to: '2026-11-21' });
  const answer = await readRfm(reading, question, {});
  // 1: 50 days, 2 orders, 1,300 · 2: 32 days, 3 orders, 3,200 · 3: 16 days, 2 orders, 2,600 · 4: 0 days, 1 order, 60
  expect(answer).toMatchObject({ customers: 4, orders: 8, netSalesFen: 7160 });
  expect(answer.boundaries).toEqual({
    recencyDays: [0, 16, 32, 50], orders: [1, 2, 2, 3], netSalesFen: [60, 1300, 2600, 3200],
  }); // prettier-ignore
  const totals = answer.segments.reduce(
    (sum, { customers, orders, netSalesFen }) => [sum[0] + customers, sum[1] + orders, sum[2] + netSalesFen] as const,
    [0, 0, 0] as readonly [number, number, number],
  );
  expect(totals).toEqual([4, 8, 7160]);
  expect(
    answer.cells.map(({ recency, frequencyMoney, segment, customers }) => [recency, frequencyMoney, segment, customers]),
  ).toEqual([
    [5, 1, 'new', 1],
    [4, 3, 'loyal', 1],
    [3, 4, 'loyal', 1],
    [2, 2, 'hibernating', 1],
  ]);

  const loyal = await listRfmCustomers(reading, { ...question, segment: 'loyal', limit: 1 }, {});
  expect(loyal).toMatchObject({ customers: 2, items: [{ customerId: id(2), recencyDays: 32, orders: 3, netSalesFen: 3200 }] });
  const rest = await listRfmCustomers(reading, { ...question, segment: 'loyal', limit: 1, after: loyal.next ?? '' }, {});
  expect(rest).toMatchObject({ next: null, items: [{ customerId: id(3) }] });
  expect(await readRfm(reading, question, { store: 'S01' })).toMatchObject({ customers: 2, netSalesFen: 4700 });
  expect(await readRfm(reading, question, { store: 'S09' })).toMatchObject({ customers: 0, boundaries: null, cells: [] });
});
