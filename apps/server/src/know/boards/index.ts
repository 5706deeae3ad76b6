// The door of boards.
export { layBar } from './bar.ts';
export { inReadingOrder } from './board.ts';
export { getBoard, getQuestion } from './queries.ts';
export { readTile, type TileFigures, withAsOf } from './read-tile.ts';
