// Sorts the rows of a file into blocks of whole documents with bounded memory: one number a document, and the rows not written yet.
import type { RawRow } from '../../../platform/table-file/rows.ts';
import { type Block, rowsPerBlock, rowsPerDocumentMax, secondLane } from './block.ts';

export interface Sorter {
  add: (row: RawRow) => void;
  /** Rows held in memory. */
  pending: () => number;
  /** Hands the held rows over, by block; the same block may be handed over in several parts. */
  take: () => { blockNo: number; block: Block }[];
  blocks: () => number;
}

/** `keyOf` names the document of a row, '' for none; `isSecond` sends a document to the lane that lands last. */
export function sortRows(keyOf: (cells: readonly string[]) => string, isSecond: (key: string) => boolean): Sorter {
  const places = new Map<string, number>(); // block × 2^14 + rows of the document in it
  const firstLane = { blockNo: 0, rows: 0 };
  const lastLane = { blockNo: secondLane, rows: 0 };
  const used = new Set<number>();
  let held = new Map<number, Block>();
  let pending = 0;

  function openBlock(lane: { blockNo: number; rows: number }): number {
    if (lane.rows >= rowsPerBlock) {
      lane.blockNo += 1;
      lane.rows = 0;
    }
    lane.rows += 1;
    return lane.blockNo;
  }

  function place(key: string): { blockNo: number; isTooLong: boolean } {
    const lane = key !== '' && isSecond(key) ? lastLane : firstLane;
    if (key === '') return { blockNo: openBlock(lane), isTooLong: false };
    const before = places.get(key);
    if (before === undefined) {
      const blockNo = openBlock(lane);
      places.set(key, blockNo * 16_384 + 1);
      return { blockNo, isTooLong: false };
    }
    const count = before % 16_384;
    if (count > rowsPerDocumentMax) return { blockNo: openBlock(lane), isTooLong: true };
    places.set(key, before + 1);
    const blockNo = Math.floor(before / 16_384);
    if (blockNo === lane.blockNo) lane.rows += 1;
    return { blockNo, isTooLong: false };
  }

  return {
    add: (row) => {
      const key = keyOf(row.cells);
      const { blockNo, isTooLong } = place(key);
      const block = held.get(blockNo) ?? { rows: [], tooLong: [] };
      block.rows.push(row);
      if (isTooLong && !block.tooLong.includes(key)) block.tooLong.push(key);
      held.set(blockNo, block);
      used.add(blockNo);
      pending += 1;
    },
    pending: () => pending,
    take: () => {
      const taken = [...held].map(([blockNo, block]) => ({ blockNo, block }));
      held = new Map();
      pending = 0;
      return taken;
    },
    blocks: () => used.size,
  };
}
