import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv, UnclosedQuote } from './csv.ts';

const readAll = (text: string, delimiter = ',', cut = text.length || 1): string[][] => {
  const csv = readCsv(delimiter);
  const rows: string[][] = [];
  for (let at = 0; at < text.length; at += cut) rows.push(...csv.push(text.slice(at, at + cut)));
  return [...rows, ...csv.end()];
};
const written = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

test('any table that is written with quotes where they are needed is read back the same, wherever the text is cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '中', '"', ',', '\n', '\r', ' ', ';') });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), (rows, cut, lineBreak) => {
      const text = rows.map((row) => row.map(written).join(',')).join(lineBreak);
      expect(readAll(text, ',', cut)).toEqual(rows);
    }),
    { numRuns: 500 },
  );
});

test('a quote inside a bare cell is text, and text after a closing quote stays with its cell', () => {
  expect(readAll('5" pipe,2\n"a"b,c\n')).toEqual([
    ['5" pipe', '2'],
    ['ab', 'c'],
  ]);
});

test('lines end at LF, CRLF or a lone CR, and blank lines keep their place', () => {
  expect(readAll('a,b\r\nc,d\re,f\n\ng,h')).toEqual([['a', 'b'], ['c', 'd'], ['e', 'f'], [''], ['g', 'h']]);
});

test('a quote that is never closed is refused with its row instead of swallowing the file', () => {
  expect(() => readAll('a,b\n"open,c\nd,e\n')).toThrow(UnclosedQuote);
  const csv = readCsv(',');
  csv.push('a,b\n"open,');
  expect(() => csv.push('x'.repeat(1_000_001))).toThrow(/row 2/);
});

test('a megabyte of plain rows is read in well under a second', () => {
  const text = '536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26,2.55,17850,United Kingdom\r\n'.repeat(40_000);
  const started = performance.now();
  expect(readAll(text, ',', 65_536)).toHaveLength(40_000);
  expect(performance.now() - started).toBeLessThan(5_000); // 0.2 s on an idle machine
});
