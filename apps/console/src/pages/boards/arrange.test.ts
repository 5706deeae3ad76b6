import { boards } from '@tongshang/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columns, moveTile, settle, wallPages, type Move, type Tile } from './arrange.ts';

const at = (id: string, x: number, y: number, w = 6, h = 2) => ({ id, wide: { x, y, w, h } });
const placesOf = (tiles: readonly ReturnType<typeof at>[]) =>
  Object.fromEntries(tiles.map(({ id, wide: { x, y } }) => [id, [x, y]]));

const anyTile = fc
  .record({ w: fc.integer({ min: 2, max: 12 }), h: fc.integer({ min: 1, max: 5 }), x: fc.nat(11), y: fc.nat(20) })
  .map(({ w, h, x, y }) => ({ wide: { w, h, x: Math.min(x, columns - w), y } }));
const anyBoard = fc
  .array(anyTile, { minLength: 1, maxLength: 12 })
  .map((tiles) => tiles.map((tile, n) => ({ ...tile, id: `t${n}` })));
const moves: Move[] = ['left', 'right', 'up', 'down', 'wider', 'narrower', 'higher', 'lower'];

test('however tiles are moved, none overlaps another, none leaves the grid, none is lost', () => {
  fc.assert(
    fc.property(anyBoard, fc.array(fc.tuple(fc.nat(11), fc.constantFrom(...moves)), { maxLength: 12 }), (tiles, steps) => {
      let board = settle(tiles);
      for (const [n, move] of steps) board = moveTile(board, `t${n}`, move);
      const cells = board.flatMap(({ wide: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(board.map(({ id }) => id)).toEqual(tiles.map(({ id }) => id));
      for (const { wide } of board) expect(wide.x >= 0 && wide.x + wide.w <= columns && wide.y >= 0).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('a tile that goes up takes the place of the one above, which makes room; down brings it back', () => {
  const board = [at('a', 0, 0, 12), at('b', 0, 2, 12), at('c', 0, 4, 12)];
  const up = moveTile(board, 'c', 'up');
  expect(placesOf(up)).toEqual({ a: [0, 0], c: [0, 2], b: [0, 4] });
  expect(placesOf(moveTile(up, 'c', 'down'))).toEqual(placesOf(board));
});

test('a wall shows at most four figures and two charts at once, every tile once, and none that was taken off it', () => {
  const tile = (n: number, by: string[], isOnWall = true): Tile => ({
    id: `t${n}`,
    title: null,
    savedId: null,
    savedName: null,
    chart: 'auto',
    wide: { x: 0, y: n, w: 6, h: 2 },
    isOnWall,
    question: boards.TileQuestion.parse({ kind: 'metrics', question: { metrics: ['orders'], period: 'today', by } }),
  });
  const pages = wallPages([
    ...Array.from({ length: 6 }, (_, n) => tile(n, [])),
    ...Array.from({ length: 5 }, (_, n) => tile(n + 6, ['day'])),
    tile(11, [], false),
  ]);
  expect(pages.map((page) => page.length)).toEqual([4, 4, 3]);
  expect(
    pages
      .flat()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(Array.from({ length: 11 }, (_, n) => `t${n}`).toSorted());
  for (const page of pages)
    expect(
      page.filter(({ question }) => question?.kind === 'metrics' && question.question.by.length > 0).length,
    ).toBeLessThanOrEqual(2);
  expect(wallPages([])).toEqual([]);
});
