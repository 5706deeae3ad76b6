// Rows that wait to land, as bytes: JSON, packed. A block holds whole documents.
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { RawRow } from '../../../platform/table-file/rows.ts';

export interface Block {
  rows: RawRow[];
  /** Documents with more rows than one may have; parts of them may lie in several blocks. */
  tooLong: string[];
}

export const packBlock = ({ rows, tooLong }: Block): Buffer =>
  zstdCompressSync(JSON.stringify({ tooLong, rows: rows.map(({ rowNo, cells }) => [rowNo, ...cells]) }));

/** The rows of a block's parts, in the order of the file. */
export function unpackBlock(parts: readonly Buffer[]): Block {
  const block: Block = { rows: [], tooLong: [] };
  for (const part of parts) {
    const { rows, tooLong } = JSON.parse(zstdDecompressSync(part).toString()) as {
      rows: [number, ...string[]][];
      tooLong: string[];
    };
    for (const [rowNo, ...cells] of rows) block.rows.push({ rowNo, cells });
    block.tooLong.push(...tooLong);
  }
  return block;
}

/** A block of so many rows lands well within a second. */
export const rowsPerBlock = 4_000;
/** An order with more lines than this is a mistake of the file, such as one number for everything. */
export const rowsPerDocumentMax = 10_000;
/** Documents of the second lane land after all of the first: a cancellation needs the purchases that it undoes. */
export const secondLane = 1_000_000;
