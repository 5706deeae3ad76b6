import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { refuse } from '../fail.ts';
import { type Encoding, looksBinary, probeEncoding } from './encoding.ts';
import { textBytesMax, unpack } from './rows.ts';
import { listSheets } from './spreadsheet.ts';
import { isBomb, isWorkbook, listZip } from './zip.ts';

export interface FileFacts {
  format: 'csv' | 'xlsx';
  isGzip: boolean;
  encoding: Encoding;
  sheets: string[];
  /** Bytes of text once unpacked; of a workbook, its own size. */
  textBytes: number;
}

const workbookBytesMax = 60 * 1024 * 1024;

/** Says what a file is by what is in it, never by its name. Refuses import.unreadable with the reason. */
export async function inspectFile(path: string): Promise<FileFacts> {
  const head = await headOf(path);
  if (head.length === 0) refuse('import.unreadable', { reason: 'empty' });
  if (head.readUInt32BE(0) === 0xd0cf11e0) refuse('import.unreadable', { reason: 'old_or_locked_spreadsheet' });
  if (head[0] === 0x50 && head[1] === 0x4b) return inspectWorkbook(path);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  return inspectText(isGzip ? unpack(file) : file, isGzip);
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(8);
    const { bytesRead } = await file.read(head, 0, 8, 0);
    return bytesRead === 0 ? Buffer.alloc(0) : head;
  } finally {
    await file.close();
  }
}

async function inspectWorkbook(path: string): Promise<FileFacts> {
  const bytes = await readFile(path);
  if (bytes.length > workbookBytesMax) refuse('import.unreadable', { reason: 'spreadsheet_too_large' });
  const entries = listZip(bytes);
  if (entries === undefined || !isWorkbook(entries)) refuse('import.unreadable', { reason: 'not_a_table' });
  if (isBomb(entries)) refuse('import.unreadable', { reason: 'spreadsheet_too_large' });
  const sheets = await listSheets(bytes);
  if (sheets.length === 0) refuse('import.unreadable', { reason: 'empty' });
  return { format: 'xlsx', isGzip: false, encoding: 'utf-8', sheets, textBytes: bytes.length };
}

async function inspectText(bytes: AsyncIterable<Buffer>, isGzip: boolean): Promise<FileFacts> {
  const probe = probeEncoding();
  let textBytes = 0;
  for await (const part of bytes) {
    if (textBytes === 0 && looksBinary(part.subarray(0, 4096))) refuse('import.unreadable', { reason: 'not_a_table' });
    textBytes += part.length;
    if (textBytes > textBytesMax) refuse('import.unreadable', { reason: 'too_large_unpacked' });
    probe.push(part);
  }
  if (textBytes === 0) refuse('import.unreadable', { reason: 'empty' });
  return { format: 'csv', isGzip, encoding: probe.end(), sheets: [], textBytes };
}
