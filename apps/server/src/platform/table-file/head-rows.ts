import { probeDelimiter } from './encoding.ts';
import { type HowToRead, rawRows, unpack } from './rows.ts';
import type { Delimiter } from './encoding.ts';

/** The first rows of a file as they stand, headings and blank rows included. Reads no more of the file than it needs. */
export async function headRows(parts: AsyncIterable<Buffer>, how: HowToRead, count: number): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const batch of rawRows(parts, how, count)) {
    rows.push(...batch.rows.slice(0, count - rows.length));
    if (rows.length >= count) break;
  }
  return rows;
}

const probeBytes = 128 * 1024;

/** The separator of a text file, judged by its beginning. */
export async function findDelimiter(parts: AsyncIterable<Buffer>, { isGzip, options }: HowToRead): Promise<Delimiter> {
  const decoder = new TextDecoder(options.encoding);
  let text = '';
  for await (const part of isGzip ? unpack(parts) : parts) {
    text += decoder.decode(part.subarray(0, probeBytes), { stream: true });
    if (text.length >= probeBytes / 4) break;
  }
  return probeDelimiter(`${text}\n`);
}
