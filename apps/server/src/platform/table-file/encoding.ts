// Which letters and which separator a text file uses. Decoding never replaces what it cannot read without saying so.
import { readCsv, UnclosedQuote } from './csv.ts';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'windows-1252';
export type Delimiter = ',' | ';' | '\t' | '|';

export interface EncodingProbe {
  push: (bytes: Uint8Array) => void;
  end: () => Encoding;
}

/**
 * Looks at every byte: a byte order mark decides; else text that is valid UTF-8 throughout is UTF-8, text that is valid GB18030
 * throughout is that (GBK and GB2312 are parts of it), and the rest is a Western code page.
 */
export function probeEncoding(): EncodingProbe {
  let head: Uint8Array | undefined;
  const utf8 = validity('utf-8');
  const gb18030 = validity('gb18030');
  return {
    push: (bytes) => {
      head ??= bytes.slice(0, 3);
      utf8.push(bytes);
      gb18030.push(bytes);
    },
    end: () => {
      if (head?.[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
      if (utf8.end()) return 'utf-8';
      return gb18030.end() ? 'gb18030' : 'windows-1252';
    },
  };
}

function validity(encoding: string): { push: (bytes: Uint8Array) => void; end: () => boolean } {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let isValid = true;
  const attempt = (decode: () => string) => {
    try {
      decode();
    } catch {
      isValid = false; // the decoder's only way to say no
    }
  };
  return {
    push: (bytes) => {
      if (isValid) attempt(() => decoder.decode(bytes, { stream: true }));
    },
    end: () => {
      if (isValid) attempt(() => decoder.decode());
      return isValid;
    },
  };
}

const delimiters: readonly Delimiter[] = [',', '\t', ';', '|'];

/** The separator that cuts the first rows into the same number of cells most often, and into the most cells. */
export function probeDelimiter(text: string): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const score = agreement(text, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function agreement(text: string, delimiter: Delimiter): number {
  const rows = sampleRows(text, delimiter)
    .filter((row) => row.some((cell) => cell.trim() !== ''))
    .slice(0, 50);
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let best = 0;
  for (const [width, times] of counts) if (width > 1) best = Math.max(best, (times / rows.length) * Math.log2(width + 1));
  return best;
}

/** The complete rows of a piece of text. */
function sampleRows(text: string, delimiter: string): string[][] {
  try {
    return readCsv(delimiter).push(text);
  } catch (error) {
    if (error instanceof UnclosedQuote) return [];
    throw error;
  }
}

/** NUL and other control characters do not occur in a table of text. */
export function looksBinary(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return false;
  return bytes.some((byte) => byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32 && byte !== 0x1c));
}
