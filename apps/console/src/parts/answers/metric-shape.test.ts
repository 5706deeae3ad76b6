import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byUnit, chartsFor, chosenChart, isTime, pivotOf, seriesOf, shadeOf, type ShapedRow } from './metric-shape.ts';

const row = (keys: readonly string[], value: number | null): ShapedRow => ({
  keys,
  labels: keys.map((key) => key.toUpperCase()),
  values: { orders: value },
  before: null,
});

test('the chart follows the question: time is a line, things are bars, parts of a whole over time are stacked, two things a table', () => {
  expect(chosenChart('auto', [], true)).toBe('figure');
  expect(chosenChart('auto', ['week'], true)).toBe('line');
  expect(chosenChart('auto', ['channel'], false)).toBe('bars');
  expect(chosenChart('auto', ['day', 'channel'], true)).toBe('stacked');
  expect(chosenChart('auto', ['channel', 'day'], false)).toBe('line');
  expect(chosenChart('auto', ['channel', 'store'], true)).toBe('table');
  expect(chosenChart('auto', ['day', 'hour'], true)).toBe('table');
});

test('a wish is kept where the chart can tell the answer, and only there: ratios are never stacked', () => {
  expect(chosenChart('table', ['day'], true)).toBe('table');
  expect(chosenChart('stacked', ['day', 'channel'], false)).toBe('line');
  expect(chosenChart('line', ['channel'], true)).toBe('bars');
  expect(chartsFor(['day', 'channel'], false)).not.toContain('stacked');
});

test('a pivot keeps the order of time and puts the largest thing first; every cell is found where it stands', () => {
  const rows = [row(['2026-11-02', 'a'], 1), row(['2026-11-01', 'b'], 5), row(['2026-11-01', 'a'], 2)];
  const pivot = pivotOf(rows, ['day', 'channel'], 'orders');
  expect(pivot.rows.map(({ key }) => key)).toEqual(['2026-11-01', '2026-11-02']);
  expect(pivot.columns.map(({ key, label }) => [key, label])).toEqual([['b', 'B'], ['a', 'A']]); // prettier-ignore
  expect(pivot.at('2026-11-01', 'a')?.values['orders']).toBe(2);
  expect(pivot.at('2026-11-02', 'b')).toBeUndefined();
});

test('of what adds up, the drawn parts come to the same total as the cells, however many parts there are', () => {
  const cell = fc.record({ day: fc.integer({ min: 1, max: 5 }), part: fc.integer({ min: 0, max: 15 }), value: fc.integer({ min: 0, max: 1e9 }) }); // prettier-ignore
  fc.assert(
    fc.property(fc.uniqueArray(cell, { selector: ({ day, part }) => `${day} ${part}` }), (cells) => {
      const rows = cells.map(({ day, part, value }) => row([`2026-11-0${day}`, `p${part}`], value));
      const pivot = pivotOf(rows, ['day', 'channel'], 'orders');
      const series = seriesOf(pivot, 'orders', 'rows', 'rest');
      expect(series.length).toBeLessThanOrEqual(6);
      const sum = (values: readonly (number | null)[]): number => values.reduce<number>((one, other) => one + (other ?? 0), 0);
      expect(series.reduce((all, { values }) => all + sum(values), 0)).toBe(cells.reduce((all, { value }) => all + value, 0));
    }),
    { numRuns: 100 },
  );
});

test('ratios have no rest: only the six largest are drawn', () => {
  const rows = Array.from({ length: 9 }, (_, at) => row(['2026-11-01', `p${at}`], at + 1));
  const series = seriesOf(pivotOf(rows, ['day', 'channel'], 'orders'), 'orders', 'rows', undefined);
  expect(series.map(({ key }) => key)).toEqual(['p8', 'p7', 'p6', 'p5', 'p4', 'p3']);
});

test('metrics of different units never share an axis', () => {
  const all = [
    { unit: 'fen', name: 'a' },
    { unit: 'ratio', name: 'b' },
    { unit: 'fen', name: 'c' },
  ];
  expect(byUnit(all).map((group) => group.map(({ name }) => name))).toEqual([['a', 'c'], ['b']]);
});

test('shade is a part of the largest, from nothing to all; a minus and a gap have none', () => {
  expect([shadeOf(5, 10), shadeOf(10, 10), shadeOf(-5, 10), shadeOf(null, 10), shadeOf(5, 0)]).toEqual([0.5, 1, 0, 0, 0]);
  expect([shadeOf(0.5, 0.6, 0.4), shadeOf(0.4, 0.6, 0.4)].map((shade) => Math.round(shade * 100))).toEqual([50, 0]);
  expect([isTime('week'), isTime('channel'), isTime(undefined)]).toEqual([true, false, false]);
});
