// A streaming reader of separated values (RFC 4180 and what spreadsheets make of it). Rows with no quote in them take a fast path.

export interface CsvReader {
  /** The rows that are complete by now. A row number counts records, as a spreadsheet shows them; blank lines count too. */
  push: (text: string) => string[][];
  /** The last row, when the text does not end with a line break. */
  end: () => string[][];
}

/** Longer than this a record is not data: a quote was opened and never closed. */
const recordLengthMax = 1_000_000;

/** An open quote that swallows the rest of a file. `row` counts records from 1. */
export class UnclosedQuote extends Error {
  readonly row: number;
  constructor(row: number) {
    super(`a quote that opens in row ${row} is never closed`);
    this.row = row;
  }
}

/** Reads cells between `delimiter`s; quoted cells may hold delimiters, line breaks and doubled quotes; a quote inside a bare cell is text. */
export function readCsv(delimiter: string): CsvReader {
  let rest = '';
  let rowNo = 0;

  function take(text: string, isLast: boolean): string[][] {
    const rows: string[][] = [];
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      const line = lineEnd(text, at, isLast);
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
      const isPlain = quote === -1 || (line !== undefined && quote >= line.end);
      if (isPlain) {
        if (line === undefined) break;
        rows.push(text.slice(at, line.end).split(delimiter));
        at = line.next;
      } else {
        const record = quotedRecord(text, at, delimiter, isLast);
        if (record === undefined) break;
        rows.push(record.cells);
        at = record.next;
      }
    }
    rowNo += rows.length;
    rest = text.slice(at);
    if (rest.length > recordLengthMax || (isLast && rest !== '')) throw new UnclosedQuote(rowNo + 1);
    return rows;
  }

  return { push: (text) => take(rest === '' ? text : rest + text, false), end: () => take(rest, true) };
}

interface Line {
  end: number;
  next: number;
}

/** Where the line that begins at `at` ends: at LF, CRLF or a lone CR. A CR as the very last character may be half a CRLF: wait. */
function lineEnd(text: string, at: number, isLast: boolean): Line | undefined {
  const lf = text.indexOf('\n', at);
  const stop = lf === -1 ? text.length : lf;
  const cr = text.slice(at, stop).indexOf('\r'); // within the line only: a search to the end of the text would make this quadratic
  if (cr !== -1 && at + cr < text.length - 1) return { end: at + cr, next: at + cr + (at + cr === lf - 1 ? 2 : 1) };
  if (lf !== -1) return { end: lf, next: lf + 1 };
  if (!isLast) return undefined;
  return { end: cr === -1 ? text.length : at + cr, next: text.length };
}

function quotedRecord(
  text: string,
  from: number,
  delimiter: string,
  isLast: boolean,
): { cells: string[]; next: number } | undefined {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    const cell = text.charCodeAt(at) === 34 ? quotedCell(text, at, isLast) : { value: '', next: at };
    if (cell === undefined) return undefined;
    const stop = bareEnd(text, cell.next, delimiter, isLast);
    if (stop === undefined) return undefined;
    cells.push(cell.value + text.slice(cell.next, stop.end)); // text after a closing quote belongs to the cell
    if (!stop.isDelimiter) return { cells, next: stop.next };
    at = stop.next;
  }
}

function quotedCell(text: string, open: number, isLast: boolean): { value: string; next: number } | undefined {
  let value = '';
  let from = open + 1;
  for (;;) {
    const close = text.indexOf('"', from);
    if (close === -1 || (close === text.length - 1 && !isLast)) return undefined; // a doubled quote may be cut in two
    value += text.slice(from, close);
    if (text.charCodeAt(close + 1) !== 34) return { value, next: close + 1 };
    value += '"';
    from = close + 2;
  }
}

function bareEnd(
  text: string,
  from: number,
  delimiter: string,
  isLast: boolean,
): { end: number; next: number; isDelimiter: boolean } | undefined {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === delimiter) return { end: at, next: at + 1, isDelimiter: true };
    if (char === '\n') return { end: at, next: at + 1, isDelimiter: false };
    if (char === '\r') {
      if (at === text.length - 1 && !isLast) return undefined;
      return { end: at, next: text[at + 1] === '\n' ? at + 2 : at + 1, isDelimiter: false };
    }
  }
  return isLast ? { end: text.length, next: text.length, isDelimiter: false } : undefined;
}
