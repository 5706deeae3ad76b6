import { expect, test } from 'vitest';
import { orderOf, readDate, zoneTime } from './dates.ts';

const at = (text: string, order: 'dmy' | 'mdy' = 'mdy') => {
  const date = readDate(text, order);
  return date && `${date.year}-${date.month}-${date.day} ${date.seconds / 60}`;
};

test.each([
  ['2026-11-22 08:26', '2026-11-22 506'],
  ['2026.11.22', '2026-11-22 0'],
  ['2026/1/2 3:04:30', '2026-1-2 184.5'],
  ['2026年11月22日', '2026-11-22 0'],
  ['2026年11月22日 下午3:05', '2026-11-22 905'],
  ['2026-11-22T08:26:00', '2026-11-22 506'],
  ['20261122', '2026-11-22 0'],
  ['46348.5', '2026-11-22 720'],
  ['12/1/2010 8:26 PM', '2010-12-1 1226'],
])('%s is understood', (text, expected) => {
  expect(at(text)).toBe(expected);
});

test.each(['', '昨天', '2026-02-30', '2026-13-01', '1/2/03', '2026-11-22 25:00', '123'])('%s is no date', (text) => {
  expect(at(text)).toBeUndefined();
});

test('03/04/2026 follows the order of the file, which a later row of it can tell', () => {
  expect(at('3/4/2026', 'dmy')).toBe('2026-4-3 0');
  expect(at('3/4/2026', 'mdy')).toBe('2026-3-4 0');
  expect(orderOf(['1/2/2026', '25/2/2026'])).toBe('dmy');
  expect(orderOf(['1/2/2026', '2/25/2026'])).toBe('mdy');
  expect(orderOf(['1/2/2026'])).toBeUndefined();
});

test('local times become instants of their zone, through summer time too', () => {
  const london = zoneTime('Europe/London');
  const instant = (text: string) => new Date(london(readDate(text, 'dmy')!)).toISOString();
  expect(instant('2010-12-01 08:26')).toBe('2010-12-01T08:26:00.000Z');
  expect(instant('2011-06-01 08:26')).toBe('2011-06-01T07:26:00.000Z');
  expect(instant('2011-03-27 00:59')).toBe('2011-03-27T00:59:00.000Z');
  expect(instant('2011-03-27 02:00')).toBe('2011-03-27T01:00:00.000Z');
  expect(instant('2011-10-30 03:00')).toBe('2011-10-30T03:00:00.000Z');
  expect(new Date(zoneTime('Asia/Shanghai')(readDate('2026-11-22 12:00', 'dmy')!)).toISOString()).toBe(
    '2026-11-22T04:00:00.000Z',
  );
});
