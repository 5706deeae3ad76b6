import type { boards } from '@tongshang/contract';

export type Tile = boards.Tile;
type Place = Tile['wide'];

export const columns = 12;

const collide = (a: Place, b: Place): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

export const inReadingOrder = <T extends { wide: Place }>(tiles: readonly T[]): T[] =>
  tiles.toSorted((a, b) => a.wide.y - b.wide.y || a.wide.x - b.wide.x);

/** Nothing floats: every tile rises as far as nothing is above it; whoever is named keeps its column and goes first on its row. */
export function settle<T extends { id: string; wide: Place }>(tiles: readonly T[], first?: string): T[] {
  const order = tiles.toSorted(
    (a, b) => a.wide.y - b.wide.y || Number(b.id === first) - Number(a.id === first) || a.wide.x - b.wide.x,
  );
  const done: T[] = [];
  for (const tile of order) {
    const place = { ...tile.wide };
    while (place.y > 0 && !done.some((other) => collide({ ...place, y: place.y - 1 }, other.wide))) place.y -= 1;
    while (done.some((other) => collide(place, other.wide))) place.y += 1;
    done.push({ ...tile, wide: place });
  }
  return tiles.map((tile) => done.find(({ id }) => id === tile.id) ?? tile);
}

export type Move = 'left' | 'right' | 'up' | 'down' | 'wider' | 'narrower' | 'higher' | 'lower';

/** One step by keyboard or menu: a tile moves by a column, past the row above or below, or grows and shrinks; the others make room. */
export function moveTile<T extends { id: string; wide: Place }>(tiles: readonly T[], id: string, move: Move): T[] {
  const tile = tiles.find((one) => one.id === id);
  if (tile === undefined) return [...tiles];
  const { x, y, w, h } = tile.wide;
  const place = {
    left: { x: Math.max(0, x - 1), y, w, h },
    right: { x: Math.min(columns - w, x + 1), y, w, h },
    up: { x, y: rowAbove(tiles, tile), w, h },
    down: { x, y: rowBelow(tiles, tile), w, h },
    wider: { x: x + w === columns ? Math.max(0, x - 1) : x, y, w: Math.min(columns, w + 1), h },
    narrower: { x, y, w: Math.max(2, w - 1), h },
    higher: { x, y, w, h: Math.min(12, h + 1) },
    lower: { x, y, w, h: Math.max(2, h - 1) },
  }[move];
  return settle(
    tiles.map((one) => (one.id === id ? { ...one, wide: place } : one)),
    id,
  );
}

/** The row on which the nearest tile above begins; the moved one takes its place. */
function rowAbove(tiles: readonly { id: string; wide: Place }[], { id, wide }: { id: string; wide: Place }): number {
  const above = tiles.filter((one) => one.id !== id && one.wide.y < wide.y).map((one) => one.wide.y);
  return above.length === 0 ? 0 : Math.max(...above);
}

/** Below the nearest tile that overlaps in columns, or one row further. */
function rowBelow(tiles: readonly { id: string; wide: Place }[], { id, wide }: { id: string; wide: Place }): number {
  const under = tiles
    .filter(
      (one) => one.id !== id && one.wide.y >= wide.y + wide.h && one.wide.x < wide.x + wide.w && wide.x < one.wide.x + one.wide.w,
    )
    .map((one) => one.wide.y + one.wide.h);
  return under.length === 0 ? wide.y + 1 : Math.min(...under);
}

const blocksMax = { figures: 4, charts: 2 };

/** The pages of a wall screen in reading order: at most four figures and two charts at once, so that all can be read from afar. */
export function wallPages(tiles: readonly Tile[]): Tile[][] {
  const shown = inReadingOrder(tiles.filter(({ isOnWall, question }) => isOnWall && question !== null));
  const figures = shown.filter(isFigure);
  const charts = shown.filter((tile) => !isFigure(tile));
  const count = Math.max(Math.ceil(figures.length / blocksMax.figures), Math.ceil(charts.length / blocksMax.charts));
  const part = (of: readonly Tile[], page: number): Tile[] => {
    const each = Math.ceil(of.length / count);
    return of.slice(page * each, (page + 1) * each);
  };
  return Array.from({ length: count }, (_, page) => [...part(figures, page), ...part(charts, page)]);
}

/** A tile of headline figures: metrics that are not split by anything. */
export const isFigure = ({ question }: Pick<Tile, 'question'>): boolean =>
  question?.kind === 'metrics' && question.question.by.length === 0;
