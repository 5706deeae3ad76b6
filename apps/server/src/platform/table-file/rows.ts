import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { refuse } from '../fail.ts';
import { readCsv, UnclosedQuote } from './csv.ts';
import type { Delimiter, Encoding } from './encoding.ts';
import { readSheet } from './spreadsheet.ts';

export interface RawRow {
  /** As a spreadsheet counts: the first row of the file is 1. */
  rowNo: number;
  cells: string[];
}

export interface HowToRead {
  format: 'csv' | 'xlsx';
  isGzip: boolean;
  options: {
    encoding: Encoding;
    delimiter: Delimiter;
    /** XLSX: the sheet's name. */
    sheet: string | null;
    /** The row that holds the headings, counted from 1. */
    headerRow: number;
  };
}

export interface RowBatch {
  rows: RawRow[];
  /** Bytes of unpacked text read so far; 0 for a workbook. */
  bytes: number;
}

/** Unpacked text beyond this is refused while it is read, whatever the packed file claimed. */
export const textBytesMax = 4 * 1024 ** 3;

/** Every row of a file that is not blank, the rows up to the headings left out. Memory does not grow with a CSV's length. Refuses import.unreadable. */
export async function* readRows(parts: AsyncIterable<Buffer>, how: HowToRead): AsyncGenerator<RowBatch> {
  let rowNo = 0;
  for await (const { rows, bytes } of rawRows(parts, how)) {
    const batch: RawRow[] = [];
    for (const cells of rows) {
      rowNo += 1;
      if (rowNo > how.options.headerRow && cells.some((cell) => cell !== '' && cell.trim() !== '')) batch.push({ rowNo, cells });
    }
    yield { rows: batch, bytes };
  }
}

export interface RawBatch {
  rows: string[][];
  bytes: number;
}

/** The rows as they stand, the first `rowsMax` at least where that is known to be enough. */
export const rawRows = (parts: AsyncIterable<Buffer>, how: HowToRead, rowsMax = 0): AsyncGenerator<RawBatch> =>
  how.format === 'xlsx' ? sheetRows(parts, how, rowsMax) : textRows(parts, how);

async function* textRows(parts: AsyncIterable<Buffer>, { isGzip, options }: HowToRead): AsyncGenerator<RawBatch> {
  const decoder = new TextDecoder(options.encoding);
  const csv = readCsv(options.delimiter);
  let bytes = 0;
  try {
    for await (const part of isGzip ? unpack(parts) : parts) {
      bytes += part.length;
      if (bytes > textBytesMax) refuse('import.unreadable', { reason: 'too_large_unpacked' });
      yield { rows: csv.push(decoder.decode(part, { stream: true })), bytes };
    }
    const tail = csv.push(decoder.decode());
    yield { rows: [...tail, ...csv.end()], bytes };
  } catch (error) {
    if (error instanceof UnclosedQuote) refuse('import.unreadable', { reason: 'quote_unclosed', row: error.row });
    throw error;
  }
}

/** The unpacked bytes of a gzip stream. Refuses import.unreadable where it is broken. */
export async function* unpack(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(parts);
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const bytes of source.pipe(gunzip)) yield bytes as Buffer;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      refuse('import.unreadable', { reason: 'gzip_broken' });
    throw error;
  } finally {
    source.destroy();
  }
}

async function* sheetRows(parts: AsyncIterable<Buffer>, { options }: HowToRead, rowsMax: number): AsyncGenerator<RawBatch> {
  const bytes = await collect(parts);
  for await (const rows of readSheet(bytes, options.sheet ?? '', rowsMax)) yield { rows, bytes: 0 };
}

async function collect(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
