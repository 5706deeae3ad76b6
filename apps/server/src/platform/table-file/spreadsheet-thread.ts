// Runs in a thread of its own: unpacking a workbook takes seconds and memory, and the house must keep answering meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import * as xlsx from '@e965/xlsx';
import { type Cell, cellText } from './spreadsheet-cell.ts';

export interface ThreadTask {
  bytes: Uint8Array;
  /** undefined reads the names of the sheets only. */
  sheet: string | undefined;
  /** Read no more rows than these; 0 reads all. */
  rowsMax: number;
}

export type ThreadReply = { sheets: string[] } | { rows: string[][] } | { end: true } | { unreadable: string };

const batch = 2_000;
const { bytes, sheet, rowsMax } = workerData as ThreadTask;
const port = parentPort;

if (port !== null) {
  const rows = open(port.postMessage.bind(port));
  port.on('message', () => {
    const next = rows.next();
    port.postMessage((next.done ? { end: true } : { rows: next.value }) satisfies ThreadReply);
    if (next.done) port.close();
  });
}

function open(reply: (message: ThreadReply) => void): Generator<string[][]> {
  try {
    if (sheet === undefined) {
      reply({ sheets: xlsx.read(bytes, { bookSheets: true }).SheetNames });
      return emptyRows();
    }
    const book = xlsx.read(bytes, {
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      sheets: sheet,
      sheetRows: rowsMax,
    });
    const data = (book.Sheets[sheet]?.['!data'] ?? []) as (Cell | undefined)[][];
    return rowsOf(data, book.Workbook?.WBProps?.date1904 === true);
  } catch (error) {
    reply({ unreadable: error instanceof Error ? error.message : String(error) });
    return emptyRows();
  }
}

function* emptyRows(): Generator<string[][]> {
  yield* [];
}

function* rowsOf(data: (Cell | undefined)[][], is1904: boolean): Generator<string[][]> {
  for (let at = 0; at < data.length; at += batch) {
    const some: string[][] = [];
    for (let index = at; index < Math.min(at + batch, data.length); index += 1) {
      some.push(Array.from(data[index] ?? [], (cell) => (cell === undefined ? '' : cellText(cell, is1904))));
      data[index] = []; // handed over: memory falls while the rows are used
    }
    yield some;
  }
}
