import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packBlock, rowsPerBlock, rowsPerDocumentMax, secondLane, unpackBlock } from './block.ts';
import { sortRows } from './sort-rows.ts';

const sorted = (keys: readonly string[], flushEvery = 1_000) => {
  const sorter = sortRows(
    ([key = '']) => key,
    (key) => key.startsWith('C'),
  );
  const parts: ReturnType<typeof sorter.take> = [];
  for (const [index, key] of keys.entries()) {
    sorter.add({ rowNo: index + 2, cells: [key, `line ${index}`] });
    if (sorter.pending() >= flushEvery) parts.push(...sorter.take());
  }
  parts.push(...sorter.take());
  const byBlock = Map.groupBy(parts, ({ blockNo }) => blockNo);
  return new Map([...byBlock].map(([blockNo, some]) => [blockNo, unpackBlock(some.map(({ block }) => packBlock(block)))]));
};

test('every row is in exactly one block, and all rows of a document are in the same block, however they are spread', () => {
  const key = fc.constantFrom('1', '2', '3', 'C1', 'C2', '');
  fc.assert(
    fc.property(fc.array(key, { maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (keys, flushEvery) => {
      const blocks = sorted(keys, flushEvery);
      const rows = [...blocks].flatMap(([blockNo, { rows: some }]) =>
        some.map(({ rowNo, cells }) => ({ blockNo, rowNo, key: cells[0] ?? '' })),
      );
      expect(rows.map(({ rowNo }) => rowNo).toSorted((a, b) => a - b)).toEqual(keys.map((_, index) => index + 2));
      const blockOf = new Map<string, number>();
      for (const row of rows)
        if (row.key !== '') expect(row.blockNo).toBe(blockOf.get(row.key) ?? (blockOf.set(row.key, row.blockNo), row.blockNo));
      for (const row of rows) expect(row.blockNo >= secondLane).toBe(row.key.startsWith('C'));
    }),
    { numRuns: 200 },
  );
});

test('blocks stay of a size that lands within a second', () => {
  const blocks = sorted(Array.from({ length: 20_000 }, (_, index) => String(Math.floor(index / 20))));
  expect(Math.max(...[...blocks.values()].map(({ rows }) => rows.length))).toBeLessThanOrEqual(rowsPerBlock + 20);
});

test('one number for everything does not grow one block without end; each part of it says that the document is too long', () => {
  const blocks = [...sorted(Array.from({ length: rowsPerDocumentMax + 9_000 }, () => '1')).values()];
  expect(Math.max(...blocks.map(({ rows }) => rows.length))).toBeLessThanOrEqual(rowsPerDocumentMax + rowsPerBlock);
  expect(blocks.slice(1).every(({ tooLong }) => tooLong.includes('1'))).toBe(true);
});
