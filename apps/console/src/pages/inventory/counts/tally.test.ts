import { expect, test } from 'vitest';
import { bodyOf, lineFor, uncounted } from './tally.ts';

const lines = [
  { lineNo: 1, isAsked: true, sku: 'TEA', lot: 'L1', bin: 'A-01' },
  { lineNo: 2, isAsked: true, sku: 'TEA', lot: 'L2', bin: 'A-02' },
  { lineNo: 3, isAsked: false, sku: 'CUP', lot: null, bin: null },
];

test('nothing counted is not the same as counted none', () => {
  expect(uncounted(lines, { lines: { 1: 0 }, found: [] }).map(({ lineNo }) => lineNo)).toEqual([2]);
});

test('a scan means the uncounted line of this SKU first, its lot or bin exactly, a line of another round never', () => {
  expect(lineFor(lines, { lines: { 1: 4 }, found: [] }, 'TEA')?.lineNo).toBe(2);
  expect(lineFor(lines, { lines: { 1: 4, 2: 1 }, found: [] }, 'TEA')?.lineNo).toBe(1);
  expect(lineFor(lines, { lines: {}, found: [] }, 'L2')?.lineNo).toBe(2);
  expect(lineFor(lines, { lines: {}, found: [] }, 'A-02')?.lineNo).toBe(2);
  expect(lineFor(lines, { lines: {}, found: [] }, 'CUP')).toBeUndefined();
});

test('only lines of this round are handed in, with what was found beside', () => {
  const found = [{ sku: 'PAN', quantity: 1 }];
  expect(bodyOf(lines, { lines: { 1: 4, 2: 0, 3: 9 }, found })).toEqual({
    lines: [
      { lineNo: 1, quantity: 4 },
      { lineNo: 2, quantity: 0 },
    ],
    found,
  });
  expect(bodyOf(lines, { lines: { 1: 4 }, found: [] })).toEqual({ lines: [{ lineNo: 1, quantity: 4 }] });
});
