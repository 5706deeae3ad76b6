import { expect, test } from 'vitest';
import { arrivedLines, missingOf } from './receipt-lines.ts';

test('what is missing is what neither arrived whole nor damaged', () => {
  expect(missingOf(10, { received: 7, damaged: 2 })).toBe(1);
  expect(missingOf(10, {})).toBe(10);
});

test('a line that nobody touched arrived whole; a reason goes only with what did not', () => {
  const lines = [
    { lineNo: 1, sent: 5 },
    { lineNo: 2, sent: 8 },
    { lineNo: 3, sent: 4 },
  ];
  expect(
    arrivedLines(lines, { 2: { received: 6, damaged: 1, reason: ' crushed ' }, 3: { received: 4, reason: 'typed before' } }),
  ).toEqual([
    { lineNo: 1, received: 5, damaged: 0 },
    { lineNo: 2, received: 6, damaged: 1, reason: 'crushed' },
    { lineNo: 3, received: 4, damaged: 0 },
  ]);
});

test('serial numbers that did not come are named', () => {
  expect(arrivedLines([{ lineNo: 1, sent: 2 }], { 1: { received: 1, reason: 'lost', missingSerials: ['S-2'] } })).toEqual([
    { lineNo: 1, received: 1, damaged: 0, reason: 'lost', missingSerials: ['S-2'] },
  ]);
});
