import { expect, test } from 'vitest';
import { alignedKey, bucketsOf, calendarKeys, comparedPeriod } from './period.ts';

const period = (from: string, to: string, until?: string) => ({
  from,
  to,
  until: until === undefined ? undefined : new Date(until),
});

test('today so far is held against the same weekday a week ago, up to the same time of day', () => {
  const compared = comparedPeriod(period('2026-11-22', '2026-11-22', '2026-11-22T06:05:00Z'), 'same_weekday');
  expect(compared).toEqual(period('2026-11-15', '2026-11-15', '2026-11-15T06:05:00Z'));
});

test('ten days are held against ten days two whole weeks ago by weekday, against the ten days before as previous', () => {
  const ten = period('2026-11-13', '2026-11-22');
  expect(comparedPeriod(ten, 'same_weekday')).toEqual(period('2026-10-30', '2026-11-08'));
  expect(comparedPeriod(ten, 'previous')).toEqual(period('2026-11-03', '2026-11-12'));
});

test('a leap day is held against 28 February of the year before', () => {
  expect(comparedPeriod(period('2028-02-29', '2028-02-29'), 'year')).toEqual(period('2027-02-28', '2027-02-28'));
});

test('keys of the compared period stand beside the day or month they are compared with', () => {
  const asked = period('2026-11-01', '2026-11-30');
  expect(alignedKey('day', '2025-11-30', comparedPeriod(asked, 'year'), asked)).toBe('2026-11-30');
  expect(alignedKey('month', '2025-01', period('2025-01-01', '2025-12-31'), period('2026-01-01', '2026-12-31'))).toBe('2026-01');
  expect(alignedKey('sku', 'A', comparedPeriod(asked, 'year'), asked)).toBe('A');
});

test('a level is read at the end of each month, or of the period within it', () => {
  expect(bucketsOf(period('2026-12-20', '2027-02-03'), ['month'])).toEqual([
    { key: '2026-12', start: '2026-12-20', end: '2026-12-31' },
    { key: '2027-01', start: '2027-01-01', end: '2027-01-31' },
    { key: '2027-02', start: '2027-02-01', end: '2027-02-03' },
  ]);
});

test('a calendar has every day and month of the period', () => {
  expect(calendarKeys(period('2026-02-27', '2026-03-01'), 'day')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(calendarKeys(period('2026-11-30', '2027-01-01'), 'month')).toEqual(['2026-11', '2026-12', '2027-01']);
  expect(calendarKeys(period('2026-11-30', '2026-11-30'), 'hour')).toHaveLength(24);
});

test('weeks are named by their Monday, quarters and years by their number; levels are read at their ends', () => {
  expect(calendarKeys(period('2026-12-27', '2027-01-05'), 'week')).toEqual(['2026-12-21', '2026-12-28', '2027-01-04']);
  expect(calendarKeys(period('2026-12-27', '2027-04-01'), 'quarter')).toEqual(['2026-Q4', '2027-Q1', '2027-Q2']);
  expect(calendarKeys(period('2025-12-27', '2027-04-01'), 'year')).toEqual(['2025', '2026', '2027']);
  expect(bucketsOf(period('2026-11-18', '2026-11-24'), ['week', 'store'])).toEqual([
    { key: '2026-11-16', start: '2026-11-18', end: '2026-11-22' },
    { key: '2026-11-23', start: '2026-11-23', end: '2026-11-24' },
  ]);
  const asked = period('2026-01-01', '2026-12-31');
  expect(alignedKey('quarter', '2025-Q3', comparedPeriod(asked, 'year'), asked)).toBe('2026-Q3');
  expect(alignedKey('year', '2025', comparedPeriod(asked, 'year'), asked)).toBe('2026');
  expect(alignedKey('week', '2026-11-09', period('2026-11-09', '2026-11-15'), period('2026-11-16', '2026-11-22'))).toBe(
    '2026-11-16',
  );
});
